"""Transcripts as plain text to read. Control characters are made visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crawler.items import Transcript
from crawler.show import printable
from crawler.storage.export.chosen import Writable

RULE = "=" * 72


def write_text(records: Iterable[Transcript], file: Writable) -> int:
    """Write transcripts one after the other; how many turns there are."""
    count = 0
    for record in records:
        file.write(f"{RULE}\n{printable(as_text(record))}\n")
        count += len(record.turns)
    return count


def as_text(record: Transcript) -> str:
    """One transcript: its head, then a paragraph for each turn."""
    head = [record.title, "", *(f"{name}: {value}" for name, value in _facts(record) if value)]
    guests = [f"  {guest.text}" for guest in record.participants]
    summary = [record.summary, ""] if record.summary else []
    turns = [f"{said.label}：{said.text}\n" for said in record.turns]
    return "\n".join([*head, *(["Guests:", *guests] if guests else []), "", *summary, *turns])


def _facts(record: Transcript) -> Iterator[tuple[str, str | None]]:
    event = record.event
    yield "Record", f"{record.id}, version {record.version}"
    yield "Held", " ".join(filter(None, (event.date, event.time, event.place)))
    yield "Published", record.published_at
    yield "Source", record.source
    yield "Address", record.url
    yield "Editions", ", ".join(f"{one.language} {one.url}" for one in event.editions)
    yield "Damage", f"{record.damage.unresolved} places" if record.damage.unresolved else None
