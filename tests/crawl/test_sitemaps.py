"""Sitemaps and feeds: what the listing lacks is found, asked once, and said; no more is asked than may have changed."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.server import HallServer
from tests.crawl.test_kill import kill_after
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

INDEX, NEWS, OLD, RSS = "/sitemap_index.xml", "/sitemap/news.xml.gz", "/sitemap/2018.xml", "/rss.xml"
XML = {"Content-Type": "text/xml"}
LISTED, ONLY = (1001, 1002, 1003), (1003, 1004)


def index(*entries: tuple[str, str | None]) -> Any:
    dated = "".join(f"<sitemap><loc>{u}</loc>{f'<lastmod>{d}</lastmod>' if d else ''}</sitemap>" for u, d in entries)
    return (
        200,
        XML,
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{dated}</sitemapindex>'.encode(),
    )


def sitemap(*addresses: str) -> Any:
    urls = "".join(f"<url><loc>{address}</loc><lastmod>2018-05-08</lastmod></url>" for address in addresses)
    return 200, XML, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def rss(*addresses: str) -> Any:
    items = "".join(f"<item><link>{address}</link><pubDate>gestern</pubDate></item>" for address in addresses)
    return 200, XML, f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def packed(answer: Any) -> Any:
    return 200, {"Content-Type": "application/gzip"}, gzip.compress(answer[2], mtime=0)


def hall(**more: Any) -> TinyHall:
    """Three listed articles; a sitemap and a feed that name others, an index that names both."""
    pages: dict[str, Any] = {LISTING: listing(*map(path_of, LISTED))}
    pages |= {path_of(n): article(n) for n in range(1001, 1008)}
    pages[NEWS] = packed(
        sitemap(*map(path_of, ONLY), "/n1/2018/0508/c1-77.html", "http://elsewhere.example/c392912-9.html")
    )
    pages[RSS] = rss(path_of(1005))
    pages[INDEX] = index((NEWS, "2018-05-08"), (RSS, "2018-05-09"), ("http://elsewhere.example/sitemap.xml", None))
    return TinyHall(pages | more)


def run(server: HallServer, output: Path, *arguments: str, code: int = 0) -> list[str]:
    """Crawl with sitemaps; what was asked besides robots.txt."""
    server.requests.clear()
    result = crawl(server.url + LISTING, output, "-a", "sitemaps=1", "-s", "RETRY_ENABLED=0", *arguments)
    assert (result.returncode, "Traceback" in result.stderr) == (code, False), result.stdout + result.stderr
    return [path for path, n in server.requests.items() for _ in range(n) if path != "/robots.txt"]


def records(output: Path) -> list[str]:
    return sorted(record["id"].removeprefix("acftu/") for record in lines(output / "acftu/transcripts.jsonl"))


def test_off_unless_asked_for(tmp_path: Path) -> None:
    with serving(hall()) as server:
        assert crawl(server.url + LISTING, tmp_path).returncode == 0
        assert INDEX not in server.requests
    assert records(tmp_path) == ["1001", "1002", "1003"]
    assert manifest(tmp_path)["not_in_listing"] == {}


def test_what_the_listing_lacks_is_found_and_said(tmp_path: Path) -> None:
    with serving(hall()) as server:
        asked = run(server, tmp_path)
    assert records(tmp_path) == ["1001", "1002", "1003", "1004", "1005"]
    assert len(asked) == len(set(asked)) == 9
    said = manifest(tmp_path)
    assert said["not_in_listing"] == {"feed": 1, "sitemap": 1}
    assert said["sitemaps"] | {"read": 3, "articles": 3, "elsewhere": 3, "unread": 0} == said["sitemaps"]
    counts = said["counts"]
    assert counts["found"] == sum(n for name, n in counts.items() if name != "found") == 5
    assert scrapy("verify", str(tmp_path / "acftu")).returncode == 0


def test_an_unchanged_hall_costs_one_request_more(tmp_path: Path) -> None:
    with serving(hall()) as server:
        run(server, tmp_path)
        assert run(server, tmp_path) == [LISTING, INDEX]
    assert manifest(tmp_path)["sitemaps"] | {"unchanged": 3, "read": 0} == manifest(tmp_path)["sitemaps"]
    assert manifest(tmp_path)["not_in_listing"] == {"feed": 1, "sitemap": 1}


def test_only_a_sitemap_that_changed_is_asked(tmp_path: Path) -> None:
    with serving(hall()) as server:
        run(server, tmp_path)
        server.hall.pages[RSS] = rss(path_of(1006))
        server.hall.pages[INDEX] = index((NEWS, "2018-05-08"), (RSS, "2018-06-01"))
        assert run(server, tmp_path) == [LISTING, INDEX, RSS, path_of(1006)]


def test_a_sitemap_without_a_date_is_asked_each_time_with_its_validator(tmp_path: Path) -> None:
    with serving(hall(**{INDEX: index((NEWS, None), (RSS, "2018-05-09"))})) as server:
        run(server, tmp_path)
        assert run(server, tmp_path) == [LISTING, INDEX, NEWS]
        assert manifest(tmp_path)["run"]["not_modified"] == 3
        server.hall.pages[NEWS] = packed(sitemap(path_of(1006)))
        assert run(server, tmp_path) == [LISTING, INDEX, NEWS, path_of(1006)]


def test_a_full_run_and_another_channel_ask_all_again(tmp_path: Path) -> None:
    with serving(hall()) as server:
        run(server, tmp_path)
        assert {INDEX, NEWS, RSS} <= set(run(server, tmp_path, "-a", "full=1"))
        assert manifest(tmp_path)["sitemaps"]["read"] == 3
        other = "/GB/81975/index.html"
        server.hall.pages[other] = listing(path_of(1001))
        server.requests.clear()
        crawl(server.url + other, tmp_path, "-a", "sitemaps=1")
        assert {INDEX, NEWS, RSS} <= set(server.requests)


@pytest.mark.parametrize("late", [False, True])
def test_an_article_of_both_is_the_listing_s(late: bool, tmp_path: Path) -> None:
    """`late`: the listing has it a run after the sitemap."""
    both = listing(*map(path_of, (*LISTED, 1004, 1005)))
    with serving(hall(**({} if late else {LISTING: both}))) as server:
        run(server, tmp_path)
        server.hall.pages[LISTING] = both
        run(server, tmp_path)
    assert manifest(tmp_path)["not_in_listing"] == {}
    assert records(tmp_path) == ["1001", "1002", "1003", "1004", "1005"]


def test_a_sitemap_that_cannot_be_had_is_missing_and_asked_again(tmp_path: Path) -> None:
    with serving(hall()) as server:
        whole = server.hall.pages[NEWS]
        server.hall.pages[NEWS] = (500, HTML, b"<html>error</html>")
        run(server, tmp_path, code=3)
        assert [(m["what"], m["reason"]) for m in manifest(tmp_path)["missing"]] == [("sitemap", "HTTP 500")]
        server.hall.pages[NEWS] = whole
        assert sorted(run(server, tmp_path)) == sorted([LISTING, NEWS, INDEX, path_of(1004)])
    assert records(tmp_path) == ["1001", "1002", "1003", "1004", "1005"]


def test_one_that_an_index_still_names_and_that_is_gone_is_counted(tmp_path: Path) -> None:
    with serving(hall(**{RSS: (404, HTML, b"<html>no</html>")})) as server:
        run(server, tmp_path)
    assert manifest(tmp_path)["sitemaps"]["gone"] == 1


ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + ENTITIES + b"]><urlset><url><loc>http://x/&j;</loc></url></urlset>"
UNREAD = {
    "an entity bomb": (200, XML, BOMB),
    "a page of HTML": (200, XML, b"<!DOCTYPE html><html><body><p>404 Not Found<br></body></html>"),
    "no XML": (200, XML, b"\x00\x01\x02 hello"),
    "nothing": (200, XML, b""),
    "a gzip file that is none": (200, XML, b"\x1f\x8b\x08\x00 nothing of it"),
    "a gzip bomb": (200, XML, gzip.compress(b"<urlset>" + b" " * 21_000_000)),
    "cut off": (200, XML, sitemap(path_of(1004))[2][:-30]),
}


@pytest.mark.parametrize("what", UNREAD)
def test_what_is_no_sitemap_is_a_line_and_a_count(what: str, tmp_path: Path) -> None:
    with serving(hall(**{NEWS: UNREAD[what]})) as server:
        run(server, tmp_path, code=3)
    said = manifest(tmp_path)
    assert said["sitemaps"]["unread"] == 1
    assert [m["what"] for m in said["missing"]] == ["sitemap"]
    assert {"1001", "1002", "1003", "1005"} <= set(records(tmp_path))


def test_hostile_sitemaps_cost_counts_only(tmp_path: Path) -> None:
    """An index that lists itself and another that lists it; foreign addresses by the thousand; dates that are none."""
    foreign = [f"http://elsewhere.example/n1/2018/0508/c392912-{n}.html" for n in range(50_000)]
    more = {
        INDEX: index((INDEX, None), (OLD, "the day before yesterday"), (NEWS, "9999-99-99")),
        OLD: index((INDEX, None), (OLD, None), ("/sitemap/deep.xml", None)),
        "/sitemap/deep.xml": index(("/sitemap/deeper.xml", None)),
        NEWS: sitemap(*foreign, path_of(1004), "http://[", "javascript:x", path_of(1004)),
    }
    with serving(hall(**more)) as server:
        asked = run(server, tmp_path)
        assert "/sitemap/deeper.xml" not in asked and len(asked) == len(set(asked))
    said = manifest(tmp_path)
    assert said["sitemaps"] | {"elsewhere": 50_000, "again": 3, "too_many": 1} == said["sitemaps"]
    assert said["counts"]["found"] == 4


def test_a_redirect_off_the_hall_is_not_followed(tmp_path: Path) -> None:
    with serving(hall(**{NEWS: (302, {"Location": "http://elsewhere.example/sitemap.xml"}, b"")})) as server:
        run(server, tmp_path, code=3)
    assert "elsewhere.example" in manifest(tmp_path)["missing"][0]["reason"]


def test_a_hall_that_names_none_says_nothing(tmp_path: Path) -> None:
    with serving(TinyHall({LISTING: listing(path_of(1001)), path_of(1001): article(1001)})) as server:
        result = crawl(server.url + LISTING, tmp_path, "-a", "sitemaps=0")
    assert result.returncode == 0
    assert "sitemaps" not in result.stdout


def test_sigkill_anywhere_and_run_again(tmp_path: Path) -> None:
    """Behind each of the first requests in turn: robots.txt, the listing, its articles, the index, what it names."""
    with serving(hall()) as server:
        options = f"-a start={server.url}{LISTING} -a sitemaps=1 -s ALLOW_PRIVATE_ADDRESSES=1 -s OUTPUT_DIR={tmp_path}"
        for requests in (2, 3, 3, 2, 2, 1, 1):
            kill_after(forks().start("crawl", "acftu", *options.split()), server, requests, 0.001)
        run(server, tmp_path)
    assert records(tmp_path) == ["1001", "1002", "1003", "1004", "1005"]
    assert manifest(tmp_path)["not_in_listing"] == {"feed": 1, "sitemap": 1}
    assert scrapy("verify", str(tmp_path / "acftu")).returncode == 0


def test_a_ledger_made_anew_knows_what_only_a_sitemap_had(tmp_path: Path) -> None:
    with serving(hall()) as server:
        run(server, tmp_path)
        (tmp_path / "acftu/ledger.sqlite").unlink()
        assert scrapy("verify", "--repair", str(tmp_path / "acftu")).returncode == 0
        assert crawl(server.url + LISTING, tmp_path).returncode == 0
    assert manifest(tmp_path)["not_in_listing"] == {"feed": 1, "sitemap": 1}
    assert records(tmp_path) == ["1001", "1002", "1003", "1004", "1005"]
