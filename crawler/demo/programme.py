"""When a conference is held, what number and address it has."""

from __future__ import annotations

from datetime import date, timedelta

from .data import load, slots
from .model import Slot

NEWEST = date(2025, 11, 18)
SPAN = 6095  # days back to the oldest conference
NODE = 392912
BASE = len(slots())


def position(index: int, size: int) -> tuple[int, bool]:
    """The programme's line for an index, and whether it is that line's own conference."""
    line = index * BASE // size
    return line, size <= BASE or (index - 1) * BASE // size != line


def slot_of(index: int, size: int) -> Slot:
    """How the conference is dressed. In a larger hall the lines between the sixty are plain and long."""
    line, own = position(index, size)
    slot = slots()[line]
    if own:
        return slot
    names = load("programme")["topics"]
    wire = slot.wire if slot.layout != "plain" else "gbk"
    form = slots()[(index * 7) % BASE].form
    form = form if form != "said" else "square"
    return Slot(topic=names[index % len(names)], layout=slot.layout, wire=wire, form=form, length=75 + index % 60)


def day_of(index: int, size: int) -> date:
    """Newest first, evenly spread; never on a Saturday or Sunday."""
    day = NEWEST - timedelta(days=index * SPAN // size)
    return day - timedelta(days=max(0, day.weekday() - 4))


def number_of(index: int, size: int) -> int:
    """Article numbers rise with the date and are never given twice."""
    return number_on(day_of(index, size), index % 4000)


def number_on(day: date, tail: int) -> int:
    """An article number of that day."""
    return 10_000_000 + (day - date(2009, 1, 1)).days * 5000 + 4999 - tail


def path_of(day: date, number: int) -> str:
    """The address in the style of its year."""
    if day < date(2013, 7, 1):
        return f"/GB/14562/{number}.html"
    prefix = "n" if day < date(2015, 1, 1) else "n1"
    return f"/{prefix}/{day.year}/{day:%m%d}/c{NODE}-{number}.html"


def page_path(path: str, page: int) -> str:
    """Page 2 of `…/c1-5.html` is `…/c1-5-2.html`."""
    return path if page == 1 else f"{path.removesuffix('.html')}-{page}.html"
