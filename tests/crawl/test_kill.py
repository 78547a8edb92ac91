"""Killed in the middle and run again: every conference once, no torn line."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.halls import LISTING, ROOT, SCRAPY, TinyHall, article, crawl, lines, listing, path_of, serving

NUMBERS = range(1001, 1061)
TURNS = tuple(("方致远" if n % 2 else "记者", "职工夜校今年开设的课程比去年多。" * 8) for n in range(20))


@pytest.mark.parametrize("after", [1, 7, 23, 41])
def test_sigkill_and_run_again(after: int, tmp_path: Path) -> None:
    """The process is killed as soon as `after` lines are written."""
    pages = {path_of(n): article(n) for n in NUMBERS}
    records = tmp_path / "acftu/transcripts.jsonl"
    with serving(TinyHall({LISTING: listing(*pages), **pages})) as server:
        process = subprocess.Popen(
            [
                SCRAPY,
                "crawl",
                "acftu",
                "-a",
                f"start={server.url}{LISTING}",
                "-s",
                "ALLOW_PRIVATE_ADDRESSES=1",
                "-s",
                f"OUTPUT_DIR={tmp_path}",
                "-s",
                "DOWNLOAD_DELAY=0.01",
            ],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while not (records.exists() and records.read_bytes().count(b"\n") >= after):
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0
    assert sorted(r["id"] for r in lines(records)) == [f"acftu/{n}" for n in NUMBERS]


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
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "line 1" in result.stderr
    assert records.read_text("utf8") == line + "\n"


@pytest.mark.parametrize("blocks", [20, 150, 200])
def test_a_disk_that_is_full_ends_the_run_with_a_line(blocks: int, tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk; the ledger, its journal or the records meet it first."""
    pages = {path_of(n): article(n, *TURNS) for n in NUMBERS}
    with serving(TinyHall({LISTING: listing(*pages), **pages})) as server:
        command = (
            f"ulimit -f {blocks}; exec {SCRAPY} crawl acftu -a start={server.url}{LISTING} -s ALLOW_PRIVATE_ADDRESSES=1"
        )
        full = subprocess.run(
            ["bash", "-c", f"trap '' XFSZ; {command} -s OUTPUT_DIR={tmp_path} -s ARCHIVE=0"],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
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
