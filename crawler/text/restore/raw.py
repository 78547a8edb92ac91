"""The exact inverse, where the body still is the bytes that the mirror served: no model, every byte comes back.

A mirror inserts `(reading)` behind the two bytes of a character wherever they stand, in step or not. So in the
bytes each annotation has its character before it, and removing them from left to right leaves the body of before.
"""

import re
from collections import Counter
from dataclasses import dataclass

from .evidence import Evidence
from .gbk import CODEC, decode
from .lexicon import characters

# Up to seven letters, of two bytes where they carry a tone, and the space that some mirrors put behind a vowel.
LETTER = rb"(?:[a-z]|\xa8[\xa1-\xbf])"
TAIL = re.compile(rb"\((" + LETTER + rb"{1,7}) ?\Z")
# The first annotation of a page stands behind the two bytes of a character; `(this)` in a script does not.
ANNOTATED = re.compile(rb"\((?<=[\x81-\xfe][\x40-\xfe]\()" + LETTER + rb"{1,7} ?\)")
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Removal:
    """Bytes that were taken out; `offset` is where they stood, in the body without them."""

    offset: int
    removed: bytes
    char: str  # the annotated character


@dataclass(frozen=True, slots=True)
class Undone:
    """The body before annotation, and what was taken out of it."""

    body: bytes
    removed: tuple[Removal, ...]


def undo_bytes(body: bytes, mirror: bool = False) -> Undone | None:
    """Take every annotation out, or None when the page does not look annotated."""
    if not ANNOTATED.search(body):
        return None
    found, removals, foreign = strip(body)
    return Undone(found, removals) if removals and weigh(found, removals, foreign).damaged(mirror) else None


def strip(body: bytes) -> tuple[bytes, tuple[Removal, ...], int]:
    """The body without annotations, these, and how many stood behind other characters."""
    out, removals, foreign = bytearray(), [], 0
    for piece in re.split(rb"(?=\))", body):
        # A piece starts with the bracket that may close an annotation.
        match = TAIL.search(out, max(0, len(out) - LONGEST)) if piece.startswith(b")") else None
        if match and match.start() >= 2:
            char = decode(*out[match.start() - 2 : match.start()])
            reading = match[1].decode(CODEC, "replace")
            if characters().reads(char, reading):
                removals.append(Removal(match.start(), bytes(out[match.start() :]) + b")", char))
                del out[match.start() :]
                piece = piece[1:]
            elif char and char not in characters().simplified:
                foreign += 1
        out += piece
    return bytes(out), tuple(removals), foreign


def weigh(body: bytes, removals: tuple[Removal, ...], foreign: int) -> Evidence:
    """The evidence of the removals, as counted on bytes: out of step or not, every occurrence is annotated."""
    table = Counter(removal.char for removal in removals)
    usual: Counter[str] = Counter()
    for (char, _), count in Counter((removal.char, removal.removed) for removal in removals).items():
        usual[char] = max(usual[char], count)
    occurrences = sum(body.count(char.encode(CODEC)) for char in table)
    return Evidence(table, max(occurrences, table.total()), foreign, usual.total())
