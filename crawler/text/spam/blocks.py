"""A block, and the lines without it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Block:
    """What to cut: from `start` in line `first` to before `end` in line `last`."""

    first: int
    start: int
    last: int
    end: int
    kind: str  # counties or keywords
    why: str


def cut(lines: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The lines without the blocks. One eaten whole becomes "", so lines keep their numbers; nothing else changes."""
    kept = list(lines)
    for block in reversed(blocks):
        head, tail = kept[block.first][: block.start], kept[block.last][block.end :]
        kept[block.first : block.last + 1] = [""] * (block.last - block.first + 1)
        if block.first == block.last:
            kept[block.first] = head + tail
        else:
            kept[block.first], kept[block.last] = head, tail
    return kept


def in_page(block: Block, before: Iterable[Block]) -> Block:
    """A block of the lines that were cut already, told in the lines as they were."""
    start, end = block.start, block.end
    for old in before:
        begin = _begin(old)
        if old.last == block.first and start > begin:
            start += old.end - begin
        if old.last == block.last and end > begin:
            end += old.end - begin
    return replace(block, start=start, end=end)


def merge(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """In order; a block that reaches into another becomes one with it."""
    merged: list[Block] = []
    for block in sorted(blocks, key=lambda block: (block.first, block.start, -block.last, -block.end)):
        if merged and (block.first, block.start) < (merged[-1].last, merged[-1].end):
            last, end = max((merged[-1].last, merged[-1].end), (block.last, block.end))
            merged[-1] = replace(merged[-1], last=last, end=end)
        else:
            merged.append(block)
    return tuple(merged)


def _begin(block: Block) -> int:
    """Where a block begins in its last line."""
    return block.start if block.first == block.last else 0
