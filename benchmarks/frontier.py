"""A ledger of many pages that were had: opened, its pages counted, and a small hall crawled on it.

    python -m benchmarks.frontier [--pages N] [--size N]

What a ledger costs the crawl of a new hall is in `benchmarks.crawl`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time

from benchmarks.cost import work
from benchmarks.crawl import ours, served
from benchmarks.figure import Figure, alone
from crawler import __version__
from crawler.storage.ledger import open_ledger
from crawler.storage.ledger.schema import page

BATCH = 50_000
URL = "http://127.0.0.1/n1/2018/0508/c392912-{}.html"
DAY = "2026-01-01T00:00:00Z"


def fill(path: Path, pages: int) -> None:
    """A ledger of articles that were had."""
    path.parent.mkdir(parents=True)
    ledger = open_ledger(f"sqlite:///{path}", "acftu", __version__)
    had = {
        "site": "acftu", "kind": "article", "host": "127.0.0.1", "outcome": "recorded", "day": "2018-05-08",
        "found_at": DAY, "asked_at": DAY, "due": f"{date.today().year + 1}-12-31", "digest": "sha256:" + "0" * 64,
    }  # fmt: skip
    for first in range(0, pages, BATCH):
        numbers = range(first, min(first + BATCH, pages))
        rows = [{**had, "key": str(n), "url": URL.format(n), "record_id": f"acftu/{n}"} for n in numbers]
        ledger.connection.execute(page.insert(), rows)
        ledger.connection.commit()
    ledger.close()


def opened(path: Path) -> float:
    """CPU seconds to open a ledger and count its pages."""
    began = process_time()
    ledger = open_ledger(f"sqlite:///{path}", "acftu", __version__)
    ledger.pages.counts()
    ledger.close()
    return process_time() - began


def figures(pages: int, size: int) -> Iterator[Figure]:
    """The large ledger, and the small hall on it and on an empty one."""
    with tempfile.TemporaryDirectory() as name, served(size) as start:
        empty, large = (Path(name) / each for each in ("empty", "large"))
        ledger = large / "acftu/ledger.sqlite"
        fill(ledger, pages)
        yield Figure(f"frontier: {pages:,} pages opened and counted", opened(ledger), "CPU s")
        (small, unit), (grown, _) = (work([ours(start, folder)[0]]) for folder in (empty, large))
        yield Figure(f"frontier: {size} conferences crawled on those", grown, unit, "on an empty ledger", small)


if __name__ == "__main__":
    alone(__doc__, figures, pages=1_000_000, size=200)
