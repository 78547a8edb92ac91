"""The ledger brought up to date from the files: what was written is the truth, and the ledger follows it.

A run that was killed may have written a line that the ledger does not know of; a power cut may have taken one that it
does; an archive of an older program has no ledger at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import select

from crawler.address import Article, article_of, named_host
from crawler.items import Transcript
from crawler.site import Site
from crawler.storage.jsonl import read_at, read_lines
from crawler.storage.ledger import Ledger
from crawler.storage.ledger.pages import Answer
from crawler.storage.ledger.schema import page
from crawler.text.captures import original, replayed
from crawler.visits import midnight, moment, next_visit

# The outcomes of which a file beside the records has a line.
QUARANTINE = "quarantine.jsonl"
SIDE_FILES = {"duplicates.jsonl": ("duplicate",), QUARANTINE: ("quarantined", "gone")}
# What the reasons in quarantine.jsonl mean for the article.
OUTCOMES = {"gone": "gone", "incomplete": "failed", "http_error": "failed", "error": "failed"}


class CaughtUp(NamedTuple):
    """Lines that the ledger had to learn, and such as it had to forget."""

    learned: int
    forgotten: int


class Beside(NamedTuple):
    """A copy or a quarantined page of an article; `reason` as the ledger has it."""

    article: Article
    url: str
    had: str
    outcome: str
    reason: str


def catch_up(ledger: Ledger, site: Site, folder: Path) -> CaughtUp:
    """Make the ledger agree with the files.

    Raises `ValueError` with the file and the line that is none of its kind.
    """
    path = folder / "transcripts.jsonl"
    offset, forgotten = _agreed(ledger, path)
    fresh = ledger.connection.execute(select(page.c.id).where(page.c.site == ledger.site).limit(1)).first() is None
    learned = 0
    for at, record in _records(path, offset):
        known = ledger.records.latest(record.id)
        if known and record.version <= known.version:
            raise ValueError(f"{path}: version {record.version} of {record.id} is there twice, again at byte {at}")
        ledger.records.add(record, at)
        try:
            _recorded(ledger, site, record)
        except (ValueError, TypeError, OverflowError) as error:  # a moment that is none
            raise ValueError(f"{path}, byte {at}: no record of this version ({error})") from None
        learned += 1
    if fresh:
        _others(ledger, site, folder)
    elif any((folder / name).exists() for name in SIDE_FILES):
        for name, outcomes in SIDE_FILES.items():
            had = {beside.article.number: beside.reason for beside in _beside(site, folder / name)}
            forgotten += ledger.pages.ask_again(outcomes, had)
    ledger.connection.commit()
    return CaughtUp(learned, forgotten)


def _agreed(ledger: Ledger, path: Path) -> tuple[int, int]:
    """Up to which byte the ledger and the file agree, and how many lines the ledger forgot for it."""
    size = path.stat().st_size if path.exists() else 0
    before = ledger.records.count()
    if (last := ledger.records.last()) and last[2] >= size:
        ledger.records.forget(size)
        last = ledger.records.last()
    if last is None:
        return 0, before
    line = read_at(path, last[2])
    try:
        record = Transcript.model_validate_json(line)
        same = (record.id, record.version) == last[:2]
    except ValidationError:
        same = False
    if not same:  # the file is another one
        ledger.records.forget(0)
        return 0, before
    return last[2] + len(line), before - ledger.records.count()


def _records(path: Path, offset: int) -> Iterator[tuple[int, Transcript]]:
    for number, (at, values) in enumerate(read_lines(path, offset), 1):
        try:
            yield at, Transcript.model_validate(values)
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"]))
            line = f"line {number}" if not offset else f"line {number} after byte {offset}"
            raise ValueError(f"{path}, {line}: no record of this version ({where})") from None


def _recorded(ledger: Ledger, site: Site, record: Transcript) -> None:
    had, published = moment(record.provenance.fetched_at), record.published_at
    changed = had if record.version > 1 or not published else min(midnight(published), had)
    url, warc = record.provenance.fetched_url, record.provenance.warc
    ledger.pages.recorded(
        record.id.partition("/")[2], original(url), named_host(site, url), record.provenance.fetched_at,
        record_id=record.id,
        day=published and published[:10],
        asked_at=record.provenance.fetched_at,
        status=record.provenance.status,
        digest=record.provenance.body_digest,
        due=None if replayed(url) else next_visit(had, changed, 1),
        **({"warc_file": warc.file, "warc_offset": warc.offset, "warc_record": warc.record_id} if warc else {}),
    )  # fmt: skip


def _others(ledger: Ledger, site: Site, folder: Path) -> None:
    """Copies and quarantined pages, of which no record tells."""
    for name in SIDE_FILES:
        for beside in _beside(site, folder / name):
            row = ledger.pages.adopt(
                beside.article.number, original(beside.url), named_host(site, beside.url), beside.had
            )
            if row is not None:
                error = beside.reason if beside.outcome == "failed" else None
                again = next_visit(moment(beside.had), moment(beside.had), 1)
                ledger.pages.settle(row, Answer(beside.outcome, beside.reason, error, again), beside.had)


def _beside(site: Site, path: Path) -> Iterator[Beside]:
    """The lines of a file beside the records that are of articles. Raises `ValueError` with a line that is none."""
    for number, (_, line) in enumerate(read_lines(path), 1):
        try:
            found = _read_beside(site, line, refused=path.name == QUARANTINE)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"{path}, line {number}: no line of this file ({error!r})") from None
        if found:
            yield found


def _read_beside(site: Site, line: dict[str, Any], refused: bool) -> Beside | None:
    article = article_of(site, line["url"])
    if article is None:
        return None
    moment(line["fetched_at"])
    if not refused:
        return Beside(article, line["url"], line["fetched_at"], "duplicate", f"copy of {line.get('duplicate_of')}")
    outcome = OUTCOMES.get(line["reason"], "quarantined")
    return Beside(article, line["url"], line["fetched_at"], outcome, f"{line['reason']}: {line['detail']}")
