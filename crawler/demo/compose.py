"""A conference from its topic, its line in the programme and its index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from .data import load, words
from .dialogue import Dialogue
from .draw import Draw
from .model import Conference, Person, Picture, Slot
from .programme import day_of, number_of, path_of, slot_of

WEEKDAYS = "一二三四五六日"


@lru_cache(maxsize=128)
def conference(index: int, size: int) -> Conference:
    """The conference with that index in a hall of that size."""
    slot, day, number = slot_of(index, size), day_of(index, size), number_of(index, size)
    draw = Draw("conference", index, size)
    topic = load(slot.topic)
    cast = _cast(slot, topic, draw)
    start, place = _start(slot, draw), _place(slot, draw)
    title = _title(topic["title"], day, draw)
    written = Dialogue(slot, topic, cast.host, cast.guests, draw, title, day.year).written()
    source, editors = _credits(slot, draw)
    return Conference(
        index=index,
        number=number,
        path=path_of(day, number),
        slot=slot,
        day=day,
        start=start,
        published=_published(start, draw),
        title=title,
        lead=_lead(slot, topic, cast, _When(day, start, place), title, draw),
        place=place,
        guests=cast.guests,
        host=cast.host,
        turns=tuple(written.turns),
        exchanges=tuple(written.exchanges),
        source=source,
        editors=editors,
        pictures=_pictures(slot, len(written.turns), day, draw),
    )


@dataclass(frozen=True, slots=True)
class _Cast:
    host: Person | None
    guests: tuple[Person, ...]


def _cast(slot: Slot, topic: Any, draw: Draw) -> _Cast:
    """Names for the topic's posts; without a host only the first post is filled."""
    names = draw.mixed(words()["names"])
    if "spread_names" in slot.traps:
        names.sort(key=len)
    posts = topic["posts"] if slot.host != "none" else topic["posts"][:1]
    guests = tuple(Person(name, org, tuple(titles)) for name, (org, titles) in zip(names, posts, strict=False))
    if slot.host == "none":
        return _Cast(None, guests)
    return _Cast(Person(names[-1], words()["federation"], tuple(draw.pick(words()["host_posts"]))), guests)


def _title(pattern: str, day: date, draw: Draw) -> str:
    return draw.figures(pattern.replace("{y}", str(day.year)).replace("{n}", str(day.year - 2006)))


def _start(slot: Slot, draw: Draw) -> str:
    if slot.event == "afternoon":
        return "15:00"
    return draw.pick(["09:30", "10:00", "10:30"]) if slot.event in {"lead", "fields"} else "10:00"


def _published(start: str, draw: Draw) -> str:
    return f"{int(start[:2]) + draw.between(3, 6)}:{draw.between(10, 59)}"


def _place(slot: Slot, draw: Draw) -> str | None:
    return str(draw.pick(words()["places"])) if slot.event in {"fields", "afternoon", "short"} else None


@dataclass(frozen=True, slots=True)
class _When:
    day: date
    start: str
    place: str | None


def _lead(slot: Slot, topic: Any, cast: _Cast, at: _When, title: str, draw: Draw) -> tuple[str, ...]:
    """The paragraphs before the transcript, one or two of them."""
    first, day = cast.guests[0], at.day
    told = draw.figures(topic["lead"].replace("{first}", first.post + first.name))
    when, where = "", f"在{at.place}" if slot.event == "short" else ""
    if slot.event == "lead":
        when = f"{day.year}年{day.month}月{day.day}日(星期{WEEKDAYS[day.weekday()]}){at.start}，"
    elif slot.event == "short":
        when = f"{day.month}月{day.day}日上午10时，"
    opening = f"{when}东总新闻中心{where}举行{title}。"
    return (opening, told) if slot.length % 2 else (opening + told,)


def _credits(slot: Slot, draw: Draw) -> tuple[str | None, tuple[str, ...]]:
    """The source and the editors that the page's look has room for."""
    source = str(draw.pick(words()["sources"]))
    editors = tuple(draw.some(words()["editors"], draw.between(1, 2)))
    if slot.layout == "plain":
        return None, ()
    return source, editors


def _pictures(slot: Slot, turns: int, day: date, draw: Draw) -> tuple[Picture, ...]:
    """Two or three pictures, one without a caption."""
    if "pictures" not in slot.traps:
        return ()
    spots = draw.some(range(2, max(3, turns - 3)), 3)
    hosts = ("http://www.people.com.cn", "", "")
    captions = [*draw.some(words()["captions"], 2), None]
    return tuple(
        Picture(f"{hosts[i]}/NMediaFile/{day.year}/{day:%m%d}/MAIN{day:%Y%m%d}{i:04d}.jpg", caption, spot)
        for i, (caption, spot) in enumerate(zip(captions, spots, strict=False))
    )
