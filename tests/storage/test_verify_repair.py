"""What --repair rebuilds, and what it never touches."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.spiders.acftu import AcftuSpider
from crawler.storage.cdxj import index_path
from crawler.storage.verifying import Hall, repair
from tests.halls import LISTING, article, crawl, lines, path_of, serving
from tests.storage.verify_cases import archive, change, drop, findings, hall, problems, run, sql, warc

NOW = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one run; never changed by a test."""
    return archive(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "acftu"))


def mended(folder: Path) -> list[str]:
    return [line.replace(f"{folder}/", "") for line in repair(Hall(folder, AcftuSpider.site), NOW)]


def kept(folder: Path) -> dict[str, bytes]:
    """What no repair may change."""
    paths = [*(folder / "warc").glob("*.gz"), folder / "transcripts.jsonl", *(folder / "runs").iterdir()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def rows(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "ledger.sqlite")
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


# The day on a copy's own page is in no line; the listing's stands in for it.
PAGES = (
    "select key, kind, url, host, case outcome when 'duplicate' then day > '' else day end, outcome, status, etag, last_modified, found_on,"
    " case outcome when 'recorded' then digest || record_id end, warc_file, warc_offset, warc_record, number, reading from page where key not in ('1010', '1011', '1012')"
    " and key not like '102_' order by kind, key"
)
RESPONSES = "select url, date, digest, warc_record from response where url not like '%robots%' order by url"
RECORDS = 'select record_id, version, digest, shape, language, url, unresolved, "offset", warc_record from record'
RUNS = "select exit_code, manifest, counts, fields, sizes from run"


def test_nothing_to_mend_changes_nothing(copy: Path) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert mended(copy) == []
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("how", ["missing", "damaged", "emptied"])
def test_a_ledger_is_made_anew_as_the_crawl_had_it(how: str, whole: Path, copy: Path) -> None:
    path = copy / "ledger.sqlite"
    if how == "missing":
        path.unlink()
    elif how == "damaged":
        path.write_bytes(b"not a database" * 1000)
    else:
        for table in ("page", "record", "response", "run"):
            sql(copy, f"delete from {table}")
    before = kept(copy)
    done = mended(copy)
    assert done[0].startswith("ledger.sqlite: made")
    assert kept(copy) == before
    assert findings(copy) == ([], [])
    for statement in (PAGES, RESPONSES, RECORDS, RUNS):
        assert rows(copy, statement) == rows(whole, statement)
    left = [p.name for p in copy.glob("ledger.sqlite*")]
    assert sorted(left) == ["ledger.sqlite"] + ["ledger.sqlite.damaged-20310101T000000Z"] * (how != "missing")


def test_the_next_crawl_goes_on_with_the_ledger_that_was_made(tmp_path: Path) -> None:
    """What is known is not asked again, a page that changed becomes a version, an unchanged one a revisit."""
    with serving(hall()) as server:
        run(server, tmp_path)
        (tmp_path / "acftu/ledger.sqlite").unlink()
        mended(tmp_path / "acftu")
        server.requests.clear()
        run(server, tmp_path)
        asked = {path for path in server.requests if path not in ("/robots.txt", LISTING)}
        # Of the addresses that are redirected no line tells; where they lead, the page is known.
        assert asked <= {path_of(n) for n in (1010, 1011, 1012, 1002, 1021, 1022)}
        server.hall.pages[path_of(1004)] = article(1004, ("方致远", "更正。"))
        run(server, tmp_path, "-a", "full=1")
    records = [(r["id"], r["version"]) for r in lines(tmp_path / "acftu/transcripts.jsonl")]
    assert records.count(("acftu/1004", 2)) == 1
    assert len(records) == 7
    assert problems(tmp_path / "acftu") == []


def test_lost_copies_are_found_in_the_archive(copy: Path) -> None:
    path = copy / "duplicates.jsonl"
    before = lines(path)
    drop(path, 0)
    assert mended(copy)[0] == "duplicates.jsonl: 1 lost lines written again"
    again = lines(path)[-1]
    assert {**again, "fetched_at": ""} == {**before[0], "fetched_at": ""}
    assert problems(copy) == []
    path.unlink()
    mended(copy)
    assert len(lines(path)) == 2
    assert problems(copy) == []


def test_an_archived_page_without_a_line_is_said(copy: Path) -> None:
    """As a run leaves it that is killed between the archive and the record."""
    last = drop(copy / "transcripts.jsonl", -1)
    assert b"acftu/1005" in last or b"acftu/1006" in last
    done = mended(copy)
    assert any("1 archived articles have no line; `scrapy crawl`" in line for line in done)
    assert (copy / "transcripts.jsonl").read_bytes().count(b"\n") == 5


def test_torn_lines_are_cut(copy: Path) -> None:
    whole = (copy / "transcripts.jsonl").read_bytes()
    for name in ("transcripts.jsonl", "duplicates.jsonl", "quarantine.jsonl"):
        with (copy / name).open("ab") as file:
            file.write(b'{"schema":1')
    assert sum("a torn last line of 11 bytes was cut off" in line for line in mended(copy)) == 3
    assert (copy / "transcripts.jsonl").read_bytes() == whole
    assert problems(copy) == []


def test_a_file_left_open_is_finished(copy: Path) -> None:
    path = warc(copy)
    whole = path.read_bytes()
    index = index_path(path).read_bytes()
    index_path(path).unlink()
    path.rename(path.with_name(path.name + ".open")).write_bytes(whole + b"\x1f\x8b\x08torn")
    assert mended(copy) == [f"warc/{path.name}.open: 7 torn bytes cut off, named and indexed"]
    assert (path.read_bytes(), index_path(path).read_bytes()) == (whole, index)
    assert problems(copy) == []


@pytest.mark.parametrize("how", ["missing", "wrong"])
def test_an_index_is_written_anew(how: str, copy: Path) -> None:
    path = index_path(warc(copy))
    whole = path.read_bytes()
    if how == "missing":
        path.unlink()
    else:
        drop(path, 0)
    assert mended(copy) == [f"warc/{path.name}: written anew"]
    assert path.read_bytes() == whole
    assert problems(copy) == []


def test_damage_that_cannot_be_mended_stays_and_is_said(copy: Path) -> None:
    change(copy / "transcripts.jsonl", 1, lambda record: record.update(turns=[]))
    os.truncate(warc(copy), warc(copy).stat().st_size // 2)
    before = kept(copy)
    assert any("damaged; its line comes first" in line for line in mended(copy))
    assert kept(copy) == before
    found = problems(copy)
    assert any("no record (turns" in line and "scrapy reparse" in line for line in found)
    assert any("cut off" in line for line in found)


def test_a_killed_repair_can_be_done_again(copy: Path) -> None:
    (copy / "ledger.sqlite").unlink()
    (copy / "ledger.sqlite.new").write_bytes(b"half")
    mended(copy)
    assert problems(copy) == []


def test_a_crawl_after_a_repair_is_whole(tmp_path: Path) -> None:
    with serving(hall()) as server:
        run(server, tmp_path)
        folder = tmp_path / "acftu"
        drop(folder / "duplicates.jsonl", 0)
        os.truncate(folder / "transcripts.jsonl", (folder / "transcripts.jsonl").stat().st_size - 20)
        mended(folder)
        assert problems(folder) == []
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0, result.stderr
    assert len(lines(folder / "transcripts.jsonl")) == 6
    assert problems(folder) == []
