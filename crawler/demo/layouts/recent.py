"""2016 to today."""

from __future__ import annotations

from html import escape

from . import furniture as f
from .sheet import Sheet, crumbs, editors, head, pager, paragraphs, source_link

INDENT = '<p style="text-indent: 2em;">\n\t'


def mid(s: Sheet) -> str:
    """2016 to 2020: `.text_title`, `.box01`, `#rwb_zw`."""
    return (
        head(s, f.style(s.draw, 40)) + f"<body>\n<!--top-->\n{f.navigation('|')}\n{f.login()}\n<!--path-->\n"
        '<div class="clearfix w1000_320 path path2"><div class="fl">'
        f'<span id="rwb_navpath">{crumbs(last=False)}</span></div></div>\n'
        '<div class="clearfix w1000_320 text_title">\n<h3 class="pre"></h3>\n<h1>'
        f'{escape(s.title, quote=False)}</h1>\n<h4 class="sub"></h4>\n<p class="author"></p>\n'
        f'<div class="box01"><div class="fl">{s.stamp}&nbsp;&nbsp;{source_link(s)}</div><div class="fr">'
        f"{f.share()}</div></div></div>\n"
        '<div class="clearfix w1000_320 text_con"><div class="fl text_con_left">\n'
        '<div class="box_con" id="rwb_zw">\n<div class="box_pic"></div>\n'
        f'{paragraphs(s, INDENT)}\n{s.tail}{pager(s)}<div class="edit clearfix">{editors(s)}</div>\n</div>\n'
        f"{f.headlines(s.draw, 5, 'box_news', '相关新闻')}\n{f.advertisement(s.draw)}\n"
        f"{f.pictures(s.draw, 6)}\n{f.comments(s.draw)}</div>\n"
        f'<div class="fr text_con_right">{f.headlines(s.draw, 9, "box_hot", "热点推荐")}\n{f.advertisement(s.draw)}\n'
        f"{f.headlines(s.draw, 10, 'box_ol', '热点排行', 'ol')}\n{f.advertisement(s.draw)}</div></div>\n"
        f"{f.provinces()}\n{f.footer(s.year)}\n{f.script(s.title, s.number, 33)}{s.after}\n</body></html>\n"
    )


def _recent(s: Sheet, body_id: str) -> str:
    return (
        head(s, f.style(s.draw, 35))
        + f'<body>\n<div class="main"><div class="rm_nav cf" id="rm_topnav">{f.navigation("|")}{f.provinces()}'
        f"</div>\n{f.login()}\n"
        f'<div class="layout route cf" id="rwb_navpath">{crumbs(last=False)}</div>\n'
        '<div class="layout rm_txt cf"><div class="col col-1 fl">\n<h3 class="pre"></h3>\n<h1>'
        f'{escape(s.title, quote=False)}</h1>\n<div class="author cf"></div>\n'
        f'<div class="channel cf"><div class="col-1-1 fl">{s.stamp} | {source_link(s)}</div>'
        f'<div class="col-1-2 fr">{f.share()}</div></div>\n'
        f'<div{body_id} class="rm_txt_con cf">\n<div class="bza"><p>订阅取消订阅</p><p>已收藏　收藏</p>'
        '</div>\n<div class="box_pic"></div>\n'
        f"{paragraphs(s, INDENT)}\n{s.tail}{pager(s)}"
        f'<p class="paper_num" id="paper_num">《东海工人网》（{s.day}　第 02 版）</p>\n'
        f'<div class="edit cf">{editors(s)}</div>\n</div>\n{f.comments(s.draw)}\n'
        f"{f.headlines(s.draw, 8, 'rm_relevant', '相关新闻')}\n{f.advertisement(s.draw)}</div>\n"
        f'<div class="col col-2 fr">{f.headlines(s.draw, 12, "rm_ranking", "热门排行")}\n'
        f"{f.pictures(s.draw, 8)}\n{f.advertisement(s.draw)}</div></div>\n"
        f'<div class="rm_footer cf">{f.footer(s.year)}</div></div>\n'
        f"{f.script(s.title, s.number, 43)}{s.after}\n</body>\n</html>\n"
    )


def recent(s: Sheet) -> str:
    """The 2020s: `.rm_txt_con`."""
    return _recent(s, "")


def recent_new(s: Sheet) -> str:
    """The 2020s, newer: `#rm_txt_zw`."""
    return _recent(s, ' id="rm_txt_zw"')
