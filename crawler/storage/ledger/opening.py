"""Opening a ledger: made where there is none, brought up to date where it is older, refused where it is not ours."""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from crawler.storage.ledger.schema import VERSION, ledger, metadata, suit
from crawler.storage.upgrading import upgrade

DAMAGE = ("malformed", "not a database", "corrupt", "no such table", "no such column")


class LedgerError(Exception):
    """The ledger cannot be used; the message is one line."""


class Damaged(LedgerError):
    """The file is no ledger, or is damaged."""


class Unwritable(LedgerError):
    """The disk is full, or the file may not be written."""


class Newer(LedgerError):
    """A newer program wrote it."""


def connect(url: str | URL, program: str) -> Connection:
    """A connection to the ledger at a database's address. Raises `LedgerError`."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
    try:
        return _prepared(engine, program)
    except SQLAlchemyError as error:
        engine.dispose()
        kind = Damaged if is_damage(error) else Unwritable
        raise kind(f"{engine.url.database}: {told(error)}") from None
    except LedgerError:
        engine.dispose()
        raise


def is_damage(error: SQLAlchemyError) -> bool:
    """Whether a database's error says that the file is none, or lacks a part; else it could not be written."""
    return any(word in told(error) for word in DAMAGE)


def told(error: SQLAlchemyError) -> str:
    """A database's error on one line, without the statement."""
    return " ".join(str(getattr(error, "orig", None) or error).split())[:300]


def _pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]
    # A kill loses nothing that is committed; a power cut may lose the last seconds, which are then asked again.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}").close()


def _prepared(engine: Engine, program: str) -> Connection:
    """Tables there, of this version or made so."""
    suit(engine.dialect)
    connection = engine.connect()
    there = inspect(connection).has_table(ledger.name)
    # Tables without a version: the disk was full when they were made.
    if not there or connection.execute(select(ledger.c.version)).first() is None:
        metadata.create_all(connection)
        connection.execute(ledger.insert().values(version=VERSION, program=program))
    else:
        version, last = connection.execute(select(ledger.c.version, ledger.c.program)).one()
        if version > VERSION:
            raise Newer(f"{engine.url.database} was written by a newer version ({last})")
        upgrade(connection, metadata)  # a few milliseconds; a version in the making may lack a column as well
        if last != program:
            connection.execute(ledger.update().values(version=VERSION, program=program))
    connection.commit()
    return connection
