"""The files beside the records: sizes, the archive of responses, the quarantine, and whether a crawl writes now."""

from __future__ import annotations

import fcntl
import re
from pathlib import Path

from crawler.manifest import BLOCK, FILES
from crawler.storage.jsonl import value_of
from crawler.storage.report.figures import Example, Files, Groups
from crawler.storage.report.loose import day, mapping, text
from crawler.storage.warc import OPEN

LEDGER = "ledger.sqlite"
# The day in an archive file's name: acftu-20260101T000000000000Z-00001.warc.gz
WARC_DAY = re.compile(r"-([0-9]{4})([0-9]{2})([0-9]{2})T[0-9]{6,12}Z-")


def read_files(folder: Path) -> Files:
    """Sizes and days. Raises `OSError`."""
    found = Files(running=is_running(folder))
    for name in (*FILES, LEDGER, f"{LEDGER}-wal"):
        if (folder / name).exists():
            found.sizes[name] = size_of(folder / name)
    warc = folder / "warc"
    for path in sorted((*warc.glob("*.warc.gz"), *warc.glob(f"*.warc.gz{OPEN}"))):
        size = size_of(path)
        found.warc_open += path.name.endswith(OPEN)
        found.warc_files += 1
        found.warc_bytes += size
        found.warc_days[warc_day(path.name)] += size
    indexes = sorted(warc.glob("*.cdxj"))
    found.responses = sum(map(count_lines, indexes)) if indexes else None
    return found


def size_of(path: Path) -> int:
    """A file's size; 0 where a crawl has just given it another name."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def warc_day(name: str) -> str:
    """The day on which an archive file was begun; "" where its name does not say."""
    there = WARC_DAY.search(name)
    return day("-".join(there.groups())) if there else ""


def count_lines(path: Path) -> int:
    """How many line breaks a file has."""
    lines = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            lines += block.count(b"\n")
    return lines


def is_running(folder: Path) -> bool:
    """Whether a crawl holds the folder's lock. The lock is let go at once."""
    try:
        with (folder / ".lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def read_quarantine(path: Path) -> tuple[Groups, int]:
    """The pages in quarantine by reason, and the lines that are none. Raises `OSError`."""
    groups, unreadable = Groups(), 0
    if not path.exists():
        return groups, 0
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):  # a crawl writes it now
                continue
            try:
                values = value_of(line)
            except ValueError:
                values = None
            if not isinstance(values, dict):
                unreadable += 1
                continue
            said = mapping(values)
            example = Example(text(said.get("url")), text(said.get("detail")), text(said.get("fetched_at")))
            groups.add(text(said.get("reason")) or "no reason given", example)
    return groups, unreadable
