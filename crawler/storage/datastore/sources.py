"""The files that are loaded: found, read line by line from where it stopped, and known again by a digest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

NAME = "transcripts.jsonl"
BLOCK = 1 << 20
MAGIC = b"SQLite format 3\0"
# A batch ends with either: memory stays bounded whatever a line's length.
MOST_LINES, MOST_BYTES = 5000, 16_000_000


class Line(NamedTuple):
    """A whole line, with its line break, and the byte at which it begins."""

    offset: int
    text: bytes


def find_sources(path: Path) -> list[Path]:
    """The files of records of a hall's folder, or of a folder of halls; or the file itself. [] where there is none.

    What has their name and is no file is among them: that it cannot be read is said, not passed over. Raises `OSError`.
    """
    if not path.is_dir():
        return [path]
    own = path / NAME
    return [own] if os.path.lexists(own) else sorted(hall / NAME for hall in path.glob("*/") if _has(hall))


def _has(hall: Path) -> bool:
    """Whether a folder has the file, or a link of its name that leads nowhere."""
    return os.path.lexists(hall / NAME)


def is_text(argument: str) -> bool:
    """Whether an argument's bytes were UTF-8; what is not comes as surrogates, which nothing can write."""
    return not any("\ud800" <= character <= "\udfff" for character in argument)


def has_lines(paths: Iterable[Path]) -> bool:
    """Whether one of some files has a whole line. Raises `OSError`."""
    return any(_has_line(path) for path in paths)


def _has_line(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b"\n" in block for block in iter(lambda: file.read(BLOCK), b""))


def is_database(path: Path) -> bool:
    """Whether a file is a SQLite database. Raises `OSError`."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def deeper(path: Path) -> Path | None:
    """A folder in a folder whose halls have records, where it is one level too high; None where there is none."""
    return next((found.parents[1] for found in sorted(path.glob(f"*/*/{NAME}"))), None)


class Source:
    """A file read from a place on. `digest` is of all that was read, from the file's beginning."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0
        self.torn = 0
        self._digest = blake2b(digest_size=16)

    @property
    def digest(self) -> str:
        """The digest of the file up to `offset`."""
        return self._digest.hexdigest()

    def skip(self, offset: int, digest: str) -> bool:
        """Go on behind what was read before; False, and at the beginning, if the file is not the same up to there."""
        known = blake2b(digest_size=16)
        with self.path.open("rb") as file:
            left = offset
            while left and (block := file.read(min(left, BLOCK))):
                known.update(block)
                left -= len(block)
        if left or (offset and known.hexdigest() != digest):
            return False
        self.offset, self._digest = offset, known
        return True

    def batches(self) -> Iterator[list[Line]]:
        """The lines from here on, some at a time; `offset` and `digest` are behind what was handed out.

        What stands behind the last line break is no line: `torn` is its length in bytes.
        """
        batch: list[Line] = []
        size = 0
        with self.path.open("rb") as file:
            file.seek(self.offset)
            at = self.offset
            for text in file:
                if not text.endswith(b"\n"):
                    self.torn = len(text)
                    break
                batch.append(Line(at, text))
                at += len(text)
                size += len(text)
                if len(batch) == MOST_LINES or size >= MOST_BYTES:
                    yield self._read(batch)
                    batch, size = [], 0
        if batch:
            yield self._read(batch)

    def _read(self, batch: list[Line]) -> list[Line]:
        for line in batch:
            self._digest.update(line.text)
        self.offset = batch[-1].offset + len(batch[-1].text)
        return batch


def line_digest(text: bytes) -> str:
    """The digest of one line, without its line break."""
    return blake2b(text.rstrip(b"\r\n"), digest_size=16).hexdigest()
