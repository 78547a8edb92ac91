"""One crawl of a site at a time, on whatever machine: a lock of the database that ends with the crawl's connection.

A folder's lock is enough where the ledger is a file in it; machines that share a database share this one.
"""

from __future__ import annotations

import hashlib
import time

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from crawler.storage.ledger.opening import LedgerError, Unwritable, connect, told

# Seconds: a crawl that was killed is let go of at once, but not before its last statement ended.
WAIT, EVERY = 5.0, 0.2
# A machine that is gone without a word is missed after a minute.
KEEP_ALIVE = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}
CLIENT = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
TABLES = "the tables"


class Held(LedgerError):
    """Another crawl of the site is running."""


def hold(url: str | URL, site: str, program: str, wait: float = WAIT) -> Connection | None:
    """Take a site for this process; it is free again when the connection is closed, or the process has ended.

    None where the database is not shared between machines. Raises `Held` and other `LedgerError`s.
    """
    if make_url(url).get_backend_name() != "postgresql":
        return None
    engine = _engine(url)
    try:
        connection = engine.connect()
        for name, seconds in KEEP_ALIVE.items():
            connection.execute(text(f"SET {name} = {seconds}"))
        if not _taken(connection, site, wait):
            connection.close()
            raise Held(f"another crawl of {site} is running on this ledger")
        _prepare(connection, url, program)
    except SQLAlchemyError as error:
        raise Unwritable(f"{engine.url.database}: {told(error)}") from None
    return connection


def _engine(url: str | URL) -> Engine:
    try:
        return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args=CLIENT)
    except ImportError:
        raise Unwritable("PostgreSQL needs psycopg: pip install -r requirements-postgres.txt") from None
    except SQLAlchemyError as error:
        raise Unwritable(told(error)) from None


def _taken(connection: Connection, site: str, wait: float) -> bool:
    until = time.monotonic() + wait
    take = text("SELECT pg_try_advisory_lock(:number)")
    while not connection.execute(take, {"number": lock_number(site)}).scalar():
        if time.monotonic() >= until:
            return False
        time.sleep(EVERY)
    return True


def _prepare(connection: Connection, url: str | URL, program: str) -> None:
    """Make the tables, one crawl after another: two that find none would both make them."""
    number = {"number": lock_number(TABLES)}
    connection.execute(text("SELECT pg_advisory_lock(:number)"), number)
    try:
        ledger = connect(url, program)
        ledger.close()
        ledger.engine.dispose()
    finally:
        connection.execute(text("SELECT pg_advisory_unlock(:number)"), number)


def lock_number(name: str) -> int:
    """The number of a site's lock, 64 bits with a sign."""
    digest = hashlib.blake2b(f"press-conference-archive {name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
