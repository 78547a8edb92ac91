"""An information office: a host, officials by their offices, an interpreter; live pages with stamps since 2023."""

from __future__ import annotations

from datetime import date

from ..model import Slot
from .form import Era, Form, Told
from .sheet import page, rows

FOLDER = "/xwfbh/xwbfbh/wqfbh/"
LEAD = "国务院新闻办公室于{y}年{m}月{d}日上午10时举行{title}，请有关负责人介绍情况，并答记者问。"


def _index(one: Told) -> str:
    title = one.conference.title
    stamp = f"{one.conference.day.isoformat()} {one.conference.published}"
    return page(
        title,
        " | 国务院新闻办公室",
        f'<div class="tit"><h2>{title}</h2></div><div class="pubtime">{stamp} 来源：{one.conference.source}</div>\n'
        f'<div id="content">\n{rows(one, "<strong>{}：</strong>")}\n</div>',
    )


def _live(one: Told) -> str:
    title = one.conference.title
    stamp = f"{one.conference.day.isoformat()} {one.conference.published}"
    tabs = "".join(
        f'<a href="../{tab}/index.html">{name}</a>' for tab, name in (("tw", "文字"), ("tp", "图片"), ("sp", "视频"))
    )
    return page(
        title,
        "_国务院新闻办公室",
        f'<div class="live_title"><h1>{title}</h1></div><div class="live_time">{stamp}</div>\n'
        f'<div class="tabs">{tabs}</div>\n'
        f'<div id="tw">\n{rows(one, "<strong>{}：</strong>", alone=True)}\n</div>',
    )


def _old_address(day: date, index: int) -> tuple[str, str]:
    return f"{47513 - index}", f"{FOLDER}{44687}/{47513 - index}/index.htm"


def _live_address(day: date, index: int) -> tuple[str, str]:
    return f"{52345 - index}", f"/live/{day.year}/{52345 - index}/tw/index.html"


def _listing(items: list[tuple[str, str, date]], number: int, count: int) -> str:
    """Of a live event two tabs are linked; they are one conference."""
    shown = []
    for path, title, day in items:
        link = path.replace("/tw/", "/sp/") if "/live/" in path else path
        also = f' <a href="{path}">文字</a>' if "/live/" in path else ""
        shown.append(f'<li><span class="ftime fr">[{day.isoformat()}]</span><a href="{link}">{title}</a>{also}</li>')
    rows_ = "\n".join(shown)
    return page(
        "往期回顾",
        " | 国务院新闻办公室",
        f'<div id="PagerOutline1"><ul>\n{rows_}\n</ul></div>\n'
        f'<script>createPageHTML({count}, {number - 1}, "index", "htm");</script>',
    )


def _slot(flow: str, length: int) -> Slot:
    return Slot("", "", flow=flow, host="name", reporter="outlet", length=length, traps=("interpreter",))


SCIO = Form(
    site="scio",
    origin="http://www.scio.gov.cn",
    folder=FOLDER,
    eras=(
        Era("scio-live", _slot("timed", 16), _live, _live_address, voices="titled", lead=LEAD),
        Era("scio-2022", _slot("flow", 18), _index, _old_address, voices="titled", lead=LEAD, source="国新网"),
    ),
    listing=_listing,
    name=lambda number: "index.htm" if number == 1 else f"index_{number - 1}.htm",
)
