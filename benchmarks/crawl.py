"""The whole crawl against an ordinary Scrapy project on the same hall, and against itself without its parts.

    python -m benchmarks.crawl [--size N] [--rounds N]

Gzip responses over loopback, the server in a process of its own. Costs are of the crawling process alone, all in turn
in every round, medians; memory is the peak of all rounds. Without the ledger means on Scrapy's memory queue
(`memory_queue`).
"""

from __future__ import annotations

import compileall
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from benchmarks.cost import ROOT, SCRAPY, Cost, cost, lines, work
from benchmarks.figure import Figure, alone


def ours(start: str, folder: Path, *options: str) -> tuple[Cost, int]:
    """This project's crawl, as a user runs it, and how many records it has written."""
    command = [SCRAPY, "crawl", "acftu", "-a", f"start={start}", "-s", f"OUTPUT_DIR={folder}"]
    found = cost([*command, "-s", "ALLOW_PRIVATE_ADDRESSES=1", *options])
    return found, lines(folder / "acftu/transcripts.jsonl")


def without_archive(start: str, folder: Path) -> tuple[Cost, int]:
    """This project's crawl, which keeps no response."""
    return ours(start, folder, "-s", "ARCHIVE=0")


def without_ledger(start: str, folder: Path) -> tuple[Cost, int]:
    """The peer in memory."""
    return _module("memory_queue", start, folder / "peer.jsonl")


def ordinary(start: str, folder: Path) -> tuple[Cost, int]:
    """The ordinary project's crawl."""
    return _module("ordinary", start, folder / "ordinary.jsonl")


def _module(name: str, start: str, output: Path) -> tuple[Cost, int]:
    return cost([sys.executable, "-m", f"benchmarks.{name}", start, str(output)]), lines(output)


@cache
def compiled() -> None:
    """The program is as after a first run, also where the environment forbids that one to leave its bytecode."""
    compileall.compile_dir(ROOT / "crawler", quiet=1)


@contextmanager
def served(size: int) -> Iterator[str]:
    """The bundled hall, grown to `size` conferences, in a process of its own; its listing's address."""
    compiled()
    command = [sys.executable, "-m", "crawler.demo.server", "--size", str(size), "--gzip"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


def figures(size: int, rounds: int) -> Iterator[Figure]:
    """Each crawl in turn."""
    crawls = (ours, ordinary, without_archive, without_ledger)
    costs: list[list[Cost]] = [[] for _ in crawls]
    records = [0 for _ in crawls]
    with served(size) as start:
        for _ in range(rounds):
            for n, crawl in enumerate(crawls):
                with tempfile.TemporaryDirectory() as folder:
                    found, records[n] = crawl(start, Path(folder))
                    costs[n].append(found)
    (mine, unit), (theirs, _), *less = map(work, costs)
    what, peer = f"crawl: {size:,} conferences", "an ordinary Scrapy project"
    # It writes copies and what is no transcript too: a record is what is to be compared.
    each = unit.replace("CPU s", "CPU ms").replace("G ", "M ")
    own, other = (1000 * cost / had for cost, had in zip((mine, theirs), records[:2], strict=True))
    yield Figure("crawl: a record", own, each, peer, other, most_ratio=1 / 1.3)
    for name, (cost_, _) in zip(("the same without its archive", "the same without its ledger"), less, strict=True):
        yield Figure(what, mine, unit, name, cost_)
    peaks = [max(each.peak for each in found) for found in costs]
    yield Figure(f"{what}, peak memory", peaks[0], "MB", peer, peaks[1])


if __name__ == "__main__":
    alone(__doc__, figures, size=1500, rounds=3)
