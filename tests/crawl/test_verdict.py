"""What a run says of itself: the manifest, the figures, what it warns of, and how it ends when it cannot go on."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from crawler import __version__
from tests.forking import forks
from tests.halls import (
    HTML,
    LISTING,
    TinyHall,
    article,
    crawl,
    lines,
    listing,
    manifest,
    path_of,
    scrapy,
    serving,
)

PAGES = {path_of(n): article(n) for n in range(1001, 1011)}
HALL = {LISTING: listing(*PAGES), **PAGES}


def test_the_manifest_tells_what_was_written_with_its_digest(tmp_path: Path) -> None:
    with serving(TinyHall(dict(HALL))) as server:
        crawl(server.url + LISTING, tmp_path)
        first = manifest(tmp_path)
        server.hall.pages[path_of(1011)] = article(1011)
        server.hall.pages[LISTING] = listing(path_of(1011), *PAGES)
        crawl(server.url + LISTING, tmp_path)
        second = manifest(tmp_path)
    whole = (tmp_path / "acftu/transcripts.jsonl").read_bytes()
    one, other = (m["written"]["transcripts.jsonl"] for m in (first, second))
    assert (one["from"], one["to"], other["from"], other["to"]) == (0, one["to"], one["to"], len(whole))
    for stretch in (one, other):
        assert hashlib.sha256(whole[stretch["from"] : stretch["to"]]).hexdigest() == stretch["sha256"]
    for name, file in (first["archived"] | second["archived"]).items():
        content = (tmp_path / "acftu/warc" / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"])
    assert first["settings"]["SWEEP_DAYS"] == 7 and first["versions"]["scrapy"]
    assert second["fields"]["records"] == 1 == second["run"]["recorded"]


def test_a_field_that_goes_missing_is_said(tmp_path: Path) -> None:
    """A redesign: the source is no longer where it was."""
    old = {path_of(n): article(n) for n in range(2001, 2026)}
    new = {path_of(n): article(n).replace("来源", "发布") for n in range(2026, 2036)}
    with serving(TinyHall({LISTING: listing(*old), **old})) as server:
        crawl(server.url + LISTING, tmp_path)
        server.hall.pages |= {**new, LISTING: listing(*new, *old)}
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0
    assert manifest(tmp_path)["warnings"] == ["source is there in 0% of the new records; before it was in 100%"]
    assert "warning    source is there in 0%" in result.stdout


def test_figures_for_a_node_exporter(tmp_path: Path) -> None:
    figures = tmp_path / "press.prom"
    with serving(TinyHall(HALL | {path_of(1001): (404, HTML, b"<html>no</html>")})) as server:
        crawl(server.url + LISTING, tmp_path, "-s", f"METRICS_FILE={figures}")
    text = figures.read_text("utf8")
    assert 'press_archive_exit_code{site="acftu"} 0.0' in text
    assert 'press_archive_articles{outcome="recorded",site="acftu"} 9.0' in text
    assert 'press_archive_articles{outcome="gone",site="acftu"} 1.0' in text
    assert sorted(os.listdir(tmp_path)) == ["acftu", "press.prom"]


def test_figures_that_cannot_be_written_cost_the_run_nothing(tmp_path: Path) -> None:
    with serving(TinyHall(dict(HALL))) as server:
        result = crawl(server.url + LISTING, tmp_path, "-s", f"METRICS_FILE={tmp_path}/no/such/folder.prom")
    assert result.returncode == 0 and "cannot write" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_at_once_and_the_next_goes_on(sent: signal.Signals, tmp_path: Path) -> None:
    """Though the hall asks for an hour between two requests."""
    with serving(TinyHall(dict(HALL))) as server:
        options = f"-a start={server.url}{LISTING} -s ALLOW_PRIVATE_ADDRESSES=1 -s OUTPUT_DIR={tmp_path}".split()
        process = forks().start("crawl", "acftu", *options, "-s", "DOWNLOAD_DELAY=3600")
        deadline = time.monotonic() + 60
        while "/robots.txt" not in server.requests:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(sent)
        said, logged = process.communicate(timeout=60)
        assert process.returncode == 3 and "incomplete" in said
        assert f"Received {sent.name}" in logged
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0
    assert len(lines(tmp_path / "acftu/transcripts.jsonl")) == 10


def test_a_folder_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "acftu").write_text("a file in its place", "utf8")
    result = crawl("http://127.0.0.1:9" + LISTING, tmp_path)
    assert result.returncode == 1 and len(result.stderr.splitlines()) == 1


def test_a_ledger_that_is_none_is_one_line_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "acftu").mkdir()
    ledger = tmp_path / "acftu/ledger.sqlite"
    ledger.write_bytes(b"this is no ledger " * 500)
    result = crawl("http://127.0.0.1:9" + LISTING, tmp_path)
    assert (result.returncode, len(result.stderr.splitlines())) == (6, 1)
    assert "ledger" in result.stderr
    assert ledger.read_bytes() == b"this is no ledger " * 500


def test_a_ledger_of_a_newer_version_is_one_line(tmp_path: Path) -> None:
    with serving(TinyHall(dict(HALL))) as server:
        crawl(server.url + LISTING, tmp_path)
    with sqlite3.connect(tmp_path / "acftu/ledger.sqlite") as connection:
        connection.execute("UPDATE ledger SET version = 99, program = '9.9'")
    result = crawl("http://127.0.0.1:9" + LISTING, tmp_path)
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
    assert "newer version (9.9)" in result.stderr


def test_a_ledger_that_is_damaged_inside_ends_the_run_with_a_line(tmp_path: Path) -> None:
    with serving(TinyHall(dict(HALL))) as server:
        crawl(server.url + LISTING, tmp_path)
        ledger = tmp_path / "acftu/ledger.sqlite"
        content = ledger.read_bytes()
        ledger.write_bytes(content[:8192] + os.urandom(len(content) - 8192))
        before = (tmp_path / "acftu/transcripts.jsonl").read_bytes()
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 6, result.stderr
    assert "ledger cannot be used" in result.stderr and "Traceback" not in result.stderr
    assert (tmp_path / "acftu/transcripts.jsonl").read_bytes() == before


GARBAGE = [
    ("page", "reading", "x{"),
    ("page", "reading", f'{{"said": [7], "program": "{__version__}"}}'),
    ("run", "counts", "5"),
    ("run", "fields", '{"records": "many"}'),
    ("run", "sizes", "[" * 100_000),
]


def test_garbage_in_a_json_column_is_one_clear_line(tmp_path: Path) -> None:
    with serving(TinyHall(dict(HALL))) as server:
        crawl(server.url + LISTING, tmp_path)
        ledger = tmp_path / "acftu/ledger.sqlite"
        assert crawl(server.url + LISTING, tmp_path).returncode == 0, "what we wrote ourselves is none"
        good = ledger.read_bytes()
        for table, name, what in GARBAGE:
            ledger.write_bytes(good)
            with sqlite3.connect(ledger) as connection:
                connection.execute(f"UPDATE {table} SET {name} = ?", [what])
            connection.close()
            if table == "run":
                checked = scrapy("verify", str(tmp_path / "acftu"))
                assert checked.returncode == 6 and "Traceback" not in checked.stderr
                assert "malformed JSON in a column" in checked.stdout
            result = crawl(server.url + LISTING, tmp_path)
            assert result.returncode == 6, (name, result.stderr)
            assert "ledger cannot be used: malformed" in result.stderr and "Traceback" not in result.stderr


def test_a_lost_ledger_is_made_again_from_the_files(tmp_path: Path) -> None:
    with serving(TinyHall(dict(HALL))) as server:
        crawl(server.url + LISTING, tmp_path)
        for path in (tmp_path / "acftu").glob("ledger.sqlite*"):
            path.unlink()
        server.requests.clear()
        result = crawl(server.url + LISTING, tmp_path)
        assert sorted(server.requests) == [LISTING, "/robots.txt"]
    assert result.returncode == 0
    assert manifest(tmp_path)["counts"]["recorded"] == 10
