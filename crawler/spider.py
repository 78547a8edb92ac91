"""HallSpider: listing to listing, article to Page. It thinks nothing; a hall is a subclass with a name and a Site."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from sqlalchemy.exc import SQLAlchemyError
from twisted.python.failure import Failure

from crawler import signals
from crawler.address import article_of, is_host, later_page, later_pages, listing_page
from crawler.arguments import Wanted, read_arguments
from crawler.items import Page
from crawler.ledgers import ledger_of, now
from crawler.planning import plan
from crawler.politeness import HostStopped, host_of, pauses_of
from crawler.reach import is_local
from crawler.rescue import Rescue
from crawler.site import Site
from crawler.storage.ledger.links import links_of
from crawler.storage.ledger.pages import ARTICLE, LISTING, MAP, Row, Scope
from crawler.text.articles import MOST_PAGES
from crawler.text.listing import Item, read_listing
from crawler.text.notice import Rejected, has_failed
from crawler.text.times import utc_text
from crawler.touring import Touring
from crawler.walk import Reading, Walk, articles_of, reading
from crawler.work import ASK, PAGE, was_conditional

#: Answers of a host that does not want to be asked.
REFUSING = frozenset({401, 403, 407, 451})
# Seconds between two requests to a web archive, which serves everybody.
ARCHIVE_DELAY = 5.0


class HallSpider(Spider):
    """Walks the hall's listing; yields one Page for each article, whatever its answer was."""

    site: ClassVar[Site]

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.wanted: Wanted = read_arguments(arguments)
        self.start_url = self.wanted.start or self.site.listing.url
        # The listing, or the web archive that is asked in its place: a run cannot go on without its host.
        self.asks = self.wanted.via.cdx if self.wanted.via else self.start_url
        self.rescue = Rescue(self, self.wanted.via) if self.wanted.via else None
        started = (urlsplit(url).hostname or "" for url in (self.start_url, self.asks))
        self.touring = Touring(self)
        hosts = (self.site.host, *self.site.aliases, *started, *self.touring.names)
        self.allowed_domains = list(dict.fromkeys(hosts))
        self.walk = Walk(self.site, self.start_url)
        self.sweep: int | None = None

    @property
    def scope(self) -> Scope:
        """What a run may ask."""
        hosts = tuple(dict.fromkeys((self.site.host, *self.site.aliases, urlsplit(self.start_url).netloc)))
        maps = self.touring.hosts(hosts)
        return Scope(hosts, self.wanted.since, self.wanted.until, maps, lost=self.rescue is not None)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> HallSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        own = ARCHIVE_DELAY if spider.rescue else cls.site.delay
        delay = 0.0 if is_local(spider.asks) else own
        crawler.settings.set("DOWNLOAD_DELAY", delay, priority="spider")
        # The delay is kept by `crawler.politeness.gate`, where a run that is told to end need not wait for it.
        slots = {host: {"delay": 0.0} for host in spider.allowed_domains}
        crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        if not delay:  # what a saved listing links to may be live
            for host in spider.allowed_domains:
                if not is_local(f"http://{host}/"):
                    pauses_of(crawler).pace(host, own)
        if not cls.site.verified:
            crawler.settings.set("DOWNLOAD_VERIFY_CERTIFICATES", False, priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Request]:
        if self.rescue:  # what the ledger lacks is all that is asked
            return
        look_back, sweep_days = self.settings.getint("LOOK_BACK_DAYS"), self.settings.getfloat("SWEEP_DAYS")
        begins = ledger_of(self.crawler), self.site, self.start_url, datetime.now(UTC), self.wanted.full
        try:
            planned = plan(*begins, look_back, sweep_days)
        except SQLAlchemyError as error:
            self.crawler.signals.send_catch_log(signals.ledger_failed, error=error)
            return
        self.walk, self.sweep = planned.walk, planned.sweep and planned.sweep.id
        yield self._listing(planned.first)
        for request in self.touring.begin():
            yield request

    def request(self, row: Row, validators: dict[str, str]) -> Request:
        """The request for a page of the ledger. A listing page that nobody remembers is asked without conditions."""
        url = row.url
        if self.rescue:
            return self.rescue.request(url, row.day)
        if row.kind == ARTICLE:
            return Request(url, self.parse_article, errback=self.miss_article, headers=validators)
        if row.kind == MAP:
            return self.touring.request(url, row.number or 1, validators)
        known = listing_page(self.site, url) in self.walk.readings
        return Request(url, self.parse_listing, errback=self.miss_listing, headers=validators if known else None)

    def _listing(self, url: str) -> Request:
        asked = {ASK: (LISTING, {"number": listing_page(self.site, url)})}
        return Request(url, self.parse_listing, errback=self.miss_listing, meta=asked)

    def parse_listing(self, response: Response) -> Iterator[Request]:
        """A listing page: its articles, and the pages behind it."""
        said = self.walk.readings.get(listing_page(self.site, response.url) or 0)
        if response.status == 304 and said and was_conditional(_request(response)):
            yield from self._listed(response, said, None)
            return
        if response.status >= 300:
            yield from self._missed_listing(_request(response), f"HTTP {response.status}", response.status in REFUSING)
            return
        try:
            page = read_listing(self.site, response.url, response.body, _content_type(response))
        except Rejected as rejected:
            yield from self._missed_listing(_request(response), str(rejected))
            return
        if said and said.count and not page.items:
            yield from self._missed_listing(_request(response), f"no article where there were {said.count}")
            return
        items = [item for item in page.items if self._follows(item)]
        news = self.found(items, response.url, LISTING)
        yield from self._listed(response, reading(self.site, page), articles_of(self.site, page.items), news)

    def _listed(
        self, response: Response, said: Reading, numbers: list[str] | None, news: bool = False
    ) -> Iterator[Request]:
        """A listing page was had: the pages to ask behind it. `numbers` None: it is unchanged."""
        self._count("listing/pages")
        following = self.walk.take(response.url, said, numbers, news)
        changed = None if numbers is None else said
        self.crawler.signals.send_catch_log(signals.listing_read, response=response, said=changed, sweep=self.sweep)
        for url in following:
            yield self._listing(url)

    def miss_listing(self, failure: Failure) -> Iterator[Request]:
        """A listing page that could not be fetched."""
        failed = self.failed(failure)
        yield from self._missed_listing(failed.request, failed.reason, failed.refused, failed.stopped)

    def _missed_listing(
        self, request: Request, reason: str, refused: bool = False, stopped: bool = False
    ) -> Iterator[Request]:
        self.missing("listing", request, request.url, reason, refused, stopped)
        for following in self.walk.miss(request.url, reason):
            yield self._listing(following)

    def found(self, items: Iterable[Item], found_on: str, found_by: str) -> bool:
        """Write down what a page links to, all at once; whether any of it is news to a page of its kind.

        A listing may have 100,000 links: as requests they would take a minute on their way to the ledger.
        """
        links = links_of(self.site, items)
        linked = ledger_of(self.crawler).links.write(links, found_on, found_by, now(), self.scope)
        self.crawler.stats.inc_value("articles/found", linked.new)
        return bool(linked.news)

    def _follows(self, item: Item) -> bool:
        if not is_host(self.site, item.url, self.start_url):
            self._count("listing/other_channel")
            return False
        if not self.wanted.holds(date.fromisoformat(item.day) if item.day else None):
            self._count("listing/outside_dates")
        return True

    def parse_article(
        self, response: Response, page: Page | None = None, number: int = 1, last: int = 1
    ) -> Iterator[Request | Page]:
        """An article's page: the Page, once all of its pages were had. Nothing, if it is unchanged."""
        if response.status == 304 and page is None and was_conditional(_request(response)):
            return
        asked = response.meta.get("redirect_urls", [response.url])[0]
        wrong = self._wrong_answer(response, page, number)
        if wrong and page:
            yield from self._incomplete(page, _request(response), asked, number, wrong)
            return
        if wrong or 300 <= response.status < 400:
            self.missing("article", _request(response), asked, wrong or f"HTTP {response.status} that leads nowhere")
            return
        page = self.page(response) if page is None else replace(page, more=(*page.more, response.body))
        if has_failed(page.status):
            refused = page.status in REFUSING
            self.missing("article", _request(response), page.url, f"HTTP {page.status}", refused)
        last = max(last, *later_pages(self.site, page.url, response.body), 1)
        if page.status == 200 and last > MOST_PAGES:
            yield from self._incomplete(page, _request(response), page.url, last, f"more than {MOST_PAGES} pages")
        elif page.status == 200 and number < last:
            yield self._later(page, _request(response), number + 1, last)
        else:
            yield page

    def page(self, response: Response) -> Page:
        """An answer as the first page of an article."""
        return Page(
            site=self.site.name,
            url=response.url,
            status=response.status,
            content_type=_content_type(response),
            # As the archive dates it.
            fetched_at=utc_text(response.meta.get("began") or datetime.now(UTC)),
            body=response.body,
            warc=response.meta.get("warc"),
        )

    def _wrong_answer(self, response: Response, page: Page | None, number: int) -> str | None:
        """Why an answer is not that of the page that was asked; None if it is."""
        found = article_of(self.site, response.url)
        if found is None and "redirect_urls" in response.meta:
            return f"redirected to {response.url}"
        if page is None:
            return None
        expected = article_of(self.site, page.url)
        if response.status != 200:
            return f"HTTP {response.status}"
        right = expected is not None and found == (expected.number, number)
        return None if right else f"redirected to {response.url}"

    def _later(self, page: Page, first: Request, number: int, last: int) -> Request:
        return Request(
            later_page(self.site, page.url, number),
            self.parse_article,
            errback=self.miss_article,
            cb_kwargs={"page": page, "number": number, "last": last},
            meta={PAGE: first.meta[PAGE]} if PAGE in first.meta else None,
        )

    def miss_article(self, failure: Failure) -> Iterator[Page]:
        """An article's page that could not be fetched."""
        failed = self.failed(failure)
        arguments, request = failed.request.cb_kwargs, failed.request
        if "page" in arguments and not failed.stopped:
            yield from self._incomplete(arguments["page"], request, request.url, arguments["number"], failed.reason)
        else:
            asked = request.meta.get("redirect_urls", [request.url])[0]
            self.missing("article", request, asked, failed.reason, failed.refused, failed.stopped)

    def _incomplete(self, page: Page, request: Request, url: str, number: int, reason: str) -> Iterator[Page]:
        """No half record: the article goes to quarantine, and the address is listed as missing."""
        self.missing("article", request, url, reason)
        yield replace(page, missing=f"page {number} could not be had: {reason}")

    def missing(
        self, what: str, request: Request, url: str, reason: str, refused: bool = False, stopped: bool = False
    ) -> None:
        self.crawler.signals.send_catch_log(
            signals.missing,
            what=what,
            url=url,
            reason=reason,
            refused=refused,
            stopped=stopped,
            number=request.meta.get(PAGE, 0),
        )

    def failed(self, failure: Failure) -> Failed:
        request, value = failure.request, failure.value  # type: ignore[attr-defined]
        message = " ".join(str(value).split())
        stopped = isinstance(value, HostStopped) and host_of(request.url) == host_of(self.asks)
        return Failed(request, f"{type(value).__name__}: {message[:200]}", isinstance(value, IgnoreRequest), stopped)

    def _count(self, key: str) -> None:
        self.crawler.stats.inc_value(key)


def _request(response: Response) -> Request:
    assert response.request is not None
    return response.request


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


class Failed(NamedTuple):
    """A request that failed: the reason on one line; `refused` by robots.txt or our own filters.

    `stopped`: its host is not asked any more, and the request was never made.
    """

    request: Request
    reason: str
    refused: bool
    stopped: bool
