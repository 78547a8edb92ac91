"""The records' file, read as a stream: what is kept of a record is its id and where its line begins."""

from __future__ import annotations

import os
from pathlib import Path

from crawler.storage.datastore.rows import Unfit, parse_record, read_record
from crawler.storage.datastore.sources import Line, Source
from crawler.storage.jsonl import read_at
from crawler.storage.report.content import Content
from crawler.storage.report.loose import day


def read_records(path: Path) -> Content:
    """All that is counted of a file; an empty count where there is none. Raises `OSError`.

    A line that is no record, or that no database takes, is left out and said; one without a line break at the end is a
    crawl's that writes it now.
    """
    content = Content()
    if not os.path.lexists(path):
        return content
    places: dict[str, tuple[int, int]] = {}
    source = Source(path)
    for batch in source.batches():
        for line in batch:
            _read(content, places, path, line)
    content.torn = source.torn
    return content


def _read(content: Content, places: dict[str, tuple[int, int]], path: Path, line: Line) -> None:
    try:
        record = read_record(line.text)
    except Unfit as error:
        content.left_out.append((line.offset, str(error)))
        return
    content.lines[day(record.provenance.fetched_at)] += 1
    known = places.get(record.id)
    if known and known[0] > record.version:
        return
    if known:
        content.add(parse_record(read_at(path, known[1])), -1)
    content.add(record)
    places[record.id] = record.version, line.offset
