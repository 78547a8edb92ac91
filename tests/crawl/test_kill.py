"""Killed in the middle and run again: every conference once, no torn line."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
import zlib
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crawler import __version__
from crawler.demo.server import HallServer
from crawler.storage.ledger import open_ledger
from crawler.storage.warc_members import members
from crawler.storage.warc_record import GZIP
from tests.forking import Fork, forks
from tests.halls import (
    LISTING,
    TinyHall,
    article,
    crawl,
    limited,
    lines,
    listing,
    manifest,
    path_of,
    scrapy,
    serving,
)

NUMBERS = range(1001, 1061)
TURNS = tuple(("方致远" if n % 2 else "记者", "职工夜校今年开设的课程比去年多。" * 8) for n in range(20))


# Five kills a seed: twenty in all.
SEEDS = (1, 2, 3, 4)
KILLS = 5


def started(server: HallServer, output: Path) -> Fork:
    options = f"-a start={server.url}{LISTING} -s ALLOW_PRIVATE_ADDRESSES=1 -s OUTPUT_DIR={output}".split()
    return forks().start("crawl", "acftu", *options)


def kill_after(process: Fork, server: HallServer, requests: int, moment: float) -> None:
    """SIGKILL, a moment (seconds) after the server had so many more requests; or the process has ended."""
    wanted = server.requests.total() + requests
    deadline = time.monotonic() + 60
    while server.requests.total() < wanted and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.0005)
    time.sleep(moment)
    process.kill()
    process.wait()


def tear(output: Path, random: Random) -> None:
    """What a kill in the middle of a write leaves: a part of a line behind the last, or a part of the last only."""
    for path in (output / "acftu").glob("*.jsonl"):
        whole = path.read_bytes()
        if whole and random.random() < 0.5:
            last = whole.splitlines(keepends=True)[-1]
            cut = random.randrange(1, len(last))
            path.write_bytes(whole + last[:cut] if random.random() < 0.5 else whole[:-cut])
    for path in (output / "acftu/warc").glob("*.open"):
        if random.random() < 0.5:
            tear_member(path, random)


def tear_member(path: Path, random: Random) -> None:
    """A part of a member behind the last one, or of the last one itself: a request, whose answer is written before."""
    whole = path.read_bytes()
    with path.open("rb") as file:
        found = list(members(file, lambda _: None))
    if not found:  # killed before the first was written
        return
    last = found[-1]
    member = whole[last.start : last.end]
    if not last.fault and b"\nWARC-Type: request" in zlib.decompress(member, GZIP):
        cut = random.randrange(1, len(member))
        path.write_bytes(whole[:-cut] if random.random() < 0.5 else whole + member[:cut])


@pytest.mark.parametrize("seed", SEEDS)
def test_sigkill_anywhere_and_run_again(seed: int, tmp_path: Path) -> None:
    """Listing pages, articles of two pages, a copy and a page that is none: each has its end once, and no line is torn."""
    random = Random(seed)
    with serving(hall_with_traps()) as server:
        for _ in range(KILLS):
            process = started(server, tmp_path)
            kill_after(process, server, random.randrange(1, 24), random.random() * 0.02)
            if not (tmp_path / "acftu/runs").exists():  # what a run that ended has written is torn by nobody
                tear(tmp_path, random)
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    found = [record["id"] for record in lines(tmp_path / "acftu/transcripts.jsonl")]
    assert sorted(found) == [f"acftu/{n}" for n in NUMBERS]
    assert [entry["duplicate_of"] for entry in lines(tmp_path / "acftu/duplicates.jsonl")] == ["acftu/1007"]
    assert [entry["reason"] for entry in lines(tmp_path / "acftu/quarantine.jsonl")] == ["no_turns"]
    counts = {"found": 62, "recorded": 60, "duplicate": 1, "quarantined": 1, "gone": 0, "failed": 0, "pending": 0}
    assert manifest(tmp_path)["counts"] == counts
    verified = scrapy("verify", str(tmp_path / "acftu"))
    assert verified.returncode == 0, verified.stdout


def hall_with_traps() -> TinyHall:
    """Sixty conferences on six listing pages, every tenth of two pages; a copy of another on its page, and a notice."""
    pages: dict[str, Any] = {path_of(n): article(n) for n in NUMBERS}
    for n in NUMBERS[::10]:
        second = path_of(n).replace(".html", "-2.html")
        pages[path_of(n)] = article(n).replace('<div class="edit">', f'<a href="{second}">2</a><div class="edit">')
        pages[second] = article(n, ("林知秋", "第二页。"))
    order = [path_of(n) for n in range(1001, 1063)]
    pages[path_of(1061)] = article(1007)
    pages[path_of(1062)] = article(1062).replace("[", "").replace("]：", "，")
    for n in range(6):
        address = LISTING if n == 0 else f"/GB/392912/index{n + 1}.html"
        pages[address] = listing(*order[n::6], after="<!--PageNo=6-->")
    return TinyHall(pages)


def test_a_torn_last_line_is_cut_and_said(tmp_path: Path) -> None:
    pages = {path_of(n): article(n) for n in (1001, 1002)}
    with serving(TinyHall({LISTING: listing(*pages), **pages})) as server:
        crawl(server.url + LISTING, tmp_path)
        records = tmp_path / "acftu/transcripts.jsonl"
        os.truncate(records, records.stat().st_size - 20)
        result = crawl(server.url + LISTING, tmp_path)
    assert "torn last line" in result.stderr
    assert sorted(r["id"] for r in lines(records)) == ["acftu/1001", "acftu/1002"]


def test_a_second_crawl_of_the_hall_refuses_to_start(tmp_path: Path) -> None:
    folder = tmp_path / "acftu"
    folder.mkdir()
    with (folder / ".lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = crawl("http://127.0.0.1:9" + LISTING, tmp_path)
    assert result.returncode == 2
    assert result.stderr == f"scrapy crawl: another crawl is writing to {folder}\n"


@pytest.mark.parametrize("line", ["not json", '{"id": "acftu/1"}', "[]"])
def test_a_damaged_line_of_the_records_ends_the_run_before_it_begins(line: str, tmp_path: Path) -> None:
    records = tmp_path / "acftu/transcripts.jsonl"
    records.parent.mkdir()
    records.write_text(line + "\n", "utf8")
    result = crawl("http://127.0.0.1:9" + LISTING, tmp_path)
    assert result.returncode == 6
    assert len(result.stderr.splitlines()) == 1
    assert "line 1" in result.stderr
    assert records.read_text("utf8") == line + "\n"


@pytest.mark.parametrize("blocks", [20, 150, 200, 260])
def test_a_disk_that_is_full_ends_the_run_with_a_line(blocks: int, tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk; the ledger, its journal or the records meet it first."""
    pages = {path_of(n): article(n, *TURNS) for n in NUMBERS}
    with serving(TinyHall({LISTING: listing(*pages), **pages})) as server:
        options = f"-a start={server.url}{LISTING} -s ALLOW_PRIVATE_ADDRESSES=1 -s OUTPUT_DIR={tmp_path}".split()
        full = limited(blocks * 1024, "crawl", "acftu", *options)
        written = lines(tmp_path / "acftu/transcripts.jsonl")
        result = crawl(server.url + LISTING, tmp_path)
    assert full.returncode == 1, full.stderr
    assert "cannot write" in full.stderr or "cannot be used" in full.stderr
    assert "Traceback" not in full.stderr
    assert len(written) < 60
    assert result.returncode == 0, result.stdout + result.stderr
    again = lines(tmp_path / "acftu/transcripts.jsonl")
    assert again[: len(written)] == written
    assert sorted(record["id"] for record in again) == [f"acftu/{n}" for n in NUMBERS]


def test_a_page_that_the_ledger_did_not_take_is_not_hidden_by_the_next(tmp_path: Path) -> None:
    """The next page's record is in the file too, and noted, when the run ends; the first must not be written again."""
    pages = {path_of(n): article(n) for n in NUMBERS[:10]}
    ledger = tmp_path / "acftu/ledger.sqlite"
    ledger.parent.mkdir()
    open_ledger(f"sqlite:///{ledger}", "acftu", __version__).close()
    with closing(sqlite3.connect(ledger)) as tables:
        tables.execute(
            "CREATE TRIGGER refuses BEFORE UPDATE ON page WHEN NEW.key = '1003' AND NEW.outcome IS NOT NULL"
            " BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    with serving(TinyHall({LISTING: listing(*pages), **pages})) as server:
        assert crawl(server.url + LISTING, tmp_path).returncode == 1
        with closing(sqlite3.connect(ledger)) as tables:
            tables.execute("DROP TRIGGER refuses")
        assert crawl(server.url + LISTING, tmp_path).returncode == 0
    ids = sorted(record["id"] for record in lines(tmp_path / "acftu/transcripts.jsonl"))
    assert ids == [f"acftu/{n}" for n in NUMBERS[:10]]
