"""The rows of the newest versions: shown in place of what was there, or taken away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Table, delete, func, select

from crawler.items import Transcript
from crawler.storage.datastore import fulltext
from crawler.storage.datastore.rows import MOST_TRANSCRIPTS, Row, part_rows, transcript_row
from crawler.storage.datastore.schema import PARTS, transcript, turn
from crawler.storage.datastore.writing import insert, upsert


def show(connection: Connection, records: list[Transcript]) -> None:
    """Put records, one for each id, in place of what their transcripts' rows say."""
    if not records:
        return
    there = select(transcript.c.id, transcript.c.number).where(transcript.c.id.in_([one.id for one in records]))
    numbers = dict(connection.execute(there).all())
    _take_parts(connection, list(numbers))
    _count(connection, numbers, records)
    upsert(connection, transcript, [transcript_row(one, numbers[one.id]) for one in records])
    parts: defaultdict[Table, list[Row]] = defaultdict(list)
    for one in records:
        for table, row in part_rows(one, numbers[one.id]):
            parts[table].append(row)
    parts[turn].sort()  # by number: SQLite fills its pages in the order of the keys
    for table in PARTS:
        insert(connection, table, parts[table])
    if connection.dialect.name == "sqlite":
        fulltext.add(connection, _searched(records, parts[turn]))


def forget(connection: Connection, ids: list[str]) -> None:
    """Take transcripts away; no version of them may be left."""
    _take_parts(connection, ids)
    connection.execute(delete(transcript).where(transcript.c.id.in_(ids)))


def _take_parts(connection: Connection, ids: list[str]) -> None:
    if not ids:
        return
    if connection.dialect.name == "sqlite":
        fulltext.remove(connection, ids)
    for table in PARTS:
        connection.execute(delete(table).where(table.c.transcript_id.in_(ids)))


def _count(connection: Connection, numbers: dict[str, int], records: list[Transcript]) -> None:
    """Give numbers to the transcripts that have none."""
    last = connection.scalar(select(func.max(transcript.c.number))) or 0
    for one in records:
        if one.id not in numbers:
            last += 1
            numbers[one.id] = last
    if last >= MOST_TRANSCRIPTS:
        raise OverflowError(f"a datastore takes {MOST_TRANSCRIPTS - 1:,} transcripts")


def _searched(records: list[Transcript], turns: list[Row]) -> Iterable[fulltext.Turn]:
    sites = {one.id: one.site for one in records}
    for number, of, _, _, label, speaker, role, _, _, text in turns:
        yield number, text, label, speaker, role, sites[of]
