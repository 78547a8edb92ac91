"""The peer of the ledger: this crawl on Scrapy's memory queue. `python -m benchmarks.memory_queue START RECORDS`.

The same downloader, stages and files; its queue, its duplicates filter and its index of records are in memory, and it
forgets all of them when it ends.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from crawler import pipelines, spider
from crawler.spiders.acftu import AcftuSpider
from crawler.storage.jsonl import JsonLines
from crawler.storage.ledger.links import Linked
from crawler.text.duplicates import MemoryIndex
from crawler.text.listing import read_listing

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


def main(start: str, records: str) -> None:
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


if __name__ == "__main__":
    main(*sys.argv[1:])
