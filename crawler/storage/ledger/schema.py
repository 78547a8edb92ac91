"""The ledger's tables. Moments are ISO 8601 in UTC, days ISO dates: text that sorts, on every database.

A change is a new table, index or nullable column: an older ledger gets them when it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Dialect,
    Executable,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.exc import SQLAlchemyError


class Garbled(SQLAlchemyError):
    """A column holds what is no JSON, or not the JSON that belongs there."""


_adapter = cache(TypeAdapter[Any])


class Json(TypeDecorator[Any]):
    """JSON of one form. Whoever reads anything else gets `Garbled`, a fault of the database like others."""

    impl = JSON
    cache_ok = True

    def __init__(self, form: Any = Any) -> None:
        super().__init__()
        self.form = form

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        read, form = super().result_processor(dialect, coltype), _adapter(self.form)

        def checked(value: Any) -> Any:
            try:
                found = read(value) if read else value
                return None if found is None else form.validate_python(found, strict=True)
            except (ValueError, RecursionError):
                raise Garbled("malformed JSON in a column") from None

        return checked


#: Raised only when an older program could no longer use the ledger.
VERSION = 1

metadata = MetaData()
# SQLite counts rows by itself only in an INTEGER; offsets and numbers of PostgreSQL need more than 32 bits.
Big = BigInteger().with_variant(Integer, "sqlite")

ledger = Table(
    "ledger",
    metadata,
    Column("version", Integer, nullable=False, comment="of the tables"),
    Column("program", Text, comment="that wrote it last"),
)

page = Table(
    "page",
    metadata,
    Column("id", Big, primary_key=True),
    Column("site", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="article, listing or sitemap"),
    Column("key", Text, nullable=False, comment="the article's number, the address of a listing page or sitemap"),
    Column("url", Text, nullable=False, comment="the address to ask"),
    Column("host", Text, nullable=False),
    Column("day", Text, comment="of publication, as the listing or the page says"),
    Column("found_at", Text, nullable=False),
    Column("found_on", Text, comment="the page that links to it"),
    Column("found_by", Text, comment="listing; sitemap or feed: no page of the listing links to it"),
    Column("queued", Integer, comment="which queue it waits in, first to last; null: nothing to do"),
    Column("lease", Big, comment="the run that has it in work"),
    Column("outcome", Text, comment="recorded, duplicate, quarantined, gone or failed; null: pending"),
    Column("reason", Text, comment="why it is quarantined, gone or a duplicate"),
    Column("error", Text, comment="of the last try, if it failed"),
    Column("tries", Integer, nullable=False, default=0, server_default="0", comment="failed in a row"),
    Column("asked_at", Text),
    Column("changed_at", Text, comment="when another text was last seen"),
    Column("due", Text, comment="when to ask again"),
    Column("status", Integer),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("digest", Text, comment="of the page's bytes"),
    Column("record_id", Text),
    Column("warc_file", Text),
    Column("warc_offset", Big),
    Column("warc_record", Text),
    Column("number", Integer, comment="of a listing page; how deep a sitemap lies"),
    Column("sweep", Big, comment="the last one that had this listing page"),
    Column("reading", Json(dict[str, Any]), comment="what the listing page said"),
    Column("lastmod", Text, comment="when a sitemap was last changed, as its index says"),
    Index("page_key", "site", "kind", "key", unique=True),
    Index("page_outcome", "site", "kind", "outcome"),
)
# Few pages are queued or leased at a time.
QUEUES = {
    Index(name, page.c.site, column, page.c.id): column.is_not(None)
    for name, column in (("page_queue", page.c.queued), ("page_lease", page.c.lease), ("page_due", page.c.due))
}

record = Table(
    "record",
    metadata,
    Column("id", Big, primary_key=True),
    Column("site", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False, comment="the content hash"),
    Column("shape", LargeBinary, nullable=False, comment="labels and lengths of the turns"),
    Column("language", Text, nullable=False),
    Column("url", Text, nullable=False, comment="from which it was fetched"),
    Column("unresolved", Integer, nullable=False),
    Column("offset", Big, nullable=False, comment="of its line in transcripts.jsonl"),
    Column("warc_record", Text),
    Index("record_version", "site", "record_id", "version", unique=True),
    Index("record_digest", "site", "digest"),
    Index("record_shape", "site", "shape"),
    Index("record_offset", "site", "offset"),
)

response = Table(
    "response",
    metadata,
    Column("id", Big, primary_key=True),
    Column("site", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("digest", Text, nullable=False, comment="of the payload, as the WARC has it"),
    Column("warc_record", Text, nullable=False),
    Index("response_url", "site", "url", unique=True),
)

sweep = Table(
    "sweep",
    metadata,
    Column("id", Big, primary_key=True),
    Column("site", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("program", Text, nullable=False),
    Column("pages", Integer, comment="of the listing"),
    Column("articles", Integer, comment="that it listed"),
    Index("sweep_site", "site", "id"),
)

run = Table(
    "run",
    metadata,
    Column("id", Big, primary_key=True),
    Column("site", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("exit_code", Integer),
    Column("manifest", Text, comment="its file in runs/"),
    Column("counts", Json(dict[str, int])),
    Column("fields", Json(dict[str, int]), comment="how many of the run's records had each field"),
    Column("sizes", Json(dict[str, int]), comment="of the files at its end"),
    Index("run_site", "site", "id"),
)


def suit(dialect: Dialect) -> None:
    """Say to a database of a kind what an index is to hold. An index that names a kind loads all of its drivers."""
    for index, there in QUEUES.items():
        index.dialect_options[dialect.name]["where"] = there


def inserted(connection: Connection, statement: Executable, row: Mapping[str, Any]) -> int:
    """Insert one row; its number."""
    key = connection.execute(statement, row).inserted_primary_key
    assert key is not None
    return int(key[0])
