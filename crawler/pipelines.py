"""The stages, Page to transcripts.jsonl, and their ORDER. Each takes an item and returns a new one, or drops it."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import to_json
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.address import is_mirror
from crawler.arguments import Wanted
from crawler.folders import records_path
from crawler.items import Draft, Page, Transcript
from crawler.ledgers import ledger_of
from crawler.site import Site
from crawler.storage.jsonl import JsonLines, read_at
from crawler.storage.ledger.records import Records
from crawler.text.cleaning import cut_spam
from crawler.text.duplicates import Index, Judgement, judge, twin
from crawler.text.extract import extract
from crawler.text.notice import Rejected
from crawler.text.repair import repair
from crawler.text.transcribe import transcribe
from crawler.text.witness import witnessed

logger = logging.getLogger(__name__)


class Quarantined(DropItem):
    """The page is no valid record; `reason` is a word, `detail` a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Copied(DropItem):
    """The transcript is known: a copy (`judgement.verdict` duplicate) or just unchanged."""

    def __init__(self, judgement: Judgement, transcript: Transcript) -> None:
        super().__init__(f"{judgement.verdict} of {judgement.of}")
        self.judgement = judgement
        self.transcript = transcript


class Unwanted(DropItem):
    """Outside of the dates or beyond the limit that the run was asked for; `day` is the page's own (ISO)."""

    def __init__(self, message: str, item: Transcript) -> None:
        super().__init__(message)
        self.day = item.published_at and item.published_at[:10]


class Stage:
    """A stage that knows its Site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stage:
        return cls(crawler.spidercls.site)  # type: ignore[attr-defined]


class Extract(Stage):
    """Page to Draft."""

    def process_item(self, item: Page) -> Draft:
        try:
            return extract(item, self.site, mirror=is_mirror(self.site, item.url))
        except Rejected as rejected:
            raise Quarantined(rejected.reason, rejected.detail) from None


class CutSpam(Stage):
    """Draft without spam blocks. Before Transcribe: a block must not become a turn, nor count in the content hash."""

    def process_item(self, item: Draft) -> Draft:
        return cut_spam(item, mirror=is_mirror(self.site, item.page.url))


class Restore(Stage):
    """Draft with its damaged text restored. Behind CutSpam: a spam block is evidence, and is not to be restored itself.

    Before Transcribe: a restored label is a label. What the bytes alone can undo is undone in Extract.
    """

    def process_item(self, item: Draft) -> Draft:
        return repair(item, mirror=is_mirror(self.site, item.page.url))


class Transcribe(Stage):
    """Draft to Transcript, validated against the schema."""

    def process_item(self, item: Draft) -> Transcript:
        try:
            return transcribe(item, self.site)
        except Rejected as rejected:
            raise Quarantined(rejected.reason, rejected.detail) from None
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise Quarantined("invalid", f"{where}: {first['msg']}") from None


class KeepWanted:
    """Drop what lies outside of `since`, `until` and `limit`. The date on the page counts, not the listing's."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepWanted:
        return cls(crawler.spider.wanted)  # type: ignore[union-attr]

    def process_item(self, item: Transcript) -> Transcript:
        day = item.published_at and date.fromisoformat(item.published_at[:10])
        if not self.wanted.holds(day or None):
            raise Unwanted(f"{item.id} of {day} is outside of the dates asked for", item)
        return item


class DropCopies:
    """Drop what is written already; give a changed text its version. Before Write, behind all that changes text.

    A damaged copy takes the characters that it lost from the record that it copies, if all the rest agrees.
    """

    def __init__(self, path: Path, index: Index, limit: int | None = None) -> None:
        self.path = path
        self.index = index
        self.limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DropCopies:
        wanted = crawler.spider.wanted  # type: ignore[union-attr]
        return cls(records_path(crawler), ledger_of(crawler).records, wanted.limit)

    def process_item(self, item: Transcript) -> Transcript:
        item = self._witnessed(item) if item.damage.unresolved else item
        judgement = judge(item, self.index)
        if judgement.verdict in ("duplicate", "unchanged"):
            raise Copied(judgement, item)
        if self.limit is not None:
            if self.limit == 0:
                raise Unwanted(f"{item.id} is beyond the limit", item)
            self.limit -= 1
        return item if item.version == judgement.version else item.model_copy(update={"version": judgement.version})

    def _witnessed(self, item: Transcript) -> Transcript:
        other = twin(item, self.index)
        if other is None:
            return item
        return witnessed(item, Transcript.model_validate_json(read_at(self.path, other.offset))) or item


class Write:
    """Append the record to transcripts.jsonl: one write, one line. Then the ledger may know of it."""

    def __init__(self, path: Path, records: Records) -> None:
        self.path = path
        self.records = records

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Write:
        return cls(records_path(crawler), ledger_of(crawler).records)

    def open_spider(self) -> None:
        self.lines = JsonLines(self.path)

    def process_item(self, item: Transcript) -> Transcript:
        offset = self.lines.append(to_json(item))
        self.records.add(item, offset)
        return item

    def close_spider(self) -> None:
        self.lines.close()


#: The order of the stages.
ORDER = (Extract, CutSpam, Restore, Transcribe, KeepWanted, DropCopies, Write)
