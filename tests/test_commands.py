"""The commands as a user meets them: output, one line for a mistake, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from crawler.commands import commands_module
from tests.halls import LISTING, ROOT, SCRAPY, TinyHall, article, lines, listing, path_of, scrapy, serving

URL = "http://acftu.people.com.cn/n1/2018/0508/c392912-1001.html"
MISTAKES = {
    "unknown site": ("crawl", "nosuch"),
    "no site": ("crawl",),
    "two sites": ("crawl", "acftu", "acftu"),
    "unknown argument": ("crawl", "acftu", "-a", "from=2016"),
    "no date": ("crawl", "acftu", "-a", "since=2016-13-01"),
    "dates the wrong way round": ("crawl", "acftu", "-a", "since=2017-01-01", "-a", "until=2016-01-01"),
    "limit of nothing": ("crawl", "acftu", "-a", "limit=0"),
    "full of what": ("crawl", "acftu", "-a", "full=yes"),
    "start is no address": ("crawl", "acftu", "-a", "start=ftp://example.org/"),
    "start is private": ("crawl", "acftu", "-a", "start=http://127.0.0.1:9/index.html"),
    "no contact": ("crawl", "acftu"),
    "no delay": ("crawl", "acftu", "-s", "DOWNLOAD_DELAY=abc", "-s", "CONTACT=a@example.org"),
    "unknown option": ("crawl", "acftu", "--bogus"),
    "inspect nothing": ("inspect",),
    "inspect without a site": ("inspect", "README.md"),
    "inspect an unknown site": ("inspect", "README.md", "--site", "nosuch"),
    "inspect a file that is not there": ("inspect", "nosuch.html", "--site", "acftu"),
    "inspect a folder": ("inspect", "tests", "--site", "acftu"),
    "inspect with a wrong address": ("inspect", "README.md", "--site", "acftu", "--url", "ftp://x/"),
    "inspect a private address": ("inspect", "http://127.0.0.1:9/x.html", "--site", "acftu"),
    "schema of what": ("schema", "acftu"),
    "demo of what": ("demo", "acftu"),
    "demo of no number": ("demo", "--size", "abc"),
    "demo of nothing": ("demo", "--size", "0"),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_one_line_and_exit_code_2(what: str) -> None:
    result = scrapy(*MISTAKES[what])
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert result.stderr.startswith(f"scrapy {MISTAKES[what][0]}: ")


def test_an_output_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "acftu").write_text("a file where the folder should be")
    options = ("-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={tmp_path}")
    result = scrapy("crawl", "acftu", "-a", "start=http://127.0.0.1:9/GB/1/index.html", *options)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1


def test_inspect_prints_one_line_in_a_pipe_and_writes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(article(1001).encode("gbk"))
    before = sorted(p for p in (ROOT / "output").rglob("*"))
    result = scrapy("inspect", str(page), "--site", "acftu", "--url", URL)
    assert result.returncode == 0
    record = json.loads(result.stdout)
    assert len(result.stdout.splitlines()) == 1
    assert record["id"] == "acftu/1001"
    assert record["url"] == URL
    assert sorted(p for p in (ROOT / "output").rglob("*")) == before


def test_inspect_says_in_one_line_why_a_page_is_no_transcript(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes("<html><body><h1>一篇文章</h1><p>没有人说话。</p></body></html>".encode())
    result = scrapy("inspect", str(page), "--site", "acftu")
    assert result.returncode == 4
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "no_turns" in result.stderr


def test_inspect_fetches_an_address_with_all_its_pages() -> None:
    first = path_of(1001)
    more = article(1001, ("林知秋", "第二页。"))
    page = article(1001).replace('<div class="edit">', f'<a href="{first[:-5]}-2.html">2</a><div class="edit">')
    with serving(TinyHall({first: page, first[:-5] + "-2.html": more}), gzip=True) as server:
        result = scrapy("inspect", server.url + first, "--site", "acftu", "-s", "ALLOW_PRIVATE_ADDRESSES=1")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["turns"][-1]["text"] == "第二页。"


def test_inspect_of_an_address_that_cannot_be_had() -> None:
    with serving(TinyHall({})) as server:
        url = server.url
    result = scrapy(
        "inspect", url + path_of(1), "--site", "acftu", "-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", "RETRY_ENABLED=0"
    )
    assert result.returncode == 3
    assert "Traceback" not in result.stderr


def test_diff_shows_what_was_cut(tmp_path: Path) -> None:
    block = "丰镇市| 乌审旗| 阿坝县| 台南市| 宁都县| 博湖县| 龙陵县| 海宁市| 遂昌县| 石台县| 罗定市| 额敏县|"
    page = tmp_path / "page.html"
    page.write_bytes(article(1001).replace("</body>", f"<div>{block}</div></body>").encode("gbk"))
    result = scrapy("inspect", str(page), "--site", "acftu", "--diff")
    assert result.returncode == 0
    assert f"[-{block}-]" in result.stdout


def test_diff_of_a_clean_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(article(1001).encode("gbk"))
    assert scrapy("inspect", str(page), "--site", "acftu", "--diff").stdout == "nothing was changed\n"


def test_control_characters_of_a_page_do_not_reach_the_terminal(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    block = "丰镇市| 乌审旗| 阿坝县| 台南市| 宁都县| 博湖县| 龙陵县| 海宁市| 遂昌县| 石台县|"
    page.write_bytes(
        article(1001).replace("安排有", "\x1b[31m安排有").replace("项。</p>", f"项。\x1b[2J{block}</p>").encode("gbk")
    )
    for options in ((), ("--diff",)):
        assert "\x1b" not in scrapy("inspect", str(page), "--site", "acftu", *options).stdout


def test_schema_is_what_the_records_are_checked_against() -> None:
    result = scrapy("schema")
    schema = json.loads(result.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"][:3] == ["id", "site", "url"] or "id" in schema["required"]
    assert set(schema["properties"]["turns"]["items"]) == {"$ref"}


def test_demo_writes_where_it_says_and_twice_adds_nothing(tmp_path: Path) -> None:
    first = scrapy("demo", "--size", "8", "-s", f"OUTPUT_DIR={tmp_path}")
    path = tmp_path / "demo/acftu/transcripts.jsonl"
    assert first.returncode == 0, first.stdout + first.stderr
    assert str(path) in first.stdout
    assert lines(path)[0]["title"] in first.stdout
    written = path.read_bytes()
    again = scrapy("demo", "--size", "8", "-s", f"OUTPUT_DIR={tmp_path}")
    assert again.returncode == 0
    assert path.read_bytes() == written


def test_help_of_each_command() -> None:
    for command in ("crawl", "demo", "inspect", "schema"):
        result = scrapy(command, "--help")
        assert result.returncode == 0
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize("words", [(), ("-h",), ("nosuch",), ("_halls",), ("../crawl",), ("settings",)])
def test_what_names_no_command_of_ours_has_scrapy_look_at_all(words: tuple[str, ...]) -> None:
    assert commands_module(words) == "crawler.commands"


def test_a_crawl_loads_nothing_that_it_does_not_use(tmp_path: Path) -> None:
    with serving(TinyHall({LISTING: listing(path_of(1)), path_of(1): article(1)})) as server:
        ours = ("-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={tmp_path}")
        command = [SCRAPY, "crawl", "acftu", "-a", f"start={server.url + LISTING}", *ours]
        # An interpreter of its own, which has loaded nothing.
        environment = os.environ | {"PYTHONPROFILEIMPORTTIME": "1"}
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    loaded = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}
    assert {"crawler.pipelines", "sqlalchemy.dialects.sqlite"} <= loaded
    others = {"crawler.storage.datastore", "crawler.storage.reparsing", "crawler.text.proposing", "twisted.conch"}
    assert not loaded & (others | {"rich", "tldextract", "requests", "sqlalchemy.dialects.postgresql"})


def test_listing_constant_is_the_site_s() -> None:
    from crawler.spiders.acftu import AcftuSpider

    assert AcftuSpider.site.listing.url.endswith(LISTING)
