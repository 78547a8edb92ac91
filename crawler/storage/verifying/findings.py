"""What a check says: problems and remarks, a line each, and how much was checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from crawler.text.visible import visible

MOST = 300


class Problem(NamedTuple):
    """Something that is wrong: in which file, where in it, what."""

    path: Path
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.path}, {self.where}" if self.where else str(self.path)
        what = " ".join(self.what.split())[:MOST]
        # What stands in a damaged file must not reach a terminal as it is.
        return visible(f"{place}: {what}")


class Note(NamedTuple):
    """Something to know that is no error."""

    text: str

    def __str__(self) -> str:
        return visible(self.text)


Finding = Problem | Note


@dataclass(slots=True)
class Checked:
    """How much was checked; `step` is told of every so many bytes read."""

    files: int = 0
    members: int = 0
    records: int = 0
    lines: int = 0
    rows: int = 0
    problems: int = 0
    step: Callable[[int], object] = field(default=lambda size: None, repr=False)


def key(*parts: object) -> bytes:
    """Eight bytes that stand for a text: one in so many billions is taken for another."""
    return blake2b("\n".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def plain_url(url: str) -> str:
    """An address as it is asked: without its fragment."""
    return url.partition("#")[0]
