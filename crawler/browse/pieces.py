"""A text cut where something is to be seen in it: words that were searched for, what cleaning took out and put in.

Pure; places that no text has (a page may be anything) are moved into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crawler.items import Change


class Piece(NamedTuple):
    """A stretch of text. `kind` is "", `removed` (not in the record) or `restored`; `why` names the change."""

    text: str
    kind: str = ""
    mark: bool = False
    why: str = ""


class Edit(NamedTuple):
    """A change in its text: `before` was where [start, end) is now."""

    start: int
    end: int
    before: str
    why: str


Pieces = list[Piece]


def edits_at(place: str, changes: Iterable[Change], text: str) -> list[Edit]:
    """The changes to one place's text, in order."""
    found = []
    for change in changes:
        where, _, offset = change.at.rpartition(":")
        if where == place and offset.isascii() and offset.isdigit() and len(offset) < 10:
            start = min(int(offset), len(text))
            why = change.kind if change.certain else f"{change.kind}, chosen"
            found.append(Edit(start, min(start + len(change.after), len(text)), change.before, why))
    return sorted(found, key=lambda edit: edit.start)


def cut(text: str, marks: Sequence[Sequence[int]] = (), edits: Sequence[Edit] = ()) -> Pieces:
    """The text in pieces; those that were removed stand before what took their place."""
    ends = {0, len(text), *(n for mark in marks for n in mark), *(n for edit in edits for n in edit[:2])}
    places = sorted(n for n in ends if 0 <= n <= len(text))
    marked, restored = _covered(places, [(a, b) for a, b in marks]), _covered(places, [edit[:2] for edit in edits])
    removed: dict[int, list[Edit]] = {}
    for edit in edits:
        removed.setdefault(edit.start, []).append(edit)
    pieces: Pieces = []
    for place, end in zip(places, [*places[1:], None]):
        pieces += [Piece(edit.before, "removed", why=edit.why) for edit in removed.get(place, ()) if edit.before]
        if end is not None:
            edit_here = restored.get(place)
            why = edits[edit_here].why if edit_here is not None else ""
            pieces.append(Piece(text[place:end], "restored" if why else "", place in marked, why))
    return pieces


def _covered(places: Sequence[int], stretches: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The places that lie in a stretch, and in which: both in order, so that it is one walk."""
    found: dict[int, int] = {}
    order = sorted(range(len(stretches)), key=lambda n: stretches[n])
    at, reach, which = 0, -1, -1
    for place in places:
        while at < len(order) and stretches[order[at]][0] <= place:
            start, end = stretches[order[at]]
            if end > max(reach, start):
                reach, which = end, order[at]
            at += 1
        if place < reach:
            found[place] = which
    return found


def paragraphs(pieces: Iterable[Piece]) -> list[Pieces]:
    """Pieces by paragraphs: a line break of the text begins one; what was removed keeps its own."""
    found: list[Pieces] = [[]]
    for piece in pieces:
        if piece.kind == "removed":
            found[-1].append(piece)
            continue
        first, *rest = piece.text.split("\n")
        found[-1].append(piece._replace(text=first))
        found += [[piece._replace(text=line)] for line in rest]
    return [kept for line in found if (kept := [piece for piece in line if piece.text])]
