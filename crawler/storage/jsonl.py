"""JSON Lines that survive a kill: one unbuffered write a line, a torn last line cut off at the next start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

BLOCK = 65536


class JsonLines:
    """An append-only file of JSON objects. Opening cuts a torn last line off: `torn` is its length in bytes, else 0."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("ab", buffering=0)
        self.torn = cut_torn_line(path)

    def append(self, line: bytes) -> int:
        """Write one line (without its line break) with a single write; returns where it begins.

        Raises `OSError`, with nothing half written.
        """
        whole = line + b"\n"
        size = os.fstat(self._file.fileno()).st_size
        try:
            written = self._file.write(whole)
        except OSError:
            self._file.truncate(size)
            raise
        if written != len(whole):  # a full disk may take a part
            self._file.truncate(size)
            raise OSError(f"{self.path}: only {written} of {len(whole)} bytes could be written")
        return size

    def append_object(self, values: dict[str, Any]) -> None:
        """Write one object."""
        self.append(to_json(values))

    def close(self) -> None:
        """Close the file; idempotent."""
        self._file.close()


def cut_torn_line(path: Path) -> int:
    """Cut what stands behind the last line break; returns how many bytes that was."""
    with path.open("r+b") as file:
        size = end = file.seek(0, os.SEEK_END)
        while end > 0:
            start = max(0, end - BLOCK)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                end = start + found + 1
                break
            end = start
        if end < size:
            file.truncate(end)
        return size - end


def value_of(line: bytes) -> Any:
    """What a line of JSON says. Raises `ValueError`, also for NaN and Infinity, which are no JSON (RFC 8259, 6)."""
    return from_json(line, allow_inf_nan=False)


def read_objects(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file in order; a line that is no object raises `ValueError` with its number."""
    return (values for _, values in read_lines(path))


def read_at(path: Path, offset: int) -> bytes:
    """The line that begins at an offset."""
    with path.open("rb") as file:
        file.seek(offset)
        return file.readline()


def read_lines(path: Path, offset: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file in order from an offset on, each with the offset of its line."""
    if not path.exists():
        return
    where = "line" if not offset else f"line after byte {offset},"
    with path.open("rb") as file:
        file.seek(offset)
        for number, line in enumerate(file, 1):
            try:
                values = value_of(line)
            except ValueError as error:
                raise ValueError(f"{path}, {where} {number}: {error}") from None
            if not isinstance(values, dict):
                raise ValueError(f"{path}, {where} {number}: no JSON object")
            yield offset, values
            offset += len(line)
