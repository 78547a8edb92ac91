"""The CDXJ beside a WARC file: sorted, every line one of the file's records, none missing."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from crawler.storage.verifying.findings import Problem


def line_key(line: bytes) -> bytes:
    """Eight bytes that stand for a line."""
    return blake2b(line, digest_size=8).digest()


def check_index(path: Path, expected: set[bytes], whole: bool) -> Iterator[Problem]:
    """Check an index against the keys of the lines that the file's records make.

    Of a file that is not `whole` the index may know more than can be read.
    """
    if not path.exists():
        yield Problem(path, "", "the index is not there; --repair writes it")
        return
    left, before = set(expected), b""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line < before:
                yield Problem(path, f"line {number}", "out of order; --repair writes the index anew")
            before = line
            if line_key(line) in left:
                left.discard(line_key(line))
            elif whole:
                yield Problem(path, f"line {number}", "no record of the file says so; --repair writes the index anew")
    if left:
        yield Problem(path, "", f"{len(left)} records have no line; --repair writes the index anew")
