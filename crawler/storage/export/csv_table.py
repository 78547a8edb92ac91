"""A row a turn, as CSV that a spreadsheet or a terminal may open: no cell is taken for a formula or steers anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from crawler.items import Transcript
from crawler.show import without_controls
from crawler.storage.export.chosen import Writable

COLUMNS = (
    "id", "version", "site", "language", "title", "event_date", "event_time", "event_place", "published_at", "source",
    "position", "turn", "label", "speaker", "role", "affiliation", "time", "text", "url", "content_hash",
    "event_id",
)  # fmt: skip
# What spreadsheets take for the beginning of a formula, in either width, and what they skip before it.
FORMULA = tuple("=+-@＝＋－＠\t\r\n")
BOM = "\ufeff"


def write_csv(records: Iterable[Transcript], file: Writable, *, bom: bool = False) -> int:
    """Write a table of turns; how many there are. `file` must not translate line ends."""
    if bom:
        file.write(BOM)
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for record in records:
        for row in _rows(record):
            writer.writerow(map(safe, row))
            count += 1
    return count


def safe(cell: object) -> object:
    """A cell that no spreadsheet computes: one that begins like a formula gets a `'` before it.

    Control characters but tab and line feed are written as `\\x1b`.
    """
    if not isinstance(cell, str):
        return cell
    return ("'" if cell.startswith(FORMULA) else "") + without_controls(cell)


def _rows(record: Transcript) -> Iterable[tuple[object, ...]]:
    event = record.event
    before = (record.id, record.version, record.site, record.language, record.title, event.date, event.time,
              event.place, record.published_at, record.source)  # fmt: skip
    for position, said in enumerate(record.turns, 1):
        yield (*before, position, said.id, said.label, said.speaker, said.role, said.affiliation, said.time, said.text,
               record.url, record.content_hash, event.id)  # fmt: skip
