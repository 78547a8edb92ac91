"""The scheduler on the ledger. What is found is written down before it is asked; a page leaves the queue when every

request for it was answered and every item of it went through the stages. Killed anywhere, the next run goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from crawler import signals
from crawler.address import named_host
from crawler.archiving import connect
from crawler.ledgers import ledger_of, now
from crawler.pacing import Pacing
from crawler.spider import HallSpider
from crawler.storage.ledger import SQLAlchemyError
from crawler.storage.ledger.pages import ARTICLE, Row
from crawler.work import ASK, PAGE, Work

# Pages leased at once: few, since a killed run asks them again, and enough that a lease costs next to nothing.
LEASED_AT_ONCE = 8

T = TypeVar("T")


class Frontier(BaseScheduler):
    """Hands out what the ledger has queued, in its order, as fast as the host allows."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.pacing = Pacing(crawler)
        self.work: dict[int, Work] = {}
        self.leased: deque[Row] = deque()
        self.again: deque[Request] = deque()
        self.broken = False
        crawler.signals.connect(self.ledger_failed, signals.ledger_failed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Frontier:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        assert isinstance(spider, HallSpider)
        self.spider = spider
        self.ledger = ledger_of(self.crawler)
        connect(self.crawler, self.ledger.responses.earlier, self.ledger.responses.keep)
        self.scope = spider.scope
        self.ledger.pages.release()
        self.run = self.ledger.runs.begin(now())
        self.ledger.pages.recall_lost()
        if spider.rescue:
            self.ledger.pages.queue_lost()
        else:
            self.ledger.pages.queue_due(now(), every=spider.wanted.full)

    def close(self, reason: str) -> None:
        """Of a ledger that failed, what came after is given up: the record of a later page without that of an earlier

        one would hide it. The next run finds both in the file.
        """
        self.pacing.close()
        if self.broken:
            self.ledger.roll_back()
        else:
            self._ask(self.ledger.pages.release)

    def ledger_failed(self) -> None:
        """Nothing more is asked of it or committed. Pages in work stay leased; the next run asks them again."""
        self.broken = True

    def has_pending_requests(self) -> bool:
        if self.again or self.leased:
            return True
        return bool(self._ask(lambda: self.ledger.pages.waiting(self.scope)))

    def enqueue_request(self, request: Request) -> bool:
        """What is for a page in work (a retry, a redirect, its next page) waits in memory, any other in the ledger."""
        if PAGE in request.meta:
            self.again.append(request)
        else:
            self._ask(partial(self._write_down, [request]))
        return True

    def _write_down(self, links: Sequence[Request]) -> None:
        for link in links:
            kind, values = link.meta[ASK]
            self.ledger.pages.ask(kind, link.url, named_host(self.spider.site, link.url), now(), self.scope, **values)

    def next_request(self) -> Request | None:
        if self.again:
            return self.again.popleft() if self.pacing.ready(self.again[0].url) else None
        if not self.leased:
            lease = partial(self.ledger.pages.lease, self.run, self.scope, LEASED_AT_ONCE)
            self.leased.extend(self._ask(lease) or ())
        if not self.leased or not self.pacing.ready(self.leased[0].url):
            return None
        row = self.leased.popleft()
        work = self.work[row.id] = Work(row, requests=1)
        return self._watched(work, self.spider.request(row, validators(row)))

    def _ask(self, question: Callable[[], T]) -> T | None:
        """What the ledger answers; None where it cannot: Scrapy's engine would hang on an exception. The run ends."""
        if self.broken:
            return None
        try:
            return question()
        except SQLAlchemyError as error:
            self.crawler.signals.send_catch_log(signals.ledger_failed, error=error)
            return None

    def _watched(self, work: Work, request: Request) -> Request:
        """The request, whose callback and errback tell when they are exhausted."""
        request.meta[PAGE] = work.row.id
        request.callback, request.errback = self._watch(work, request.callback), self._watch(work, request.errback)
        return request

    def _watch(self, work: Work, callback: Any) -> Callable[..., Iterator[Any]]:
        def watched(answer: Any, **arguments: Any) -> Iterator[Any]:
            links: list[Request] = []
            try:
                for output in callback(answer, **arguments):
                    # Through Scrapy, each would come back alone to be written down.
                    if isinstance(output, Request) and PAGE not in output.meta:
                        links.append(output)
                    else:
                        yield self._noted(work, output)
            except SQLAlchemyError as error:
                self.crawler.signals.send_catch_log(signals.ledger_failed, error=error)
            except Exception as error:
                self.crawler.signals.send_catch_log(signals.broken, work=work, error=error)
                raise
            finally:
                if links:
                    self._ask(partial(self._write_down, links))
                work.requests -= 1
                self.settle(work)

        return watched

    def _noted(self, work: Work, output: Any) -> Any:
        """What a callback yields is under way from here: Scrapy asks for more before it takes it up."""
        if isinstance(output, Request):
            work.requests += 1
            return self._watched(work, output)
        work.items += 1
        return output

    def item_done(self, number: int) -> None:
        """An item of a page went through the stages."""
        work = self.work[number]
        work.items -= 1
        self.settle(work)

    def settle(self, work: Work) -> None:
        """Write down what came of a page, once nothing of it is under way.

        Nothing more is written once the ledger failed: a listing page whose links were lost would count as read.
        """
        if not work.settled or self.work.pop(work.row.id, None) is None or self.broken:
            return
        self.crawler.signals.send_catch_log(signals.settled, work=work)


def frontier_of(crawler: Crawler) -> Frontier:
    """The scheduler of a crawl."""
    frontier = crawler.engine.scheduler if crawler.engine else None
    assert isinstance(frontier, Frontier)
    return frontier


def validators(row: Row) -> dict[str, str]:
    """The headers of a conditional request for a page that was had before."""
    had = row.kind != ARTICLE or row.outcome in ("recorded", "duplicate", "quarantined")
    values = {"If-None-Match": row.etag, "If-Modified-Since": row.last_modified} if had else {}
    return {name: value for name, value in values.items() if value}
