"""Feeds a datastore while the crawl writes: what `scrapy load` does, at most once a minute and at the end.

The files stay the truth. A datastore that fails is said once and left alone; the next run catches up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.threads import deferToThread

from crawler.folders import records_path

if TYPE_CHECKING:  # loaded where there is a datastore to feed
    from crawler.storage.datastore import Loaded, Target

SECONDS = 60.0
FAILED = "load/failed"

logger = logging.getLogger(__name__)


class Loading:
    """Loads in a thread, one load at a time: a slow datastore does not keep the crawl waiting, but at its end."""

    def __init__(self, crawler: Crawler, path: Path, target: Target, clock: Callable[[], float] = monotonic) -> None:
        self.crawler = crawler
        self.path = path
        self.target = target
        self.clock = clock
        self.last = clock()
        self.under_way: Deferred[None] | None = None
        self.failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Loading:
        named = crawler.settings["LOAD_INTO"]
        if not named:
            raise NotConfigured
        from crawler.storage.datastore import read_target

        try:
            target = read_target(named)
        except ValueError as error:
            logger.error("LOAD_INTO: %s", error)
            raise NotConfigured(str(error)) from None
        extension = cls(crawler, records_path(crawler), target)
        crawler.signals.connect(extension.recorded, signals.item_scraped)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def recorded(self) -> None:
        """A record is in the file."""
        if not self.failed and self.under_way is None and self.clock() - self.last >= SECONDS:
            self._begin()

    async def closed(self) -> None:
        """Load what is left, and wait for it."""
        if self.under_way is not None:
            await maybe_deferred_to_future(self.under_way)
        if not self.failed:
            await maybe_deferred_to_future(self._begin())

    def _begin(self) -> Deferred[None]:
        self.under_way = deferToThread(self._load).addBoth(self._over)
        return self.under_way

    def _load(self) -> Loaded | str | None:
        """What was loaded, or why nothing could be. In a thread of its own."""
        from crawler.storage.datastore import DatastoreError, load

        if not self.path.exists():
            return None
        try:
            return load([self.path], self.target)[0]
        except (DatastoreError, OSError) as error:
            return str(error)
        except Exception as error:  # whatever it is, the crawl goes on
            return f"{type(error).__name__}: {error}"

    def _over(self, result: object) -> None:
        from crawler.storage.datastore import Loaded

        self.under_way, self.last = None, self.clock()
        if isinstance(result, Loaded):
            self.crawler.stats.inc_value("load/versions", result.versions)
            for offset, reason in result.refused:
                logger.warning("%s, byte %d: not loaded: %s", result.path, offset, reason)
        elif result is not None:
            self.failed = True
            self.crawler.stats.set_value(FAILED, 1)
            logger.error("not loaded, the next run catches up: %s", " ".join(str(result).split()))
