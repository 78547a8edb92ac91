"""Does memory grow with the hall? Peaks of a crawl, and of a reparse of what it has archived, at two sizes.

python -m benchmarks.memory [--small N] [--large N]
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cost import SCRAPY, cost
from benchmarks.crawl import ours, served
from benchmarks.figure import Figure, alone


def peaks(size: int) -> tuple[float, float]:
    """MB of a crawl of so many conferences, and of the reparse of its archive."""
    with tempfile.TemporaryDirectory() as folder, served(size) as start:
        crawled, _ = ours(start, Path(folder))
        archive, again = f"{folder}/acftu/warc", f"{folder}/again"
        read = cost([SCRAPY, "reparse", archive, "--site", "acftu", "-o", again, "--workers", "1"])
        return crawled.peak, read.peak


def figures(small: int, large: int) -> Iterator[Figure]:
    """The large hall against the small one."""
    for what, before, after in zip(("crawl", "reparse"), peaks(small), peaks(large), strict=True):
        yield Figure(f"memory: {what} of {large:,} conferences", after, "MB", f"of {small:,}", before)


if __name__ == "__main__":
    alone(__doc__, figures, small=1000, large=10_000)
