"""Archived clean pages to records, against what others do with the same WARC files.

    python -m benchmarks.reparse [--pages N] [--rounds N]

CPU seconds of this process, each candidate in turn in every round, medians over the rounds; the base reads the WARC
with the same reader, decodes, and calls `lxml.html.fromstring`. Then one process and two, by the clock, which another
program on the machine disturbs. trafilatura is left out and named where it is not installed.
"""

from __future__ import annotations

import argparse
import gc
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import lxml.html

from benchmarks.parse import SITE, clean_pages
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
# Too slow for every round.
SLOW = {"trafilatura": 3}


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


def candidates(warcs: list[Path]) -> dict[str, Callable[[], object]]:
    """What is measured, by name; the first is the base."""

    def run() -> None:
        with TemporaryDirectory() as folder:
            reparse(warcs, SITE, Path(folder), partial(work_here, workers=1))

    found: dict[str, Callable[[], object]] = {
        "read WARC, decode, lxml": lambda: [lxml.html.fromstring(text) is None for text in texts(warcs)],
        "read WARC": lambda: sum(1 for _ in read_warcs(warcs)),
        "reparse, three files": run,
    }
    try:
        import trafilatura

        found["trafilatura"] = lambda: [trafilatura.extract(text) is None for text in texts(warcs)]
    except ImportError:
        print("trafilatura is not installed: left out")
    return found


def measure(warcs: list[Path], rounds: int) -> dict[str, float]:
    """Median CPU seconds, by candidate."""
    tried = candidates(warcs)
    times: dict[str, list[float]] = {name: [] for name in tried}
    for round_ in range(rounds + 1):
        for name, run in tried.items():
            if round_ % SLOW.get(name, 1):
                continue
            gc.collect()
            begin = process_time()
            run()
            if round_ or name in SLOW:  # the first round warms caches and loads tables
                times[name].append(process_time() - begin)
    return {name: median(each) for name, each in times.items()}


def clock(warcs: list[Path], workers: int) -> float:
    """Seconds by the clock."""
    with TemporaryDirectory() as folder:
        begin = perf_counter()
        reparse(warcs, SITE, Path(folder), partial(work_here, workers=workers))
        return perf_counter() - begin


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with TemporaryDirectory() as folder:
        warcs = archive(Path(folder), options.pages)
        figures = measure(warcs, options.rounds)
        base = next(iter(figures.values()))
        print(f"{options.pages} pages in {len(warcs)} files; {options.rounds} rounds")
        print(f"{'':26}{'CPU ms a page':>14}{'pages a CPU s':>15}{'to the base':>13}")
        for name, figure in figures.items():
            each = figure / options.pages
            print(f"{name:26}{each * 1000:14.3f}{1 / each:15.0f}{figure / base:13.2f}")
        times = {workers: median(clock(warcs, workers) for _ in range(options.rounds)) for workers in (1, 2)}
        print(f"two processes: {times[1] / times[2]:.2f} times one, by the clock, on {cores()} cores")


if __name__ == "__main__":
    main()
