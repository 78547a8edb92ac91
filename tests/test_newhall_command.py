"""`scrapy newhall` on a hall that nobody has seen: from its address to its records, and every way to go wrong."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.commands import newhall
from crawler.commands._newhall import read_saved
from crawler.fixtures import case_folders, read_case
from tests.forking import forks
from tests.halls import HTML, ROOT, SCRAPY, TinyHall, lines, scrapy, serving
from tests.unknown_hall import SITE, copy_of_the_project, unknown_hall

LOCAL = ("-s", "ALLOW_PRIVATE_ADDRESSES=1")
RUN = {"schema", "version", "content_hash", "provenance", "cleaning", "damage"}
MOST_LINES = 40


class Built(NamedTuple):
    """The project's folder, the listing's address, what newhall said, what it asked for."""

    project: Path
    url: str
    made: subprocess.CompletedProcess[str]
    asked: dict[str, int]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_project(tmp_path_factory.mktemp("project"))


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return forks(bare=True).run(*arguments, cwd=project, env={"PYTHONDONTWRITEBYTECODE": "1"})


@pytest.fixture(scope="module")
def built(project: Path) -> Iterator[Built]:
    """The project with the new hall in it."""
    hall = unknown_hall()
    with serving(hall) as server:
        url = server.url + hall.start
        made = run(project, "newhall", SITE, url, *LOCAL)
        yield Built(project, url, made, dict(server.requests))


def test_it_writes_a_hall_of_data_only(
    built: Built,
) -> None:
    project, url, made, asked = built
    assert (made.returncode, made.stderr) == (0, "")
    written = (project / f"crawler/spiders/{SITE}.py").read_text("utf8")
    assert len(written.splitlines()) <= MOST_LINES
    assert "def " not in written
    assert url in written
    assert "# guess: no article of several pages was seen" in written
    assert (project / f"docs/halls/{SITE}.md").read_text("utf8").startswith(f"# {SITE}: ")
    # robots.txt, the listing and three of its pages
    assert len(asked) == 5 and set(asked.values()) == {1}


def test_its_table_says_what_each_part_matches(
    built: Built,
) -> None:
    said = built[2].stdout
    for words in (".entry", "5 articles, 5 with a date", "list_{n}.html", ".sheet-text", "3 of 3 pages", "【职务 名】"):
        assert words in said
    assert "guess: no article of several pages was seen" in " ".join(said.split())


def test_its_file_is_as_ruff_has_it(built: Built) -> None:
    ruff = Path(SCRAPY).with_name("ruff")
    file = built[0] / f"crawler/spiders/{SITE}.py"
    for words in (("check",), ("format", "--check")):
        result = subprocess.run(
            [ruff, *words, "--config", ROOT / "pyproject.toml", file], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout


def test_a_crawl_of_it_gives_the_expected_records(built: Built, tmp_path: Path) -> None:
    project, _, _, _ = built
    result = run(project, "crawl", SITE, "-s", f"OUTPUT_DIR={tmp_path}", *LOCAL)
    assert result.returncode == 0, result.stderr
    records = {record["id"]: record for record in lines(tmp_path / SITE / "transcripts.jsonl")}
    expected = {str(one["id"]): one for one in unknown_hall().expected}
    assert records.keys() == expected.keys()
    wrong = [
        (name, key, records[name][key], value)
        for name, one in expected.items()
        for key, value in one.items()
        if key not in RUN and records[name][key] != value
    ]
    assert not wrong[:3]


def test_its_saved_page_is_the_server_s_and_says_that_nobody_has_read_it(
    built: Built,
) -> None:
    project, _, _, _ = built
    (folder,) = case_folders(project / "tests/pages", SITE)
    case = read_case(folder)
    assert case.unread
    path = case.page.url.partition("/waterways/")[2]
    found = unknown_hall().find(f"/waterways/{path}")
    assert found is not None and case.page.body == found.body
    assert not RUN - {"cleaning"} & case.expected.keys()
    checked = run(project, "check", SITE)
    assert f"{case.name}: expected.json was not read by a person yet" in checked.stdout
    assert checked.returncode == 4 and "README.md does not name it" in checked.stdout
    readme = project / "README.md"
    readme.write_text(readme.read_text("utf8") + f"\n`{SITE}`\n", "utf8")
    assert run(project, "check", SITE).returncode == 0


def test_nothing_is_overwritten(built: Built) -> None:
    project, url, _, _ = built
    before = (project / f"crawler/spiders/{SITE}.py").read_bytes()
    result = run(project, "newhall", SITE, url, *LOCAL)
    assert result.returncode == 2 and len(result.stderr.splitlines()) == 1
    assert (project / f"crawler/spiders/{SITE}.py").read_bytes() == before


SAVED = ROOT / "tests/newhall"
LISTED, TRANSCRIPT = SAVED / "list.html", SAVED / "W2025-7300.html"
FROM = "https://www.waterways.example/waterways/meetings/list.html"


def test_the_saved_pages_of_the_readme_are_the_hall_s() -> None:
    hall = unknown_hall()
    for file, path in ((LISTED, hall.start), (TRANSCRIPT, hall.told[0].path)):
        found = hall.find(path)
        assert found is not None and file.read_bytes() == found.body and path.endswith(f"/{file.name}")


def test_saved_pages_do_without_the_network_and_a_dry_run_writes_nothing() -> None:
    result = scrapy("newhall", SITE, str(LISTED), "--url", FROM, "--page", str(TRANSCRIPT), "--dry-run")
    assert (result.returncode, result.stderr) == (0, "")
    assert 'host="www.waterways.example"' in result.stdout
    assert 'scheme="https"' in result.stdout
    assert "guess: one page only" in result.stdout
    assert not (ROOT / f"crawler/spiders/{SITE}.py").exists()
    assert not (ROOT / f"tests/pages/{SITE}").exists()


NAMES = ["../mof", "mfa", "class", "外交部"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_hall_can_have(name: str) -> None:
    result = scrapy("newhall", name, "http://127.0.0.1:9/index.html", *LOCAL)
    assert result.returncode == 2
    assert result.stderr.startswith("scrapy newhall: ") and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("mof", "nosuch.html", "--page", "nosuch.html"),
        ("mof", "README.md", "--page", "README.md"),
        ("mof", "http://127.0.0.1:9/"),
        ("mof", "http://hall.example/index.html"),
        ("mof", "http://127.0.0.1:9/", "--bogus"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    result = scrapy("newhall", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


def test_a_page_that_is_no_listing(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.html"
    nothing.write_text("<html><body><h1>一篇文章</h1><p>没有列表。<a href='/x.html'>链接</a></p></body></html>", "utf8")
    result = scrapy("newhall", SITE, str(nothing), "--url", FROM, "--page", str(TRANSCRIPT))
    assert (result.returncode, result.stdout) == (4, "")
    assert len(result.stderr.splitlines()) == 1 and "no listing" in result.stderr


def test_a_hall_that_cannot_be_had_or_has_no_transcripts() -> None:
    rows = "".join(f'<li><a href="/a/{n}.html">消息{n}</a> 2020-01-0{n}</li>' for n in range(1, 5))
    pages = {
        "/list.html": (200, HTML, f'<html><body><ul class="news">{rows}</ul></body></html>'.encode()),
        **{
            f"/a/{n}.html": (200, HTML, "<html><body><h1>消息</h1><p>无人说话。</p></body></html>".encode())
            for n in range(1, 5)
        },
        "/closed.html": (403, HTML, b"no"),
        "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /shut/\n"),
    }
    with serving(TinyHall(pages)) as server:
        for path, code in (("/list.html", 4), ("/nowhere.html", 3), ("/closed.html", 5), ("/shut/list.html", 5)):
            result = scrapy("newhall", SITE, server.url + path, *LOCAL)
            assert (result.returncode, result.stdout) == (code, ""), result.stderr
            assert len(result.stderr.splitlines()) == 1


def test_a_page_s_words_are_never_code(tmp_path: Path) -> None:
    evil = '"""; import os; os.abort() #\u202e'
    rows = "".join(f"<li class='x'><a href='/a/{n}.html'>{evil}\x1b[31m{n}</a> 2020-01-0{n}</li>" for n in range(1, 5))
    listing, page = tmp_path / "list.html", tmp_path / "1.html"
    listing.write_text(
        f"<html><title>{evil}|`\x1b[31m&lt;img src=x&gt;</title><body><ul class='news'>{rows}</ul></body></html>",
        "utf8",
    )
    turns = "".join(f"<p>{who}：好。</p>" for who in ("问", "答", "问", "答"))
    page.write_text(
        f"<html><head><title>实录第一场-{evil}</title></head><body><h1>实录第一场</h1><p class='d'>2020-01-01</p>"
        f"<div class='t'>{turns}</div></body></html>",
        "utf8",
    )
    arguments = ("--url", "http://hall.example/list.html", "--page", str(page), "--dry-run")
    result = scrapy("newhall", SITE, str(listing), *arguments)
    assert result.returncode == 0, result.stderr
    assert not {"\x1b", "\u202e"} & set(result.stdout)
    assert "<img" not in result.stdout and r"\u202e" in result.stdout
    source = result.stdout.partition(f"{SITE}.py:\n")[2].partition(f"\n{ROOT}")[0]
    assert "实录第一场" not in source and r"re.compile(" in source
    assert "abort" not in compile(source, "x", "exec").co_names


def test_a_fault_of_the_program_is_no_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("too many values to unpack")

    command = newhall.Command()
    monkeypatch.setattr(newhall, "check_name", lambda *_: None)
    monkeypatch.setattr(command, "_saved", broken)
    with pytest.raises(ValueError, match="too many"):
        command.run(["mof", str(LISTED)], argparse.Namespace(url=FROM, page=[], dry_run=True))


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ("<!-- saved from url=(0031)http://hall.example/list.html -->\n<html>", "http://hall.example/list.html"),
        ('<html><head><link rel="canonical" href="https://hall.example/a"></head>', "https://hall.example/a"),
        ('<html><head><link rel="canonical" href="/a"></head>', ""),
        ("<!-- saved from another place -->", ""),
    ],
)
def test_a_saved_page_says_where_it_came_from(page: str, url: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page, "utf8")
    assert read_saved("mof", str(file)).url == url
    assert read_saved("mof", str(file), "http://given.example/").url == "http://given.example/"
