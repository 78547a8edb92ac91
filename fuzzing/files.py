"""Targets that read files of our own and of others: WARC, JSON Lines, and the ledger made anew from those."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic_core import to_json

from crawler.spiders.acftu import AcftuSpider
from crawler.storage.catching_up import catch_up
from crawler.storage.cdxj import index_lines
from crawler.storage.jsonl import JsonLines, read_objects
from crawler.storage.ledger import open_ledger
from crawler.storage.reparsing.reparse import is_warc, reparse
from crawler.storage.reparsing.shard import Job, make_shard
from crawler.storage.warc_frames import MOST, Frame, frame_at, frames
from crawler.storage.warc_members import members
from crawler.storage.warc_reader import Capture, captures, read_at, read_warcs
from crawler.storage.warc_recovery import recover

SITE = AcftuSpider.site
BEGINS = b"WARC/1."
BETWEEN = b"\n--next file--\n"
NAMES = ("transcripts.jsonl", "duplicates.jsonl", "quarantine.jsonl")


def warc_from(data: bytes) -> bytes:
    """The first byte says how the rest is packed: as it is, one gzip member, one for each record."""
    how, rest = (data[0] if data else 0) % 3, data[1:]
    if how == 0:
        return rest
    parts = [rest] if how == 1 else [(BEGINS if i else b"") + part for i, part in enumerate(rest.split(BEGINS))]
    return b"".join(gzip.compress(part, 1, mtime=0) for part in parts if part)


def inflated(data: bytes) -> int:
    """The size of a file by what reading it takes: its bytes, and a tenth of those that come out of its members."""
    out = 0

    def take(part: bytes) -> None:
        nonlocal out
        out += len(part)

    for _ in members(BytesIO(warc_from(data)), take):
        pass
    return len(data) + out // 10


def check_warc(data: bytes) -> None:
    """Whatever the bytes, reading ends in records and lines that say what is wrong, never in an exception.

    A record is found again at its place; its index is lines of JSON; what is recovered is whole and stays so; reparse
    writes lines, the same twice, and has no fault of ours among them.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.warc.gz")
        path.write_bytes(warc_from(data))
        for found in frames(path):
            if isinstance(found, Frame):
                assert len(found.block) <= MOST, "a record beyond the limit"
                assert frame_at(found.place) == found, "another record at its place"
        for page in captures(path):
            if isinstance(page, Capture):
                assert read_at(page.place) == page, "another page at its place"
        list(read_warcs([path]))
        for line in index_lines(path):
            json.loads(line.decode("ascii").split(" ", 2)[2])
        _check_reparse(path)
        _check_recovery(path)


def _check_reparse(path: Path) -> None:
    is_warc(path)
    first, second = (path.with_name(name) for name in ("first", "second"))
    for folder in (first, second):
        folder.mkdir()
        reparse([path], SITE, folder, _work)
    for name in NAMES:
        lines = (first / name).read_bytes()
        assert lines == (second / name).read_bytes(), "read twice it is another"
        for line in lines.splitlines():
            values = json.loads(line)
            assert values.get("reason") != "error", f"a fault of ours: {values.get('detail')}"


def _work(jobs: Sequence[Job]) -> None:
    for job in jobs:
        make_shard(job)


def _check_recovery(path: Path) -> None:
    folder = path.parent / "archive"
    folder.mkdir()
    (folder / "b.warc.gz.open").write_bytes(path.read_bytes())
    recover(folder)
    whole = folder / "b.warc.gz"
    if whole.exists():
        with whole.open("rb") as file:
            *_, last = members(file, lambda _: None)
        assert not last.fault, "a torn end is left"
    assert recover(folder) == [], "recovered twice"


def check_jsonl(data: bytes) -> None:
    """A torn line is cut, whole ones stay to the byte, what is appended can be read; what is no object is told by

    its line and raises nothing else.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_bytes(data)
        lines = JsonLines(path)
        whole = data[: data.rfind(b"\n") + 1]
        assert path.read_bytes() == whole, "not the whole lines"
        assert lines.torn == len(data) - len(whole), "another length of the torn line"
        before = _objects(path)
        values = {"text": data.decode("utf-8", "replace")}
        offset = lines.append(to_json(values))
        lines.close()
        assert offset == len(whole), "it begins elsewhere"
        assert path.read_bytes() == whole + to_json(values) + b"\n", "the lines before have changed"
        if before is not None:
            assert _objects(path) == [*before, values], "what was appended is not read"


def _objects(path: Path) -> list[dict[str, object]] | None:
    try:
        return list(read_objects(path))
    except ValueError as error:
        assert str(error).startswith(f"{path}, line "), error
        return None


def check_ledger(data: bytes) -> None:
    """A ledger made of any three files raises `ValueError` with the file and the line, or knows what they have: a second

    time it learns nothing.
    """
    with TemporaryDirectory() as folder:
        for name, content in zip(NAMES, data.split(BETWEEN), strict=False):
            Path(folder, name).write_bytes(content)
        ledger = open_ledger("sqlite://", SITE.name, "0")
        try:
            catch_up(ledger, SITE, Path(folder))
            assert catch_up(ledger, SITE, Path(folder)) == (0, 0), "caught up twice"
        except ValueError as error:
            assert str(error).startswith(folder), f"it does not say where: {error}"
        finally:
            ledger.close()
