"""Archived articles for the tests of reparse, and what is made of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from crawler.spiders.acftu import AcftuSpider
from crawler.storage.reparsing.records import NAMES
from crawler.storage.reparsing.reparse import Reparsed, reparse
from crawler.storage.reparsing.workers import work_here
from tests.halls import article, path_of
from tests.storage.warc_cases import answer, raw

SITE = AcftuSpider.site
HOST = "http://acftu.people.com.cn"
serial = count(1)


def two_pages(number: int, *turns: tuple[str, str]) -> str:
    """The first page of an article of two."""
    second = path_of(number).replace(".html", "-2.html")
    return article(number, *turns).replace('<div class="edit">', f'<a href="{second}">2</a><div class="edit">')


def later(number: int, page: int) -> str:
    """The address of a later page."""
    return HOST + path_of(number).replace(".html", f"-{page}.html")


def archived(
    number: int, html: str | bytes = "", *, day: str, url: str = "", status: str = "200 OK", http: tuple[str, ...] = (),
    **headers: str,
) -> bytes:  # fmt: skip
    """A response for an article; `day` is `2026-03-01` or a moment."""
    html = html or article(number)
    body = html if isinstance(html, bytes) else html.encode("gbk", "xmlcharrefreplace")
    when = day if "T" in day else f"{day}T00:00:00Z"
    address = {"WARC-Target-URI": url or HOST + path_of(number), "WARC-Date": when}
    return raw(answer(body, *http, status=status), number=next(serial), **{**address, **headers})


def revisit(number: int, *, day: str, url: str = "", **refers: str) -> bytes:
    """A revisit of an article."""
    return archived(number, b" ", day=day, url=url, WARC_Type="revisit", **refers)


def run(folder: Path, warcs: Sequence[Path], workers: int = 1) -> tuple[Reparsed, dict[str, list[dict[str, Any]]]]:
    """A reparse into a new folder: what it came to, and the lines of its files by their first word."""
    folder.mkdir()
    done = reparse(warcs, SITE, folder, partial(work_here, workers=workers))
    files = {name.partition(".")[0]: (folder / name).read_text("utf8").splitlines() for name in NAMES}
    return done, {name: [json.loads(line) for line in lines] for name, lines in files.items()}


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}
