"""Records in datastores: SQLite, PostgreSQL, folders of Parquet files. The JSONL stays the truth, these follow it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from crawler.storage.datastore.errors import DatastoreError, WrongTarget, told
from crawler.storage.datastore.loading import Loaded, load_file
from crawler.storage.datastore.opening import Target, close, connect, read_target, statements
from crawler.storage.datastore.sources import find_sources

__all__ = [
    "DatastoreError",
    "Loaded",
    "Target",
    "WrongTarget",
    "close",
    "connect",
    "find_sources",
    "load",
    "read_target",
    "statements",
]


def load(paths: list[Path], target: Target) -> list[Loaded]:
    """Bring a datastore up to date with files of records. Raises `DatastoreError`, `OSError` for a file."""
    if target.folder is not None:
        from crawler.storage.datastore.parquet import write_parquet  # an optional requirement

        return [write_parquet(target.folder, path) for path in paths]
    assert target.url is not None
    connection = connect(target.url)
    try:
        return [load_file(connection, path) for path in paths]
    except (SQLAlchemyError, OverflowError) as error:
        raise DatastoreError(f"{target}: {told(error)}") from None
    finally:
        close(connection)
