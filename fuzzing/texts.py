"""Targets that clean text: spam blocks out, damage undone."""

from __future__ import annotations

from itertools import pairwise

from crawler.text.marks import MARK, NONCHARACTER, marked
from crawler.text.restore import restore, undo, undo_bytes
from crawler.text.spam import cut, find_blocks


def lines_from(data: bytes) -> tuple[int, list[str]]:
    """The first byte holds switches, the rest is UTF-8."""
    return (data[0] if data else 0), data[1:].decode("utf-8", "replace").split("\n")


def check_spam(data: bytes) -> None:
    """Never raises. Blocks are in order, apart and within the lines; cutting twice is cutting once."""
    switches, lines = lines_from(data)
    hidden = {i for i in range(len(lines)) if switches & 2 and i % 3 == 2}
    mirror = bool(switches & 1)
    blocks = find_blocks(lines, hidden=hidden, mirror=mirror)
    for block in blocks:
        assert 0 <= block.first <= block.last < len(lines), "a block of lines that are not there"
        assert 0 <= block.start <= len(lines[block.first]), "it begins outside of its line"
        assert 0 <= block.end <= len(lines[block.last]), "it ends outside of its line"
        assert (block.first, block.start) < (block.last, block.end), "an empty block"
    for one, other in pairwise(blocks):
        assert (one.last, one.end) <= (other.first, other.start), "blocks overlap"
    rest = cut(lines, blocks)
    assert len(rest) == len(lines), "lines are gone"
    assert not find_blocks(rest, hidden=hidden, mirror=mirror), "cut twice is not cut once"


def check_restore(data: bytes) -> None:
    """Never raises. What was done can be undone to the character, and restoring twice is restoring once."""
    switches, lines = lines_from(data)
    mirror, drop = bool(switches & 1), bool(switches & 2)
    restored = restore(lines, mirror=mirror, drop=drop)
    assert len(restored.lines) == len(lines), "lines are gone"
    assert undo(restored) == tuple(lines), "undone it is another text"
    assert restore(restored.lines, mirror=mirror, drop=drop).lines == restored.lines, "restored twice it is another"


def check_bytes(data: bytes) -> None:
    """The inverse on bytes never raises, puts back to the byte, and its marks come out of the text again."""
    found = undo_bytes(data[1:], bool(data[:1] < b"\x80"))
    if found is None:
        return
    body = found.body
    for removal in reversed(found.removed):
        body = body[: removal.offset] + removal.removed + body[removal.offset :]
    assert body == data[1:], "put back it is another body"
    text = marked(found)
    assert len(MARK.findall(text)) == len(found.removed), "not a mark for each"
    plain = NONCHARACTER.sub("\ufffd", found.body.decode("gb18030", "replace"))
    # A body that ends within a character is decoded to one U+FFFD from there on.
    assert MARK.sub("", text).replace("\ufffd", "").startswith(plain.replace("\ufffd", "")), (
        "another text without marks"
    )
