"""What the site needs beside a datastore's tables: a row for each conference, and its facets. Follows the datastore.

Facets are kept by their keys (one script, one width), so that one person is one entry in whatever script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text, and_, delete, insert, select

from crawler.items import Transcript
from crawler.storage.datastore.rows import day_of
from crawler.storage.datastore.schema import transcript, version
from crawler.storage.search import key
from crawler.storage.upgrading import upgrade

metadata = MetaData()
AT_ONCE = 500

conference = Table(
    "browse_conference",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False, comment="of the line that it was read from"),
    Column("version", Integer, nullable=False),
    Column("site", Text, nullable=False),
    Column("day", Text, nullable=False, comment="ISO; empty where none is known"),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("changes", Integer, nullable=False, comment="what cleaning changed"),
    Index("browse_day", "day", "number"),
    Index("browse_hall", "site", "day", "number"),
)

facet = Table(
    "browse_facet",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Index("browse_facet_number", "number", "kind", "key"),
    sqlite_with_rowid=False,
)

name = Table(
    "browse_name",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False, comment="as it was first read"),
    sqlite_with_rowid=False,
)


def follow(connection: Connection) -> int:
    """Bring the shelf up to date with the datastore; how many conferences were new or changed."""
    upgrade(connection, metadata)
    gone = select(conference.c.number).where(conference.c.id.not_in(select(transcript.c.id)))
    _take(connection, list(connection.scalars(gone)))
    newest = and_(version.c.transcript_id == transcript.c.id, version.c.version == transcript.c.version)
    stale = (
        select(transcript.c.id)
        .join(version, newest)
        .outerjoin(conference, conference.c.id == transcript.c.id)
        .where(conference.c.digest.is_distinct_from(version.c.digest))
    )
    ids = list(connection.scalars(stale))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        lines = select(transcript.c.number, version.c.digest, version.c.record).join(version, newest)
        _put(connection, list(connection.execute(lines.where(transcript.c.id.in_(some))).all()))
    connection.commit()
    return len(ids)


def _take(connection: Connection, numbers: list[int]) -> None:
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        connection.execute(delete(facet).where(facet.c.number.in_(some)))
        connection.execute(delete(conference).where(conference.c.number.in_(some)))


def _put(connection: Connection, lines: list[Any]) -> None:
    _take(connection, [number for number, _, _ in lines])
    rows, facets = [], set()
    names: dict[tuple[str, str], str] = {}
    for number, digest, line in lines:
        record = Transcript.model_validate_json(line)
        rows.append(_row(record, number, digest))
        for kind, value in facets_of(record):
            facets.add((kind, key(value), number))
            names.setdefault((kind, key(value)), value)
    connection.execute(insert(conference), rows)
    if facets:
        connection.execute(insert(facet), [dict(zip(("kind", "key", "number"), one)) for one in sorted(facets)])
        known = insert(name).prefix_with("OR IGNORE")
        connection.execute(known, [{"kind": kind, "key": k, "name": value} for (kind, k), value in names.items()])


def _row(record: Transcript, number: int, digest: str) -> dict[str, Any]:
    day = day_of(record)
    return {
        "number": number,
        "id": record.id,
        "digest": digest,
        "version": record.version,
        "site": record.site,
        "day": day.isoformat() if day else "",
        "title": record.title,
        "language": record.language,
        "url": record.url,
        "turns": len(record.turns),
        "questions": len(record.exchanges),
        "changes": len(record.cleaning),
    }


def facets_of(record: Transcript) -> Iterator[tuple[str, str]]:
    """(`speaker`, name) and (`outlet`, name) of a record's turns; may repeat."""
    for turn in record.turns:
        if turn.speaker and key(turn.speaker):
            yield "speaker", turn.speaker
        if turn.role == "reporter" and turn.affiliation and key(turn.affiliation):
            yield "outlet", turn.affiliation


def names_of(connection: Connection, kind: str, numbers: Iterable[int]) -> dict[int, list[str]]:
    """The names of a kind in some conferences."""
    same = and_(name.c.kind == facet.c.kind, name.c.key == facet.c.key)
    wanted = select(facet.c.number, name.c.name).join(name, same)
    wanted = wanted.where(facet.c.kind == kind, facet.c.number.in_(list(numbers))).order_by(name.c.name)
    found: dict[int, list[str]] = {}
    for number, value in connection.execute(wanted):
        found.setdefault(number, []).append(value)
    return found
