"""Halls with one look each: live transcripts in brackets, and three ministries' conferences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..model import Slot
from .form import Era, Form, Told
from .sheet import page, rows

Listed = list[tuple[str, str, date]]


def _look(open_: str, time: str, suffix: str, label: str) -> Callable[[Told], str]:
    """A page with its body in `open_`, its date and source in an element of class `time`."""

    def render(one: Told) -> str:
        conference = one.conference
        stamp = f"{conference.day.isoformat()} {conference.published}"
        source = f" 来源：{conference.source}" if conference.source else ""
        head = f'<h1>{conference.title}</h1>\n<div class="{time}">{stamp}{source}</div>'
        return page(conference.title, suffix, f"{head}\n<div {open_}>\n{rows(one, label)}\n</div>")

    return render


def _list(opening: str, pager: str = "") -> Callable[[Listed, int, int], str]:
    """A listing whose items stand in `opening`; `pager` with {count} and {at}, or plain links where there is none."""

    def render(items: Listed, number: int, count: int) -> str:
        shown = "\n".join(f'<li><a href="{path}">{title}</a><span>{day}</span></li>' for path, title, day in items)
        script = f"<script>{pager.format(count=count, at=number - 1)}</script>" if pager else ""
        return page("新闻发布会", "", f"<div {opening}><ul>\n{shown}\n</ul></div>\n{script}")

    return render


def _linked(opening: str, name: Callable[[int], str]) -> Callable[[Listed, int, int], str]:
    """The same with a pager of links."""
    plain = _list(opening)

    def render(items: Listed, number: int, count: int) -> str:
        following = f'<a href="{name(number + 1)}">下一页</a>' if number < count else ""
        return plain(items, number, count).replace("</ul></div>", f'</ul></div>\n<div class="pages">{following}</div>')

    return render


def _slot(reporter: str, host: str = "none", flow: str = "flow", length: int = 12) -> Slot:
    return Slot("", "", flow=flow, host=host, reporter=reporter, length=length)


def _name(first: str, later: str, base: int) -> Callable[[int], str]:
    return lambda number: first if number == 1 else later.format(n=number - 1 + base)


def _zhibo(day: date, index: int) -> tuple[str, str]:
    return f"{750 - index}", f"/wszb/zhibo{750 - index}/content_{2245680 - index}.htm"


def _content(day: date, index: int) -> tuple[str, str]:
    return f"{4827859 - index}", f"/jzhzt/{day:%Y-%m/%d}/content_{4827859 - index}.htm"


def _of_day(day: date, index: int) -> tuple[str, str]:
    return f"{day:%Y%m%d}", f"/xwfbh/{day:%Y%m%d}.shtml"


def _dated(day: date, index: int) -> tuple[str, str]:
    identity = f"t{day:%Y%m%d}_{350005 - index}"
    return identity, f"/pub/newsite/zjhxwfb/xwfbh/{day:%Y%m}/{identity}.html"


GOVCN = Form(
    site="govcn",
    origin="http://www.gov.cn",
    folder="/wszb/",
    eras=(
        Era(
            "govcn-live", _slot("outlet", "name", "timed"),
            _look('id="UCAP-CONTENT"', "pages-date", "_网上直播_中国政府网", "[{}]"), _zhibo,
            voices="titled", lead="{y}年{m}月{d}日上午10时，{title}举行。", source="中国政府网",
        ),
    ),
    listing=_list('class="list"', 'createPageHTML({count}, {at}, "index", "htm");'),
    name=_name("index.htm", "index_{n}.htm", 0),
)  # fmt: skip
MOD = Form(
    site="mod",
    origin="http://www.mod.gov.cn",
    folder="/jzhzt/",
    eras=(
        Era(
            "mod", _slot("outlet"),
            _look('id="article-content"', "info", " - 中华人民共和国国防部", "<strong>{}：</strong>"),
            _content, title="{y}年{m}月例行记者会文字实录",
            lead="{y}年{m}月{d}日下午，国防部发言人{name}出席例行记者会并答记者问。", source="国防部网",
            spokesperson="国防部",
        ),
    ),
    listing=_linked('class="list"', _name("node_46940.htm", "node_46940_{n}.htm", 1)),
    name=_name("node_46940.htm", "node_46940_{n}.htm", 1),
)  # fmt: skip
MOFCOM = Form(
    site="mofcom",
    origin="http://www.mofcom.gov.cn",
    folder="/xwfbh/",
    eras=(
        Era(
            "mofcom", _slot("outlet"), _look('id="zoom"', "art-time", "_中华人民共和国商务部", "<b>{}：</b>"), _of_day,
            title="商务部召开例行新闻发布会（{y}年{m}月{d}日）",
            lead="{y}年{m}月{d}日，商务部发言人{name}出席例行新闻发布会。", spokesperson="商务部",
        ),
    ),
    listing=_linked('class="list"', _name("index.shtml", "index_{n}.shtml", 1)),
    name=_name("index.shtml", "index_{n}.shtml", 1),
)  # fmt: skip
CSRC = Form(
    site="csrc",
    origin="http://www.csrc.gov.cn",
    folder="/pub/newsite/zjhxwfb/xwfbh/",
    eras=(
        Era(
            "csrc", _slot("wen"), _look('class="Custom_UnionStyle"', "time", "_中国证券监督管理委员会", "{}："), _dated,
            voices="wen", title="{y}年{m}月{d}日新闻发布会", lead="{y}年{m}月{d}日，证监会发言人{name}答记者问。",
            spokesperson="证监会",
        ),
    ),
    listing=_list('class="list"', 'createPageHTML({count}, {at}, "index", "html");'),
    name=_name("index.html", "index_{n}.html", 0),
)  # fmt: skip
