"""Whose a database is. A SQLite file is ours alone; in PostgreSQL others have theirs beside, under other names."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Inspector, Table, inspect
from sqlalchemy.exc import SQLAlchemyError

from crawler.storage.datastore.errors import WrongTarget, told
from crawler.storage.datastore.schema import datastore, metadata, source, transcript, version
from crawler.storage.datastore.sources import MAGIC
from crawler.storage.read_only import read_only

#: In a SQLite file's header: whose it is, also where nothing else of it can be read.
APPLICATION = 0x70726573
APPLICATION_AT = slice(68, 72)
# Every version of the tables has had these.
CORE = {datastore.name, source.name, transcript.name, version.name}
RELATIONS = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'",
    "postgresql": "SELECT relname FROM pg_catalog.pg_class WHERE pg_catalog.pg_table_is_visible(oid)",
}


def is_ours(connection: Connection) -> bool:
    """Whether the tables are there; False where there is room for them. Raises `WrongTarget`."""
    found = set(connection.exec_driver_sql(RELATIONS[connection.dialect.name]).scalars())
    if not found >= CORE:
        ours = {name for table in metadata.tables.values() for name in (table.name, *_indexes(table))}
        if taken := sorted(found if connection.dialect.name == "sqlite" else found & ours):
            raise WrongTarget(f"{taken[0]!r} is there that is not ours; a database of its own is wanted")
        return False
    there = inspect(connection)
    for table in metadata.sorted_tables:
        if table.name in found and not _is_like(there, table):
            raise WrongTarget(f"the table {table.name!r} is there that is not ours")
    return True


def _indexes(table: Table) -> list[str]:
    return [str(index.name) for index in table.indexes]


def _is_like(there: Inspector, table: Table) -> bool:
    return {column["name"] for column in there.get_columns(table.name)} >= set(table.primary_key.columns.keys())


def check_file(path: Path) -> None:
    """Look at a SQLite file before anything of it is changed. Raises `WrongTarget`, `OSError`."""
    if path.is_dir():
        raise WrongTarget("it is a folder")
    if not path.parent.is_dir():
        raise WrongTarget(f"there is no folder {path.parent}")
    if not path.exists() or not path.stat().st_size:
        return
    engine = read_only(path)
    try:
        with engine.connect() as connection:
            is_ours(connection)
    except SQLAlchemyError as error:
        if not is_marked(path):
            raise WrongTarget(f"it is no datastore: {told(error)}") from None
    finally:
        engine.dispose()


def is_marked(path: Path) -> bool:
    """Whether a file's header says that it is ours; the rest of it may be broken."""
    with path.open("rb") as file:
        header = file.read(APPLICATION_AT.stop)
    return header.startswith(MAGIC) and header[APPLICATION_AT] == APPLICATION.to_bytes(4)


def mark(connection: Connection) -> None:
    """Write whose it is into a SQLite file."""
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
