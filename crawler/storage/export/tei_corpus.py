"""The root of a TEI corpus: who speaks, for whom, what was done to the texts, and the documents that it is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from crawler.items import Transcript
from crawler.storage.export.cast import Cast, Person, hall_id, organisation_id
from crawler.storage.export.tei import COUNTED, PROJECT, extent, publication, usage
from crawler.storage.export.xml_tree import UNDETERMINED, Element, Tree, day, language

# One taxonomy each: its id, what it is, and its categories.
TAXONOMIES = {
    "event.types": ("Events", {"press.conference": "a press conference"}),
    "speaker.types": (
        "Roles of speakers",
        {
            "host": "who leads the conference",
            "official": "who answers for a body",
            "reporter": "who asks",
            "interpreter": "who interprets",
            "unknown": "whose role the page does not tell",
        },
    ),
}
EDITORIAL = {
    "correction": "Spam and damage that mirrors put into a text are undone where that is certain; each document says "
    "how much. What is not certain is left. A character that XML cannot hold is replaced by U+FFFD.",
    "normalization": "None: script, width and punctuation are the page's.",
    "hyphenation": "None.",
    "quotation": "Quotation marks are the page's.",
    "segmentation": "An utterance is a turn as the page labels it, a segment a line of it. A note before an utterance "
    "is its label as printed. An answer points to its questions with corresp.",
}


@dataclass(slots=True)
class Corpus:
    """What the root says of its documents, gathered as they are made."""

    cast: Cast = field(default_factory=Cast)
    files: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    sites: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    characters: int = 0
    fetched: str = ""
    program: str = ""

    def add(self, record: Transcript, document: Tree, file: str) -> None:
        """Take in a document."""
        self.cast.add(record)
        self.files.append(file)
        self.tags.update({name: document.count(name) for name in COUNTED})
        self.languages[language(record.language)] += 1
        self.sites.add(record.site)
        self.days.update(filter(None, [day(record.event.date) or day(record.published_at)]))
        self.characters += sum(len(said.text) for said in record.turns)
        self.fetched = max(self.fetched, record.provenance.fetched_at)
        self.program = max(self.program, record.provenance.crawler)

    def tree(self, name: str) -> Tree:
        """The root document; there must be a document in it."""
        tree = Tree("teiCorpus", id=name, lang=self.languages.most_common(1)[0][0] if self.languages else UNDETERMINED)
        header = tree.add(tree.root, "teiHeader")
        self._file(tree, header, name)
        self._encoding(tree, header)
        self._profile(tree, header)
        for file in self.files:
            tree.include(file)
        return tree

    def _file(self, tree: Tree, header: Element, name: str) -> None:
        file = tree.add(header, "fileDesc")
        titles = tree.add(file, "titleStmt")
        tree.add(titles, "title", f"Press conferences: {', '.join(sorted(self.sites))}", type="main", lang="en")
        tree.add(tree.add(file, "editionStmt"), "edition", self.fetched[:10])
        extent(tree, file, self.tags["u"], self.characters)
        publication(tree, tree.add(file, "publicationStmt"), self.program, name, self.fetched)
        sources = tree.add(file, "sourceDesc")
        for site in sorted(self.sites):
            bibl = tree.add(sources, "bibl", id=hall_id(site))
            tree.add(bibl, "title", site)

    def _encoding(self, tree: Tree, header: Element) -> None:
        encoding = tree.add(header, "encodingDesc")
        tree.add(tree.add(encoding, "projectDesc"), "p", PROJECT, lang="en")
        declared = tree.add(encoding, "editorialDecl")
        for kind, text in EDITORIAL.items():
            tree.add(tree.add(declared, kind), "p", text, lang="en")
        usage(tree, encoding, dict(self.tags))
        classes = tree.add(encoding, "classDecl")
        for key, (about, categories) in TAXONOMIES.items():
            taxonomy = tree.add(classes, "taxonomy", id=key)
            tree.add(taxonomy, "desc", about, lang="en")
            for name, meaning in categories.items():
                tree.add(tree.add(taxonomy, "category", id=name), "catDesc", meaning, lang="en")

    def _profile(self, tree: Tree, header: Element) -> None:
        profile = tree.add(header, "profileDesc")
        setting = tree.add(tree.add(profile, "settingDesc"), "setting")
        if self.days:
            first, last = min(self.days), max(self.days)
            tree.add(setting, "date", f"{first} to {last}", **{"from": first, "to": last}, lang="en")
        else:
            tree.add(setting, "date", "undated", lang="en")
        tree.add(tree.add(profile, "textClass"), "catRef", scheme="#event.types", target="#press.conference")
        self._people(tree, tree.add(profile, "particDesc"))
        languages = tree.add(profile, "langUsage")
        for code in sorted(self.languages):
            tree.add(languages, "language", code, ident=code)

    def _people(self, tree: Tree, described: Element) -> None:
        organisations = self.cast.organisations
        listed = tree.add(described, "listOrg") if organisations else None
        for key in sorted(organisations):
            name, roles = organisations[key]
            tree.line(tree.add(listed, "org", id=key, role=" ".join(sorted(roles))), "orgName", name, full="yes")
        persons = tree.add(described, "listPerson")
        for key in sorted(self.cast.persons):
            _person(tree, persons, self.cast.persons[key])


def _person(tree: Tree, persons: Element, person: Person) -> None:
    found = tree.add(persons, "person", id=person.id)
    name = tree.line(found, "persName", person.name) if person.named else tree.add(found, "persName")
    if not person.named:
        tree.line(name, "term", person.name)
    for organisation in sorted(person.affiliations):
        at = tree.add(found, "affiliation", role="member", ref=f"#{organisation_id(organisation)}")
        for title in sorted(person.affiliations[organisation]):
            tree.line(at, "roleName", title)
