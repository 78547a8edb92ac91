"""The last gate before the wire. Whatever is asked, robots.txt, redirects and retries too, waits here for its turn."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import load_object

from crawler.downloading import KeepAlive
from crawler.politeness.hosts import Closing, HostStopped, host_of, pauses_of, stop_host
from crawler.text.retry_after import retry_after

logger = logging.getLogger(__name__)

# A crawl that is told to end is noticed after so many seconds at most.
TICK = 0.5


class Gate(KeepAlive):
    """Asks a host when its turn has come, and marks the next turn by the answer.

    The mark is set before the next request to the host goes out, which with many requests at a time is before any
    middleware sees the answer. Nothing slips out behind a 429.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        self.pauses = pauses_of(crawler)
        # Twisted would send a request again at once, and unseen, when a kept connection breaks.
        self._pool.retryAutomatically = False
        settings = crawler.settings
        self.most = settings.getfloat("RETRY_AFTER_MOST", 3600.0)
        # Scrapy's downloader counts a request only when its task has begun: several of one moment pass it together.
        at_a_time = max(1, settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        self.places: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(at_a_time))
        self.codes = {int(code) for code in settings.getlist("RETRY_HTTP_CODES")}
        self.failures = tuple(load_object(failure) for failure in settings.getlist("RETRY_EXCEPTIONS"))

    async def download_request(self, request: Request) -> Response:
        host = host_of(request.url)
        async with self.places[host]:
            return await self._ask(host, request)

    async def _ask(self, host: str, request: Request) -> Response:
        await self._turn(host)
        self.crawler.stats.inc_value("requests")
        try:
            response = await super().download_request(request)
        except self.failures as failure:
            self._pause(host, self.pauses.failed(host), type(failure).__name__)
            raise
        finally:
            # From here, so that the pace holds at the host too, however long its answer takes.
            self.pauses.asked(host)
        self._heed(host, response)
        return response

    async def _turn(self, host: str) -> None:
        """Return when the host may be asked: the caller has the turn. `HostStopped`, `Closing` if there is none."""
        while True:
            reason = self.pauses.stopped(host)
            if reason is not None:
                raise HostStopped(reason)
            wait = self.pauses.wait(host)
            if not wait:
                self.pauses.asked(host)
                return
            if self._closing():
                raise Closing("the crawl ends")
            await asyncio.sleep(min(wait, TICK))

    def _closing(self) -> bool:
        engine = self.crawler.engine
        return engine is not None and (not engine.running or engine._slot is None or bool(engine._slot.closing))

    def _heed(self, host: str, response: Response) -> None:
        """What the answer says of the next turn."""
        status, failed = response.status, response.status in self.codes
        asked = self._asked_to_wait(response) if failed or 300 <= status < 400 else 0.0
        if asked > self.most:
            stop_host(self.crawler, host, f"HTTP {status}, asks to wait {asked:.0f} s")
            return
        back_off = self.pauses.failed(host) if failed else 0.0
        if not failed:
            self.pauses.answered(host)
        if asked:
            logger.info("%s asks to wait %.0f s (HTTP %d)", host, asked, status)
            self.pauses.pause(host, asked)
        elif failed:
            self._pause(host, back_off, f"HTTP {status}")

    def _asked_to_wait(self, response: Response) -> float:
        value = (response.headers.get("Retry-After") or b"").decode("latin-1")
        return retry_after(value, datetime.now(UTC)) or 0.0

    def _pause(self, host: str, seconds: float, why: str) -> None:
        logger.info("%s is left alone for %.3g s (%s)", host, seconds, why)
        self.pauses.pause(host, seconds)
