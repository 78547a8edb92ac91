"""One `Pauses` for each crawler, and the end of a host."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler import signals
from crawler.politeness.pauses import Pauses

logger = logging.getLogger(__name__)

_pauses: WeakKeyDictionary[Crawler, Pauses] = WeakKeyDictionary()


class HostStopped(IgnoreRequest):
    """The request's host is asked no more; the message is the reason."""


class Unreachable(HostStopped):
    """The host does not answer at all: nobody refused anything."""


class Closing(IgnoreRequest):
    """The crawl ends before the request's host could be asked."""


def host_of(url: str) -> str:
    """The host as `Pauses` knows it: name and port as the address has them."""
    return urlsplit(url).netloc


def pauses_of(crawler: Crawler) -> Pauses:
    """The crawler's one `Pauses`, made of its settings (so not before its spider is there)."""
    if crawler not in _pauses:
        settings = crawler.settings
        _pauses[crawler] = Pauses(
            delay=settings.getfloat("DOWNLOAD_DELAY"),
            first=settings.getfloat("BACKOFF_FIRST", 1.0),
            most=settings.getfloat("BACKOFF_MOST", 300.0),
        )
    return _pauses[crawler]


def stop_host(crawler: Crawler, host: str, reason: str, refused: bool = True) -> None:
    """Ask the host no more: one line in the log, one signal, whatever else comes."""
    pauses = pauses_of(crawler)
    if pauses.stopped(host) is not None:
        return
    pauses.stop(host, reason)
    logger.warning("%s is asked no more: %s", host, reason)
    crawler.signals.send_catch_log(signals.host_stopped, host=host, reason=reason, refused=refused)
