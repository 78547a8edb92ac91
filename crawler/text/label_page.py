"""What all lines of a page say together about its labels: how often each leads one, and which names they confirm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from crawler.text.guests import names_person, titled_person
from crawler.text.label_forms import Label
from crawler.text.label_words import TITLED, asks, greets, host_name, is_furniture, is_rare_name, nameable
from crawler.text.names import SPACE, is_person, is_word, may_be_person

ANSWERS = re.compile(r"答|A|Answer|(?:新闻|新聞)?(?:发言|發言)人|Spokes\w+")
LONGEST_NAME = 4
BRACKETS = "[【［"
REPORTED = frozenset({"question", "answer"})
CALL = re.compile(r"(?:请|請)([^。！？!?\n]{2,24})")


@dataclass(slots=True)
class Speakers:
    """What a page's other lines say about its labels: guests' names, how often each candidate leads a line.

    `one` answers all of the questions, where the page says so; `told`: its answers are labelled, so none is reported;
    `nested`: brackets stand elsewhere than at the heads of lines.
    """

    guests: frozenset[str]
    counts: Counter[str] = field(default_factory=Counter)
    one: str | None = None
    told: bool = False
    nested: bool = True
    bracketed: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    judged: dict[tuple[str, str], bool] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)

    def known(self, words: str) -> bool:
        """Whether words name a guest, alone or with titles, or a name that brackets confirm."""
        if words not in self._known:
            self._known[words] = self._is_known(words)
        return self._known[words]

    def confirm(self, words: str) -> None:
        """From here on words are known."""
        self.bracketed.add(words)
        self._known[words] = True

    def _is_known(self, words: str) -> bool:
        if words in self.guests or words in self.bracketed:
            return True
        titled = TITLED.fullmatch(words)
        bare = SPACE.sub("", titled["name"] if titled else words)
        named = [name for name in self.guests if name in bare]
        return any(names_person(bare, name) and not greets(bare.replace(name, "", 1)) for name in named)


def gather(
    candidates: Iterable[Label | None],
    guests: Iterable[str],
    one: str | None = None,
    texts: Iterable[str] = (),
    bold: Iterable[int] = (),
) -> Speakers:
    """Count the candidates at the heads of a page's lines; `texts` are the lines, `bold` says how far each is bold."""
    page = Speakers(frozenset(guests), one=one)
    names = tuple(page.guests)
    candidates = list(candidates)
    text = "\n".join(texts)
    kinds = Counter([(c.words, c.form, c.colon) for c in candidates if c])
    heads = sum([n for (_, form, _), n in kinds.items() if form == "bracket"])
    page.nested = not text or sum(map(text.count, BRACKETS)) > heads
    for (words, form, colon), n in kinds.items():
        if is_furniture(words):
            continue
        page.counts[words] += n
        page.told |= form not in REPORTED and bool(ANSWERS.fullmatch(words) or words.endswith(names))
        if form == "bracket" and colon and nameable(words):
            page.bracketed.add(words)
        if "主持" in words and form not in REPORTED and (host := host_name(words)):
            page.bracketed.add(host)  # 主持人 and his name at first, later his name alone
        if len(words) > LONGEST_NAME and form != "answer" and (person := titled_person(words)):
            page.bracketed.add(person.name or words)  # his office at first, later his name alone
    if any(n > 1 and is_rare_name(words) for words, n in page.counts.items()):
        page.bracketed |= _recurring(candidates, list(bold))
    persons = {words: n for words, n in page.counts.items() if is_person(words) and not is_word(words)}
    page.bracketed |= {words for words, n in persons.items() if n > 1}
    long = {
        words for words in page.counts if len(words) == LONGEST_NAME and may_be_person(words) and not is_word(words)
    }
    if not page.guests and (once := (persons.keys() | long) - page.bracketed):
        page.bracketed |= _called(once, text)
    return page


def _recurring(candidates: Sequence[Label | None], bold: Sequence[int]) -> set[str]:
    """Names, whatever their family name, that brackets or bold print set among other labels more than once.

    They lead the first of these lines, or one behind a question: a heading within an answer does not.
    """
    marked = [
        c.words
        for c, n in zip_longest(candidates, bold, fillvalue=None)
        if c and (c.form == "bracket" or c.form == "colon" and n and n >= len(c.words)) and not is_furniture(c.words)
    ]
    counts = Counter(marked)
    if not any(nameable(words) for words in counts):
        return set()
    return {
        words
        for before, words in pairwise(["记者", *marked])
        if counts[words] > 1 and asks(before) and is_rare_name(words)
    }


def _called(names: Set[str], text: str) -> set[str]:
    """Those of names whom somebody calls upon: `首先，请林知秋先生作介绍`."""
    calls = set(CALL.findall(text))
    return {c[i : i + n] for c in calls for n in (2, 3, 4) for i in range(len(c) - n + 1)} & names
