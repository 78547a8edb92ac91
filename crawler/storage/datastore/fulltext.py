"""The search index of a SQLite datastore: FTS5 over the keys of the turns and of who speaks, each character a word.

It holds no text (`content=''`): a hit is checked against the turn, whose number is the index's rowid. What is taken
out must be told to it as it was put in, so that another table of scripts makes the index anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, select

from crawler.storage.datastore.schema import datastore, transcript, turn
from crawler.storage.search import key, spaced

INDEX = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS turn_search"
    " USING fts5(text, name, role, site, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0')"
)
# A batch is gathered in memory and written out at its end, in one piece.
GATHER = "INSERT INTO turn_search (turn_search, rank) VALUES ('hashsize', 33554432)"
ADD = "INSERT INTO turn_search (rowid, text, name, role, site) VALUES (?, ?, ?, ?, ?)"
REMOVE = "INSERT INTO turn_search (turn_search, rowid, text, name, role, site) VALUES ('delete', ?, ?, ?, ?, ?)"
MOST = 2000

Turn = tuple[int, str, str, str | None, str, str]  # number, text, label, speaker, role, site


def prepare_index(connection: Connection) -> None:
    """The index there, and made with today's folds."""
    connection.exec_driver_sql(INDEX)
    if connection.scalar(select(datastore.c.folds)) == folds():
        return
    connection.exec_driver_sql(GATHER)
    connection.exec_driver_sql("INSERT INTO turn_search (turn_search) VALUES ('delete-all')")
    rows = connection.execution_options(stream_results=True).execute(_turns())
    for some in rows.partitions(MOST):
        add(connection, map(tuple, some))
    connection.execute(datastore.update().values(folds=folds()))


@cache
def folds() -> str:
    """A digest of what the keys of all characters are."""
    every = "".join(chr(n) for n in range(0x10000) if not 0xD800 <= n < 0xE000)
    return blake2b(key(every).encode(), digest_size=16).hexdigest()


def add(connection: Connection, turns: Iterable[Turn]) -> None:
    """Put turns into the index."""
    _tell(connection, ADD, turns)


def remove(connection: Connection, transcripts: list[str]) -> None:
    """Take the turns of some transcripts out of the index; they must still be in their table."""
    rows = connection.execute(_turns().where(turn.c.transcript_id.in_(transcripts))).all()
    _tell(connection, REMOVE, map(tuple, rows))


def _turns() -> Any:
    columns = (turn.c.number, turn.c.text, turn.c.label, turn.c.speaker, turn.c.role, transcript.c.site)
    return select(*columns).join_from(turn, transcript)


def _tell(connection: Connection, statement: str, turns: Iterable[Turn]) -> None:
    # FTS5 writes out what it gathered whenever a number is smaller than the one before.
    rows = [
        (number, spaced(text), names(label, speaker), role, site)
        for number, text, label, speaker, role, site in sorted(turns)
    ]
    if rows:
        connection.exec_driver_sql(statement, rows)


@lru_cache(10_000)
def names(label: str, speaker: str | None) -> str:
    """A turn's names, as the index takes them."""
    return spaced(label) if speaker in (None, label) else f"{spaced(label)} ; {spaced(speaker)}"
