"""Cut the spam blocks out of a Draft's lines and say so. A clean page comes back as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.items import OUTSIDE, Draft, Edit
from crawler.text.lines import EDGES
from crawler.text.spam import Block, find_blocks


def cut_spam(draft: Draft, *, mirror: bool = False) -> Draft:
    """The draft without spam blocks, each an edit of kind `spam_block`; `mirror`: the page is on a foreign host."""
    lines = (*draft.before, *draft.lines, *draft.after)
    texts = [line.text for line in lines]
    hidden = {i for i, line in enumerate(lines) if line.hidden}
    blocks = find_blocks(texts, hidden=hidden, mirror=mirror)
    if not blocks:
        return draft
    shift = len(draft.before)
    edits = [_edit(block, texts, shift, len(draft.lines)) for block in blocks]
    cleaned = [line._replace(text=text) for line, text in zip(lines, _without(texts, blocks), strict=True)]
    end = shift + len(draft.lines)
    return replace(
        draft,
        before=tuple(cleaned[:shift]),
        lines=tuple(cleaned[shift:end]),
        after=tuple(cleaned[end:]),
        edits=(*draft.edits, *edits),
    )


def _edit(block: Block, texts: Sequence[str], shift: int, body: int) -> Edit:
    """A block as an edit at its first line; `before` holds its words, a line break between lines."""
    if block.first == block.last:
        before = texts[block.first][block.start : block.end]
    else:
        between = texts[block.first + 1 : block.last]
        before = "\n".join((texts[block.first][block.start :], *between, texts[block.last][: block.end]))
    line = block.first - shift
    inside = 0 <= line < body
    return Edit(line if inside else OUTSIDE, block.start if inside else block.first, "spam_block", before, "")


def _without(texts: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The texts without the blocks. White space that a cut leaves at the end of a line goes with the block."""
    left = list(texts)
    for block in reversed(blocks):
        for i in range(block.first, block.last + 1):
            head = left[i][: block.start] if i == block.first else ""
            tail = left[i][block.end :] if i == block.last else ""
            left[i] = (head + tail).strip(EDGES)
    return left
