"""At the start: what a killed run left open is cut to its last whole member, named and indexed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from crawler.storage.cdxj import index_path, reindex
from crawler.storage.warc import OPEN
from crawler.storage.warc_members import members


class Recovered(NamedTuple):
    """A file that a run left open: its name now, and how many torn bytes were cut; `removed` if nothing was left."""

    name: str
    cut: int
    removed: bool


def recover(folder: Path) -> list[Recovered]:
    """Finish every open file of a folder, and index what has no index. Raises `OSError`."""
    found = [_finish(path) for path in sorted(folder.glob("*.warc.gz" + OPEN))]
    for path in sorted(folder.glob("*.warc.gz")):
        if not index_path(path).exists():
            reindex(path)
    return found


def _finish(path: Path) -> Recovered:
    size, end = path.stat().st_size, whole_end(path)
    name = path.name.removesuffix(OPEN)
    if end == 0:
        path.unlink()
        return Recovered(name, size, True)
    with path.open("r+b") as file:
        file.truncate(end)
        os.fsync(file.fileno())
    path.rename(path.with_name(name))
    return Recovered(name, size - end, False)


def whole_end(path: Path) -> int:
    """Where the last whole member ends. Damage before it is no torn end and stays, for a reader to say."""
    end = 0
    with path.open("rb") as file:
        for member in members(file, lambda _: None):
            if not member.fault:
                end = member.end
    return end
