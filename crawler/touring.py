"""The spider's part that asks sitemaps and feeds: what they name is written down as the listing's links are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import __version__, signals
from crawler.address import named_host
from crawler.ledgers import ledger_of
from crawler.sitemap import INDEX, Entry, SitemapPage, read_sitemap
from crawler.storage.ledger.links import FEED
from crawler.storage.ledger.pages import MAP
from crawler.text.notice import GONE, Rejected
from crawler.tour import Ask, Tour, named
from crawler.work import ASK, was_conditional

if TYPE_CHECKING:
    from crawler.spider import HallSpider


class Touring:
    """Requests and callbacks for the sitemaps of a spider's hall; none where it does not ask them."""

    def __init__(self, spider: HallSpider) -> None:
        self.spider = spider
        site, asked = spider.site, spider.wanted.sitemaps
        on = site.asks_sitemaps if asked is None else asked
        self.tour = Tour(site, spider.start_url, named(site, spider.start_url) if on else [])

    @property
    def names(self) -> list[str]:
        """The hosts of the sitemaps that the hall names, without their ports."""
        return [urlsplit(url).hostname or "" for url in self.tour.roots]

    def hosts(self, own: tuple[str, ...]) -> tuple[str, ...]:
        """The hosts that may be asked for sitemaps, as the ledger names them; `own` are those of the articles."""
        roots = (named_host(self.spider.site, url) for url in self.tour.roots)
        return tuple(dict.fromkeys((*roots, *own))) if self.tour.roots else ()

    @property
    def reader(self) -> dict[str, str]:
        """Who reads: another program, or one that looks for another channel, may find something else."""
        return {"program": __version__, "start": self.spider.start_url}

    def begin(self) -> Iterator[Request]:
        """The first requests. A full run asks all of them, without conditions."""
        if not self.spider.wanted.full:
            self.tour.had = ledger_of(self.spider.crawler).sitemaps.had(self.reader)
        yield from map(self._ask, self.tour.begin())

    def _ask(self, ask: Ask) -> Request:
        """The request to write down; the ledger's is made by `request`."""
        noted = {"number": ask.number, "lastmod": ask.lastmod, "found_on": ask.found_on}
        return Request(ask.url, self.parse, meta={ASK: (MAP, noted)})

    def request(self, url: str, depth: int, validators: Mapping[str, str]) -> Request:
        """The request for a sitemap of the ledger, if only an earlier run left it there; its index may name it too."""
        self.tour.asked.add(url)
        headers = validators if url in self.tour.had else None
        return Request(url, self.parse, errback=self.miss, headers=headers, cb_kwargs={"depth": depth})

    def parse(self, response: Response, depth: int) -> Iterator[Request]:
        """A sitemap: its articles are written down, the sitemaps that it names are asked."""
        request = response.request
        assert request is not None
        url = response.meta.get("redirect_urls", [response.url])[0]
        if response.status == 304 and was_conditional(request):
            yield from self._read(response, url, depth, self._remembered(url))
        elif response.status in GONE and url not in self.tour.roots:
            self.tour.counts["gone"] += 1
            self._had(response)
        elif response.status >= 300:
            self._missing(request, f"HTTP {response.status}")
        else:
            try:
                page = read_sitemap(response.url, response.body, self.spider.settings.getint("DOWNLOAD_MAXSIZE"))
            except Rejected as rejected:
                self._missing(request, rejected.detail)
                return
            yield from self._read(response, url, depth, page)

    def _remembered(self, index: str) -> SitemapPage:
        """An index that is unchanged names what it did; so does a sitemap, whose articles are known."""
        below = ledger_of(self.spider.crawler).sitemaps.below(index)
        return SitemapPage(INDEX, tuple(Entry(url, lastmod) for url, lastmod in below.items()))

    def _read(self, response: Response, url: str, depth: int, page: SitemapPage) -> Iterator[Request]:
        self.tour.counts["read" if response.status != 304 else "unchanged"] += 1
        self.spider.found(self.tour.articles(page), url, FEED if page.kind == FEED else MAP)
        if page.damage:
            assert response.request is not None
            self._missing(response.request, page.damage)
        else:
            self._had(response)
        yield from map(self._ask, self.tour.behind(url, depth, page))

    def _had(self, response: Response) -> None:
        self.spider.crawler.signals.send_catch_log(signals.sitemap_read, response=response, reader=self.reader)

    def _missing(self, request: Request, reason: str) -> None:
        self.tour.counts["unread"] += 1
        self.spider.missing(MAP, request, request.meta.get("redirect_urls", [request.url])[0], reason)

    def miss(self, failure: Failure) -> Iterator[Request]:
        """A sitemap that could not be fetched."""
        self.tour.counts["unread"] += 1
        failed = self.spider.failed(failure)
        self.spider.missing(MAP, failed.request, failed.request.url, failed.reason, failed.refused, failed.stopped)
        yield from ()
