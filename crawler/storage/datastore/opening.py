"""Opening a datastore: made where there is none, brought up to date where it is older, refused where it is not ours."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Index, Table, create_engine, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement, SetColumnComment, SetTableComment

from crawler.storage.datastore.errors import DatastoreError, WrongTarget, told
from crawler.storage.datastore.fulltext import INDEX, prepare_index
from crawler.storage.datastore.ownership import check_file, is_ours, mark
from crawler.storage.datastore.schema import VERSION, datastore, metadata, source, version
from crawler.storage.datastore.sources import is_text
from crawler.storage.upgrading import upgrade

PARQUET = "parquet:"
KINDS = "sqlite:///FILE, postgresql://USER@HOST/DATABASE or parquet:FOLDER"
DRIVERS = ("sqlite", "sqlite+pysqlite")
NEEDS = {"psycopg": "requirements-postgres.txt", "duckdb": "requirements-parquet.txt"}


# Seconds: for another load to commit its batch; for a server to answer.
PATIENCE = {"sqlite": {"timeout": 60}, "postgresql": {"connect_timeout": 10}}
#: Of the lock that loads of one PostgreSQL database take in turn.
LOCK = 0x70726573


@dataclass(frozen=True, slots=True)
class Target:
    """Where records go: a database's address, or a folder of Parquet files."""

    url: URL | None = None
    folder: Path | None = None

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True) if self.url else f"{PARQUET}{self.folder}"


def read_target(text: str) -> Target:
    """A target as the user writes it; in a database's address %20 is a space. Raises `ValueError` of one line."""
    if not is_text(text):
        raise ValueError(f"{text!r} is not UTF-8")
    if text.startswith(PARQUET):
        if not text.removeprefix(PARQUET):
            raise ValueError(f"{text} names no folder: {KINDS}")
        return Target(folder=Path(text.removeprefix(PARQUET)))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(f"{text.split('@')[-1]!r} is no target: {KINDS}") from None
    if url.get_backend_name() == "sqlite" and "?" in text:
        raise ValueError(f"{text!r} is no target: a ? in a file's address is written %3F")
    if not _is_known(url):
        raise ValueError(f"{url.render_as_string(hide_password=True)} is no target: {KINDS}")
    return Target(url=url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url)


def _is_known(url: URL) -> bool:
    """Whether a database's address is of the kinds, and can be one at all."""
    parts = (url.username, url.password, url.host, url.database, *url.query, *url.query.values())
    if any("\0" in str(part) for part in parts):
        return False
    if url.get_backend_name() == "sqlite":
        alone = not (url.host or url.username or url.query)
        return alone and url.drivername in DRIVERS and url.database not in (None, "", ":memory:")
    return url.get_backend_name() == "postgresql"


def missing(module: str) -> WrongTarget:
    """The error for an optional requirement that is not installed."""
    return WrongTarget(f"{module} is not installed: pip install -r {NEEDS[module]}")


def connect(url: URL) -> Connection:
    """A connection to a datastore, its tables up to date. Raises `DatastoreError`."""
    try:
        engine = create_engine(url, connect_args=PATIENCE[url.get_backend_name()])
    except ModuleNotFoundError:
        raise missing("psycopg") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _one_at_a_time)
    try:
        if engine.dialect.name == "sqlite":
            check_file(Path(str(url.database)))
        connection = engine.connect()
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    except (SQLAlchemyError, DatastoreError, OSError) as error:
        engine.dispose()
        kind = WrongTarget if isinstance(error, WrongTarget) else DatastoreError
        raise kind(f"{url.render_as_string(hide_password=True)}: {told(error)}") from None
    return connection


def close(connection: Connection) -> None:
    """Give up what is not committed, and close; idempotent."""
    connection.close()
    connection.engine.dispose()


def statements(url: URL) -> str:
    """What creates the tables, with their comments, as SQL."""
    postgres = url.get_backend_name() == "postgresql"
    dialect = postgresql.dialect() if postgres else sqlite.dialect()  # type: ignore[no-untyped-call]
    made = []
    for table in metadata.sorted_tables:
        made += [_described(table) * (not postgres) + str(CreateTable(table).compile(dialect=dialect)).strip()]
        rest: list[ExecutableDDLElement] = [CreateIndex(index) for index in sorted(table.indexes, key=_name)]
        if postgres:
            rest.append(SetTableComment(table))
            rest += [SetColumnComment(column) for column in table.columns if column.comment]
        made += [str(one.compile(dialect=dialect)).strip() for one in rest]
    return ";\n\n".join([*made, *([] if postgres else [INDEX])]) + ";\n"


def _name(index: Index) -> str:
    return str(index.name)


def _described(table: Table) -> str:
    """A table's comments as SQL comments, for a database that keeps none."""
    lines = [f"{table.comment}.", *(f"{column.name}: {column.comment}" for column in table.columns if column.comment)]
    return "".join(f"-- {line}\n" for line in lines)


def _one_at_a_time(connection: Connection) -> None:
    """What a transaction reads stays so until it has written: halls that are crawled at once may share a datastore."""
    sqlite_ = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if sqlite_ else f"SELECT pg_advisory_xact_lock({LOCK})")


def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins no transaction of its own
    # A kill loses nothing that is committed; what a power cut takes is loaded again.
    for pragma in ("page_size=16384", "journal_mode=WAL", "synchronous=NORMAL", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}").close()


def _prepare(connection: Connection) -> None:
    ours = is_ours(connection)
    found = connection.scalar(select(datastore.c.version)) if ours else None
    if found is not None and found > VERSION:
        raise DatastoreError("was made by a newer version of this program")
    added = upgrade(connection, metadata)
    if ours and (added or found != VERSION):  # what is new in the tables is in the files
        connection.execute(version.update().values(digest=""))
        connection.execute(source.update().values(offset=0, digest=""))
    if found is None:
        connection.execute(datastore.insert().values(version=VERSION))
    elif found != VERSION:
        connection.execute(datastore.update().values(version=VERSION))
    if connection.dialect.name == "sqlite":
        mark(connection)
        prepare_index(connection)
    connection.commit()
