"""At the end of a run: the summary on standard output, the manifest in runs/, the exit code in the stats."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from crawler import __version__
from crawler.address import article_of
from crawler.pipelines import hall_path, records_path
from crawler.signals import missing
from crawler.text.times import utc_text
from crawler.verdict import Missing, Outcome, summary

EXIT_CODE = "verdict/exit_code"


class Verdict:
    """Counts articles found and addresses missing, and judges the run when the spider closes."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self.crawler = crawler
        self.folder = folder
        self.missing: list[Missing] = []
        self.closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Verdict:
        extension = cls(crawler, hall_path(crawler))
        crawler.signals.connect(extension.missed, missing)
        crawler.signals.connect(extension.scheduled, signals.request_scheduled)
        crawler.signals.connect(extension.not_scheduled, signals.request_dropped)
        crawler.signals.connect(extension.limit, signals.item_scraped)
        crawler.signals.connect(extension.disk, signals.item_error)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def missed(self, what: str, url: str, reason: str, refused: bool) -> None:
        self.missing.append(Missing(what, url, reason, refused))

    def scheduled(self, request: Request, spider: Spider) -> None:
        if self._is_article(request, spider) and "redirect_times" not in request.meta:
            self._count("articles/found", 1)

    def not_scheduled(self, request: Request, spider: Spider) -> None:
        """Scrapy's filter knew the article: linked twice, or a redirect led to one that is asked anyway."""
        if self._is_article(request, spider):
            redirected = "redirect_times" in request.meta
            self._count("articles/redirected" if redirected else "articles/found", 1 if redirected else -1)

    def _is_article(self, request: Request, spider: Any) -> bool:
        article = article_of(spider.site, request.url)
        return article is not None and article.page == 1 and "retry_times" not in request.meta

    def _count(self, key: str, by: int) -> None:
        self.crawler.stats.inc_value(key, by)

    def limit(self, spider: Any) -> None:
        """Close when the limit of records is reached."""
        if self.crawler.stats.get_value("transcripts/recorded", 0) == spider.wanted.limit:
            self._close("limit")

    def disk(self, failure: Any) -> None:
        """A record that cannot be written ends the run: what comes after it could not be written either."""
        if failure.check(OSError):
            sys.stderr.write(f"cannot write: {failure.value}\n")
            self._close("cannot_write")

    def _close(self, reason: str) -> None:
        """Closing waits for the items in work, so the handler of one of them must not wait for it."""
        closing = self.crawler.engine.close_spider_async(reason=reason)
        self.closing = asyncio.get_event_loop().create_task(closing)

    def closed(self, spider: Any, reason: str) -> None:
        outcome = Outcome(
            stats=self.crawler.stats.get_stats(),
            missing=self.missing,
            listing_missing={} if reason != "finished" else spider.walk.missing(),
            listing_last=spider.walk.last,
            looped=spider.walk.looped,
            reason=reason,
        )
        if not self._write_manifest(spider, outcome):
            outcome.reason = "cannot_write"
        self.crawler.stats.set_value(EXIT_CODE, outcome.exit_code)
        print("\n".join(summary(spider.name, outcome, str(records_path(self.crawler)))), flush=True)

    def _write_manifest(self, spider: Any, outcome: Outcome) -> bool:
        """Under a temporary name first, so that a manifest is whole or not there; False where it cannot be written."""
        started: datetime = self.crawler.stats.get_value("start_time")
        manifest = {
            "site": spider.name,
            "crawler": f"press-conference-archive/{__version__}",
            "started_at": utc_text(started),
            "start": spider.start_url,
            "arguments": {k: str(v) for k in ("since", "until", "limit", "full") if (v := getattr(spider.wanted, k))},
            **outcome.manifest(),
        }
        path = self.folder / "runs" / f"{started:%Y%m%dT%H%M%S%f}Z.json"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(".tmp")
            temporary.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
            os.replace(temporary, path)
        except OSError as error:
            sys.stderr.write(f"cannot write the manifest: {error}\n")
            return False
        return True
