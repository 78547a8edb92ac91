"""The records' file, read as a stream: what is kept of a record is its id and where its line begins."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from crawler.items import Transcript
from crawler.storage.jsonl import read_at
from crawler.storage.report.content import Content
from crawler.storage.report.loose import day


def read_records(path: Path) -> Content:
    """All that is counted of a file; an empty count where there is none. Raises `OSError`.

    A line that is no record is counted and said; one without a line break at the end is a crawl's that writes it now.
    """
    content = Content()
    if not path.exists():
        return content
    places: dict[str, tuple[int, int]] = {}
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.endswith(b"\n"):
                _read(content, places, path, line, offset, number)
            else:
                content.torn = len(line)
            offset += len(line)
    return content


def _read(
    content: Content, places: dict[str, tuple[int, int]], path: Path, line: bytes, offset: int, number: int
) -> None:
    try:
        record = Transcript.model_validate_json(line)
    except ValidationError as error:
        content.unreadable += 1
        content.first_unreadable = content.first_unreadable or f"line {number}: {_why(error)}"
        return
    content.lines[day(record.provenance.fetched_at)] += 1
    known = places.get(record.id)
    if known and known[0] > record.version:
        return
    if known:
        content.add(Transcript.model_validate_json(read_at(path, known[1])), -1)
    content.add(record)
    places[record.id] = record.version, offset


def _why(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
