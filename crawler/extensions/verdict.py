"""At the end of a run: the summary on standard output, the manifest in runs/, the exit code in the stats."""

from __future__ import annotations

import asyncio
import platform
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import scrapy
from scrapy import signals as scrapy_signals
from scrapy.crawler import Crawler

from crawler import __version__, signals
from crawler.archiving import archive_of
from crawler.folders import hall_path, records_path
from crawler.frontier import frontier_of
from crawler.health import emptied_fields, fewer_records, fields_of, shrunk_listing, silence
from crawler.items import Transcript
from crawler.ledgers import ledger_of
from crawler.manifest import archived, settings_that_matter, sizes, write_manifest, written
from crawler.politeness import host_of
from crawler.storage.ledger import Ledger, SQLAlchemyError, is_damage, told
from crawler.text.times import utc_text
from crawler.text.visible import visible
from crawler.verdict import Missing, Outcome, Warning, summary
from crawler.visits import moment

EXIT_CODE = "verdict/exit_code"
# A manifest lists so many addresses that were not had; the ledger has them all.
MOST_MISSING = 10_000
# Earlier runs whose records say how often a field is there, and conferences that make a rhythm.
RUNS, DAYS = 50, 20


class Verdict:
    """Gathers what could not be had and judges the run when the spider closes; ends it early where it cannot go on."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self.crawler = crawler
        self.folder = folder
        self.missing: list[Missing] = []
        self.fields: Counter[str] = Counter()
        self.closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Verdict:
        extension = cls(crawler, hall_path(crawler))
        for handler, signal in (
            (extension.missed, signals.missing),
            (extension.ledger_failed, signals.ledger_failed),
            (extension.host_stopped, signals.host_stopped),
            (extension.recorded, scrapy_signals.item_scraped),
            (extension.disk, scrapy_signals.item_error),
            (extension.closed, scrapy_signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal)
        return extension

    def missed(self, what: str, url: str, reason: str, refused: bool, stopped: bool) -> None:
        if not stopped:
            self.missing.append(Missing(what, url, reason, refused))

    def recorded(self, item: Transcript, spider: Any) -> None:
        """Count records and their fields; close when the limit of records is reached."""
        self.fields.update(fields_of(item))
        self.crawler.stats.inc_value("transcripts/recorded")
        if item.version > 1:
            self.crawler.stats.inc_value("transcripts/versions")
        if self.crawler.stats.get_value("transcripts/recorded") == spider.wanted.limit:
            self._close("limit")

    def host_stopped(self, host: str, reason: str, refused: bool) -> None:
        """The hall's own host ends the run; another, to which an article leads, costs that article only."""
        if host != host_of(self.crawler.spider.asks):  # type: ignore[union-attr]
            return
        self.missing.append(Missing("host", host, reason, refused))
        self._close("refused" if refused else "unreachable")

    def disk(self, failure: Any) -> None:
        """A record that cannot be written ends the run: what comes after it could not be written either."""
        if failure.check(OSError):
            self._end("cannot_write", f"cannot write: {failure.value}")
        elif failure.check(SQLAlchemyError):
            self.ledger_failed(failure.value)

    def ledger_failed(self, error: SQLAlchemyError) -> None:
        """The ledger is damaged, or cannot be written."""
        ledger_of(self.crawler).roll_back()
        self._end("ledger_damaged" if is_damage(error) else "cannot_write", f"the ledger cannot be used: {told(error)}")

    def _end(self, reason: str, line: str) -> None:
        if self.closing is None:
            sys.stderr.write(visible(line) + "\n")
        self._close(reason)

    def _close(self, reason: str) -> None:
        """Closing waits for the items in work, so the handler of one of them must not wait for it."""
        if self.closing is None and self.crawler.engine is not None:
            closing = self.crawler.engine.close_spider_async(reason=reason)
            self.closing = asyncio.get_event_loop().create_task(closing)

    def closed(self, spider: Any, reason: str) -> None:
        try:
            outcome = self._outcome(spider, reason)
        except SQLAlchemyError as error:
            sys.stderr.write(f"the ledger cannot be used: {told(error)}\n")
            reason = "ledger_damaged" if is_damage(error) else "cannot_write"
            outcome = Outcome(self.crawler.stats.get_stats(), Counter(), reason=reason, missing=self.missing)
        self._write_manifest(spider, outcome)
        self.crawler.stats.set_value(EXIT_CODE, outcome.exit_code)
        print("\n".join(summary(spider.name, outcome, str(records_path(self.crawler)))), flush=True)

    def _outcome(self, spider: Any, reason: str) -> Outcome:
        ledger, frontier = ledger_of(self.crawler), frontier_of(self.crawler)
        pending = 0
        for what, url, why in ledger.pages.missing(
            frontier.scope, utc_text(self.crawler.stats.get_value("start_time"))
        ):
            pending += 1
            if reason != "limit" and len(self.missing) < MOST_MISSING:
                self.missing.append(Missing(what, url, why))
        missing = {} if reason != "finished" else spider.walk.missing()
        counts = ledger.pages.counts()
        warnings = self._warnings(ledger, spider, counts["recorded"], swept=reason == "finished" and not missing)
        return Outcome(
            stats=self.crawler.stats.get_stats(),
            counts=counts,
            pending=pending,
            missing=self.missing,
            listing_missing=missing,
            listing_last=spider.walk.last,
            looped=spider.walk.looped,
            swept=spider.sweep is not None,
            reason=reason,
            warnings=warnings,
            via=spider.wanted.via and spider.wanted.via.cdx,
            sitemaps=spider.touring.tour.counts,
            unlisted=ledger.links.unlisted(),
        )

    def _warnings(self, ledger: Ledger, spider: Any, recorded: int, swept: bool) -> list[Warning]:
        runs, warnings = ledger.runs.ended(RUNS), []
        if swept and spider.sweep is not None:
            before = ledger.sweeps.finished(spider.start_url, but=spider.sweep)
            pages, articles = len(spider.walk.had), sum(spider.walk.counts.values())
            then = (before.pages, before.articles) if before else (None, None)
            warnings += shrunk_listing(pages, then[0], articles, then[1])
            ledger.sweeps.finish(spider.sweep, utc_text(datetime.now(UTC)), pages, articles)
        warnings += fewer_records(recorded, runs[0].counts["recorded"] if runs else None)
        warnings += emptied_fields(self.fields, [run.fields for run in runs])
        return warnings + silence(ledger.pages.days(DAYS), ledger.runs.first(), datetime.now(UTC).date())

    def _write_manifest(self, spider: Any, outcome: Outcome) -> None:
        """Write the manifest, then the run's row of the ledger; a disk that is full makes the run a failed one."""
        started: datetime = self.crawler.stats.get_value("start_time")
        path = self.folder / "runs" / f"{started:%Y%m%dT%H%M%S%f}Z.json"
        ledger = ledger_of(self.crawler)
        try:
            if self.crawler.settings.getbool("ARCHIVE"):
                archive_of(self.crawler).close()
            now, runs = sizes(self.folder), ledger.runs.ended(1)
            manifest = {
                "site": spider.name,
                "crawler": f"press-conference-archive/{__version__}",
                "versions": {"python": platform.python_version(), "scrapy": scrapy.__version__},
                "settings": settings_that_matter(self.crawler.settings),
                "started_at": utc_text(started),
                "start": spider.start_url,
                "arguments": spider.wanted.told(),
                "via": outcome.via,
                **outcome.manifest(),
                "fields": dict(self.fields),
                "written": written(self.folder, runs[0].sizes if runs else {}, now),
                "archived": archived(self.folder, moment(runs[0].finished_at).timestamp() if runs else 0),
            }
            write_manifest(path, manifest)
            ended = {"manifest": manifest, "finished": datetime.now(UTC)}
            self.crawler.signals.send_catch_log(signals.run_ended, **ended)
            ledger.runs.end(
                frontier_of(self.crawler).run,
                utc_text(datetime.now(UTC)),
                exit_code=outcome.exit_code,
                manifest=path.name,
                counts=dict(outcome.counts),
                fields=dict(self.fields),
                sizes=now,
            )
        except (OSError, SQLAlchemyError) as error:
            why = error if isinstance(error, OSError) else told(error)
            sys.stderr.write(f"cannot write the manifest: {why}\n")
            if outcome.reason != "ledger_damaged":
                outcome.reason = "cannot_write"
