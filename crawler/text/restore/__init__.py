"""Damaged text, restored exactly or left alone.

Some mirrors of Chinese sites annotate Traditional characters with their pinyin, and do it on GBK bytes: where two
bytes that belong to two characters happen to be such a character, the text behind is out of step, and bytes are
lost. Read in this order:

    changes   an edit, and the record of all of them, which can be undone
    evidence  is this page damaged at all?
    raw       the bytes as served: an exact inverse, no model
    model     which character follows which
    decode    what the bytes were, when they were in step
    choose    which of the characters that a lost byte may have made
    settle    what is certain enough to be written; what is left
    light     three simpler kinds of damage, and two that cannot be undone

Nothing here imports the rest of the project. The data is lexicon.zip: words of jieba (MIT), characters of OpenCC
(Apache-2.0), readings of pypinyin (MIT); see LICENSES.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .changes import Change, Line, undo_line
from .evidence import ANNOTATION, SWALLOWED, weigh
from .decode import EVENT
from .model import Model
from .settle import settle, sound
from .raw import Removal, Undone, undo as undo_bytes

__all__ = ["Change", "Restored", "Removal", "Undone", "restore", "restore_text", "undo", "undo_bytes"]
SAMPLES = 10


@dataclass(frozen=True, slots=True)
class Restored:
    lines: tuple[str, ...]
    changes: tuple[Change, ...]
    unresolved: int
    samples: tuple[str, ...]
    flags: tuple[str, ...]


def restore(lines: Sequence[str], *, mirror: bool = False, drop: bool = False) -> Restored:
    text = "\n".join(lines)
    page = [Line(number, line, []) for number, line in enumerate(lines)]
    if not ANNOTATION.search(text) or not weigh(text).damaged(mirror):
        return Restored(tuple(lines), (), 0, (), ())
    folded = text.count(",") > text.count("，")
    model = Model(map(sound, lines)) if EVENT.search(text) else None
    left = []
    for line in page:
        s = settle(line.text, model, folded)
        line.apply(s.edits)
        left += [line.text[max(0, p - 8) : p + 9] for p in s.left]
    return Restored(tuple(l.text for l in page), tuple(c for l in page for c in l.changes), len(left), tuple(left[:10]), ())


def undo(restored: Restored) -> tuple[str, ...]:
    return tuple(undo_line(line, [c for c in restored.changes if c.line == n]) for n, line in enumerate(restored.lines))


def restore_text(text: str, *, mirror: bool = False, drop: bool = False) -> Restored:
    return restore(text.split("\n"), mirror=mirror, drop=drop)
