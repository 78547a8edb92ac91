"""Pages that are gone from the live site come out of a web archive: a pywb that serves what the test wrote."""

from __future__ import annotations

import gzip
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.demo.server import HallServer
from tests.forking import forks
from tests.halls import (
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
from tests.replay import archive

LIVE, PLAIN, CANONICAL, GROWING, EARLIER, PAGES, NEVER, BROKEN, NOTICE = range(3001, 3010)
NUMBERS = range(LIVE, NOTICE + 1)
RESCUED = {PLAIN, CANONICAL, GROWING, EARLIER, PAGES}
REMOVED = "<html><body><h1>页面不存在</h1><p>您访问的页面不存在或已删除</p></body></html>"
CASE_AFTER, CASE_LATER, CASE_BEFORE = "20180601000000", "20190601000000", "20180508020000"


def unfinished(number: int) -> str:
    """The page before anybody spoke."""
    return article(number, ("", "")).replace("<p>[]：</p>", "<p>发布会即将开始，敬请关注。</p>")


def captures(live: str) -> list[tuple[str, str, int, str]]:
    """Address, moment, status and page of each capture."""
    canonical = "http://acftu.people.com.cn"
    first = article(PAGES).replace(
        '<div class="edit">', f'<a href="{path_of(PAGES)[:-5]}-2.html">2</a><div class="edit">'
    )
    second = article(PAGES, ("林知秋", "第二页的话。"))
    return [
        (live + path_of(PLAIN), CASE_AFTER, 200, article(PLAIN)),
        (canonical + path_of(CANONICAL), CASE_AFTER, 200, article(CANONICAL)),
        (live + path_of(GROWING), CASE_BEFORE, 200, unfinished(GROWING)),
        (live + path_of(GROWING), CASE_AFTER, 200, article(GROWING)),
        (live + path_of(GROWING), CASE_LATER, 200, article(GROWING, title="改过的标题")),
        (live + path_of(EARLIER), CASE_BEFORE, 200, article(EARLIER)),
        (live + path_of(EARLIER), CASE_LATER, 200, REMOVED),
        (live + path_of(PAGES), CASE_AFTER, 200, first),
        (live + path_of(PAGES)[:-5] + "-2.html", CASE_LATER, 200, second),
        (live + path_of(BROKEN), CASE_AFTER, 404, REMOVED),
        (live + path_of(NOTICE), CASE_AFTER, 200, REMOVED),
    ]


def write_warc(path: Path, live: str) -> None:
    """The captures as another crawler wrote them, compressed as they were sent."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, moment, status, html in captures(live):
            headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
            http = StatusAndHeaders(f"{status} OK", headers, protocol="HTTP/1.1")
            date = f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}T{moment[8:10]}:{moment[10:12]}:{moment[12:]}Z"
            body = BytesIO(gzip.compress(html.encode("gbk")))
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=body, http_headers=http, warc_headers_dict={"WARC-Date": date}
                )
            )


@pytest.fixture(scope="module")
def gone() -> Iterator[HallServer]:
    """A hall that still lists what it lost."""
    hall = TinyHall({LISTING: listing(*map(path_of, NUMBERS)), path_of(LIVE): article(LIVE)})
    with serving(hall) as server:
        yield server


@pytest.fixture(scope="module")
def old(gone: HallServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("archive")
    write_warc(folder / "old.warc.gz", gone.url)
    with archive(folder / "pywb", [folder / "old.warc.gz"]) as address:
        yield address


def rescue(server: HallServer, old: str, output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return crawl(server.url + LISTING, output, "-a", f"via={old}cdx", *arguments)


def records(output: Path) -> dict[int, dict[str, Any]]:
    return {int(r["id"].partition("/")[2]): r for r in lines(output / "acftu/transcripts.jsonl")}


@pytest.fixture(scope="module")
def rescued(gone: HallServer, old: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("rescued")
    assert crawl(gone.url + LISTING, output).returncode == 0
    assert records(output).keys() == {LIVE}
    gone.requests.clear()
    result = rescue(gone, old, output)
    assert result.returncode == 0, result.stdout + result.stderr
    assert not gone.requests.total(), "the live site was asked"
    return output


def test_each_page_comes_from_its_best_capture(rescued: Path, old: str, gone: HallServer) -> None:
    found = records(rescued)
    assert found.keys() == {LIVE} | RESCUED
    assert len(lines(rescued / "acftu/transcripts.jsonl")) == len(found)
    at = {number: found[number]["provenance"].get("captured_at") for number in found}
    assert at == {
        LIVE: None,
        PLAIN: "2018-06-01T00:00:00Z",
        CANONICAL: "2018-06-01T00:00:00Z",
        GROWING: "2018-06-01T00:00:00Z",
        EARLIER: "2018-05-08T02:00:00Z",
        PAGES: "2018-06-01T00:00:00Z",
    }
    assert found[PLAIN]["provenance"]["fetched_url"] == f"{old}{CASE_AFTER}id_/{gone.url}{path_of(PLAIN)}"
    assert found[PLAIN]["url"] == f"http://acftu.people.com.cn{path_of(PLAIN)}"
    assert found[PLAIN]["provenance"]["warc"]
    assert [turn["text"] for turn in found[PAGES]["turns"]][-1] == "第二页的话。"


def test_what_no_archive_has_stays_gone_and_is_counted(rescued: Path) -> None:
    said = manifest(rescued)
    assert (said["counts"]["recorded"], said["counts"]["gone"]) == (6, 3)
    assert said["run"]["not_captured"] == 2
    assert said["quarantine"] == {"gone": 1}
    assert said["via"].endswith("/cdx")


def test_the_archive_is_whole_and_gives_the_same_records_again(rescued: Path, tmp_path: Path) -> None:
    checked = scrapy("verify", str(rescued / "acftu"))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    warcs = sorted(map(str, (rescued / "acftu/warc").glob("*.warc.gz")))
    again = scrapy("reparse", *warcs, "--site", "acftu", "-o", str(tmp_path))
    assert again.returncode == 0, again.stdout + again.stderr
    made = {r["id"]: r for r in lines(tmp_path / "transcripts.jsonl") or lines(tmp_path / "acftu/transcripts.jsonl")}
    assert made == {r["id"]: r for r in records(rescued).values()}


def test_later_runs_ask_neither_side_for_what_was_rescued(rescued: Path, gone: HallServer, old: str) -> None:
    before = (rescued / "acftu/transcripts.jsonl").read_bytes()
    again = rescue(gone, old, rescued)
    assert again.returncode == 0, again.stdout
    assert manifest(rescued)["run"]["not_captured"] == 2
    gone.requests.clear()
    live = crawl(gone.url + LISTING, rescued, "-a", "full=1")
    assert live.returncode == 0, live.stdout
    assert not {path_of(number) for number in RESCUED} & gone.requests.keys()
    assert manifest(rescued)["counts"]["recorded"] == 6
    assert (rescued / "acftu/transcripts.jsonl").read_bytes() == before


def test_killed_and_run_again_each_page_is_there_once(gone: HallServer, old: str, tmp_path: Path) -> None:
    assert crawl(gone.url + LISTING, tmp_path).returncode == 0
    options = ("-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={tmp_path}", "-a", f"via={old}cdx")
    start = ("-a", f"start={gone.url}{LISTING}", "-s", "DOWNLOAD_DELAY=0.3")
    process = forks().start("crawl", "acftu", *start, *options)
    end = time.monotonic() + 60
    while len(records(tmp_path)) < 3 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert 3 <= len(records(tmp_path)) < 6
    assert rescue(gone, old, tmp_path).returncode == 0
    ids = [r["id"] for r in lines(tmp_path / "acftu/transcripts.jsonl")]
    assert sorted(ids) == sorted(f"acftu/{number}" for number in {LIVE} | RESCUED)
    assert scrapy("verify", str(tmp_path / "acftu")).returncode == 0


def test_an_archive_that_does_not_answer_is_incomplete_and_said(gone: HallServer, tmp_path: Path) -> None:
    assert crawl(gone.url + LISTING, tmp_path).returncode == 0
    broken = TinyHall({"/old/cdx": (500, {}, b"")})
    with serving(broken) as server:
        result = rescue(gone, f"{server.url}/old/", tmp_path, "-s", "RETRY_TIMES=0", "-s", "BACKOFF_FIRST=0")
    assert result.returncode == 3, result.stdout + result.stderr
    assert manifest(tmp_path)["counts"]["found"] == len(NUMBERS)


def test_an_answer_that_is_no_cdx_is_missing_and_named(gone: HallServer, tmp_path: Path) -> None:
    assert crawl(gone.url + LISTING, tmp_path).returncode == 0
    with serving(TinyHall({"/old/cdx": b"<html>"})) as server:
        result = rescue(gone, f"{server.url}/old/", tmp_path)
    assert result.returncode == 3, result.stdout + result.stderr
    assert "capture http" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("via", ["google", "http://127.0.0.1/x"])
def test_a_wrong_archive_is_one_line(via: str, tmp_path: Path) -> None:
    result = crawl("http://127.0.0.1:9/" + LISTING, tmp_path, "-a", f"via={via}")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
