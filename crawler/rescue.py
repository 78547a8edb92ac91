"""Pages that are gone from the live site, out of a web archive: its CDX server is asked, then the best capture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import signals
from crawler.address import Article, article_of, canonical, later_page, later_pages, path_day
from crawler.items import Page
from crawler.text.articles import MOST_PAGES, Refused, read_page
from crawler.text.captures import (
    Archive,
    Captured,
    after,
    captures_address,
    in_order,
    is_own,
    original,
    read_captures,
    replay_address,
    replayed,
)
from crawler.work import ASIDE, PAGE

if TYPE_CHECKING:
    from crawler.spider import HallSpider

# Captures that are tried for one page before it counts as not captured.
MOST_TRIED = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """A page of an article: addresses not yet looked up, the moment from which a capture is wanted, captures to try.

    `hosts` are those on which the page may have stood. `page` holds the pages before it, `last` is the highest number
    that they name; `refused` is the best capture of the first page that is no transcript.
    """

    article: Article
    addresses: tuple[str, ...]
    wanted: str
    hosts: tuple[str, ...]
    captures: tuple[Captured, ...] = ()
    page: Page | None = None
    last: int = 1
    refused: Page | None = None


class Rescue:
    """Asks a web archive for the pages of a hall; yields Pages and further requests, as the spider does."""

    def __init__(self, spider: HallSpider, archive: Archive) -> None:
        self.spider = spider
        self.site = spider.site
        self.archive = archive

    def request(self, url: str, day: str | None) -> Request:
        """The first question for an article's address, published on a day."""
        article = article_of(self.site, url)
        assert article is not None
        published = date.fromisoformat(day) if day else path_day(url)
        addresses = dict.fromkeys((original(url), canonical(self.site, url)))
        hosts = dict.fromkeys(urlsplit(address).hostname or "" for address in (*addresses, self.spider.start_url))
        own = (*hosts, self.site.host, *self.site.aliases)
        return self._look_up(Sought(article, tuple(addresses), after(published), own))

    def _look_up(self, sought: Sought) -> Request:
        """Ask for the captures of the first address."""
        return self._ask(captures_address(self.archive, sought.addresses[0]), self.parse_captures, sought, aside=True)

    def _ask(self, url: str, callback: Any, sought: Sought, aside: bool) -> Request:
        asked = {"sought": sought}
        meta = {ASIDE: aside}
        return Request(url, callback, errback=self.miss, cb_kwargs=asked, meta=meta, dont_filter=True)

    def parse_captures(self, response: Response, sought: Sought) -> Iterator[Request | Page]:
        """What the CDX server says; 404 is how some say that they have nothing."""
        try:
            if response.status not in (200, 404):
                raise ValueError(f"HTTP {response.status}")
            said = read_captures(response.body if response.status == 200 else b"")
        except ValueError as error:
            yield from self._missing(response.request, f"{error}"[:200])
            return
        captures = in_order((one for one in said if is_own(one.url, sought.hosts)), sought.wanted)
        left = replace(sought, addresses=sought.addresses[1:], captures=tuple(captures[:MOST_TRIED]))
        yield from self._next(response.request, left)

    def _next(self, request: Request | None, sought: Sought) -> Iterator[Request | Page]:
        """Try the next capture, then the next address; then there is none."""
        assert request is not None
        if sought.captures:
            url = replay_address(self.archive, sought.captures[0])
            yield self._following(request, self._ask(url, self.parse_capture, sought, aside=sought.page is not None))
        elif sought.addresses:
            yield self._following(request, self._look_up(sought))
        elif sought.page:
            yield replace(sought.page, missing=f"page {sought.article.page} is not in {self.archive.cdx}")
        elif sought.refused:
            yield sought.refused
        else:
            self.spider.crawler.signals.send_catch_log(signals.uncaptured, number=request.meta[PAGE])

    def parse_capture(self, response: Response, sought: Sought) -> Iterator[Request | Page]:
        """A capture; the next is tried if it is of another page, or no transcript."""
        sought = replace(sought, captures=sought.captures[1:])
        found = replayed(response.url)
        right = found and is_own(found.url, sought.hosts) and article_of(self.site, found.url) == sought.article
        if response.status != 200 or not right:
            yield from self._next(response.request, sought)
            return
        if sought.page:
            yield from self._go_on(response, sought, replace(sought.page, more=(*sought.page.more, response.body)))
            return
        page = self.spider.page(response)
        if isinstance(read_page(page, self.site, {}), Refused):
            yield from self._next(response.request, replace(sought, refused=sought.refused or page))
        else:
            yield from self._go_on(response, sought, page)

    def _go_on(self, response: Response, sought: Sought, page: Page) -> Iterator[Request | Page]:
        """The article's next page, as it was when the first was captured; or all of it."""
        number, last = sought.article.page, max(sought.last, *later_pages(self.site, page.url, response.body), 1)
        if last > MOST_PAGES:
            yield replace(page, missing=f"more than {MOST_PAGES} pages")
        elif number < last:
            address = later_page(self.site, page.url, number + 1)
            first = replayed(page.url)
            assert first is not None and response.request is not None
            article = sought.article._replace(page=number + 1)
            following = Sought(article, (address,), first.moment, sought.hosts, page=page, last=last)
            yield self._following(response.request, self._look_up(following))
        else:
            yield page

    def _following(self, asked: Request, following: Request) -> Request:
        following.meta[PAGE] = asked.meta[PAGE]
        return following

    def miss(self, failure: Failure) -> Iterator[Request | Page]:
        """An answer that could not be had."""
        failed = self.spider.failed(failure)
        yield from self._missing(failed.request, failed.reason, failed.refused, failed.stopped)

    def _missing(
        self, request: Request | None, reason: str, refused: bool = False, stopped: bool = False
    ) -> Iterator[Request | Page]:
        assert request is not None
        self.spider.missing("capture", request, request.url, reason, refused, stopped)
        page = request.cb_kwargs["sought"].page
        if page:
            yield replace(page, missing=f"page {request.cb_kwargs['sought'].article.page} could not be had: {reason}")
