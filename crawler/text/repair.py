"""Restore a Draft's words, all of a page together: title, crumbs, source, editors and the article's lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.items import BREADCRUMBS, EDITORS, SOURCE, TITLE, Draft, Edit
from crawler.text.restore import Change, Restored, restore

# How the parts of a page are laid out for the restorer.
HEAD = (TITLE, SOURCE, EDITORS)


def repair(draft: Draft, *, mirror: bool = False) -> Draft:
    """The draft restored, each change an edit; what is left is counted. `mirror`: other evidence of a mirror."""
    words = [draft.title, draft.source, draft.editors, *draft.breadcrumbs, *(line.text for line in draft.lines)]
    restored = restore(words, mirror=mirror or any(edit.kind == "spam_block" for edit in draft.edits))
    if not (restored.changes or restored.unresolved or restored.flags):
        return draft
    crumbs = len(HEAD) + len(draft.breadcrumbs)
    texts = restored.lines
    lines = [line._replace(text=text) for line, text in zip(draft.lines, texts[crumbs:], strict=True)]
    return replace(
        draft,
        title=texts[0],
        source=texts[1],
        editors=texts[2],
        breadcrumbs=tuple(texts[len(HEAD) : crumbs]),
        lines=tuple(line._replace(bold=min(line.bold, len(line.text))) for line in lines),
        edits=(*_moved(draft.edits, restored, crumbs), *_edits(restored, crumbs)),
        unresolved=draft.unresolved + restored.unresolved,
        samples=(*draft.samples, *restored.samples),
        flags=restored.flags,
    )


def _line(number: int, crumbs: int) -> int:
    """A line of the restorer as a line of an Edit."""
    if number < len(HEAD):
        return HEAD[number]
    return number - crumbs if number >= crumbs else BREADCRUMBS


def _edits(restored: Restored, crumbs: int) -> Iterable[Edit]:
    for change in restored.changes:
        line = _line(change.line, crumbs)
        yield Edit(line, change.offset, change.kind, change.before, change.after, change.certain, change.margin)


def _moved(edits: Sequence[Edit], restored: Restored, crumbs: int) -> Iterable[Edit]:
    """Edits that were noted before, at the places where they stand in the restored lines."""
    changes: dict[int, list[Change]] = {}
    for change in restored.changes:
        changes.setdefault(_line(change.line, crumbs), []).append(change)
    return [edit._replace(offset=_place(edit.offset, changes.get(edit.line, ()))) for edit in edits]


def _place(offset: int, changes: Sequence[Change]) -> int:
    """An offset in the damaged line as an offset in the restored one."""
    grown = 0
    for change in changes:  # in order; their offsets are of the restored line
        if change.offset - grown >= offset:
            break
        grown += len(change.after) - len(change.before)
    return offset + grown
