"""Capture: what comes over the network is archived before anything reads it.

The handler sees every answer as it came, robots.txt, redirects, errors and retries too, its content coding still on it.
What the network stack keeps to itself is not archived: the frames of chunks, and the bytes of the request on the wire.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler import __version__
from crawler.downloading import KeepAlive
from crawler.folders import hall_path
from crawler.heads import Head, NotingFactory, take_head
from crawler.storage.warc import ArchiveWriter, Earlier, Exchange
from crawler.storage.warc_recovery import recover

logger = logging.getLogger(__name__)

FOLDER = "warc"
# The settings that say how a crawl behaved towards the site.
SAID = (
    "ROBOTSTXT_OBEY",
    "DOWNLOAD_DELAY",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DOWNLOAD_MAXSIZE",
    "DOWNLOAD_VERIFY_CERTIFICATES",
    "RETRY_TIMES",
)
CANNOT_WRITE = "cannot_write"

Lookup = Callable[[str], Earlier | None]
Keep = Callable[[Earlier], None]

_writers: WeakKeyDictionary[Crawler, ArchiveWriter] = WeakKeyDictionary()
_closing: WeakKeyDictionary[Crawler, asyncio.Task[None]] = WeakKeyDictionary()
_memories: WeakKeyDictionary[Crawler, tuple[Lookup, Keep]] = WeakKeyDictionary()


class NotArchived(Exception):
    """An answer that could not be archived, and so is not read. No `OSError`: Scrapy would fetch it again."""


def connect(crawler: Crawler, earlier: Lookup, keep: Keep) -> None:
    """Give a crawler a memory: `earlier` answers what an address had, `keep` is told of each new response."""
    _memories[crawler] = (earlier, keep)


def earlier_of(crawler: Crawler) -> Lookup:
    """What was archived for an address in earlier runs; nothing where no memory is connected."""
    return _memories[crawler][0] if crawler in _memories else lambda url: None


def keep_of(crawler: Crawler) -> Keep:
    """Where new responses are remembered."""
    return _memories[crawler][1] if crawler in _memories else lambda response: None


def archive_folder(crawler: Crawler) -> Path:
    """Where the files of a crawler's archive stand."""
    return hall_path(crawler) / FOLDER


def archive_of(crawler: Crawler) -> ArchiveWriter:
    """The crawler's archive. The first call finishes what a killed run left open; the end of the crawl closes it."""
    if crawler not in _writers:
        folder = archive_folder(crawler)
        for file in recover(folder):
            what = "removed, it held nothing whole" if file.removed else f"{file.cut} torn bytes were cut off"
            logger.warning("%s was left open by a run that was killed: %s", folder / file.name, what)
        info = about(crawler.settings, crawler.spidercls.name)
        earlier, keep = earlier_of(crawler), keep_of(crawler)
        _writers[crawler] = ArchiveWriter(folder, crawler.spidercls.name, info, earlier, keep=keep)
        crawler.signals.connect(_closed, signals.spider_closed)
        crawler.signals.connect(_closed, signals.engine_stopped)
    return _writers[crawler]


def about(settings: BaseSettings, site: str) -> dict[str, str]:
    """The fields of a warcinfo record: program, operator, settings."""
    return {
        "software": f"press-conference-archive/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": site,
        "operator": settings.get("CONTACT") or "",
        "http-header-user-agent": settings.get("USER_AGENT") or "",
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "settings": " ".join(f"{name}={settings.get(name)}" for name in SAID),
    }


class Archive(KeepAlive):
    """The project's download handler, with an archive: `request.meta["warc"]` says where the response stands."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._on = crawler.settings.getbool("ARCHIVE", True)
        self._pool._factory = NotingFactory

    async def download_request(self, request: Request) -> Response:
        began = request.meta["began"] = datetime.now(UTC)
        response = await super().download_request(request)
        head = take_head(response)
        if self._on:
            self._archive(request, response, began, head)
        return response

    def _archive(self, request: Request, response: Response, began: datetime, head: Head) -> None:
        exchange = exchange_of(request, response, began, head)
        try:
            position = archive_of(self._crawler).write(exchange)
        except OSError as error:
            cannot_write(self._crawler, error)
            raise NotArchived(f"{error.strerror}: {error.filename}") from error
        request.meta["warc"] = {"file": position.file, "offset": position.offset, "record_id": position.record_id}


def exchange_of(request: Request, response: Response, began: datetime, head: Head) -> Exchange:
    """What went over the network."""
    return Exchange(
        url=request.url.partition("#")[0],
        method=request.method,
        request_headers=[(name, value) for name, values in request.headers.items() for value in values],
        date=began,
        status=response.status,
        reason=head.reason,
        version=head.version,
        headers=head.headers,
        body=response.body,
        ip=None if response.ip_address is None else str(response.ip_address),
        request_body=request.body,
        truncated="disconnect" if "dataloss" in response.flags else None,
    )


def cannot_write(crawler: Crawler, error: OSError) -> None:
    """One line, and the end of the run: what comes after could not be archived either."""
    if crawler not in _closing:
        sys.stderr.write(f"cannot write: {error}\n")
        assert crawler.engine is not None
        closing = crawler.engine.close_spider_async(reason=CANNOT_WRITE)
        # The request in work must not wait for an end that waits for it.
        _closing[crawler] = asyncio.get_event_loop().create_task(closing)


def _closed(sender: Crawler) -> None:
    try:
        _writers[sender].close()
    except OSError as error:
        sys.stderr.write(f"cannot write: {error}\n")
