"""What a layout is given: one page of one article, as strings ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from ..draw import Draw

CRUMBS = ("东海工人网", "工会新闻", "发布会直播", "发布会直播厅")
CRUMB_LINKS = ("/", "/GB/67502/index.html", "/GB/392911/index.html", "/GB/392912/index.html")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `paragraphs` are HTML; everything else is text."""

    number: int
    title: str
    stamp: str  # 2016年12月22日16:51
    day: str  # 2016-12-22
    source: str | None
    editors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    charset: str
    pager: tuple[tuple[str, str], ...] = ()
    after: str = ""  # HTML behind the article, before the end of the body
    tail: str = ""  # HTML inside the body, behind its paragraphs
    draw: Draw = field(default_factory=Draw, repr=False, compare=False)

    @property
    def year(self) -> int:
        """The year of publication."""
        return int(self.day[:4])


def head(sheet: Sheet, extra: str = "", metas: bool = True) -> str:
    """Doctype and head with the metas of its kind of page."""
    fields = {
        "catalogs": "392912",
        "contentid": str(sheet.number),
        "publishdate": sheet.day,
        "source": f"来源：{sheet.source or ''}",
    }
    lines = (
        "\n".join(f'<meta name="{name}" content="{escape(value)}"/>' for name, value in fields.items()) if metas else ""
    )
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        f'<meta http-equiv="content-type" content="text/html;charset={sheet.charset}"/>\n'
        f"<title>{escape(sheet.title, quote=False)}--工会新闻--人民网 </title>\n{lines}\n{extra}\n</head>\n"
    )


def crumbs(css: str = ' class="clink"', divider: str = "&gt;&gt;", last: bool = True) -> str:
    """The breadcrumb's links, and the word for the page itself, which is no link."""
    links = [f'<a{css} href="{href}">{name}</a>' for name, href in zip(CRUMBS, CRUMB_LINKS, strict=True)]
    return divider.join(links) + (f"{divider}正文" if last else "")


def paragraphs(sheet: Sheet, opening: str = "<p>", indent: str = "") -> str:
    """The body's paragraphs; what begins with a tag of its own is set as it is."""
    rows = [p if p.startswith(("<p", "<div")) else f"{opening}{indent}{p}</p>" for p in sheet.paragraphs]
    return "\n".join(rows)


def source_link(sheet: Sheet) -> str:
    """The source as a link on another host."""
    return f'来源：<a href="http://www.people.com.cn/" target="_blank">{sheet.source}</a>' if sheet.source else ""


def pager(sheet: Sheet) -> str:
    """The links to the article's other pages."""
    if not sheet.pager:
        return ""
    links = "".join(f'<a href="{href}">{name}</a>' if href else f"<a>{name}</a>" for name, href in sheet.pager)
    return f'<div class="zdfy clearfix">{links}</div>'


def editors(sheet: Sheet, word: str = "责编", brackets: str = "()") -> str:
    """`(责编：甲、乙)`."""
    return f"{brackets[0]}{word}：{'、'.join(sheet.editors)}{brackets[1]}" if sheet.editors else ""
