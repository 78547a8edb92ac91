"""`scrapy report` as a user runs it: on crawls of a hall that was edited, refused and shrank, and on what is no archive."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import create_engine, inspect, select

from crawler.storage.ledger import open_ledger
from crawler.storage.ledger.schema import metadata
from crawler.storage.read_only import read_only
from tests.halls import HTML, LISTING, TinyHall, article, crawl, listing, path_of, scrapy, serving
from tests.storage.postgres import running

AT = "2030-01-01T00:00:00Z"
DAYS = {3000 - n: (date(2019, 6, 30) - timedelta(days=9 * n)).isoformat() for n in range(12)}


def hall_of(days: dict[int, str]) -> TinyHall:
    """A hall whose listing is two pages, or one where there are six articles at most."""
    rows = sorted(days, reverse=True)
    pages = {path_of(n, day): article(n, day=day) for n, day in days.items()}
    last = (len(rows) - 1) // 6 + 1
    for n in range(last):
        links = [path_of(number, days[number]) for number in rows[n * 6 : n * 6 + 6]]
        text = listing(*links, after=f"<!--all page--><!--PageNo={last}-->").replace('<i class="gray">2018-05-0', "<i>")
        pages[LISTING if n == 0 else f"/GB/392912/index{n + 1}.html"] = text
    return TinyHall(pages)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three runs: a whole one, one with an edited, a gone and a failing page, one with a shorter listing."""
    folder = tmp_path_factory.mktemp("runs") / "out put#1"
    hall = hall_of(DAYS)
    with serving(hall) as server:
        url = server.url + LISTING
        crawl(url, folder)
        edited, gone, failing = 3000, 2999, 2998
        hall.pages[path_of(edited, DAYS[edited])] = article(edited, ("方致远", "改过的文字。"), day=DAYS[edited])
        del hall.pages[path_of(gone, DAYS[gone])]
        hall.pages[path_of(failing, DAYS[failing])] = 503, HTML, b"<html>busy</html>"
        crawl(url, folder, "-a", "full=1", "-s", "RETRY_TIMES=0", "-s", "BACKOFF_FIRST=0", "-s", "BACKOFF_MOST=0")
        hall.pages[LISTING] = hall_of(dict(list(DAYS.items())[:6])).pages[LISTING]
        crawl(url, folder, "-a", "full=1")
    return folder


def report(folder: Path, to: Path, *options: str) -> html.HtmlElement:
    """The report of a folder."""
    result = scrapy("report", str(folder), "-o", str(to), "--at", AT, *options)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    assert to.stat().st_size < 500_000
    return html.document_fromstring(to.read_bytes().decode())


def rows(page: html.HtmlElement, caption: str) -> list[list[str]]:
    """The cells of a table."""
    table = next(t for t in page.xpath("//table") if t.findtext("caption/span").startswith(caption))
    return [[cell.text_content() for cell in row] for row in table.xpath("./tbody/tr")]


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), hashlib.sha256(path.read_bytes()).hexdigest()


def test_it_tells_what_the_runs_did(output: Path, tmp_path: Path) -> None:
    before = list(digests(output))
    page = report(output, tmp_path / "a.html")
    assert list(digests(output)) == before
    state = page.xpath("//div[contains(@class, 'state bad')]")[0].text_content()
    assert "incomplete (exit 3)" in state and "the listing has 1 pages; at the last sweep it had 2" in state
    runs = [row[1:3] + row[5:7] for row in rows(page, "Runs")]
    assert runs == [["incomplete", "3", "0", "0"], ["incomplete", "3", "0", "1"], ["complete", "0", "12", "0"]]
    months = rows(page, "Conferences by month")
    # The page that is gone and the one that failed had a record, which counts.
    assert [(row[0], row[-1]) for row in months] == [("2019", "12")]
    assert ["林知秋", "", "11", "11"] in rows(page, "Speakers")
    assert "http_error" in page.text_content() and "HTTP 503" in page.text_content()
    report(output, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_folder_of_halls_has_a_section_each(output: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(output / "acftu", tmp_path / "halls" / name)
    page = report(tmp_path / "halls", tmp_path / "a.html")
    assert len(page.xpath("//main/section")) == 2
    assert len(rows(page, "Halls")) == 2


def test_missing_pieces_and_a_running_crawl_are_said(output: Path, tmp_path: Path) -> None:
    hall = tmp_path / "acftu"
    shutil.copytree(output / "acftu", hall)
    shutil.rmtree(hall / "warc")
    shutil.rmtree(hall / "runs")
    (hall / "ledger.sqlite").unlink()
    with (hall / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = report(hall, tmp_path / "a.html").text_content()
    for words in ("A crawl is writing", "No run has left a manifest", "There is no ledger", "There is no archive"):
        assert words in said


@pytest.mark.parametrize(
    "arguments",
    [[], ["{}/nothing"], ["README.md"], ["{}", "--at", "soon"], ["{}", "-o", ""], ["{}", "-s", "LEDGER=what"]],
)
def test_a_mistake_is_one_line_and_exit_code_2(arguments: list[str], tmp_path: Path) -> None:
    result = scrapy("report", *(argument.format(tmp_path) for argument in arguments))
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("scrapy report: ") and result.stderr.count("\n") == 1


def test_a_place_that_cannot_be_written_is_said(output: Path, tmp_path: Path) -> None:
    result = scrapy("report", str(output), "-o", str(tmp_path))
    assert result.returncode == 1 and result.stderr.count("\n") == 1


def test_a_line_that_is_no_record_is_said_and_the_rest_reported(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output / "acftu", tmp_path / "acftu")
    with (tmp_path / "acftu/transcripts.jsonl").open("ab") as file:
        file.write(b"{}\n")
    result = scrapy("report", str(tmp_path / "acftu"), "-o", str(tmp_path / "a.html"))
    assert (result.returncode, result.stderr.count("\n")) == (1, 1) and ": left out: " in result.stderr
    assert b"transcripts.jsonl: 1 line left out, first byte " in (tmp_path / "a.html").read_bytes()


def test_a_ledger_in_postgresql_tells_what_one_in_the_folder_tells(output: Path, tmp_path: Path) -> None:
    with running() as address:
        named = address.replace("postgresql:", "postgresql+psycopg:")
        copy_ledger(output / "acftu/ledger.sqlite", named)
        there = report(output / "acftu", tmp_path / "a.html", "-s", f"LEDGER={named}")
        copied = sorted(tables_of(named))
    here = report(output / "acftu", tmp_path / "b.html")
    assert there.text_content() == here.text_content()
    assert copied == sorted(metadata.tables)  # and nothing else was made
    result = scrapy("report", str(output), "-o", str(tmp_path / "c.html"), "-s", f"LEDGER={named}")
    assert result.returncode == 0 and "Traceback" not in result.stderr
    assert "cannot be read: connection failed" in (tmp_path / "c.html").read_text("utf8")


def copy_ledger(path: Path, address: str) -> None:
    """The rows of a SQLite ledger in another database."""
    open_ledger(address, "acftu", "test").close()
    with read_only(path).connect() as old, create_engine(address).begin() as new:
        for table in metadata.sorted_tables:
            new.execute(table.delete())
            if rows := [dict(row._mapping) for row in old.execute(select(table))]:
                new.execute(table.insert(), rows)


def tables_of(address: str) -> list[str]:
    engine = create_engine(address)
    found = inspect(engine).get_table_names()
    engine.dispose()
    return found


def test_a_pipe_gets_the_page(output: Path) -> None:
    result = scrapy("report", str(output), "-o", "-")
    assert result.returncode == 0 and result.stdout.startswith("<!DOCTYPE html>")
