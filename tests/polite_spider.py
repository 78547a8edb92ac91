"""A crawl with the politeness of this project and nothing else of it: `python -m tests.polite_spider SETTINGS URL…`.

Asks listings and what they link to; prints a JSON object for each host: pages had, requests failed, why it was stopped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy import signals as scrapy_signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import signals

SETTINGS = {
    "USER_AGENT": "press-conference-archive/0.1.0 (+you@example.org)",
    "BOT_NAME": "press-conference-archive",
    "ROBOTSTXT_OBEY": True,
    # One at a time for each host, and the hosts side by side.
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY_JITTER": 0,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    "DOWNLOAD_HANDLERS": {"http": "crawler.politeness.gate.Gate"},
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.politeness.robots.Robots": 100,
        "crawler.politeness.guard.Guard": 585,
    },
    "SPIDER_MIDDLEWARES": {"scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None},
    "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    "BACKOFF_FIRST": 0.2,
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "%(levelname)s %(message)s",
    "STATS_DUMP": False,
}


class Visitor(Spider):
    name = "visitor"
    allowed_domains = ["127.0.0.1"]

    def __init__(self, starts: list[str]) -> None:
        super().__init__()
        self.starts = starts
        self.said: dict[str, dict[str, Any]] = {
            urlsplit(url).netloc: {"pages": [], "failed": [], "stopped": []} for url in starts
        }

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Visitor:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.stopped, signals.host_stopped)
        crawler.signals.connect(spider.ended, scrapy_signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        for url in self.starts:
            yield self._request(url)

    def _request(self, url: str) -> Request:
        """Scrapy's own slots are by name, without the port."""
        return Request(url, self.parse, errback=self.failed, meta={"download_slot": urlsplit(url).netloc})

    def parse(self, response: Response) -> Iterator[Request]:
        self.said[urlsplit(response.url).netloc]["pages"].append(response.status)
        for link in response.css("li a::attr(href)").getall():
            yield self._request(response.urljoin(link))

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        self.said[urlsplit(request.url).netloc]["failed"].append(f"{type(failure.value).__name__}: {failure.value}")

    def stopped(self, host: str, reason: str) -> None:
        self.said[host]["stopped"].append(reason)

    def ended(self, reason: str) -> None:
        print(json.dumps([{**said, "end": reason} for said in self.said.values()]), flush=True)


def main() -> None:
    process = AsyncCrawlerProcess({**SETTINGS, **json.loads(sys.argv[1])})
    process.crawl(Visitor, starts=sys.argv[2:])
    process.start()


if __name__ == "__main__":
    main()
