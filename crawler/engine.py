"""Parts of Scrapy's engine without work that no hall needs, which each page pays."""

from __future__ import annotations

from typing import Any

from pydispatch.dispatcher import getAllReceivers  # type: ignore[import-untyped]
from scrapy import signals
from scrapy.signalmanager import SignalManager
from scrapy.statscollectors import MemoryStatsCollector
from twisted.python.failure import Failure

# The receivers of these are plain methods, this project's and Scrapy's.
OF_ITEMS = frozenset({signals.item_scraped, signals.item_dropped, signals.item_error})


class Signals(SignalManager):
    """Scrapy's, which prepares for receivers where there are none (eight times for each page), and starts a task for

    each receiver of an item.
    """

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        heard = next(getAllReceivers(self.sender, signal), None) is not None
        return super().send_catch_log(signal, **kwargs) if heard else []

    async def send_catch_log_async(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        if signal not in OF_ITEMS:
            return await super().send_catch_log_async(signal, **kwargs)
        answers = self.send_catch_log(signal, **kwargs)
        return [(to, answer.value if isinstance(answer, Failure) else answer) for to, answer in answers]


class Stats(MemoryStatsCollector):
    """Scrapy's, which looks at each access to an attribute whether somebody may give an argument that is no more."""

    __getattribute__ = object.__getattribute__
