"""The exact inverse on bytes, carried through the HTML.

Where something was taken out a mark goes in, and comes out again of each line as an Edit. The marks are
noncharacters, which no page means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from crawler.items import TITLE, Draft, Edit, Line, Picture
from crawler.text.restore import Removal, Undone

OPEN, CLOSE = "\ufdd0", "\ufdd1"
DIGITS = [chr(0xFDE0 + digit) for digit in range(16)]
VALUE = {char: f"{digit:x}" for digit, char in enumerate(DIGITS)}
MARK = re.compile(f"{OPEN}([{DIGITS[0]}-{DIGITS[15]}]+){CLOSE}")
# As characters, or as references to them.
NONCHARACTER = re.compile("[\ufdd0-\ufdef]|&#0*(?:[xX]0*[fF][dD][dDeE][0-9a-fA-F]|6497[6-9]|649[89][0-9]|6500[0-7]);?")
CODEC = "gb18030"
# Characters of one byte and of two.
WHOLE = re.compile(rb"(?:[\x00-\x7f]++|[\x81-\xfe][\x40-\x7e\x80-\xfe])++")


def marked(undone: Undone, first: int = 0) -> str:
    """The restored body as text, a mark behind the character at which each removal stood, numbered from `first`."""
    parts, at = [], 0
    for number, removal in enumerate(undone.removed, first):
        end = _boundary(undone.body, at, removal.offset)
        parts += [_text(undone.body[at:end]), OPEN, *(DIGITS[int(d, 16)] for d in f"{number:x}"), CLOSE]
        at = end
    return "".join([*parts, _text(undone.body[at:])])


def _text(body: bytes) -> str:
    return NONCHARACTER.sub("\ufffd", body.decode(CODEC, "replace"))


def _boundary(body: bytes, start: int, offset: int) -> int:
    """The first end of a character at or behind `offset`: an annotation out of step stood in the middle of one."""
    at = start
    while at < offset:
        whole = WHOLE.match(body, at, offset)
        at = whole.end() if whole else at + _size(body, at)
    return at


def _size(body: bytes, at: int) -> int:
    """Of how many bytes the character at `at` is; one for a byte that is of none."""
    for size in (2, 4):
        with suppress(UnicodeDecodeError):
            body[at : at + size].decode(CODEC)
            return size
    return 1


def unmarked(draft: Draft, removed: Sequence[Removal]) -> Draft:
    """The draft without marks, each of those in the title and the lines as an edit."""
    edits: list[Edit] = []
    title = _take(draft.title, TITLE, removed, edits)
    lines = [line._replace(text=_take(line.text, i, removed, edits)) for i, line in enumerate(draft.lines)]
    return replace(
        draft,
        title=title,
        lines=_shortened(lines),
        before=_shortened(line._replace(text=MARK.sub("", line.text)) for line in draft.before),
        after=_shortened(line._replace(text=MARK.sub("", line.text)) for line in draft.after),
        breadcrumbs=tuple(MARK.sub("", crumb) for crumb in draft.breadcrumbs),
        pictures=tuple(Picture(MARK.sub("", p.url), MARK.sub("", p.alt), p.line) for p in draft.pictures),
        article=draft.article and MARK.sub("", draft.article),
        edits=(*draft.edits, *edits),
        published=MARK.sub("", draft.published),
        source=MARK.sub("", draft.source),
        editors=MARK.sub("", draft.editors),
    )


def _shortened(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines of which not more is bold than is left."""
    return tuple(line._replace(bold=min(line.bold, len(line.text))) for line in lines)


def _take(text: str, line: int, removed: Sequence[Removal], edits: list[Edit]) -> str:
    """The text without its marks; notes an edit for each."""
    parts, length, at = [], 0, 0
    for mark in MARK.finditer(text):
        parts.append(text[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        removal = removed[int("".join(VALUE[c] for c in mark[1]), 16)]
        in_step = parts[-1].endswith(removal.char) or "".join(parts)[-1:] == removal.char
        kind = "pinyin" if in_step else "byte_shift"
        edits.append(Edit(line, length, kind, removal.removed.decode(CODEC, "replace"), ""))
    return "".join([*parts, text[at:]])
