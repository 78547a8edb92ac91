"""Search: in a SQLite datastore through its index, in files of records by reading them. The same turns either way.

Newest day first; the turns of a transcript in their order.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, column, inspect, literal_column, select, table
from sqlalchemy.exc import SQLAlchemyError

from crawler.items import Transcript, Turn
from crawler.storage.datastore.errors import DatastoreError, told
from crawler.storage.datastore.rows import DAY, first_of_day, turn_number
from crawler.storage.datastore.schema import datastore, transcript, turn
from crawler.storage.latest import Place
from crawler.storage.read_only import read_only
from crawler.storage.search import Hit, Query, has_all, hit_of, is_indexed, is_named, spaced

index = table("turn_search", column("rowid"))
# Columns of a hit, by its names.
COLUMNS = {
    "id": transcript.c.id,
    "version": transcript.c.version,
    "site": transcript.c.site,
    "day": transcript.c.day,
    "title": transcript.c.title,
    "url": transcript.c.url,
    "turn": turn.c.turn_id,
    "label": turn.c.label,
    "speaker": turn.c.speaker,
    "role": turn.c.role,
    "affiliation": turn.c.affiliation,
}


def open_to_read(path: Path) -> Connection:
    """A connection to a SQLite datastore that changes nothing. Raises `DatastoreError`."""
    try:
        connection = read_only(path).connect()
        if {datastore.name, index.name} <= set(inspect(connection).get_table_names()):
            return connection
        connection.close()
    except SQLAlchemyError as error:
        raise DatastoreError(f"{path}: {told(error)}") from None
    raise DatastoreError(f"{path} is no datastore: scrapy load <dir> sqlite:///FILE makes one")


def find(connection: Connection, query: Query) -> Iterator[Hit]:
    """The first turns that a datastore has, as many as the query wants."""
    return islice(_found(connection, query), query.limit)


def _found(connection: Connection, query: Query) -> Iterator[Hit]:
    keys = query.keys
    rows = connection.execution_options(stream_results=True).execute(_statement(query))
    for row in rows:
        values = dict(row._mapping)
        text = values.pop("text")
        # The index knows no marks: what it finds may have others between two characters.
        if has_all(text, keys) and is_named(query.speaker, values["label"], values["speaker"]):
            values["day"] = values["day"] and values["day"].isoformat()
            yield hit_of(values, text, keys)


def _statement(query: Query) -> Select[Any]:
    columns = (found.label(name) for name, found in COLUMNS.items())
    wanted = select(*columns, turn.c.text).join_from(turn, transcript).order_by(turn.c.number.desc())
    number: ColumnElement[Any] = turn.c.number
    if asked := match(query):
        # The index hands its rows out in the order of their numbers: no more of them is read than is shown.
        number = index.c.rowid
        wanted = wanted.join(index, number == turn.c.number).order_by(None).order_by(number.desc())
        wanted = wanted.where(literal_column(index.name).op("MATCH")(asked))
    if query.since:
        wanted = wanted.where(number >= first_of_day(query.since))
    if query.until:
        wanted = wanted.where(number < first_of_day(query.until) + (1 << DAY))
    if query.role:
        wanted = wanted.where(turn.c.role == query.role)
    if query.site:
        wanted = wanted.where(transcript.c.site == query.site)
    return wanted


def match(query: Query) -> str:
    """A query in FTS5's language, all in quotes; "" where the index can tell nothing."""
    asked = [f"text : {_quoted(' '.join(key))}" for key in query.keys if is_indexed(key)]
    if query.speaker and is_indexed(query.speaker):
        asked.append(f"name : {_quoted(spaced(query.speaker))}")
    asked += [f"{name} : {_quoted(word)}" for name, word in (("role", query.role), ("site", query.site)) if word]
    return " AND ".join(asked)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def find_in_files(places: Iterable[Place], query: Query) -> list[Hit]:
    """The first turns of some records that the query wants."""
    turns = (
        (turn_number(place.day, place.number, position), place, record, said)
        for place in places
        if _is_when(place, query)
        for record in [place.read()]
        if query.site in (None, record.site)
        for position, said in enumerate(record.turns, 1)
        if _is_wanted(said, query)
    )
    first = heapq.nlargest(query.limit, turns, key=lambda found: found[0])
    return [_hit(place, record, said, query) for _, place, record, said in first]


def _is_when(place: Place, query: Query) -> bool:
    """Whether a conference is of the days; one without a date is before all others."""
    day = place.day or date.min
    return day >= (query.since or date.min) and day <= (query.until or date.max) and bool(place.day or not query.since)


def _is_wanted(said: Turn, query: Query) -> bool:
    return (
        query.role in (None, said.role)
        and is_named(query.speaker, said.label, said.speaker)
        and has_all(said.text, query.keys)
    )


def _hit(place: Place, record: Transcript, said: Turn, query: Query) -> Hit:
    values = {
        "id": record.id,
        "version": record.version,
        "site": record.site,
        "day": place.day and place.day.isoformat(),
        "title": record.title,
        "url": record.url,
        "turn": said.id,
        "label": said.label,
        "speaker": said.speaker,
        "role": said.role,
        "affiliation": said.affiliation,
    }
    return hit_of(values, said.text, query.keys)
