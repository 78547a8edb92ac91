"""To 2013, and the look of the cpc channel."""

from __future__ import annotations

from html import escape

from . import furniture as f
from .sheet import Sheet, crumbs, editors, head, pager, paragraphs, source_link


def old(s: Sheet) -> str:
    """`#p_title`, `#p_content`; the related links follow inside the content."""
    return (
        head(s, f.style(s.draw, 31), metas=False)
        + f'<body>\n<div class="wrap">{f.navigation()}\n{f.login()}\n<div id="p_navigator">{crumbs()}</div>\n'
        f'<div class="text_c2"><h1 id="p_title">{escape(s.title, quote=False)}</h1>\n<h2 id="p_subtitle"></h2>\n'
        f'<div class="text_tools"><span id="p_publishtime">{s.stamp}</span>&nbsp;&nbsp;<span id="p_origin">'
        f"{source_link(s)}</span> {f.share()}</div>\n"
        f'<div id="p_content" class="clearfix">\n{paragraphs(s, indent="　　")}\n{s.tail}{pager(s)}\n'
        f"{f.headlines(s.draw, 6, 'relate', '相关报道')}\n</div>\n"
        f'<div id="p_editor">{editors(s, "责任编辑", "（）")}</div></div>\n{f.comments(s.draw)}\n'
        f"{f.headlines(s.draw, 14, 'box_hot', '热点推荐')}\n{f.pictures(s.draw, 6)}\n{f.provinces()}\n"
        f"{f.footer(s.year)}</div>\n"
        f"{f.script(s.title, s.number, 20)}{s.after}\n</body>\n</html>\n"
    )


def _cpc(s: Sheet, title_block: str, path: str) -> str:
    return (
        head(s, f.style(s.draw, 31))
        + f'<body>\n<div class="wrap">{f.navigation()}\n{path}\n<div class="text_c">{title_block}</div>\n'
        f"{f.comments(s.draw)}\n{f.headlines(s.draw, 12, 'box_hot', '热点推荐')}\n{f.pictures(s.draw, 4)}\n"
        f"{f.provinces()}\n"
        f'<div class="about"><a href="#">东总简介</a></div></div>\n{f.footer(s.year)}\n'
        f"{f.script(s.title, s.number, 25)}{s.after}\n</body></html>\n"
    )


def cpc(s: Sheet) -> str:
    """`p.sou` over `.show_text`."""
    inner = (
        f'<h1>{escape(s.title, quote=False)}</h1>\n<p class="sou">{s.stamp}&nbsp;&nbsp;{source_link(s)}</p>\n'
        f'<div class="show_text">\n{paragraphs(s)}\n{s.tail}{pager(s)}<div class="edit">{editors(s)}</div></div>'
    )
    return _cpc(s, inner, f'<div class="x_nav clear">{crumbs()}</div>')


def cpc_show(s: Sheet) -> str:
    """`#p_publishtime` over `.text_show`."""
    inner = (
        f'<h1>{escape(s.title, quote=False)}</h1>\n<div class="date"><span id="p_publishtime">{s.stamp}'
        f'</span>　<span id="p_origin">{source_link(s)}</span></div>\n'
        f'<div class="text_show">\n{paragraphs(s, indent="　　")}\n{s.tail}{pager(s)}</div>\n<p class="edit">'
        f"{editors(s)}</p>"
    )
    return _cpc(s, inner, f'<div class="path">{crumbs(css="", divider=" &gt;&gt; ")}</div>')


def cpc_d2(s: Sheet) -> str:
    """`#p_publishtime` over `.d2txt_1`."""
    inner = (
        f'<h1>{escape(s.title, quote=False)}</h1>\n<div class="sou2"><span id="p_publishtime">{s.stamp}'
        f'</span> <span id="p_origin">{source_link(s)}</span></div>\n'
        f'<div class="d2txt_1">\n{paragraphs(s)}\n{s.tail}{pager(s)}</div>\n<div class="edit">{editors(s)}</div>'
    )
    return _cpc(s, inner, f'<div class="x_nav clear">{crumbs(last=False)}</div>')
