"""What changed between two versions of a transcript: its turns side by side, and its other fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from crawler.browse.pieces import Piece, Pieces
from crawler.items import Transcript
from crawler.text.differences import Difference, differences

# Longer texts are shown before and after as a whole: finding the words that differ takes the square of their length.
MOST = 4000
# A number or a Latin word changes as a whole.
TOKEN = re.compile(r"[0-9A-Za-z.%]+|.", re.DOTALL)
# Shown as turns, or following from them.
FIELDS_OF_TURNS = ("turns", "exchanges", "content_hash", "cleaning")


class Compared(NamedTuple):
    """A turn that is not the same: what was taken away and put in, in its place. `how` is new, gone or edited."""

    how: str
    id: str
    label: str
    pieces: Pieces


def compare(before: Transcript, after: Transcript) -> list[Compared]:
    """The turns that differ, in order."""
    old, new = ([f"{turn.label}\0{turn.text}" for turn in one.turns] for one in (before, after))
    found: list[Compared] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += _changed(before, after, range(a, b), range(c, d))
    return found


def _changed(before: Transcript, after: Transcript, old: range, new: range) -> Iterator[Compared]:
    for n, m in zip(old, new):
        was, now = before.turns[n], after.turns[m]
        yield Compared("edited", now.id, now.label, words(f"{was.label}：{was.text}", f"{now.label}：{now.text}"))
    for n in old[len(new) :]:
        yield Compared("gone", before.turns[n].id, before.turns[n].label, [Piece(before.turns[n].text, "removed")])
    for m in new[len(old) :]:
        yield Compared("new", after.turns[m].id, after.turns[m].label, [Piece(after.turns[m].text, "restored")])


def words(before: str, after: str) -> Pieces:
    """One text with what was taken out of it and put in."""
    if max(len(before), len(after)) > MOST:
        return [Piece(before, "removed"), Piece(after, "restored")]
    pieces: Pieces = []
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        pieces += [Piece(now)] if kind == "equal" else [Piece(was, "removed"), Piece(now, "restored")]
    return [piece for piece in pieces if piece.text]


def other_fields(before: Transcript, after: Transcript) -> list[Difference]:
    """What differs beside the turns."""
    found = differences(before.model_dump(by_alias=True), after.model_dump(by_alias=True))
    return [one for one in found if one.field.partition(".")[0] not in FIELDS_OF_TURNS]
