"""Edits of a line, composed over several passes into one record that can be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one line; `offset` is where `after` starts in the restored line."""

    line: int
    offset: int
    kind: str
    before: str
    after: str
    certain: bool  # an exact inversion, or else chosen by the model
    margin: float | None = None  # nats before the next best choice

    @property
    def end(self) -> int:
        return self.offset + len(self.after)


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of a line as it is now, to be replaced by `after`."""

    start: int
    end: int
    after: str
    kind: str
    certain: bool = True
    margin: float | None = None


@dataclass(slots=True)
class Line:
    """A line under repair: how it reads now, and how it came to."""

    number: int
    text: str
    changes: list[Change]

    def apply(self, edits: Sequence[Edit]) -> None:
        """Make the edits, which are in order and do not overlap; earlier changes inside one become part of it."""
        if not edits:
            return
        old, done, pieces, at, shift = self.changes, [], [], 0, 0
        rest = iter([*old, None])
        change = next(rest)
        for edit in edits:
            while change is not None and change.end <= edit.start and not within(change, edit):
                done.append(replace(change, offset=change.offset + shift))
                change = next(rest)
            inner = []
            while change is not None and (change.offset < edit.end or within(change, edit)):
                inner.append(change)
                change = next(rest)
            merged, start, end = merge(self.text, edit, inner)
            done.append(replace(merged, line=self.number, offset=start + shift))
            pieces += [self.text[at:start], merged.after]
            at, shift = end, shift + len(merged.after) - (end - start)
        while change is not None:
            done.append(replace(change, offset=change.offset + shift))
            change = next(rest)
        self.text = "".join(pieces) + self.text[at:]
        self.changes = done


def within(change: Change, edit: Edit) -> bool:
    """Whether a removal lies inside an edit, not at its border."""
    return change.end > edit.start if change.after else edit.start < change.offset < edit.end


def merge(text: str, edit: Edit, inner: list[Change]) -> tuple[Change, int, int]:
    """One change for an edit and the earlier ones inside it; the stretch of text it replaces."""
    start = min([edit.start, *(change.offset for change in inner)])
    end = max([edit.end, *(change.end for change in inner)])
    after = text[start : edit.start] + edit.after + text[edit.end : end]
    margins = [margin for margin in (edit.margin, *(change.margin for change in inner)) if margin is not None]
    certain = edit.certain and all(change.certain for change in inner)
    before = undo_line(text[start:end], [replace(change, offset=change.offset - start) for change in inner])
    return Change(0, start, edit.kind, before, after, certain, min(margins, default=None)), start, end


def undo_line(text: str, changes: Iterable[Change]) -> str:
    """The line before its changes, which are in order."""
    pieces, at = [], 0
    for change in changes:
        pieces += [text[at : change.offset], change.before]
        at = change.end
    return "".join(pieces) + text[at:]
