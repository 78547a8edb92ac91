"""Another channel of the people's site: its own node, the look of the 2020s, numbered listing pages."""

from __future__ import annotations

from datetime import date

from ..model import Slot
from .form import Era, Form, Told
from .sheet import page, rows

NODE = 67502
FOLDER = f"/GB/{NODE}/"
CRUMBS = ("东海工人网", "工会新闻")


def _recent(one: Told) -> str:
    conference = one.conference
    day = conference.day
    links = "&gt;&gt;".join(f'<a href="/" class="clink">{crumb}</a>' for crumb in CRUMBS)
    stamp = f"{day.year}年{day:%m}月{day:%d}日{conference.published} | 来源：<a>{conference.source}</a>"
    return page(
        conference.title,
        "--工会新闻--人民网",
        f'<div id="rwb_navpath">{links}</div>\n<div class="rm_txt"><h1>{conference.title}</h1>'
        f'<div class="channel"><div class="col-1-1">{stamp}</div></div>\n'
        f'<div class="rm_txt_con">\n{rows(one, "[{}]：")}\n</div></div>',
    )


def _address(day: date, index: int) -> tuple[str, str]:
    identity = f"{40829999 - index * 7}"
    return identity, f"/n1/{day.year}/{day:%m%d}/c{NODE}-{identity}.html"


def _listing(items: list[tuple[str, str, date]], number: int, count: int) -> str:
    shown = "\n".join(f'<li><a href="{path}">{title}</a><em>{day}</em></li>' for path, title, day in items)
    return page(
        "工会新闻",
        "",
        f'<div class="ej_list_box"><ul class="list_16">\n{shown}\n</ul></div>\n<!--PageNo={count}-->',
    )


PEOPLE = Form(
    site="people",
    origin="http://acftu.people.com.cn",
    folder=FOLDER,
    eras=(
        Era(
            "people-2020", Slot("", "", flow="flow", host="name", reporter="outlet", length=12), _recent, _address,
            lead="{y}年{m}月{d}日上午10时，{title}举行。", source="东海工人网", breadcrumbs=CRUMBS,
        ),
    ),
    listing=_listing,
    name=lambda number: f"index{'' if number == 1 else number}.html",
    unlisted=2,
)  # fmt: skip
