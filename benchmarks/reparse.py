"""Archived clean pages to records, against what others do with the same WARC files.

    python -m benchmarks.reparse [--pages N] [--rounds N]

CPU seconds of this process, each candidate in turn in every round, medians; the base reads the WARC
with the same reader, decodes, and calls `lxml.html.fromstring`. Then one process and two, by the clock, which another
program on the machine disturbs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import lxml.html

from benchmarks.figure import Figure, alone
from benchmarks.parse import SITE, clean_pages
from benchmarks.turns import medians
from crawler.storage.reparsing.reparse import reparse
from crawler.storage.reparsing.workers import cores, work_here
from crawler.storage.warc import ArchiveWriter, Exchange
from crawler.storage.warc_frames import Unreadable
from crawler.storage.warc_reader import read_warcs
from crawler.text.decode import decode

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
FILES = 4
# Pages that are made; more are these again, at other addresses.
MOST_MADE = 500
BASE, PEER, REPARSE, READ = "read, decode, lxml", "read, decode, trafilatura", "reparse", "reading alone"


def archive(folder: Path, pages: int) -> list[Path]:
    """Clean pages in so many files of a folder, each page once with an address of its own."""
    seconds, bodies = count(), list(clean_pages(min(pages, MOST_MADE)))
    for part in range(FILES):
        writer = ArchiveWriter(folder, f"part{part}", {}, lambda url: None)
        for page in islice(cycle(bodies), part * pages // FILES, (part + 1) * pages // FILES):
            second = next(seconds)
            url = page.url if second < len(bodies) else page.url.replace(".html", f"{second}.html")
            headers = [(b"Content-Type", page.content_type.encode())]
            date = BEGAN + timedelta(seconds=second)
            writer.write(Exchange(url, "GET", [], date, 200, b"OK", "HTTP/1.1", headers, page.body, None))
        writer.close()
    return sorted(folder.glob("*.warc.gz"))


def texts(warcs: list[Path]) -> Iterator[str]:
    """The pages' decoded text."""
    for found in read_warcs(warcs):
        if isinstance(found, Unreadable):
            raise ValueError(str(found))
        yield decode(found.body, found.content_type).text


def again(warcs: list[Path], workers: int) -> None:
    """The pages to the three files of a hall."""
    with TemporaryDirectory() as folder:
        reparse(warcs, SITE, Path(folder), partial(work_here, workers=workers))


def ours(warcs: list[Path]) -> dict[str, Callable[[], object]]:
    """What is measured of this project, and the base."""
    return {
        REPARSE: partial(again, warcs, 1),
        BASE: lambda: [lxml.html.fromstring(text) is None for text in texts(warcs)],
        READ: lambda: sum(1 for _ in read_warcs(warcs)),
    }


def peers(warcs: list[Path]) -> dict[str, Callable[[], object]]:
    """The peer, where it is installed."""
    with suppress(ImportError):
        import trafilatura

        return {PEER: lambda: [trafilatura.extract(text) is None for text in texts(warcs)]}
    return {}


def clock(warcs: list[Path], workers: int) -> float:
    """Seconds by the clock."""
    begin = perf_counter()
    again(warcs, workers)
    return perf_counter() - begin


def figures(pages: int, rounds: int) -> Iterator[Figure]:
    """An archived page against the base and the peer; then two processes against one."""
    with TemporaryDirectory() as folder:
        warcs = archive(Path(folder), pages)
        found = medians(ours(warcs), rounds)
        one, two = (median(clock(warcs, workers) for _ in range(rounds)) for workers in (1, 2))
        # Afterwards, for it leaves half a million objects in memory.
        found |= medians(peers(warcs), rounds)
    page = {name: seconds * 1000 / pages for name, seconds in found.items()}
    what = "reparse: an archived page"
    yield Figure(what, page[REPARSE], "CPU ms", BASE, page[BASE], most_ratio=2.2)
    yield Figure(what, page[REPARSE], "CPU ms", PEER, page.get(PEER), most_ratio=1 / 8)
    yield Figure(f"reparse: {READ}", page[READ], "CPU ms", BASE, page[BASE])
    name = f"reparse: {pages:,} pages with two workers, on {cores()} cores"
    yield Figure(name, two, "s by the clock", "with one", one)


if __name__ == "__main__":
    alone(__doc__, figures, pages=400, rounds=3)
