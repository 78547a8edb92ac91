"""The record that a right reading of a conference's page gives."""

from __future__ import annotations

from .labels import label, speaker
from .layouts import CRUMBS, has_breadcrumbs
from .model import Conference, Person, Record, Turn

HOST = "http://acftu.people.com.cn"
LISTED = {"line", "lines", "below", "paren", "spaced"}


def record(conference: Conference, cut: list[str] | None = None) -> Record:
    """Every key of the contract but those that depend on the crawl. `cut`: the page's spam blocks."""
    participants = listed(conference)
    return {
        "id": f"acftu/{conference.number}",
        "site": "acftu",
        "url": HOST + conference.path,
        "language": "zh-Hans",
        "title": conference.title,
        "breadcrumbs": list(CRUMBS) if has_breadcrumbs(conference.slot.layout) else [],
        "published_at": published_at(conference),
        "event": event(conference),
        "summary": "\n".join(conference.lead),
        "participants": [_participant(conference, person) for person in participants],
        "turns": [_turn(conference, number, turn) for number, turn in enumerate(conference.turns, 1)],
        "exchanges": [
            {"question": [f"t{i + 1}" for i in exchange.question], "answer": [f"t{i + 1}" for i in exchange.answer]}
            for exchange in conference.exchanges
        ],
        "source": conference.source,
        "editors": list(conference.editors),
        "images": [{"url": absolute(p.src), "caption": p.caption} for p in conference.pictures],
        "cleaning": [{"kind": "spam_block", "before": block} for block in cut or []],
        "damage": {"unresolved": 0, "samples": []},
    }


def absolute(src: str) -> str:
    """Pictures stand on the canonical host, whatever host served the page."""
    return src if src.startswith("http") else HOST + src


def listed(conference: Conference) -> list[Person]:
    """Who stands on the page's guest list."""
    if conference.slot.guests not in LISTED:
        return []
    return [person for person in (conference.host, *conference.guests) if person]


def published_at(conference: Conference) -> str:
    """With the time where the page prints one."""
    day = conference.day.isoformat()
    return day if conference.slot.stamp == "day" else f"{day}T{conference.published}:00+08:00"


def event(conference: Conference) -> Record:
    """When and where, as far as the page says."""
    told = conference.slot.event
    if told == "none":
        return {"date": None, "time": None, "place": None}
    return {"date": conference.day.isoformat(), "time": conference.start, "place": conference.place}


def person_text(conference: Conference, person: Person) -> str:
    """A guest as the page prints him."""
    style, name = conference.slot.guests, person.name
    if "spread_names" in conference.slot.traps and len(name) == 2:
        name = f"{name[0]}　{name[1]}"
    if style == "paren":
        return f"{name}（{person.post}）"
    return f"{person.post} {name}" if style == "spaced" else person.post + name


def _participant(conference: Conference, person: Person) -> Record:
    return {
        "name": person.name,
        "organisation": person.organisation,
        "titles": list(person.titles),
        "text": person_text(conference, person),
    }


def _turn(conference: Conference, number: int, turn: Turn) -> Record:
    people = listed(conference)
    host = conference.host.name if conference.host and people else None
    only = people[0].name if len(people) == 1 else None
    name = speaker(conference.slot, host, only, turn.voice)
    fields: Record = {
        "id": f"t{number}",
        "label": label(conference.slot, turn.voice),
        "speaker": name,
        "role": turn.voice.role,
        "affiliation": _affiliation(turn, name, people),
        "text": "\n".join(turn.parts),
    }
    return {**fields, "time": turn.time} if turn.time else fields


def _affiliation(turn: Turn, name: str | None, people: list[Person]) -> str | None:
    if turn.voice.role == "reporter":
        return turn.voice.outlet
    return next((person.organisation for person in people if person.name == name), None)
