"""Pages from their addresses, through the same engine and politeness as a crawl, with nothing written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any, NoReturn

from scrapy import Request
from scrapy import signals as scrapy_signals
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler import signals
from crawler.commands._usage import announce, check_address, say
from crawler.items import Page
from crawler.spider import REFUSING, HallSpider
from crawler.verdict import INCOMPLETE, REFUSED

#: The addresses to ask behind a page that was had.
Follow = Callable[[Page], Sequence[str]]


class Errand:
    """What one crawler is sent for: `pages` as they came, `missing` what could not be had, with the reason."""

    def __init__(self, word: str, url: str) -> None:
        self.word, self.url = word, url
        self.pages: list[Page] = []
        self.missing: list[dict[str, Any]] = []

    @property
    def why(self) -> str:
        """Why the first page could not be had."""
        return str(self.missing[0]["reason"]) if self.missing else "no answer"

    @property
    def code(self) -> int:
        """The exit code of the first page that could not be had: what follows from that is no reason of its own."""
        return REFUSED if self.missing and self.missing[0]["refused"] else INCOMPLETE

    def watch(self, crawler: Crawler) -> None:
        """Take what a crawler finds and misses. Signals hold receivers weakly: whoever sent it keeps the errand."""
        self.agent = crawler.settings["BOT_NAME"]
        crawler.signals.connect(self.took, scrapy_signals.item_scraped)
        crawler.signals.connect(self.missed, signals.missing)
        crawler.signals.connect(self.missed, signals.host_stopped)
        crawler.signals.connect(self.waits, scrapy_signals.robots_parsed)

    def took(self, item: Page) -> None:
        self.pages.append(item)

    def missed(self, **values: Any) -> None:
        self.missing.append(values)

    def waits(self, robotparser: RobotParser) -> None:
        delay = robotparser.crawl_delay(self.agent) or 0
        if delay > 1:
            say(f"scrapy {self.word}: waits {delay:.0f} s, as robots.txt asks")


def send(
    command: ScrapyCommand,
    word: str,
    spider: type[HallSpider],
    url: str,
    follow: Follow | None = None,
    whole: bool = True,
) -> Errand:
    """An errand for a page and those that `follow` names; it runs when the command's crawler process starts.

    `whole`: an article is had with all its pages. Ends with one line where the address may not be asked.
    """
    assert command.crawler_process is not None and command.settings is not None
    check_address(word, url, command.settings)
    errand = Errand(word, url)
    # A job's directory would be read and written as pickles.
    command.crawler_process.settings.set("JOBDIR", None, priority="cmdline")
    crawler = command.crawler_process.create_crawler(_sent(spider, url, follow, whole))
    errand.watch(crawler)
    command.crawler_process.crawl(crawler, start=url)
    return errand


def _sent(spider: type[HallSpider], url: str, follow: Follow | None, whole: bool) -> type[HallSpider]:
    class Sent(spider):  # type: ignore[misc, valid-type]
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
            yield Request(url, self.parse_first if follow else self.parse_article, errback=self.miss_article)

        def parse_first(self, response: Response) -> Iterator[Request | Page]:
            """The page that names the others."""
            assert follow is not None
            for page in self.parse_page(response):
                yield page
                behind = self.parse_article if whole else self.parse_page
                for address in follow(page):
                    yield Request(address, behind, errback=self.miss_article)

        def parse_page(self, response: Response) -> Iterator[Page]:
            """A page by itself, whatever it is."""
            if response.status >= 300:
                refused = response.status in REFUSING
                self.missing("page", response.request, response.url, f"HTTP {response.status}", refused)
            else:
                yield self.page(response)

    return Sent


def fetch(command: ScrapyCommand, spider: type[HallSpider], url: str) -> Page:
    """The article at an address, all its pages with it. Ends with one line and an exit code where it cannot be had."""
    assert command.crawler_process is not None and command.settings is not None
    check_address("inspect", url, command.settings)
    announce("inspect", url, command.settings)
    errand = send(command, "inspect", spider, url)
    command.crawler_process.start()
    if not errand.pages:
        give_up(errand)
    return errand.pages[0]


def give_up(errand: Errand) -> NoReturn:
    """End, since a page could not be had."""
    say(f"scrapy {errand.word}: {errand.url} could not be had: {errand.why}")
    raise SystemExit(errand.code)
