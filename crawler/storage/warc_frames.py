"""The records of any WARC file: gzip by record, gzip as a whole, not compressed; and what of it cannot be read.

Readers of WARC hand out a record that was cut off as if it were whole. Here a record is one whose length, end,
compression and digest are right; everything else is said with its offset, and reading goes on behind it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, NamedTuple

from crawler.storage.warc_members import MAGIC, WARC, Member, inflate, members

# A record that is larger is no page. Larger members (files that are compressed as a whole) go to the disk.
MOST = 64 << 20
MOST_HEAD = 1 << 16
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
DIGEST = re.compile(rb"^warc-block-digest[ \t]*:[ \t]*([\w-]+):([\w=+/-]+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
MOST_LINES = 1000
# Headers that end as a record's first line does: a page's address may, and the one that a revisit refers to.
MOST_ALIKE = 2
FIRST = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
END = b"\r\n\r\n"
NOTHING = "no record begins here"
CHANGED = "its bytes have another digest than it says"


class Place(NamedTuple):
    """Where a record stands: `offset` in the file; `inside` the bytes of a member that holds several."""

    path: Path
    offset: int
    inside: int = 0


class Frame(NamedTuple):
    """A whole record: its WARC headers and its block. `length` is that of its member; without one, of the
    record but for its end, as index tools have it."""

    place: Place
    length: int
    head: bytes
    block: bytes


class Unreadable(NamedTuple):
    """What could not be read, and why."""

    place: Place
    reason: str

    def __str__(self) -> str:
        return f"{self.place.path}, offset {self.place.offset}: {self.reason}"


def frames(path: Path) -> Iterator[Frame | Unreadable]:
    """The records of a file in order. Raises `OSError` where the file itself cannot be read."""
    with path.open("rb") as file:
        start = file.read(4096)
        if not start:
            yield Unreadable(Place(path, 0), "the file is empty")
        elif WARC in start and not start.startswith(MAGIC):
            file.seek(0)
            for found in _records(file, path):
                yield found._replace(place=Place(path, found.place.inside))
        else:
            yield from _compressed(file, path)


def frame_at(place: Place) -> Frame | Unreadable:
    """The record at a place."""
    with place.path.open("rb") as file, _spool() as spool:
        file.seek(place.offset)
        if file.read(len(MAGIC)) != MAGIC:
            file.seek(place.offset)
            return next(_records(file, place.path), Unreadable(place, NOTHING))._replace(place=place)
        member = inflate(file, place.offset, spool.write)
        size = spool.tell()
        spool.seek(place.inside)
        return _judged(next(_records(spool, place.path), Unreadable(place, NOTHING)), member, size)


def _spool() -> SpooledTemporaryFile[bytes]:
    return SpooledTemporaryFile(max_size=MOST)


def _compressed(file: BinaryIO, path: Path) -> Iterator[Frame | Unreadable]:
    spool = _spool()
    for member in members(file, spool.write):
        size = spool.tell()
        spool.seek(0)
        none = True
        for found in _records(spool, path):
            none = False
            judged = _judged(found, member, size)
            # What is wrong with the member is said once, below.
            if isinstance(judged, Frame) or not member.fault:
                yield judged
        if member.fault or none:
            size = member.end - member.start
            yield Unreadable(Place(path, member.start), f"{member.fault or NOTHING}, {size} bytes")
        spool.seek(0)
        spool.truncate()
    spool.close()


def _judged(found: Frame | Unreadable, member: Member, size: int) -> Frame | Unreadable:
    """A record as its member allows: of a damaged one only what its own digest vouches for."""
    place = found.place._replace(offset=member.start)
    if isinstance(found, Unreadable):
        return found._replace(place=place)
    if member.fault and not DIGEST.search(found.head):
        return Unreadable(place, member.fault)
    alone = found.length + len(END) == size
    return found._replace(place=place, length=member.end - member.start if alone else found.length)


def _records(file: IO[bytes], path: Path) -> Iterator[Frame | Unreadable]:
    """The records of bytes that are not compressed, from where the file stands. `inside` counts from its beginning."""
    while True:
        start = file.tell()
        first = file.readline(MOST_HEAD)
        if not first:
            return
        if not first.strip():
            continue
        place = Place(path, 0, start)
        fault = NOTHING
        if first.startswith(WARC):
            found = _record(file, place, first)
            if isinstance(found, Frame):
                yield found
                continue
            fault = found
        yield Unreadable(place, fault)
        # A length that is wrong would lead anywhere: on with the next line that can be a record's first. Where it led
        # to the record's end, nothing in the record is one.
        if fault != CHANGED:
            file.seek(start + 1)
        if not _skip(file):
            return


def _record(file: IO[bytes], place: Place, first: bytes) -> Frame | str:
    """The record whose first line was read, or what is wrong with it."""
    lines, alike = [first], 0
    while lines[-1].strip():
        lines.append(file.readline(MOST_HEAD))
        # Other records' first lines: what is read once for each record is not read again for each of its lines.
        alike += FIRST.search(lines[-1]) is not None
        if not lines[-1] or FIRST.fullmatch(lines[-1]) or alike > MOST_ALIKE:
            return "cut off in its headers"
        if len(lines) > MOST_LINES:
            return "headers without an end"
    head = b"".join(lines)
    length = LENGTH.search(head)
    if not length:
        return "no Content-Length"
    size = int(length[1])
    if size > MOST:
        return f"a record of {size} bytes is no page"
    begin, whole = file.tell(), file.seek(0, os.SEEK_END)
    if begin + size + len(END) > whole:
        return f"cut off: {min(size, whole - begin)} of {size} bytes"
    # Its end first: a file of nothing but heads would be read again for each of them.
    file.seek(begin + size)
    if file.read(len(END)) != END:
        return "it does not end where its Content-Length says"
    file.seek(begin)
    block = file.read(size)
    file.seek(len(END), os.SEEK_CUR)
    if not digest_holds(head, block):
        return CHANGED
    return Frame(place, len(head) + size, head, block)


def _skip(file: IO[bytes]) -> bool:
    """Go on to where a record may begin, in the middle of a line as well: behind one that was cut off."""
    while line := file.readline(MOST_HEAD):
        found = FIRST.search(line)
        if found:
            file.seek(found.start() - len(line), os.SEEK_CUR)
            return True
    return False


def digest_holds(head: bytes, block: bytes) -> bool:
    """Whether a block has the digest of its headers; True as well where there is none, or one that is not known."""
    said = DIGEST.search(head)
    return not said or is_digest(said[1].decode(), said[2].decode(), block)


def is_digest(name: str, value: str, data: bytes) -> bool:
    """Whether bytes have a digest, in hexadecimal or base 32; True as well of an algorithm that is not known."""
    name = name.lower().replace("-", "")
    if name not in hashlib.algorithms_available:
        return True
    digest = hashlib.new(name, data, usedforsecurity=False)
    if not digest.digest_size:  # as long as one likes
        return True
    return value.lower() == digest.hexdigest() or value.rstrip("=") == base64.b32encode(
        digest.digest()
    ).decode().rstrip("=")
