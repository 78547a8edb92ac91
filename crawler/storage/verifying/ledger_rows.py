"""The ledger against the files: every row explained, every line known."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, create_engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from crawler import __version__
from crawler.storage.ledger import told
from crawler.storage.ledger.opening import read_json
from crawler.storage.ledger.pages import ARTICLE, LEADS_TO, OUTCOMES
from crawler.storage.ledger.schema import ledger, metadata, page, record, response
from crawler.storage.verifying.findings import Checked, Finding, Note, Problem, key, plain_url
from crawler.storage.verifying.lines import RECORDS, Known, record_key
from crawler.storage.verifying.manifests import check_runs
from crawler.storage.verifying.members import Members

# Which file has the line of an outcome.
LINES = {"duplicate": "duplicates.jsonl", "quarantined": "quarantine.jsonl", "gone": "quarantine.jsonl"}
MOST_FAULTS = 5


def open_to_read(path: Path, named: str) -> Connection:
    """A connection that changes nothing. Raises `SQLAlchemyError`."""
    if named:
        return create_engine(named, json_deserializer=read_json).connect()
    # A ledger that was closed has no journal; even reading would then make one.
    how = "mode=ro" if path.with_name(path.name + "-wal").exists() else "immutable=1"
    address = f"{path.resolve().as_uri()}?{how}"  # whatever the folder's name has in it
    read = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), json_deserializer=read_json)
    return read.connect()


class LedgerRows:
    """The rows of one site, checked against what the files have."""

    def __init__(
        self, connection: Connection, where: Path, site: str, members: Members, known: Known, checked: Checked
    ) -> None:
        self.connection = connection.execution_options(yield_per=1000)
        self.where, self.site = where, site
        self.members, self.known, self.checked = members, known, checked
        self.counts: Counter[str] = Counter()
        self.older = False

    def check(self) -> Iterator[Finding]:
        """All rows."""
        try:
            yield from self._form()
            if self.older:
                return
            yield from self._records()
            yield from self._pages()
            yield from self._responses()
            yield from check_runs(self.connection, self.where, self.site, self.counts, self.checked)
        except SQLAlchemyError as error:
            yield self._problem("", f"cannot be read: {told(error)}; --repair makes it anew")

    def _problem(self, where: str, what: str) -> Problem:
        return Problem(self.where, where, what)

    def _form(self) -> Iterator[Finding]:
        """Whole as a database, with all that this version of the program has."""
        if self.connection.dialect.name == "sqlite":
            faults = self.connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_FAULTS})").scalars()
            yield from (self._problem("", f"damaged: {fault}") for fault in faults if fault != "ok")
        found, program = inspect(self.connection), self.connection.execute(select(ledger.c.program)).scalar()
        if program is None:
            yield self._problem("", "it was never finished; the next crawl or --repair makes it")
        for table in metadata.sorted_tables:
            columns = found.get_columns(table.name) if found.has_table(table.name) else []
            have = {column["name"] for column in columns}
            lacking = sorted({column.name for column in table.columns} - have)
            if lacking and program == __version__:
                yield self._problem(f"table {table.name}", f"lacks {', '.join(lacking)}")
            elif lacking and not self.older:
                self.older = True
                yield Note(f"{self.where}: version {program} wrote it; the next crawl brings it up to date")

    def _records(self) -> Iterator[Finding]:
        """The rows of records and the lines, each of the other."""
        left, last = dict(self.known.lines), -1
        columns = record.c.record_id, record.c.version, record.c.digest, record.c.offset, record.c.warc_record
        rows = select(*columns).where(record.c.site == self.site).order_by(record.c.offset)
        for row in self.connection.execute(rows):
            self.checked.rows += 1
            last = row.offset
            where, line = f"record {row.record_id} version {row.version}", left.pop(row.offset, None)
            if line is None:
                yield self._problem(where, f"no record begins at byte {row.offset} of {RECORDS}")
            elif line != record_key(row.record_id, row.version, row.digest, row.warc_record):
                yield self._problem(where, f"the record at byte {row.offset} of {RECORDS} is another one")
        for offset in sorted(left):
            late = "; a run was killed: the next crawl or --repair tells it" if offset > last else ""
            what = f"the ledger has no row of this record{late}"
            yield Problem(self.where.with_name(RECORDS), f"byte {offset}", what)

    def _pages(self) -> Iterator[Finding]:
        names = ("kind", "key", "url", "outcome", "reason", "error", "queued", "record_id")
        columns = [page.c[name] for name in (*names, "warc_file", "warc_offset", "warc_record")]
        ids = {number.partition("/")[2] for number in self.known.versions}
        lines = {name: dict(beside.numbers) for name, beside in self.known.beside.items()}
        elsewhere: set[bytes] = set()
        for row in self.connection.execute(select(*columns).where(page.c.site == self.site)):
            self.checked.rows += 1
            where = f"{row.kind} {row.key}"
            if row.kind == ARTICLE:
                self.counts[row.outcome or "pending"] += 1
                if what := self._article(row, elsewhere):
                    yield self._problem(where, what)
                ids.discard(row.key)
                for left in lines.values():
                    left.pop(row.key, None)
            if row.warc_file and (what := self.members.fault(_position(row))):
                yield self._problem(where, what)
        yield from (self._problem(f"article {number}", "has a record and no row") for number in sorted(ids))
        for name, left in lines.items():
            for number, url in sorted(left.items()):
                if url not in elsewhere:
                    yield self._problem(f"article {number}", f"has a line in {name} and no row")

    def _article(self, row: Row[Any], elsewhere: set[bytes]) -> str | None:
        """What is not explained of an article's row."""
        if row.outcome is None:
            return "waits for nothing: it has no outcome and is in no queue" if row.queued is None else None
        if row.outcome not in OUTCOMES:
            return f"the outcome {row.outcome!r} is none"
        if row.outcome == "failed":
            return None if row.error else "failed without a word why"
        if row.outcome == "recorded":
            name = row.record_id or f"{self.site}/{row.key}"
            return None if name in self.known.versions else f"recorded, and {name} has no record"
        if (row.reason or "").startswith(LEADS_TO):
            name = (row.reason or "").removeprefix(LEADS_TO).strip()
            return None if name in self.known.versions else f"leads to {name}, which has no record"
        beside = self.known.beside[LINES[row.outcome]]
        if row.key in beside.numbers:
            return None
        # Its address was redirected: the line is of the address that answered.
        seen = self.members.at(row.warc_file, row.warc_offset) if row.warc_file else None
        if seen and seen.url in beside.urls:
            elsewhere.add(seen.url)
            return None
        return f"{row.outcome}, and has no line in {LINES[row.outcome]}"

    def _responses(self) -> Iterator[Finding]:
        lost: list[str] = []
        columns = response.c.url, response.c.digest, response.c.warc_record
        for row in self.connection.execute(select(*columns).where(response.c.site == self.site)):
            self.checked.rows += 1
            seen = self.members.named(row.warc_record)
            if seen is None:
                lost.append(row.url)
            elif seen.url != key(plain_url(row.url)) or seen.payload != key(row.digest):
                yield self._problem(f"response {row.url}", f"{row.warc_record} is another response")
        if lost:
            more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
            yield self._problem("", f"the response of {lost[0]}{more}, which it refers to, is in no file")

    def close(self) -> None:
        """Close the database; idempotent."""
        with suppress(SQLAlchemyError):
            self.connection.close()
            self.connection.engine.dispose()


def _position(row: Row[Any]) -> dict[str, Any]:
    return {"file": row.warc_file, "offset": row.warc_offset or 0, "record_id": row.warc_record}
