"""The record that a right reading of a small hall's page gives."""

from __future__ import annotations

from ..model import Record, Turn
from .form import Era, Form, Told


def record(one: Told, era: Era, form: Form) -> Record:
    """Every key of the contract but those that depend on the crawl."""
    conference = one.conference
    day = conference.day.isoformat()
    moment = one.moment
    event: Record = {"date": day if form.daily or one.lead else None, "time": moment, "place": None}
    people = conference.guests if era.spokesperson else ()
    return {
        "id": f"{form.site}/{one.identity}",
        "site": form.site,
        "url": form.origin + one.path,
        "language": "zh-Hans",
        "title": conference.title,
        "breadcrumbs": list(one.breadcrumbs),
        "published_at": day if era.stamp == "day" else f"{day}T{conference.published}:00+08:00",
        "event": {**event, "id": f"{form.site}/{day}"} if form.daily else event,
        "summary": "\n".join(one.lead) or None,
        "participants": [
            {"name": p.name, "organisation": p.organisation, "titles": list(p.titles), "text": p.post + p.name}
            for p in people
        ],
        "turns": [
            _turn(number, turn, label, era, one)
            for number, (turn, label) in enumerate(zip(conference.turns, one.labels, strict=True), 1)
        ],
        "exchanges": [
            {"question": [f"t{i + 1}" for i in e.question], "answer": [f"t{i + 1}" for i in e.answer]}
            for e in conference.exchanges
        ],
        "source": conference.source,
        "editors": [],
        "images": [],
        "cleaning": [],
        "damage": {"unresolved": 0, "samples": []},
    }


def _turn(number: int, turn: Turn, label: str, era: Era, one: Told) -> Record:
    voice = turn.voice
    asks = voice.role == "reporter"
    person = None if asks or voice.person is None else voice.person
    body = person.organisation if person and (era.voices == "titled" or era.spokesperson) else None
    fields: Record = {
        "id": f"t{number}",
        "label": label,
        "speaker": person.name if person else None,
        "role": voice.role,
        "affiliation": voice.outlet if asks and era.voices != "wen" else body,
        "text": "\n".join(turn.parts),
    }
    return {**fields, "time": turn.time} if turn.time else fields
