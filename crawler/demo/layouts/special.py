"""The health channel, the picture page, and a page whose look nobody knows."""

from __future__ import annotations

from html import escape

from . import furniture as f
from .sheet import Sheet, crumbs, editors, head, pager, paragraphs, source_link


def health(s: Sheet) -> str:
    """`.articleCont`, `.artOri`, `.artDet`."""
    return (
        head(s, f.style(s.draw, 26))
        + f'<body>\n{f.navigation("|")}\n<div class="subNav w1000">{crumbs(css="", divider="&gt;&gt;")}</div>\n'
        '<div class="articleCont">\n'
        f'<div class="title"><h2>{escape(s.title, quote=False)}</h2></div>\n<div class="artOri">'
        f"{s.stamp}&nbsp;&nbsp;{source_link(s)}{f.share()}</div>\n"
        f'<div class="artDet">\n{paragraphs(s)}\n{s.tail}{pager(s)}</div>\n<div class="editor">{editors(s)}'
        "</div></div>\n"
        f"{f.headlines(s.draw, 15, 'box_hot', '健康热点')}\n{f.pictures(s.draw, 9)}\n{f.provinces()}\n"
        f"{f.footer(s.year)}\n"
        f"{f.script(s.title, s.number, 33)}{s.after}\n</body></html>\n"
    )


def picture(s: Sheet) -> str:
    """The picture page: the source stands before the date."""
    return (
        head(s, f.style(s.draw, 26)) + f'<body>\n{f.navigation("|")}\n<div class="path clearfix"><div class="fl">'
        f"{crumbs(css='', divider='&gt;&gt;', last=False)}</div></div>\n"
        f'<h1>{escape(s.title, quote=False)}</h1>\n<div class="page_c">{source_link(s)}&nbsp;&nbsp;{s.stamp}</div>\n'
        f'<div class="pic_c clearfix" id="picG">\n{paragraphs(s)}\n{s.tail}{pager(s)}</div>\n'
        f'<div class="editor">{editors(s)}</div>\n'
        f"{f.pictures(s.draw, 12)}\n{f.headlines(s.draw, 10, 'box_hot', '图片推荐')}\n{f.provinces()}\n"
        f"{f.footer(s.year)}\n"
        f"{f.script(s.title, s.number, 33)}{s.after}\n</body></html>\n"
    )


def plain(s: Sheet) -> str:
    """An unknown look: a heading, a date, labelled paragraphs."""
    return (
        f'<html><head><meta http-equiv="content-type" content="text/html;charset={s.charset}"/><title>'
        f"{escape(s.title, quote=False)}</title>\n"
        f'{f.style(s.draw, 26)}</head>\n<body><div id="page">{f.navigation("|")}\n<h1>'
        f'{escape(s.title, quote=False)}</h1>\n<div class="when">{s.stamp}</div>\n'
        f"<section>\n{paragraphs(s)}\n{s.tail}</section>\n{f.headlines(s.draw, 12, 'more', '更多')}\n"
        f"{f.provinces()}\n{f.footer(s.year)}</div>\n"
        f"{f.script(s.title, s.number, 16)}{s.after}</body></html>\n"
    )
