"""Is this page a mirror's at all? The one safety device: nothing else is looked at unless this says yes.

A mirror annotates (1) every occurrence of a character of its table, (2) Traditional-only characters alone,
(3) each with one reading. A dictionary, a textbook or a page with glosses breaks at least one of the three.
"""

import re
from collections import Counter
from dataclasses import dataclass

from .gbk import is_han
from .lexicon import characters

LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê"
READING = rf"[{LETTERS}]{{1,7}}"
ANNOTATION = re.compile(rf"\(({READING})( ?)\)")
# A lead byte swallowed the bracket of an annotation.
SWALLOWED = re.compile(rf"\?({READING}) ?\)")
# A lead byte was cut off before one of the marks that mirrors cut at.
CUT = re.compile(r"\?[！；、。，？!;,?]")
# A tag lost its first character to a lead byte.
BROKEN_TAG = re.compile(r"\?/?(?:p|div|span|a|td|li|strong|b|font|em|h[1-6])>")

EVERY = 0.9  # of the occurrences of an annotated character are annotated
FOREIGN = 0.05  # of the annotations at most are on other characters
ONE_READING = 0.97  # of the annotations agree with the character's first
KNOWN = 0.75  # of the annotations are on characters that nobody glosses, where less is asked


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the annotations of a page say of it."""

    table: Counter[str]  # annotated Traditional-only characters
    occurrences: int  # of these characters, annotated or not
    foreign: int  # annotations of other characters
    agreeing: int  # annotations that give their character's usual reading

    @property
    def annotated(self) -> int:
        return self.table.total()

    def damaged(self, mirror: bool = False) -> bool:
        """The gate: strict, and lenient where other evidence says that the page is a mirror's."""
        count = self.annotated
        if count < EVERY * self.occurrences or self.foreign > FOREIGN * count or self.agreeing < ONE_READING * count:
            return False
        different = len(self.table)
        if count >= 5 and different >= 4 and count - different >= 2:
            return True
        common = sum(self.table[char] for char in self.table.keys() & characters().common)
        return mirror and count >= 3 and different >= 2 and common >= KNOWN * count


def weigh(text: str) -> Evidence:
    """Count the annotations of a page."""
    known, pairs, foreign = characters(), Counter[tuple[str, str]](), 0
    for match in ANNOTATION.finditer(text):
        char, reading = text[match.start() - 1 : match.start()], match[1]
        if known.reads(char, reading):
            pairs[char, reading] += 1
        elif char and is_han(char) and char not in known.simplified:
            foreign += 1
    table, usual = Counter[str](), Counter[str]()
    for (char, _), count in pairs.items():
        table[char] += count
        usual[char] = max(usual[char], count)
    occurrences = Counter(text)
    return Evidence(table, sum(occurrences[char] for char in table), foreign, usual.total())
