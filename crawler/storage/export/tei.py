"""One transcript as a TEI document in the manner of ParlaMint: `u` with `who`, the speaker's words in `seg`.

What differs from ParlaMint, and why, stands in `tei.rng`, against which every document is checked.
"""

from __future__ import annotations

from crawler.items import Transcript
from crawler.storage.export.cast import hall_id, speaker_id, xml_name
from crawler.storage.export.xml_tree import TEI, Element, Tree, day, language, moment

RIGHTS = "The text is that of the page named in the source description; its rights are the publisher's."
PROJECT = "An archive of press-conference transcripts as their pages have them."
COUNTED = ("text", "body", "div", "head", "note", "u", "seg")
SPEECHES, CHARACTERS = "speeches", "characters"


def document_id(record: Transcript, *, all_versions: bool) -> str:
    """The xml:id and file name of a transcript."""
    site, _, number = record.id.partition("/")
    return f"{site}.{xml_name(number)}" + (f".v{record.version}" if all_versions else "")


def tei_document(record: Transcript, name: str) -> Tree:
    """A transcript as a document of that name."""
    tree = Tree("TEI", id=name, lang=language(record.language), ana="#press.conference")
    header = tree.add(tree.root, "teiHeader")
    _body(tree, record, name)  # before its elements are counted
    _file(tree, header, record)
    _encoding(tree, header, record)
    _setting(tree, tree.add(header, "profileDesc"), record)
    return tree


def _file(tree: Tree, header: Element, record: Transcript) -> None:
    file = tree.add(header, "fileDesc")
    _titles(tree, tree.add(file, "titleStmt"), record)
    tree.add(tree.add(file, "editionStmt"), "edition", f"version {record.version}")
    extent(tree, file, len(record.turns), sum(len(said.text) for said in record.turns))
    published = tree.add(file, "publicationStmt")
    publication(tree, published, record.provenance.crawler, record.id, record.provenance.fetched_at)
    bibl = tree.add(tree.add(file, "sourceDesc"), "bibl")
    tree.line(bibl, "title", record.title)
    if record.source:
        tree.line(bibl, "publisher", record.source)
    tree.line(bibl, "idno", record.url, type="URI")
    if record.event.id:
        tree.line(bibl, "idno", record.event.id, type="event")
    if record.published_at:
        tree.add(bibl, "date", record.published_at, when=day(record.published_at))
    for other in record.event.editions:
        edition = tree.add(tree.add(bibl, "relatedItem", type="edition"), "bibl")
        tree.add(edition, "textLang", other.language, mainLang=language(other.language))
        tree.line(edition, "idno", other.url, type="URI")


def _titles(tree: Tree, titles: Element, record: Transcript) -> None:
    tree.line(titles, "title", record.title, type="main")
    tree.line(titles, "title", f"Press conference, {record.event.date or 'undated'}", type="sub", lang="en")
    tree.add(titles, "meeting", n=record.event.date, ana="#press.conference", corresp=f"#{hall_id(record.site)}")
    for editor in record.editors:
        statement = tree.add(titles, "respStmt")
        tree.line(statement, "persName", editor)
        tree.add(statement, "resp", "editor of the page", lang="en")


def extent(tree: Tree, file: Element, speeches: int, characters: int) -> None:
    """How much there is."""
    sizes = tree.add(file, "extent")
    for unit, quantity in ((SPEECHES, speeches), (CHARACTERS, characters)):
        tree.add(sizes, "measure", f"{quantity} {unit}", unit=unit, quantity=str(quantity), lang="en")


def publication(tree: Tree, statement: Element, program: str, name: str, moment_: str | None) -> None:
    """Who made it and when the page was fetched."""
    tree.line(statement, "publisher", program)
    tree.line(statement, "idno", name, type="record")
    tree.add(tree.add(statement, "availability", status="unknown"), "p", RIGHTS, lang="en")
    if day(moment_):
        tree.add(statement, "date", day(moment_), when=day(moment_))


def _encoding(tree: Tree, header: Element, record: Transcript) -> None:
    encoding = tree.add(header, "encodingDesc")
    tree.add(tree.add(encoding, "projectDesc"), "p", PROJECT, lang="en")
    if record.cleaning or record.damage.unresolved:
        done = f"{len(record.cleaning)} changes to the page's own text; {record.damage.unresolved} damaged places left."
        tree.add(tree.add(tree.add(encoding, "editorialDecl"), "correction"), "p", done, lang="en")
    usage(tree, encoding, {name: tree.count(name) for name in COUNTED})


def usage(tree: Tree, encoding: Element, counts: dict[str, int]) -> None:
    """How many elements there are in the text."""
    space = tree.add(tree.add(encoding, "tagsDecl"), "namespace", name=TEI)
    for name, count in counts.items():
        tree.add(space, "tagUsage", gi=name, occurs=str(count))


def _setting(tree: Tree, profile: Element, record: Transcript) -> None:
    setting = tree.add(tree.add(profile, "settingDesc"), "setting")
    if record.event.place:
        tree.line(setting, "name", record.event.place, type="place")
    said = " ".join(filter(None, (record.event.date, record.event.time)))
    tree.add(setting, "date", said, when=moment(record.event.date, record.event.time))


def _body(tree: Tree, record: Transcript, name: str) -> None:
    body = tree.add(tree.add(tree.root, "text"), "body")
    section = tree.add(body, "div", type="debateSection")
    tree.line(section, "head", record.title)
    if record.summary:
        tree.add(section, "note", record.summary, type="summary")
    asked = _questions(record, name)
    segments = 0
    for n, said in enumerate(record.turns, 1):
        tree.line(section, "note", said.label, type="speaker")
        if said.time:
            tree.add(section, "note", said.time, type="time")
        answers = " ".join(f"#{one}" for one in asked.get(said.id, ())) or None
        speech = tree.add(section, "u", id=f"{name}.u{n}", n=said.id, who=f"#{speaker_id(said)}",
                          ana=f"#{said.role}", corresp=answers)  # fmt: skip
        for line in said.text.split("\n"):
            segments += 1
            tree.add(speech, "seg", line, id=f"{name}.seg{segments}")


def _questions(record: Transcript, name: str) -> dict[str, list[str]]:
    """The questions that a turn answers: xml:ids by the turn's id."""
    places = {said.id: f"{name}.u{n}" for n, said in enumerate(record.turns, 1)}
    found: dict[str, list[str]] = {}
    for pair in record.exchanges:
        for answer in pair.answer:
            found.setdefault(answer, []).extend(places[one] for one in pair.question if one in places)
    return found
