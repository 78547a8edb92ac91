"""What the restorer knows of Chinese, out of lexicon.zip: characters at once, words only when they are needed.

The file is built by tools/build_lexicon.py; whose work it is and under which licence is in LICENSES.md beside it.
"""

import math
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

LEXICON = Path(__file__).with_name("lexicon.zip")
STEP = 0.1  # nats in one unit of a stored score
SCORES = [-STEP * unit for unit in range(256)]
CHANCES = [math.exp(score) for score in SCORES]


@dataclass(frozen=True, slots=True)
class Characters:
    """Traditional-only characters, and those that only Simplified text has."""

    simplified: dict[str, str]  # Traditional-only character to its Simplified form
    readings: dict[str, frozenset[str]]
    variants: frozenset[str]  # Traditional-only, but not the usual form
    simplified_only: frozenset[str]
    simplified_mostly: frozenset[str]  # in Traditional text too, but another form is more usual
    common: frozenset[str]
    table: dict[int, str] = field(repr=False)  # for str.translate

    def reads(self, char: str, reading: str) -> bool:
        """Whether a Traditional-only character may be read so; pages print some readings without their tone."""
        known = self.readings.get(char)
        if not known:
            return False
        return reading in known or reading == toneless(reading) and any(toneless(one) == reading for one in known)


@dataclass(frozen=True, slots=True)
class Words:
    """Words, and how characters begin, end and continue them."""

    score: dict[str, float]  # log P
    part: dict[str, int]
    follow: tuple[
        tuple[float, ...], ...
    ]  # log of how much likelier a part of speech is after another; first the edge, last unknown
    seen: dict[str, float]  # P of a character, of starting a word, of ending the word it is in
    first: dict[str, float]
    last: dict[str, float]
    inside: dict[str, float]  # P(c | b) inside a word
    closing: dict[str, float]  # how likely a word ends behind a pair that stands inside it


def read(*names: str) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(LEXICON.read_bytes())) as archive:
        return [archive.read(name) for name in names]


@lru_cache(4096)
def toneless(reading: str) -> str:
    """A reading without its tone mark; the diaeresis stays."""
    marks = unicodedata.normalize("NFD", reading)
    kept = "".join(c for c in marks if c == "\u0308" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)


@cache
def characters() -> Characters:
    """Loaded when a page shows annotations at all."""
    traditional, others, common = (data.decode() for data in read("traditional.txt", "simplified.txt", "common.txt"))
    rows, (only, mostly) = traditional.split("\n"), others.split("\n")
    simplified = {row[0]: row[1] for row in rows}
    return Characters(
        simplified=simplified,
        readings={row[0]: frozenset(row[3:].split(",")) for row in rows if row[3:]},
        variants=frozenset(row[0] for row in rows if row[2] == "9"),
        simplified_only=frozenset(only),
        simplified_mostly=frozenset(mostly),
        common=frozenset(common),
        table={ord(left): right for left, right in simplified.items()},
    )


@cache
def ordinary_readings() -> dict[str, frozenset[str]]:
    """Readings of all other characters; loaded for the one family that annotates them."""
    return {row[0]: frozenset(row[1:].split(",")) for row in read("readings.txt")[0].decode().split("\n")}


@cache
def words() -> Words:
    """Loaded when a damaged page has lost bytes."""
    names, word_scores, parts, steps = read("words.txt", "words.score", "words.part", "parts.step")
    chars, seen, first, last = read("chars.txt", "chars.seen", "chars.first", "chars.last")
    lines, inside, closing = read("pairs.txt", "pairs.inside", "pairs.last")
    known, single = names.decode().split("\n"), chars.decode()
    pairs = [line[0] + right for line in lines.decode().split("\n") for right in line[1:]]
    return Words(
        score=dict(zip(known, scaled(word_scores, SCORES))),
        part=dict(zip(known, parts)),
        follow=transitions(steps),
        seen=dict(zip(single, scaled(seen, CHANCES))),
        first=dict(zip(single, scaled(first, CHANCES))),
        last=dict(zip(single, scaled(last, CHANCES))),
        inside=dict(zip(pairs, scaled(inside, CHANCES))),
        closing=dict(zip(pairs, (unit / 15 for unit in closing))),
    )


def transitions(units: bytes) -> tuple[tuple[float, ...], ...]:
    """The matrix of parts of speech, with a row and a column of zeros for the unknown one."""
    size, steps = math.isqrt(len(units)), [STEP * (unit - 100) for unit in units]
    rows = [(*steps[row * size : (row + 1) * size], 0.0) for row in range(size)]
    return (*rows, (0.0,) * (size + 1))


def scaled(units: bytes, scale: list[float]) -> Iterable[float]:
    return map(scale.__getitem__, units)
