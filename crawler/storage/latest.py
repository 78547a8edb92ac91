"""Where the records of some files stand: of each transcript its newest version, or all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from crawler.items import Transcript
from crawler.storage.datastore.rows import Unfit, day_of, parse_record, read_record
from crawler.storage.datastore.sources import Source
from crawler.storage.jsonl import read_at


class Place(NamedTuple):
    """A record's place. `number` counts the transcripts as they come."""

    id: str
    version: int
    day: date | None
    number: int
    path: Path
    offset: int

    def read(self) -> Transcript:
        """The record. Raises `OSError`."""
        return parse_record(read_at(self.path, self.offset))


@dataclass(slots=True)
class Places:
    """Records by id and version; and what is none: one line for each, whole lines and torn ones."""

    found: dict[tuple[str, int], Place] = field(default_factory=dict)
    invalid: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)

    def newest(self) -> list[Place]:
        """The newest version of each transcript, as they come."""
        newest: dict[str, Place] = {}
        for place in self.found.values():
            if place.id not in newest or place.version > newest[place.id].version:
                newest[place.id] = place
        return list(newest.values())

    def all(self) -> list[Place]:
        """All versions; of one that is there twice the last line."""
        return list(self.found.values())


def find_places(paths: Iterable[Path]) -> Places:
    """The records of some files. Raises `OSError`."""
    places = Places()
    numbers: dict[str, int] = {}
    for path in paths:
        source = Source(path)
        for batch in source.batches():
            for offset, line in batch:
                try:
                    record = read_record(line)  # as a datastore takes them: the same records everywhere
                except Unfit as error:
                    places.invalid.append(f"{path}, byte {offset}: left out: {error}")
                    continue
                number = numbers.setdefault(record.id, len(numbers) + 1)
                place = Place(record.id, record.version, day_of(record), number, path, offset)
                places.found[record.id, record.version] = place
        if source.torn:
            places.torn.append(f"{path}: a torn last line of {source.torn} bytes is left out")
    return places
