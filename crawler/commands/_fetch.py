"""One page from its address, through the same engine and politeness as a crawl, with nothing written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy import signals as scrapy_signals
from scrapy.commands import ScrapyCommand
from scrapy.robotstxt import RobotParser

from crawler import signals
from crawler.commands._usage import announce, check_address, say
from crawler.items import Page
from crawler.spider import HallSpider
from crawler.verdict import INCOMPLETE, REFUSED


def fetch(command: ScrapyCommand, spider: type[HallSpider], url: str) -> Page:
    """The Page at an address, all its pages with it. Ends with one line and an exit code where it cannot be had."""
    assert command.crawler_process is not None and command.settings is not None
    check_address("inspect", url, command.settings)
    announce("inspect", url, command.settings)
    pages: list[Page] = []
    missing: list[dict[str, Any]] = []

    class OnePage(spider):  # type: ignore[misc, valid-type]
        custom_settings = {
            "ITEM_PIPELINES": {},
            "EXTENSIONS": {},
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "ERROR",
            # Nothing is remembered; and a redirect to itself is to end in Scrapy's own limit.
            "SCHEDULER": "scrapy.core.scheduler.Scheduler",
            "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
            "ARCHIVE": False,
        }

        async def start(self) -> AsyncIterator[Request]:
            yield Request(url, self.parse_article, errback=self.miss_article)

    def took(item: Page) -> None:
        pages.append(item)

    def missed(**values: Any) -> None:
        missing.append(values)

    def waits(robotparser: RobotParser) -> None:
        delay = robotparser.crawl_delay(crawler.settings["BOT_NAME"]) or 0
        if delay > 1:
            say(f"scrapy inspect: waits {delay:.0f} s, as robots.txt asks")

    # A job's directory would be read and written as pickles.
    command.crawler_process.settings.set("JOBDIR", None, priority="cmdline")
    crawler = command.crawler_process.create_crawler(OnePage)
    crawler.signals.connect(took, scrapy_signals.item_scraped)
    crawler.signals.connect(missed, signals.missing)
    crawler.signals.connect(missed, signals.host_stopped)
    crawler.signals.connect(waits, scrapy_signals.robots_parsed)
    command.crawler_process.crawl(crawler, start=url)
    command.crawler_process.start()
    if not pages:
        why = missing[0] if missing else {"reason": "no answer", "refused": False}
        say(f"scrapy inspect: {url} could not be had: {why['reason']}")
        raise SystemExit(REFUSED if why["refused"] else INCOMPLETE)
    return pages[0]
