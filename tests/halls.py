"""Small halls for tests: pages by address, served by the demo's server, and crawls of them as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawler.demo.model import Resource
from crawler.demo.server import HallServer, serve
from tests.forking import forks

ROOT = Path(__file__).parent.parent
SCRAPY = str(Path(sys.executable).with_name("scrapy"))
LISTING = "/GB/392912/index.html"
HTML = {"Content-Type": "text/html"}


class TinyHall:
    """Pages by path; whatever is not there is a 404. An answer may be HTML, bytes or (status, headers, bytes)."""

    def __init__(self, pages: dict[str, Any]) -> None:
        self.pages = pages

    def find(self, path: str) -> Resource | None:
        answer = self.pages.get(path)
        if answer is None:
            return None
        if isinstance(answer, str):
            answer = answer.encode("gbk", "xmlcharrefreplace")
        status, headers, body = (200, HTML, answer) if isinstance(answer, bytes) else answer
        return Resource(status, headers, body)


def listing(*links: str, pager: str = "", after: str = "") -> str:
    """A listing page as people.com.cn has it."""
    items = "".join(
        f'<li><a href="{link}">发布会</a> <i class="gray">2018-05-0{n % 9 + 1}</i></li>' for n, link in enumerate(links)
    )
    return (
        '<html><head><meta http-equiv="content-type" content="text/html;charset=GB2312"/><title>发布会直播厅</title></head>'
        f'<body><div class="ej_list_box"><ul class="list_16">{items}</ul></div>'
        f'<div class="page_n clearfix">{pager}</div></body></html>{after}'
    )


def article(number: int, *turns: tuple[str, str], title: str = "", day: str = "2018-05-08") -> str:
    """A transcript in the layout of 2016 to 2020."""
    said = turns or (
        ("方致远", f"各位记者朋友，第{number}场发布会现在开始。下面请大家提问。"),
        ("记者", "我来自海湾晚报。今年有什么安排？"),
        ("林知秋", f"安排有{number}项。"),
    )
    body = "".join(f"<p>[{label}]：{text}</p>" for label, text in said)
    year, month, date = day.split("-")
    return (
        '<html><head><meta http-equiv="content-type" content="text/html;charset=GB2312"/>'
        f'<title>第{number}场发布会--工会新闻--人民网</title></head><body><div class="text_title"><h1>{title or f"第{number}场发布会"}</h1>'
        f'<div class="box01"><div class="fl">{year}年{month}月{date}日10:00&nbsp;&nbsp;来源：<a href="/">东海工人网</a></div></div></div>'
        f'<div class="box_con" id="rwb_zw">{body}<div class="edit">(责编：甲乙、丙丁)</div></div></body></html>'
    )


def path_of(number: int, day: str = "2018-05-08") -> str:
    """The address of an article."""
    return f"/n1/{day[:4]}/{day[5:7]}{day[8:]}/c392912-{number}.html"


@contextmanager
def serving(hall: Any, port: int = 0, gzip: bool = False) -> Iterator[HallServer]:
    """A hall on a free port of this machine."""
    server = serve(hall, port, gzip)
    try:
        yield server
    finally:
        server.stop()


def scrapy(*arguments: str, timeout: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
    """A scrapy command as a user runs it, from the project's root."""
    return forks().run(*arguments, timeout=timeout, env=environment)


def limited(size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A scrapy command that can write so many bytes to a file, as if the disk were full then."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    return forks().run("-c", f"{limit}\nfrom scrapy.cmdline import execute\nexecute()", *arguments)


def crawl(url: str, output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`scrapy crawl acftu` from a start address on this machine."""
    options = ("-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={output}")
    return scrapy("crawl", "acftu", "-a", f"start={url}", *options, *arguments)


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file; [] where there is none."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines()] if path.exists() else []


def manifest(output: Path) -> dict[str, Any]:
    """The last run's manifest."""
    newest = max((output / "acftu" / "runs").glob("*.json"))
    found: dict[str, Any] = json.loads(newest.read_text("utf8"))
    return found
