"""Servers that break off, say 304 to everything, or lead nowhere: each costs what it should, and is said."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.halls import HTML, LISTING, TinyHall, article, crawl, lines, listing, manifest, path_of, serving

NUMBERS = range(1001, 1006)
PAGES = {path_of(n): article(n) for n in NUMBERS}
ODD = path_of(1003)


def run(output: Path, pages: dict[str, Any], *arguments: str) -> Any:
    with serving(TinyHall({LISTING: listing(*PAGES), **PAGES, **pages})) as server:
        return crawl(server.url + LISTING, output, "-s", "BACKOFF_FIRST=0", *arguments)


def records(output: Path) -> list[str]:
    return sorted(record["id"] for record in lines(output / "acftu/transcripts.jsonl"))


def cut_off(html: str) -> tuple[int, dict[str, str], bytes]:
    """A gzip stream without its end, in an answer that is whole by its length."""
    body = gzip.compress(html.encode("gbk"))
    return 200, {**HTML, "Content-Encoding": "gzip"}, body[: len(body) * 6 // 10]


BROKEN: dict[str, Any] = {
    "a gzip stream that is cut off": cut_off(article(1003)),
    "304 to a request without a validator": (304, HTML, b""),
    "a redirect without an address": (302, HTML, b""),
    "a redirect to a file": (302, {"Location": "file:///etc/passwd"}, b""),
    "a redirect to a port where nobody is": (302, {"Location": "http://127.0.0.1:9" + ODD}, b""),
    "a redirect to a name that is none": (302, {"Location": "http://acftu.people.com.cn.invalid/"}, b""),
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_article_that_cannot_be_had_costs_itself_only_and_is_asked_again(what: str, tmp_path: Path) -> None:
    result = run(tmp_path, {ODD: BROKEN[what]})
    assert result.returncode == 3, result.stdout
    assert "Traceback" not in result.stderr
    assert records(tmp_path) == [f"acftu/{n}" for n in NUMBERS if n != 1003]
    counts = manifest(tmp_path)["counts"]
    assert (counts["recorded"], counts["failed"]) == (4, 1)
    assert [m["url"].rpartition("/")[2] for m in manifest(tmp_path)["missing"]] == ["c392912-1003.html"]
    assert run(tmp_path, {}).returncode == 0
    assert len(records(tmp_path)) == 5


LISTINGS: dict[str, Any] = {
    "a gzip stream that is cut off": cut_off(listing(*PAGES)),
    "304 to a request without a validator": (304, HTML, b""),
    "a redirect without an address": (302, HTML, b""),
}


@pytest.mark.parametrize("what", LISTINGS)
def test_a_listing_that_cannot_be_had_makes_the_run_incomplete(what: str, tmp_path: Path) -> None:
    result = run(tmp_path, {LISTING: LISTINGS[what]})
    assert result.returncode == 3, result.stdout
    assert "Traceback" not in result.stderr
    assert run(tmp_path, {}).returncode == 0
    assert len(records(tmp_path)) == 5


def test_a_listing_that_has_nothing_any_more_is_not_believed(tmp_path: Path) -> None:
    with serving(TinyHall({LISTING: listing(*PAGES), **PAGES})) as server:
        assert crawl(server.url + LISTING, tmp_path).returncode == 0
        server.hall.pages[LISTING] = listing()
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 3
    assert "no article where there were 5" in result.stdout


def test_much_fewer_articles_are_said(tmp_path: Path) -> None:
    with serving(TinyHall({LISTING: listing(*PAGES), **PAGES})) as server:
        crawl(server.url + LISTING, tmp_path)
        server.hall.pages[LISTING] = listing(ODD)
        result = crawl(server.url + LISTING, tmp_path, "-s", "SWEEP_DAYS=0")
    assert result.returncode == 0
    assert "the listing has 1 articles; at the last sweep it had 5" in result.stdout


def test_a_conference_of_the_year_1_stops_no_run(tmp_path: Path) -> None:
    old = listing(*PAGES).replace("2018-05-01", "0001-01-02")
    for _ in range(2):
        result = run(tmp_path, {LISTING: old})
        assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr


def test_the_hall_at_another_port_is_the_same_hall(tmp_path: Path) -> None:
    run(tmp_path, {})
    run(tmp_path, {})
    assert manifest(tmp_path)["counts"]["recorded"] == 5
    assert manifest(tmp_path)["warnings"] == []


def test_a_page_whose_own_date_is_outside_is_asked_once(tmp_path: Path) -> None:
    """The listing says May 2018; the page says 2024."""
    with serving(TinyHall({LISTING: listing(*PAGES), **PAGES, ODD: article(1003, day="2024-01-05")})) as server:
        for expected in (1, 0):
            server.requests.clear()
            result = crawl(server.url + LISTING, tmp_path, "-a", "until=2019-01-01")
            assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stdout + result.stderr
            assert server.requests[ODD] == expected
        assert crawl(server.url + LISTING, tmp_path).returncode == 0
    assert len(records(tmp_path)) == 5


@pytest.mark.parametrize(
    "setting", ["LOOK_BACK_DAYS=1e9", "SWEEP_DAYS=inf", "RECHECK_DAYS=nan", "BACKOFF_FIRST=x", "ARCHIVE=maybe"]
)
def test_a_setting_that_is_none_is_one_line(setting: str, tmp_path: Path) -> None:
    result = crawl("http://127.0.0.1:9" + LISTING, tmp_path, "-s", setting)
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1), result.stderr


@pytest.mark.parametrize(
    "ledger", ["nonsense", "foo://x/y", "mysql+pymysql://u@h/d", "sqlite://", "sqlite:///:memory:"]
)
def test_a_ledger_that_cannot_be_is_one_line(ledger: str, tmp_path: Path) -> None:
    result = crawl("http://127.0.0.1:9" + LISTING, tmp_path, "-s", f"LEDGER={ledger}")
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1), result.stderr
    assert "LEDGER" in result.stderr


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    odd = tmp_path / "q?x #1 &%20 发布"
    assert run(odd, {}).returncode == 0
    assert (odd / "acftu/ledger.sqlite").exists()


def test_a_line_that_is_there_twice_is_named(tmp_path: Path) -> None:
    run(tmp_path, {})
    path = tmp_path / "acftu/transcripts.jsonl"
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[0])
    result = run(tmp_path, {})
    assert (result.returncode, len(result.stderr.splitlines())) == (6, 1)
    assert "is there twice" in result.stderr


def test_a_saved_listing_asks_no_live_host_without_a_contact(tmp_path: Path) -> None:
    live = "http://acftu.people.com.cn" + path_of(2)
    pages = {LISTING: listing(path_of(1), live), path_of(1): article(1)}
    with serving(TinyHall(pages)) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 3, result.stdout
    assert f"{live}: IgnoreRequest: {live} is asked only with a CONTACT" in result.stdout
    assert manifest(tmp_path)["counts"]["recorded"] == 1
