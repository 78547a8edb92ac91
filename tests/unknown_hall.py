"""A hall that nobody has seen: its own listing, pages, addresses and labels, in the form of the bundled small halls."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from crawler.demo.halls.form import Era, Form, Told
from crawler.demo.halls.sheet import page, rows
from crawler.demo.halls.small import SmallHall
from crawler.demo.model import Slot
from tests.halls import ROOT

SITE = "waterways"
FOLDER = "/waterways/meetings/"
CRUMBS = ("南湾航道局", "新闻中心", "吹风会")
ENDING = " - 南湾航道局网站"


def _address(day: date, index: int) -> tuple[str, str]:
    identity = f"{7300 - 13 * index}"
    return identity, f"{FOLDER}{day.year}/{day:%m}/W{day:%Y}-{identity}.html"


def _render(one: Told) -> str:
    said = one.conference
    links = " &gt; ".join(f'<a href="/{n}/">{crumb}</a>' for n, crumb in enumerate(CRUMBS))
    stamp = f"{said.day.year}年{said.day.month}月{said.day.day}日 {said.published}"
    body = rows(one, "【{}】").replace("<p>", '<p class="para">')
    return page(
        said.title,
        ENDING,
        f'<div class="masthead"><a href="/">首页</a> <span class="today">今天是2026年1月1日</span></div>\n'
        f'<div class="whereabouts">您的位置：{links}</div>\n'
        f'<div class="sheet clearfix"><div class="sheet-head"><h2 class="caption-line">{said.title}</h2>\n'
        f'<ul class="facts"><li class="issued">发布：{stamp}</li><li class="origin">来源：{said.source}</li></ul></div>\n'
        f'<div class="sheet-text mt20">\n{body}\n</div></div>\n'
        '<div class="beside"><h3>相关新闻</h3><ul><li><a href="/waterways/news/901.html">疏浚工程完工</a> 2020-01-01</li>'
        '<li><a href="/waterways/news/902.html">新的航标</a> 2020-01-02</li></ul></div>',
    )


def _name(number: int) -> str:
    return "list.html" if number == 1 else f"list_{number - 1}.html"


def _listing(items: list[tuple[str, str, date]], number: int, count: int) -> str:
    shown = "\n".join(
        f'<tr class="entry"><td class="when">{day:%Y/%m/%d}</td>'
        f'<td class="what"><a href="{path.removeprefix(FOLDER)}" title="{title}">{title}</a></td></tr>'
        for path, title, day in items
    )
    numbers = " ".join(f"<b>{n}</b>" if n == number else f'<a href="{_name(n)}">{n}</a>' for n in range(1, count + 1))
    following = f' <a href="{_name(number + 1)}">后一页</a>' if number < count else ""
    return page(
        "吹风会",
        ENDING,
        '<ul class="menu"><li><a href="/waterways/news/">新闻</a></li><li><a href="/waterways/law/">法规</a></li></ul>\n'
        f'<table id="meetings">\n{shown}\n</table>\n<div class="turning">{numbers}{following}</div>\n'
        '<div class="beside"><ul><li><a href="/waterways/news/901.html">疏浚工程完工</a> 2020-01-01</li>'
        '<li><a href="/waterways/news/902.html">新的航标</a> 2020-01-02</li></ul></div>',
    )


def form(origin: str = "http://127.0.0.1") -> Form:
    """The hall's form, at home on this machine."""
    slot = Slot("", "", form="bracket", flow="flow", host="name", reporter="outlet", length=14)
    lead = "{y}年{m}月{d}日上午10时，{title}举行。"
    era = Era(
        "waterways-2025", slot, _render, _address, voices="titled", lead=lead, source="南湾航道局", breadcrumbs=CRUMBS
    )
    return Form(site=SITE, origin=origin, folder=FOLDER, eras=(era,), listing=_listing, name=_name)


def unknown_hall(size: int = 12) -> SmallHall:
    """The hall, of some listing pages."""
    return SmallHall(form(), size)


def copy_of_the_project(target: Path) -> Path:
    """The program, its halls and its documents in a folder of their own, to be written into."""
    skip = shutil.ignore_patterns("*.pyc.*", "browse")  # its compiled files too, but for those that are being written
    shutil.copytree(ROOT / "crawler", target / "crawler", ignore=skip)
    shutil.copytree(ROOT / "docs", target / "docs")
    shutil.copytree(ROOT / "tests/pages/mod", target / "tests/pages/mod")
    for name in ("scrapy.cfg", "README.md"):
        shutil.copy(ROOT / name, target / name)
    return target
