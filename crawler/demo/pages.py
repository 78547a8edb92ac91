"""The conferences' pages: sheets filled, rendered, encoded."""

from __future__ import annotations

from .body import pages
from .draw import Draw
from .layouts import LAYOUTS, Sheet
from .model import Conference, Resource
from .programme import page_path
from .script import traditional
from .spam import Spam
from .wire import WIRES, encoded

SLOT_MARKS = ("\x01", "\x02", "\x03", "\x04")  # spam goes in after the change of script


def page(conference: Conference, number: int, block: Spam | None, big5: bool = False) -> Resource:
    """Page `number` of the article, as bytes. `big5`: the Traditional gateway's copy."""
    wire = conference.slot.wire if not big5 else "big5" if "big5" in conference.slot.traps else "gbk"
    sheet = _sheet(conference, number, WIRES[wire].meta, block, "/BIG5" if big5 else "")
    html = LAYOUTS[conference.slot.layout](sheet)
    html = traditional(html) if big5 else html
    for mark, text in zip(SLOT_MARKS, _texts(block), strict=True):
        html = html.replace(mark, text)
    return encoded(html, wire)


def _texts(block: Spam | None) -> tuple[str, str, str, str]:
    return (block.head, block.glued, block.tail, block.after) if block else ("", "", "", "")


def _marked(block: Spam | None) -> Spam | None:
    """The block with marks in place of its words."""
    if block is None:
        return None
    head, glued, tail, after = SLOT_MARKS
    return Spam(
        block.before,
        head if block.head else "",
        glued if block.glued else "",
        tail if block.tail else "",
        after if block.after else "",
    )


def _sheet(conference: Conference, number: int, charset: str, block: Spam | None, prefix: str) -> Sheet:
    marked = _marked(block)
    parts = pages(conference, marked)
    last = number == len(parts)
    day = conference.day
    stamp = f"{day.year}年{day:%m}月{day:%d}日" + ("" if conference.slot.stamp == "day" else conference.published)
    if conference.slot.layout == "plain":
        stamp = f"{day.isoformat()} {conference.published}"
    return Sheet(
        conference.number, conference.title, stamp, day.isoformat(),
        None if "source_below" in conference.slot.traps else conference.source, conference.editors,
        tuple(parts[number - 1]), charset, _pager(conference, number, len(parts), prefix),
        marked.after if marked and last else "", marked.tail if marked and last else "",
        Draw("furniture", conference.number, number),
    )  # fmt: skip


def _pager(conference: Conference, number: int, count: int, prefix: str) -> tuple[tuple[str, str], ...]:
    """`1 2 3 下一页`, the current number without an address; or only the next page, by number and by word."""
    if count == 1:
        return ()
    shown = [n for n in range(1, count + 1) if "next_only" not in conference.slot.traps or abs(n - number) <= 1]
    links = [(f"[{n}]", "" if n == number else prefix + page_path(conference.path, n)) for n in shown]
    if number > 1:
        links.insert(0, ("上一页", prefix + page_path(conference.path, number - 1)))
    if number < count:
        links.append(("下一页", prefix + page_path(conference.path, number + 1)))
    return tuple(links)
