"""The lines: records valid and numbered without a gap, copies and quarantined pages, each with its response."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawler import __version__
from crawler.address import article_of
from crawler.items import Transcript, WarcPosition
from crawler.site import Site
from crawler.storage.jsonl import value_of
from crawler.storage.verifying.findings import Checked, Problem, key, plain_url
from crawler.storage.verifying.members import Members
from crawler.text.script import content_hash

RECORDS = "transcripts.jsonl"
# What a line of the files beside the records has.
BESIDE = {
    "duplicates.jsonl": {"url", "duplicate_of", "content_hash", "fetched_at", "warc"},
    "quarantine.jsonl": {"url", "reason", "detail", "fetched_at", "warc"},
}
TORN = "a torn last line of {} bytes; the next crawl or --repair cuts it off"


@dataclass(slots=True)
class Beside:
    """Of which articles the lines of a file beside the records are, and from which addresses (keys)."""

    numbers: dict[str, bytes] = field(default_factory=dict)
    urls: set[bytes] = field(default_factory=set)


@dataclass(slots=True)
class Known:
    """The lines as keys: each record's last version, each line by its offset, the addresses that have a line."""

    versions: dict[str, int] = field(default_factory=dict)
    lines: dict[int, bytes] = field(default_factory=dict)
    urls: set[bytes] = field(default_factory=set)
    beside: dict[str, Beside] = field(default_factory=lambda: {name: Beside() for name in BESIDE})
    damaged: bool = False


def record_key(record_id: str, version: int, digest: bytes, warc_record: str | None) -> bytes:
    """What the ledger's row of a record says as well."""
    return key(record_id, version, digest.hex(), warc_record)


def check_lines(folder: Path, site: Site, members: Members, known: Known, checked: Checked) -> Iterator[Problem]:
    """Check the three files of a hall, and gather what they have."""
    for number, offset, line in whole_lines(folder / RECORDS, checked):
        what = TORN.format(len(line)) if not line.endswith(b"\n") else _record(line, offset, site, members, known)
        if what:
            yield Problem(folder / RECORDS, f"line {number}", what)
        else:
            checked.records += 1
    for name, keys in BESIDE.items():
        had: set[bytes] = set()
        for number, _, line in whole_lines(folder / name, checked):
            torn = not line.endswith(b"\n")
            what = TORN.format(len(line)) if torn else _beside(line, name, keys, had, site, members, known)
            checked.lines += not what
            if what:
                yield Problem(folder / name, f"line {number}", what)


def whole_lines(path: Path, checked: Checked) -> Iterator[tuple[int, int, bytes]]:
    """Number, offset and bytes of each line; nothing of a file that is not there."""
    if not path.exists():
        return
    checked.files += 1
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            yield number, offset, line
            offset += len(line)
            checked.step(len(line))


def _record(line: bytes, offset: int, site: Site, members: Members, known: Known) -> str | None:
    """What is wrong with a record; it is noted if it is one."""
    try:
        record = Transcript.model_validate_json(line)
    except ValidationError as error:
        known.damaged = True
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        said = f"{where}: {first['msg']}" if where else first["msg"]
        return f"no record ({said}); `scrapy reparse` makes it anew of the archive"
    provenance, before = record.provenance, known.versions.get(record.id, 0)
    known.versions[record.id] = max(record.version, before)
    warc = provenance.warc
    digest = bytes.fromhex(record.content_hash.removeprefix("sha256:"))
    known.lines[offset] = record_key(record.id, record.version, digest, warc.record_id if warc else None)
    known.urls.add(key(plain_url(provenance.fetched_url)))
    if record.site != site.name or record.id.partition("/")[0] != site.name:
        return f"a record of another site than {site.name}: {record.id}"
    if record.version != before + 1:
        return f"version {record.version} of {record.id} behind version {before}"
    if provenance.crawler.endswith(f"/{__version__}") and record.content_hash != content_hash(
        record.title, ((turn.label, turn.text) for turn in record.turns)
    ):
        return f"the content_hash of {record.id} is not that of its title and turns"
    return members.fault(warc.model_dump(), provenance.fetched_url, provenance.body_digest) if warc else None


def _beside(
    line: bytes, name: str, keys: set[str], had: set[bytes], site: Site, members: Members, known: Known
) -> str | None:
    """What is wrong with a line of a file beside the records; it is noted if it is one."""
    values = _values(line, keys)
    if values is None:
        return "no line of this file"
    url = values["url"]
    article = article_of(site, url)
    address = key(plain_url(url))
    if article:
        known.beside[name].numbers[article.number] = address
    known.beside[name].urls.add(address)
    known.urls.add(address)
    same = key(url, values.get("content_hash"), values.get("reason"), values.get("detail"))
    if same in had:
        return f"{url} has this line twice"
    had.add(same)
    if "duplicate_of" in keys and values["duplicate_of"] not in known.versions:
        return f"a copy of {values['duplicate_of']}, which has no record"
    return members.fault(values["warc"], url) if values["warc"] else None


def _values(line: bytes, keys: set[str]) -> Mapping[str, Any] | None:
    try:
        values = value_of(line)
        if not isinstance(values, dict) or not keys <= values.keys() or not isinstance(values["url"], str):
            return None
        if values["warc"] is not None:
            WarcPosition.model_validate(values["warc"])
    except ValueError:
        return None
    return values
