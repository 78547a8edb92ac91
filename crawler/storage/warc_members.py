"""The gzip members of a file, one after another, with the places where it is damaged."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

from crawler.storage.warc_record import GZIP

MAGIC = b"\x1f\x8b\x08"
WARC = b"WARC/"
BLOCK = 1 << 15
# Enough for a member's header, and a record's first line.
BEGINNING = 1 << 10


class Member(NamedTuple):
    """From `start` to `end`; `fault` says what is wrong with it."""

    start: int
    end: int
    fault: str | None = None


def inflate(file: BinaryIO, start: int, take: Callable[[bytes], Any]) -> Member:
    """Decompress the member at an offset; its bytes go to `take`, as far as they can be had."""
    file.seek(start)
    stream = zlib.decompressobj(wbits=GZIP)
    end = start
    while not stream.eof:
        block = file.read(BLOCK)
        end += len(block)
        if not block:
            return Member(start, end, "cut off" if end > start else "empty")
        try:
            take(stream.decompress(block))
        except zlib.error as error:
            return Member(start, end, f"no whole gzip member ({error})")
    return Member(start, end - len(stream.unused_data))


def next_member(file: BinaryIO, start: int) -> int | None:
    """Where, from an offset on, a member begins that holds WARC; None if nowhere.

    A page may hold gzip as well: it is told by what comes out.
    """
    overlap = len(MAGIC) - 1
    while True:
        file.seek(start)
        block = file.read(1 << 20)
        at = block.find(MAGIC)
        while at >= 0:
            if _holds_warc(file, start + at):
                return start + at
            at = block.find(MAGIC, at + 1)
        if len(block) <= overlap:
            return None
        start += len(block) - overlap


def _holds_warc(file: BinaryIO, start: int) -> bool:
    file.seek(start)
    try:
        return zlib.decompressobj(wbits=GZIP).decompress(file.read(BEGINNING), len(WARC)) == WARC
    except zlib.error:
        return False


def members(file: BinaryIO, take: Callable[[bytes], Any]) -> Iterator[Member]:
    """Every member, whole or damaged. `take` gets the bytes of one before it is yielded.

    Behind a damaged one the next that holds WARC is looked for.
    """
    start: int | None = 0
    size = file.seek(0, 2)
    while start is not None and start < size:
        found = inflate(file, start, take)
        if found.fault:
            start = next_member(file, start + 1)
            yield found._replace(end=size if start is None else start)
        else:
            start = found.end
            yield found
