"""Records out of a datastore's tables again, equal to the lines that they were loaded from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from crawler.items import Transcript
from crawler.storage.datastore.schema import (
    PARTS,
    change,
    edition,
    exchange,
    exchange_turn,
    image,
    participant,
    transcript,
)

AT_ONCE = 500
TURN = "label speaker role affiliation text time"
Parts = dict[str, list[Row[Any]]]


def read_transcripts(connection: Connection, ids: list[str] | None = None) -> Iterator[Transcript]:
    """The newest versions, of some ids or of all, in the order of their ids."""
    wanted = ids if ids is not None else list(connection.scalars(select(transcript.c.id)))
    wanted = sorted(wanted)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        parts = {table.name: _parts(connection, table, some) for table in PARTS}
        rows = select(transcript).where(transcript.c.id.in_(some))
        for row in sorted(connection.execute(rows), key=lambda row: str(row.id)):
            yield _record(row, {name: found.get(row.id, []) for name, found in parts.items()})


def _parts(connection: Connection, table: Table, ids: list[str]) -> dict[str, list[Row[Any]]]:
    found: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c.transcript_id.in_(ids)).order_by(table.c.position)):
        found[row.transcript_id].append(row)
    return found


def _record(row: Row[Any], parts: Parts) -> Transcript:
    same = ("id", "version", "site", "url", "language", "title", "breadcrumbs", "published_at", "summary", "source",
            "editors", "content_hash")  # fmt: skip
    values = {name: getattr(row, name) for name in same}
    warc = {"file": row.warc_file, "offset": row.warc_offset, "record_id": row.warc_record} if row.warc_file else None
    provenance = ("fetched_at", "fetched_url", "status", "encoding", "layout", "body_digest", "crawler", "captured_at")
    values |= {
        "schema": row.schema_version,
        "event": {
            "date": row.event_date,
            "time": row.event_time,
            "place": row.event_place,
            "id": row.event_id,
            "editions": _values(parts, edition, "language url"),
        },
        "participants": _values(parts, participant, "name organisation titles text"),
        "turns": [{"id": one.turn_id, **_value(one, TURN)} for one in parts["turn"]],
        "exchanges": _exchanges(parts),
        "images": _values(parts, image, "url caption"),
        "cleaning": _values(parts, change, "kind at before after certain margin"),
        "damage": {"unresolved": row.unresolved, "samples": row.damage_samples, "flags": row.damage_flags},
        "provenance": {"warc": warc} | {name: getattr(row, name) for name in provenance},
    }
    return Transcript.model_validate(values)


def _value(row: Row[Any], names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names.split()}


def _values(parts: Parts, table: Table, names: str) -> list[dict[str, Any]]:
    return [_value(row, names) for row in parts[table.name]]


def _exchanges(parts: Parts) -> list[dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]]
    found = {row.position: {"question": [], "answer": []} for row in parts[exchange.name]}
    for row in parts[exchange_turn.name]:
        found[row.exchange][row.part].append(row.turn_id)
    return list(found.values())
