"""`scrapy check`: halls in order, halls with mistakes in their files, and live halls that have changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from crawler.demo.halls import build_small
from crawler.demo.halls.small import SmallHall
from crawler.demo.model import Resource
from tests.forking import forks
from tests.halls import scrapy, serving
from tests.unknown_hall import copy_of_the_project

LOCAL = ("-s", "ALLOW_PRIVATE_ADDRESSES=1")


class Redesigned:
    """A hall whose pages have other words in their markup than before."""

    def __init__(self, hall: SmallHall, before: str, after: str) -> None:
        self.hall, self.start = hall, hall.start
        self.before, self.after = before.encode(), after.encode()

    def find(self, path: str) -> Resource | None:
        found = self.hall.find(path)
        return found and Resource(found.status, found.headers, found.body.replace(self.before, self.after))


def look(site: str, before: str = "", after: str = "") -> subprocess.CompletedProcess[str]:
    """`scrapy check --live` of a bundled hall."""
    with serving(Redesigned(build_small(site), before or "\0", after)) as server:
        result = scrapy("check", site, "--live", "--start", server.url + build_small(site).start, *LOCAL)
        # robots.txt, one listing page, three pages at the most
        assert sum(server.requests.values()) <= 5
        return result


def test_all_halls_are_in_order() -> None:
    result = scrapy("check")
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) >= 8
    assert all(line.endswith(": in order") for line in result.stdout.splitlines())


@pytest.mark.parametrize("site", ["mod", "mfa", "scio"])
def test_a_live_hall_that_is_as_it_was(site: str) -> None:
    result = look(site)
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert f"{site}: in order" in result.stdout


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('id="article-content"', 'id="piece"', "no layout fits any more (mod)"),
        ('class="info"', 'class="meta"', "in order"),  # a stamp counts wherever it stands
        ("：</strong>", "</strong>", "no turns on 3 pages"),
        ("content_", "piece-", "listing: no article in "),
        ('<div class="list">', '<div class="rows">', "in order"),  # the addresses alone are enough
        ("下一页", "后面", "in order"),  # so is the number in the link's address
        ("node_46940_2.htm", "?p=2", "in order"),  # and the link's words
    ],
)
def test_a_live_hall_that_has_changed(before: str, after: str, said: str) -> None:
    result = look("mod", before, after)
    assert said in result.stdout, result.stdout
    assert result.returncode == (0 if said == "in order" else 4)


def test_a_pager_that_is_gone() -> None:
    result = look("govcn", "createPageHTML", "makePages")
    assert result.returncode == 4
    assert "govcn: pager: the number of pages is not found in the source" in result.stdout


def test_a_live_hall_that_cannot_be_had() -> None:
    with serving(build_small("mod")) as server:
        result = scrapy("check", "mod", "--live", "--start", server.url + "/nowhere.htm", *LOCAL)
    assert result.returncode == 3
    assert "mod: listing: " in result.stdout and "could not be had: HTTP 404" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("nosuch",),
        ("--bogus",),
        ("mod", "--start", "http://127.0.0.1:9/"),
        ("mod", "--live", "--start", "http://127.0.0.1:9/"),
        ("mod", "--live"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    result = scrapy("check", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("scrapy check: ") and len(result.stderr.splitlines()) == 1


MISTAKES = {
    "css": ('title=".article-header h1,', 'title=".article-header h1[,', "layout mod, title: '.article-header h1['"),
    "group": ("(?P<id>", "(?P<number>", "article: the pattern has no group 'id'"),
    "pattern": ("(?P<id>", "(?P<id>(", "PatternError" if hasattr(__import__("re"), "PatternError") else "error: "),
    "python": ("site = ministry(", "site = ministry((", "SyntaxError"),
    "missing": ('        host="www.mod.gov.cn",\n', "", "missing 1 required positional argument: 'host'"),
    "form": ('page="node_46940_{n}.htm"', 'page="node_46940.htm"', "has not one {n}"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_project(tmp_path_factory.mktemp("project"))


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_in_a_hall_s_file_is_one_line_in_check_and_in_crawl(project: Path, what: str) -> None:
    before, after, said = MISTAKES[what]
    file = project / "crawler/spiders/mod.py"
    right = file.read_text("utf8")
    assert before in right
    file.write_text(right.replace(before, after), "utf8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return forks(bare=True).run(*arguments, cwd=project, env={"PYTHONDONTWRITEBYTECODE": "1"})

    try:
        checked, crawled = run("check", "mod"), run("crawl", "mod", "-s", "CONTACT=a@example.org")
    finally:
        file.write_text(right, "utf8")
    assert (checked.returncode, checked.stderr) == (4, "")
    assert said in checked.stdout and "Traceback" not in checked.stdout
    assert (crawled.returncode, crawled.stdout) == (2, "")
    assert said in crawled.stderr and len(crawled.stderr.splitlines()) == 1
