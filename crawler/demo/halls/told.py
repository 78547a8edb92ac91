"""A conference of a small hall, from its form, its era and its index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..data import load, topics, words
from ..dialogue import Dialogue
from ..draw import Draw
from ..model import Conference, Person, Turn
from .form import Era, Form, Told


def told(form: Form, era: Era, day: date, index: int) -> Told:
    """The conference, its address and its labels."""
    draw = Draw(form.site, index)
    names = topics()
    slot = replace(era.slot, topic=names[(index * 5 + len(form.site)) % len(names)])
    topic = load(slot.topic)
    host, guests = _cast(era, topic["posts"], draw)
    said = {"y": f"{day.year}", "m": f"{day.month}", "d": f"{day.day}", "n": f"{day.year - 2006}"}
    title = draw.figures(_filled(era.title or topic["title"], {**said, "name": guests[0].name}))
    written = Dialogue(slot, topic, host, guests, draw, title, day.year).written()
    identity, path = era.address(day, index)
    lead = _filled(era.lead, {**said, "name": guests[0].name, "title": title})
    conference = Conference(
        index=index, number=index, path=path, slot=slot, day=day, start="10:00",
        published=f"{draw.between(14, 20)}:{draw.between(10, 59)}", title=title,
        lead=(lead,) if lead else (), place=None, guests=guests, host=host, source=era.source,
        turns=tuple(written.turns), exchanges=tuple(written.exchanges),
        editors=(),
    )  # fmt: skip
    return Told(
        identity=identity,
        path=path,
        conference=conference,
        labels=tuple(_labels(era.voices, conference.turns)),
        lead=conference.lead,
        moment="10:00" if "上午10时" in lead else None,
        breadcrumbs=era.breadcrumbs,
    )


def _filled(text: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


def _cast(era: Era, posts: list[tuple[str, list[str]]], draw: Draw) -> tuple[Person | None, tuple[Person, ...]]:
    names = draw.mixed([name for name in words()["names"] if len(name) > 2])
    if era.spokesperson:
        return None, (Person(names[0], era.spokesperson, ("发言人",)),)
    guests = tuple(Person(name, body, tuple(titles)) for name, (body, titles) in zip(names, posts, strict=False))
    return Person(names[-1], words()["federation"], ("新闻中心主任",)), guests


def _labels(voices: str, turns: tuple[Turn, ...]) -> list[str]:
    """The label of each turn, as the page prints it."""
    found, seen = [], set()
    for turn in turns:
        voice = turn.voice
        if voice.role == "interpreter":
            found.append("翻译")
        elif voice.role == "reporter":
            found.append("问" if voices == "wen" else f"{voice.outlet}记者" if voice.outlet else "记者")
        elif voices == "wen" or voice.person is None:
            found.append("答")
        else:
            name = voice.person.name
            found.append(f"{voice.person.post} {name}" if voices == "titled" and name not in seen else name)
            seen.add(name)
    return found
