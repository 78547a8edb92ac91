"""A record as the rows of the datastore's tables. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json
from sqlalchemy import Table

from crawler.items import Transcript
from crawler.storage.datastore.schema import change, edition, exchange, exchange_turn, image, participant, turn

Row = tuple[Any, ...]

# A turn's number: the day, then the transcript's number, then its place counted from the end. Read downwards it is
# newest first with the turns of each in order, and a range of days is a range of numbers.
PLACE_BITS, TRANSCRIPT_BITS = 20, 21
MOST_TURNS, MOST_TRANSCRIPTS = 1 << PLACE_BITS, 1 << TRANSCRIPT_BITS
DAY = PLACE_BITS + TRANSCRIPT_BITS
LARGEST = {"version": 2**31, "status": 2**31, "unresolved": 2**31, "offset": 2**63}
# Databases cut or refuse longer keys.
LONGEST_KEY = 1000
NUL = b"\\u0000"


class Unfit(ValueError):
    """A line that is no record, or a record that no database takes; the message is one line."""


def read_record(line: bytes) -> Transcript:
    """The record of a line of transcripts.jsonl, fit for a database. Raises `Unfit`."""
    record = parse_record(line)
    if reason := unfit(record, line):
        raise Unfit(reason)
    return record


def parse_record(line: bytes) -> Transcript:
    """The record of a line. Raises `Unfit`."""
    try:
        return Transcript.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Unfit(" ".join(f"{where}: {first['msg']}".removeprefix(": ").split())[:300]) from None


def unfit(record: Transcript, line: bytes) -> str | None:
    """Why a valid record cannot be stored, the same for every database; None if it can."""
    provenance = record.provenance
    if NUL in line and "\0" in "".join(_strings(record.model_dump())):
        return "a NUL character in a text"
    if max(len(record.id.encode()), len(record.site.encode())) > LONGEST_KEY:
        return f"an id of more than {LONGEST_KEY:,} bytes"
    if len(record.turns) > MOST_TURNS:
        return f"more than {MOST_TURNS:,} turns"
    numbers = {
        "version": record.version,
        "status": provenance.status,
        "unresolved": record.damage.unresolved,
        "offset": provenance.warc.offset if provenance.warc else 0,
    }
    for name, number in numbers.items():
        if not -LARGEST[name] <= number < LARGEST[name]:
            return f"{name} is out of range"
    if any(one.margin is not None and not math.isfinite(one.margin) for one in record.cleaning):
        return "a margin that is no finite number"
    return None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def day_of(record: Transcript) -> date | None:
    """The day on which a conference was held, else published; None where neither is a date."""
    for text in (record.event.date, record.published_at):
        try:
            return date.fromisoformat((text or "")[:10])
        except ValueError:
            continue
    return None


def turn_number(day: date | None, number: int, position: int) -> int:
    """A turn's key; positions count from 1."""
    return ((day.toordinal() if day else 0) << DAY) | (number << PLACE_BITS) | (MOST_TURNS - position)


def first_of_day(day: date) -> int:
    """The least number that a turn of a day can have."""
    return day.toordinal() << DAY


def transcript_row(record: Transcript, number: int) -> Row:
    """The row of `transcript`."""
    event, damage, provenance, warc = record.event, record.damage, record.provenance, record.provenance.warc
    day = day_of(record)
    return (
        record.id, number, record.version, record.schema_, record.site, day and day.isoformat(), record.url,
        record.language, record.title, _words(record.breadcrumbs), record.published_at, event.date, event.time,
        event.place, record.summary, record.source, _words(record.editors), record.content_hash, damage.unresolved,
        _words(damage.samples), _words(damage.flags), provenance.fetched_at, provenance.fetched_url,
        provenance.status, provenance.encoding, provenance.layout, provenance.body_digest, warc and warc.file,
        warc and warc.offset, warc and warc.record_id, provenance.crawler, event.id,
        provenance.captured_at,
    )  # fmt: skip


def part_rows(record: Transcript, number: int) -> Iterator[tuple[Table, Row]]:
    """The rows of the tables that hang on it."""
    key, day = record.id, day_of(record)
    for n, said in enumerate(record.turns, 1):
        yield turn, (turn_number(day, number, n), key, n, said.id, said.label, said.speaker, said.role,
                     said.affiliation, said.time, said.text)  # fmt: skip
    for n, guest in enumerate(record.participants, 1):
        yield participant, (key, n, guest.name, guest.organisation, _words(guest.titles), guest.text)
    for n, other in enumerate(record.event.editions, 1):
        yield edition, (key, n, other.language, other.url)
    for n, pair in enumerate(record.exchanges, 1):
        yield exchange, (key, n)
        for part, turns in (("question", pair.question), ("answer", pair.answer)):
            yield from ((exchange_turn, (key, n, part, m, one)) for m, one in enumerate(turns, 1))
    for n, picture in enumerate(record.images, 1):
        yield image, (key, n, picture.url, picture.caption)
    for n, one in enumerate(record.cleaning, 1):
        yield change, (key, n, one.kind, one.at, one.before, one.after, one.certain, one.margin)


def _words(words: list[str]) -> str:
    return to_json(words).decode() if words else "[]"
