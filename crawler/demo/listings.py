"""The listing pages: another markup on each, one pager, and the links that lead astray."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .draw import Draw
from .layouts import furniture as f
from .model import Resource
from .programme import NODE
from .script import traditional
from .wire import WIRES, encoded

HIDE = ' style="display:none"'
KINDS = ["gbk", "utf8-gb2312", "gbk-latin1", "utf8", "gbk-header"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a listing."""

    path: str
    title: str
    day: date
    note: str = ""  # tabbed, liuyan, tracked, mobile


def listing(entries: list[Entry], number: int, count: int, big5: bool = False) -> Resource:
    """Listing page `number` of `count`."""
    look = LOOKS[(number - 1) % len(LOOKS)]
    prefix = "/BIG5" if big5 else ""
    wire = "gbk" if big5 else KINDS[(number - 1) % len(KINDS)]
    html = _frame(look(entries, prefix), number, count, prefix, WIRES[wire].meta)
    return encoded(traditional(html) if big5 else html, wire)


def _link(entry: Entry, prefix: str) -> str:
    return f'<a href="{prefix}{_address(entry.path, prefix)}" target="_blank">{entry.title}</a>'


def _address(path: str, prefix: str) -> str:
    """`/GB/1/2.html` has its Traditional copy at `/BIG5/1/2.html`."""
    return path.removeprefix("/GB") if prefix else path


def _ej(entries: list[Entry], prefix: str) -> str:
    rows = "\n".join(f'<li>{_link(e, prefix)}<i class="gray">{e.day:%Y年%m月%d日}</i></li>' for e in entries)
    return f'<div class="ej_list_box clear"><ul class="list_16 mt10">\n{rows}\n</ul></div>'


def _p2j(entries: list[Entry], prefix: str) -> str:
    """Two lists in one page, behind tabs."""
    half = len(entries) // 2 + 1
    lists = []
    for number, part in enumerate([entries[:half], entries[half:]]):
        rows = "\n".join(f"<li>{_link(e, prefix)}<em>{e.day:%Y-%m-%d}</em></li>" for e in part)
        lists.append(
            f'<div class="p2j_list" id="tab{number}"{HIDE if number else ""}><ul class="list_14">\n{rows}\n</ul></div>'
        )
    return '<div class="tabs"><span class="on">实录</span><span>更多</span></div>\n' + "\n".join(lists)


def _left(entries: list[Entry], prefix: str) -> str:
    rows = "\n".join(f"<li>{_link(e, prefix)} [{e.day.isoformat()}]</li>" for e in entries)
    return f'<div class="leftItem"><ul>\n{rows}\n</ul></div>'


def _hd(entries: list[Entry], prefix: str) -> str:
    return "\n".join(
        f'<div class="hdNews clearfix"><div class="on"><h5>{_link(e, prefix)}</h5><em>{e.day:%Y-%m-%d}</em></div></div>'
        for e in entries
    )


def _cpc(entries: list[Entry], prefix: str) -> str:
    rows = "\n".join(f"<li>{_link(e, prefix)}<i>[{e.day:%Y年%m月%d日}]</i></li>" for e in entries)
    return f'<div class="fl"><ul>\n{rows}\n</ul></div>'


LOOKS = [_ej, _p2j, _left, _hd, _cpc]


def _frame(items: str, number: int, count: int, prefix: str, charset: str) -> str:
    """The page round the items."""
    draw = Draw("listing", number)
    return (
        f'<html><head><meta http-equiv="content-type" content="text/html;charset={charset}"/>'
        f"<title>发布会直播厅--工会新闻--人民网</title>\n{f.style(draw, 60)}</head>\n"
        f'<body>\n{f.navigation("|")}\n<div class="x_nav">'
        '<a class="clink" href="/">东海工人网</a>&gt;&gt;'
        f'<a class="clink" href="{prefix or "/GB"}/{NODE}/index.html">发布会直播厅</a></div>\n'
        f"{items}\n{_pager(number, count)}\n{_stray(draw)}\n{f.headlines(draw, 12, 'box_hot', '热点推荐')}\n"
        f"{f.provinces()}\n{f.footer(2025)}\n{f.script('发布会直播厅', NODE, 60)}\n</body></html>\n"
    )


def _stray(draw: Draw) -> str:
    """Links to articles of other channels, by their full address."""
    rows = []
    for title in ("部门发布会预告", "会议公报全文"):
        href = f"http://politics.people.com.cn/n1/2019/0615/c1001-{draw.between(31000000, 31999999)}.html"
        rows.append(f'<li><a href="{href}">时政要闻：{title}</a><i>[2019年06月15日]</i></li>')
    return f'<div class="fl"><ul>{"".join(rows)}</ul></div>'


def _pager(number: int, count: int) -> str:
    """Six numbers at the most; the current one has no address."""
    low = max(1, min(number - 2, count - 5))
    links = [] if number == 1 else [f'<a href="{_name(number - 1)}#fy01">上一页</a>']
    for n in range(low, min(count, low + 5) + 1):
        links.append(f"<a>{n}</a>" if n == number else f'<a href="{_name(n)}#fy01">{n}</a>')
    if number < count:
        links.append(f'<a href="{_name(number + 1)}#fy01">下一页</a>')
    comment = f"<!--all page--><!--PageNo={count}-->" if number % 2 else ""
    return f'<div class="page_n clearfix">{"".join(links)}</div>{comment}'


def _name(number: int) -> str:
    return f"index{number}.html"
