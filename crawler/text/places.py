"""Where a change stands in the record: from (line of the page, offset) to (turn, offset)."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from crawler.items import PLACES, Draft
from crawler.text.turns import Split


def changes(draft: Draft, sorted_: Split, lead: str, used: Container[int]) -> Iterator[dict[str, Any]]:
    """The draft's edits as the record lists them."""
    if not draft.edits:
        return
    pieces: dict[int, list[tuple[int, int, str, int]]] = {}
    for number, speech in enumerate(sorted_.speeches, 1):
        at = 0
        for line, start, end in speech.pieces:
            pieces.setdefault(line, []).append((start, end, f"t{number}", at))
            at += end - start + 1
    at = 0
    for line in sorted_.head:
        if line not in used:
            length = len(draft.lines[line].text)
            pieces.setdefault(line, []).append((0, length, "summary", at))
            at += length + 1
    for edit in draft.edits:
        length = len(draft.lines[edit.line].text) if edit.line >= 0 else 0
        place, offset = _place(edit.line, edit.offset, length, pieces)
        yield {
            "kind": edit.kind,
            "at": f"{place}:{offset}",
            "before": edit.before,
            "after": edit.after,
            "certain": edit.certain,
            "margin": edit.margin,
        }


def _place(line: int, offset: int, length: int, pieces: dict[int, list[tuple[int, int, str, int]]]) -> tuple[str, int]:
    if line < 0:
        return PLACES[line], offset
    for start, end, place, at in pieces.get(line, ()):
        if start <= offset < end or offset == end == length:
            return place, at + offset - start
    return f"line {line + 1}", offset
