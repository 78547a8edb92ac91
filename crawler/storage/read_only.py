"""A SQLite file opened to be read: nothing of it is changed, and nothing is made beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.pool import QueuePool


def read_only(path: Path, *, followed: bool = False) -> Engine:
    """An engine on a file, whatever its name has in it; errors come with the first connection.

    A database that was closed has no journal, and reading it makes none. `followed`: it stays open while others write.
    """
    live = followed or path.with_name(path.name + "-wal").exists()
    address = f"{path.resolve().as_uri()}?{'mode=ro' if live else 'immutable=1'}"
    return create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, check_same_thread=False),
        poolclass=QueuePool,
    )


def read_named(address: str) -> Engine:
    """The same of a database that its address names. Raises `SQLAlchemyError` where it is none."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return read_only(Path(url.database or ""))
    return create_engine(url, execution_options={"postgresql_readonly": True})
