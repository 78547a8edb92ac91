"""China's provinces, prefectures and counties, today's and abolished ones, by name in either script.

The file: a line of letter pairs (a letter, what it folds to), a line of letters that only Simplified text has, then one
line for each province: its code and its names, marked `!` (the province itself), `*` (a prefecture or its city) or
nothing. Names in it are folded.
"""

import gzip
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LONGEST = 16  # letters of a name, 双江拉祜族佤族布朗族傣族自治县 has 15


class Place(NamedTuple):
    """All that a name can mean."""

    provinces: frozenset[int]
    level: int  # the highest that bears the name: 0 province, 1 prefecture, 2 county


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names, folded to one script, and what each can mean."""

    places: dict[str, Place]
    ordered: tuple[str, ...]
    folds: dict[int, str]
    simplified: frozenset[str]  # letters that only Simplified text has

    def find(self, name: str) -> Place | None:
        """The place that bears the whole name."""
        return self.places.get(name.translate(self.folds)) if 1 < len(name) <= LONGEST else None

    def begins(self, text: str) -> bool:
        """Whether some name begins with the text."""
        folded = text.translate(self.folds)
        at = bisect_left(self.ordered, folded)
        return bool(folded) and at < len(self.ordered) and self.ordered[at].startswith(folded)

    def suffix(self, text: str) -> int:
        """How many letters the longest name has that ends the text, 0 if none does."""
        return next((n for n in range(min(LONGEST, len(text)), 1, -1) if self.find(text[-n:])), 0)

    def prefix(self, text: str) -> int:
        """How many letters the longest name has that begins the text, 0 if none does."""
        return next((n for n in range(min(LONGEST, len(text)), 1, -1) if self.find(text[:n])), 0)

    def script(self, names: str) -> int:
        """1 for names in Traditional, -1 in Simplified, 0 if they are written alike in both."""
        if any(ord(letter) in self.folds for letter in names):
            return 1
        return -(not self.simplified.isdisjoint(names))


def parse(text: str) -> Gazetteer:
    """Read the file's text."""
    head, simplified, *lines = text.splitlines()
    places: dict[str, Place] = {}
    for line in lines:
        code, *names = line.split()
        here = frozenset((int(code),))
        for marked in names:
            level = "!*".find(marked[0])
            level, name = (2, marked) if level < 0 else (level, marked[1:])
            known = places.get(name)
            places[name] = Place(known.provinces | here, min(known.level, level)) if known else Place(here, level)
    folds = {ord(old): new for old, new in zip(head[::2], head[1::2], strict=True)}
    return Gazetteer(places, tuple(sorted(places)), folds, frozenset(simplified))


@cache
def load() -> Gazetteer:
    """The packaged gazetteer, read once."""
    packed = files("crawler.text").joinpath("data/gazetteer.txt.gz").read_bytes()
    return parse(gzip.decompress(packed).decode())
