"""How far the run is: one live line on a terminal, a log line every minute elsewhere."""

from __future__ import annotations

import asyncio
import logging
import sys
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from scrapy import signals
from scrapy.crawler import Crawler

if TYPE_CHECKING:  # loaded where there is a terminal
    from rich.live import Live
    from rich.text import Text

logger = logging.getLogger(__name__)


class Progress:
    """Reads the stats once a second (a terminal) or once a minute (a log)."""

    def __init__(self, crawler: Crawler, terminal: bool) -> None:
        self.crawler = crawler
        self.terminal = terminal
        self.live: Live | None = None
        self.task: asyncio.Task[None] | None = None
        self.began = monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        extension = cls(crawler, sys.stderr.isatty())
        crawler.signals.connect(extension.open, signals.spider_opened)
        crawler.signals.connect(extension.close, signals.spider_closed)
        return extension

    def open(self) -> None:
        if self.terminal:
            from rich.console import Console
            from rich.live import Live

            self.live = Live(self._text(), console=Console(stderr=True), transient=True, auto_refresh=False)
            self.live.start()
            self._log_to(sys.stderr)  # which is now the live line's own: log lines go above it
        self.task = asyncio.get_event_loop().create_task(self._tick(1.0 if self.terminal else 60.0))

    async def _tick(self, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            if self.live:
                self.live.update(self._text(), refresh=True)
            else:
                logger.info("%s", self.line())

    def _text(self) -> Text:
        from rich.text import Text

        return Text(self.line(), no_wrap=True, overflow="ellipsis")

    def _log_to(self, stream: TextIO) -> None:
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler):
                handler.setStream(stream)

    def line(self) -> str:
        """`acftu  2 listing pages, 40 articles known, 31 pages fetched, 28 records, …, 3.1 pages/s`."""
        get = self.crawler.stats.get_value
        stats = self.crawler.stats.get_stats()
        quarantined = sum(n for key, n in stats.items() if key.startswith("quarantine/"))
        fetched = get("response_received_count", 0)
        rate = fetched / max(monotonic() - self.began, 0.001)
        return (
            f"{self.crawler.spidercls.name}  {get('listing/pages', 0)} listing pages,"
            f" {get('articles/found', 0)} articles known, {fetched} pages fetched,"
            f" {get('transcripts/recorded', 0)} records, {get('transcripts/duplicate', 0)} duplicates,"
            f" {quarantined} quarantined, {rate:.1f} pages/s"
        )

    def close(self) -> None:
        if self.task:
            self.task.cancel()
        if self.live:
            self.live.stop()
            self._log_to(sys.stderr)
