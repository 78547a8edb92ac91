"""What the ledger costs: this crawl against the same crawl on Scrapy's memory queue, and a ledger of a million pages.

    python -m benchmarks.frontier [--size N] [--rounds N] [--million]

The peer has the same downloader, stages and files; its queue, its duplicates filter and its index of records are in
memory, and it forgets all of them when it ends. CPU seconds of the crawling process, in turn, medians. `--million`
opens a ledger of 1,000,000 articles and runs on it, with nothing new to find.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from benchmarks.crawl import Cost, cost, ours, serve
from crawler import __version__, pipelines, spider
from crawler.spiders.acftu import AcftuSpider
from crawler.storage.jsonl import JsonLines
from crawler.storage.ledger import open_ledger
from crawler.storage.ledger.links import Linked
from crawler.storage.ledger.schema import page
from crawler.text.duplicates import MemoryIndex
from crawler.text.listing import read_listing

MILLION = 1_000_000
BATCH = 50_000
URL = "http://127.0.0.1/n1/2018/0508/c392912-{}.html"
DAY = "2026-01-01T00:00:00Z"
INDEX = MemoryIndex()


class DropCopies(pipelines.DropCopies):
    """The project's stage, with an index in memory."""

    @classmethod
    def from_crawler(cls, crawler: Any) -> DropCopies:
        return cls(Path(crawler.settings["RECORDS"]), INDEX)


class Write(pipelines.Write):
    """The project's stage, without a ledger."""

    @classmethod
    def from_crawler(cls, crawler: Any) -> Write:
        return cls(Path(crawler.settings["RECORDS"]), INDEX)  # type: ignore[arg-type]


class Peer(AcftuSpider):
    """The hall's spider, which knows nothing when it begins."""

    async def start(self) -> Any:
        self.walk.asked.add(self.start_url)
        yield self._listing(self.start_url)

    def parse_listing(self, response: Any) -> Any:
        for item in read_listing(self.site, response.url, response.body).items:
            yield Request(item.url, self.parse_article, errback=self.miss_article)
        yield from super().parse_listing(response)


def peer(start: str, records: str) -> None:
    """Crawl without a ledger."""
    nothing = SimpleNamespace(links=SimpleNamespace(write=lambda *links: Linked(0, set())))
    spider.ledger_of = lambda crawler: nothing  # type: ignore[attr-defined, assignment]
    settings = get_project_settings()
    stages = {stage: 100 * place for place, stage in enumerate(pipelines.ORDER[:-3], 1)}
    settings.setdict(
        {
            "SCHEDULER": "scrapy.core.scheduler.Scheduler",
            "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
            "ITEM_PIPELINES": {**stages, DropCopies: 900, Write: 1000},
            "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": None},
            "ALLOW_PRIVATE_ADDRESSES": True,
            "OUTPUT_DIR": str(Path(records).parent),
            "RECORDS": records,
            "LOG_LEVEL": "ERROR",
        },
        priority="cmdline",
    )
    JsonLines(Path(records)).close()
    process = AsyncCrawlerProcess(settings)
    process.crawl(Peer, start=start)
    process.start()


def in_memory(start: str, folder: Path) -> Cost:
    """The peer's crawl, in a process of its own."""
    records = folder / "peer.jsonl"
    return cost([sys.executable, "-m", "benchmarks.frontier", "--peer", start, str(records)], records)


def compare(size: int, rounds: int) -> None:
    """Both crawls in turn."""
    server, start = serve(size)
    costs: dict[str, list[Cost]] = {"memory queue": [], "ledger": []}
    try:
        for _ in range(rounds):
            for name, run in zip(costs, (in_memory, ours), strict=True):
                with tempfile.TemporaryDirectory() as folder:
                    costs[name].append(run(start, Path(folder)))
    finally:
        server.kill()
    base = median(each.cpu for each in costs["memory queue"])
    print(f"{size} conferences, gzip, {rounds} rounds\n{'':14}{'records':>9}{'CPU s':>8}{'ratio':>7}{'peak MB':>9}")
    for name, each in costs.items():
        cpu, peak = median(c.cpu for c in each), max(c.peak for c in each)
        print(f"{name:14}{each[0].records:9}{cpu:8.2f}{cpu / base:7.2f}{peak:9.0f}")


def fill(path: Path) -> None:
    """A ledger of a million articles that were had."""
    ledger = open_ledger(f"sqlite:///{path}", "acftu", __version__)
    had = {
        "site": "acftu", "kind": "article", "host": "127.0.0.1", "outcome": "recorded", "day": "2018-05-08",
        "found_at": DAY, "asked_at": DAY, "due": f"{date.today().year + 1}-12-31", "digest": "sha256:" + "0" * 64,
    }  # fmt: skip
    for first in range(0, MILLION, BATCH):
        numbers = range(first, first + BATCH)
        rows = [{**had, "key": str(n), "url": URL.format(n), "record_id": f"acftu/{n}"} for n in numbers]
        ledger.connection.execute(page.insert(), rows)
        ledger.connection.commit()
    ledger.close()


def million() -> None:
    """Open it, and run on it."""
    server, start = serve(60)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "acftu/ledger.sqlite"
            path.parent.mkdir()
            fill(path)
            began = perf_counter()
            ledger = open_ledger(f"sqlite:///{path}", "acftu", __version__)
            opened = perf_counter() - began
            counts = ledger.pages.counts()
            counted = perf_counter() - began - opened
            ledger.close()
            size = path.stat().st_size / 1e6
            print(f"{counts['found']} pages, {size:.0f} MB: opened in {opened:.2f} s, counted in {counted:.2f} s")
            for what in ("first run", "second run"):
                found = ours(start, Path(folder))
                print(f"{what}: {found.records} records, {found.cpu:.2f} CPU s, peak {found.peak:.0f} MB")
    finally:
        server.kill()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--peer", nargs=2, metavar=("START", "RECORDS"), help="run the peer's crawl alone")
    options = parser.parse_args()
    if options.peer:
        peer(*options.peer)
    elif options.million:
        million()
    else:
        compare(options.size, options.rounds)


if __name__ == "__main__":
    main()
