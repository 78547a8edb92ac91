"""Writes what the stages drop: copies to duplicates.jsonl, the rest to quarantine.jsonl. A rerun adds nothing."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from crawler.folders import hall_path
from crawler.items import Page
from crawler.pipelines import Copied, Quarantined
from crawler.storage.jsonl import JsonLines, read_objects
from crawler.text.times import utc_text

logger = logging.getLogger(__name__)


class DroppedItems:
    """Listens to dropped items; counts them as `transcripts/<verdict>` and `quarantine/<reason>`."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self.crawler = crawler
        self.folder = folder
        self.copies: set[tuple[str, str]] = set()
        self.pages: set[tuple[str, str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DroppedItems:
        extension = cls(crawler, hall_path(crawler))
        crawler.signals.connect(extension.open, signals.spider_opened)
        crawler.signals.connect(extension.dropped, signals.item_dropped)
        crawler.signals.connect(extension.failed, signals.item_error)
        crawler.signals.connect(extension.close, signals.spider_closed)
        return extension

    def open(self) -> None:
        self.duplicates = JsonLines(self.folder / "duplicates.jsonl")
        self.quarantine = JsonLines(self.folder / "quarantine.jsonl")
        for lines in (self.duplicates, self.quarantine):
            if lines.torn:
                logger.warning("%s: a torn last line of %d bytes was cut off", lines.path, lines.torn)
        self.copies.update((o["url"], o["content_hash"]) for o in read_objects(self.duplicates.path))
        self.pages.update((o["url"], o["reason"], o["detail"]) for o in read_objects(self.quarantine.path))

    def dropped(self, item: Any, exception: BaseException) -> None:
        if isinstance(exception, Copied):
            self._count(f"transcripts/{exception.judgement.verdict}")
            if exception.judgement.verdict == "duplicate":
                self._duplicate(exception)
        elif isinstance(exception, Quarantined):
            self._count(f"quarantine/{exception.reason}")
            self._quarantine(item, exception.reason, exception.detail)
        else:
            self._count("transcripts/unwanted")

    def failed(self, item: Any, failure: Failure) -> None:
        """A stage raised what it should not have: the page is not lost, and the run is a program error."""
        self._count("quarantine/error")
        self._quarantine(item, "error", f"{type(failure.value).__name__}: {failure.value}"[:300])

    def _duplicate(self, copied: Copied) -> None:
        transcript = copied.transcript
        provenance = transcript.provenance
        key = provenance.fetched_url, transcript.content_hash
        if key not in self.copies:
            self.copies.add(key)
            self._append(
                self.duplicates,
                {
                    "url": provenance.fetched_url,
                    "duplicate_of": copied.judgement.of,
                    "content_hash": transcript.content_hash,
                    "fetched_at": provenance.fetched_at,
                    "warc": provenance.warc,
                },
            )

    def _quarantine(self, item: Any, reason: str, detail: str) -> None:
        page = item if isinstance(item, Page) else getattr(item, "page", None)
        url = page.url if page else item.provenance.fetched_url
        fetched_at = page.fetched_at if page else item.provenance.fetched_at
        if (url, reason, detail) not in self.pages:
            self.pages.add((url, reason, detail))
            self._append(
                self.quarantine,
                {
                    "url": url,
                    "reason": reason,
                    "detail": detail,
                    "fetched_at": fetched_at or utc_text(datetime.now(UTC)),
                    "warc": page.warc if page else item.provenance.warc,
                },
            )

    def _append(self, file: JsonLines, values: dict[str, Any]) -> None:
        """Write a line; a signal's handler must not raise, so that a full disk is counted and said."""
        try:
            file.append_object(values)
        except OSError as error:
            logger.error("cannot write to %s: %s", file.path, error)
            self._count("write_errors")

    def _count(self, key: str) -> None:
        self.crawler.stats.inc_value(key)

    def close(self) -> None:
        self.duplicates.close()
        self.quarantine.close()
