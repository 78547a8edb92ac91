"""Writes into the ledger what came of each page: after its record, its copy or its quarantine is written."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy import signals as scrapy_signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import __version__, signals
from crawler.address import named_host
from crawler.frontier import Frontier, frontier_of
from crawler.items import Transcript
from crawler.ledgers import ledger_of
from crawler.pipelines import Copied, Quarantined, Unwanted
from crawler.storage.ledger import SQLAlchemyError
from crawler.storage.ledger.pages import ARTICLE, LEADS_TO, Answer
from crawler.text.captures import replayed
from crawler.text.times import utc_text
from crawler.visits import next_visit, standing_since
from crawler.walk import Reading
from crawler.work import ASIDE, PAGE, Work

# What a page in quarantine for one of these reasons lacks is not its own fault: the next run asks it again.
FAULTS = ("incomplete", "http_error", "error")


class Bookkeeping:
    """Listens to answers and items; gathers each page's answer, and settles it when the frontier says so."""

    def __init__(self, crawler: Crawler, least_days: float) -> None:
        self.crawler = crawler
        self.least_days = least_days

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Bookkeeping:
        extension = cls(crawler, crawler.settings.getfloat("RECHECK_DAYS"))
        for handler, signal in (
            (extension.received, scrapy_signals.response_received),
            (extension.recorded, scrapy_signals.item_scraped),
            (extension.dropped, scrapy_signals.item_dropped),
            (extension.failed, scrapy_signals.item_error),
            (extension.missed, signals.missing),
            (extension.uncaptured, signals.uncaptured),
            (extension.listed, signals.listing_read),
            (extension.mapped, signals.sitemap_read),
            (extension.broken, signals.broken),
            (extension.settled, signals.settled),
        ):
            crawler.signals.connect(handler, signal)
        return extension

    @property
    def frontier(self) -> Frontier:
        """The scheduler of the crawl, which is made after the extensions."""
        return frontier_of(self.crawler)

    def received(self, response: Response, request: Request) -> None:
        work = self.frontier.work.get(request.meta.get(PAGE, 0))
        if work is None or request.meta.get(ASIDE):
            return
        if "page" in request.cb_kwargs:  # of an article of several pages: that the first is unchanged says little
            work.values |= {"etag": None, "last_modified": None}
            return
        work.values |= {"status": response.status, **_validators(response)}
        if "warc" in request.meta:
            position = request.meta["warc"]
            work.values |= {
                "warc_file": position["file"],
                "warc_offset": position["offset"],
                "warc_record": position["record_id"],
            }
        if response.status == 304 and (work.row.outcome or work.row.kind != ARTICLE):
            del work.values["status"]
            work.answer = Answer(work.row.outcome, work.row.reason)
            self.crawler.stats.inc_value("pages/not_modified")

    def recorded(self, item: Transcript, response: Any) -> None:
        self._answer(response, Answer("recorded"), item)

    def dropped(self, item: Any, exception: BaseException, response: Any) -> None:
        if isinstance(exception, Copied):
            # A copy of itself, in another script or from another host, has its record.
            copied = exception.judgement.of != exception.transcript.id
            answer = Answer("duplicate", f"copy of {exception.judgement.of}") if copied else Answer("recorded")
            self._answer(response, answer, exception.transcript)
        elif isinstance(exception, Quarantined):
            self._answer(response, _quarantined(exception))
        else:
            assert isinstance(exception, Unwanted)
            self._answer(response, Answer(values={"day": exception.day} if exception.day else None))

    def failed(self, item: Any, failure: Failure, response: Any) -> None:
        self._answer(response, Answer(error=f"error: {type(failure.value).__name__}: {failure.value}"[:300]))

    def _answer(self, response: Any, answer: Answer, transcript: Transcript | None = None) -> None:
        """Note an item's end; `response` is the Failure of an errback's item."""
        number = (response.request if isinstance(response, Failure) else response).meta[PAGE]  # type: ignore[attr-defined]
        work = self.frontier.work[number]
        if transcript:
            answer = self._redirected(work, answer, transcript)
        if work.answer is None or work.answer.error is None:
            work.answer = answer
        if transcript:
            work.values |= {"record_id": transcript.id, "digest": transcript.provenance.body_digest}
            work.standing = transcript.published_at
            work.captured = replayed(transcript.provenance.fetched_url) is not None
            if transcript.published_at:
                work.values["day"] = transcript.published_at[:10]
            if transcript.version > 1 and answer.outcome == "recorded":
                work.values["changed_at"] = transcript.provenance.fetched_at
        self.frontier.item_done(number)

    def _redirected(self, work: Work, answer: Answer, transcript: Transcript) -> Answer:
        """The address led to another article: that one has the record, and this is a copy of it."""
        number = transcript.id.partition("/")[2]
        if answer.outcome != "recorded" or number == work.row.key:
            return answer
        url, had = transcript.provenance.fetched_url, transcript.provenance.fetched_at
        host = named_host(self.frontier.spider.site, url)
        ledger_of(self.crawler).pages.recorded(number, url, host, had, record_id=transcript.id, asked_at=had)
        return Answer("duplicate", f"{LEADS_TO} {transcript.id}")

    def missed(self, number: int, what: str, url: str, reason: str, stopped: bool) -> None:
        work = self.frontier.work.get(number)
        if work is None:
            return
        work.given_back = stopped
        work.answer = Answer(error=reason)

    def uncaptured(self, number: int) -> None:
        """What was known of the page stays."""
        self.crawler.stats.inc_value("captures/none")
        row = self.frontier.work[number].row
        failed = row.outcome == "failed"
        answer = Answer(error="no capture of it") if failed else Answer(row.outcome, row.reason)
        self.frontier.work[number].answer = answer

    def listed(self, response: Response, said: Reading | None, sweep: int | None) -> None:
        work = self.frontier.work[response.meta[PAGE]]
        work.answer = work.answer or Answer("listing")
        work.values["sweep"] = sweep
        if said:
            work.values["reading"] = {"program": __version__, "said": asdict(said)}

    def mapped(self, response: Response, reader: dict[str, str]) -> None:
        work = self.frontier.work[response.meta[PAGE]]
        work.answer = work.answer or Answer("sitemap")
        work.values["reading"] = reader

    def broken(self, work: Work, error: Exception) -> None:
        work.answer = Answer(error=f"error: {type(error).__name__}: {error}"[:300])

    def settled(self, work: Work) -> None:
        """Nothing of the page is under way."""
        try:
            self._settle(work, datetime.now(UTC))
        except SQLAlchemyError as error:
            self.crawler.signals.send_catch_log(signals.ledger_failed, error=error)

    def _settle(self, work: Work, now: datetime) -> None:
        pages, number = ledger_of(self.crawler).pages, work.row.id
        if work.answer is None:
            return
        if work.given_back:
            pages.put_last(number)
            return
        if work.answer.error is None and work.row.kind != ARTICLE:
            pages.done(number, utc_text(now), **work.values)
            return
        answer = work.answer
        if answer.outcome:
            # What is no transcript may have been in the making: its time counts from when it was found.
            found = work.row.found_at if answer.outcome in ("quarantined", "gone") else None
            changed = work.values.get("changed_at") or work.row.changed_at or found
            standing = standing_since(work.standing or work.row.day, changed, now)
            answer.due = None if work.captured else next_visit(now, standing, self.least_days)
        answer.values = work.values | (answer.values or {}) if answer.error is None else None
        pages.settle(number, answer, utc_text(now))


def _quarantined(exception: Quarantined) -> Answer:
    if exception.reason in FAULTS:
        return Answer(error=str(exception))
    return Answer("gone" if exception.reason == "gone" else "quarantined", str(exception))


def _validators(response: Response) -> dict[str, str | None]:
    """The validators of an answer to the very address that was asked."""
    if "redirect_urls" in response.meta or response.status not in (200, 304) or replayed(response.url):
        return {"etag": None, "last_modified": None}
    found = {"etag": response.headers.get("ETag"), "last_modified": response.headers.get("Last-Modified")}
    if response.status == 304:
        found = {name: value for name, value in found.items() if value}
    return {name: value.decode("latin-1") if value else None for name, value in found.items()}
