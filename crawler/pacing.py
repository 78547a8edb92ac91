"""When the next request may go out. It is handed to the downloader only when it can be sent at once: what waits there

for its turn would still have to be sent before a crawl that is told to stop could end.
"""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler

from crawler.politeness import host_of, pauses_of


class Pacing:
    """Asks the hosts' pauses, and wakes the engine when one is over."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.waking: asyncio.TimerHandle | None = None

    def ready(self, url: str) -> bool:
        """Whether the host of an address may be asked now; if not, the engine is woken when it may."""
        seconds = pauses_of(self.crawler).wait(host_of(url))
        if seconds <= 0:
            return True
        self.close()
        self.waking = asyncio.get_running_loop().call_later(seconds, self._wake)
        return False

    def _wake(self) -> None:
        """The engine itself looks every five seconds only, and has no public way to be told."""
        engine = self.crawler.engine
        if engine is not None and engine._slot is not None:
            engine._slot.nextcall.schedule()

    def close(self) -> None:
        """Wake nobody."""
        if self.waking:
            self.waking.cancel()
