"""Conferences under some facets: a page of them, how many for each value, and when they were."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, func, select

from crawler.browse.choice import UNDATED, Choice
from crawler.browse.shelf import conference, facet, name, names_of
from crawler.storage.search import key

PAGE_SIZE = 40
# Values of a facet that are shown; the others are reached by search or `more`.
FEW, MANY = 10, 300
BY_NAME = ("speaker", "outlet")


class Value(NamedTuple):
    """A value of a facet: what is asked for, what is shown, how many, and whether it is chosen."""

    value: str
    name: str
    many: int
    chosen: bool


class Listed(NamedTuple):
    """A conference in a list."""

    id: str
    version: int
    site: str
    day: str
    title: str
    language: str
    url: str
    turns: int
    questions: int
    changes: int
    speakers: list[str]


def wheres(choice: Choice, leave: Iterable[str] = ()) -> list[ColumnElement[bool]]:
    """The conditions of a choice, without those of some facets."""
    found: list[ColumnElement[bool]] = []
    skip = set(leave)
    if choice.hall and "hall" not in skip:
        found.append(conference.c.site == choice.hall)
    if "year" not in skip and choice.year:
        found.append(conference.c.day == "" if choice.year == UNDATED else _within(choice.year))
    if "month" not in skip and choice.month:
        found.append(_within(choice.month))
    for kind in BY_NAME:
        if kind not in skip and (value := getattr(choice, kind)):
            having = select(facet.c.number).where(facet.c.kind == kind, facet.c.key == key(value))
            found.append(conference.c.number.in_(having))
    return found


def _within(start: str) -> ColumnElement[bool]:
    """Days that begin with a year or a month; `~` is behind all digits."""
    return conference.c.day.between(f"{start}-", f"{start}-~")


def count(connection: Connection, choice: Choice) -> int:
    """How many conferences there are."""
    return connection.scalar(select(func.count()).select_from(conference).where(*wheres(choice))) or 0


def listed(connection: Connection, choice: Choice) -> list[Listed]:
    """A page of conferences, newest first."""
    wanted = select(conference).where(*wheres(choice)).order_by(conference.c.day.desc(), conference.c.number.desc())
    rows = connection.execute(wanted.limit(PAGE_SIZE).offset((choice.page - 1) * PAGE_SIZE)).all()
    speakers = names_of(connection, "speaker", [row.number for row in rows])
    return [_listed(row, speakers.get(row.number, [])) for row in rows]


def _listed(row: Row[Any], speakers: list[str]) -> Listed:
    values = {field: getattr(row, field) for field in Listed._fields if field != "speakers"}
    return Listed(**values, speakers=speakers)


def pages_of(total: int) -> int:
    """How many pages a number of conferences takes; at least one."""
    return max(1, -(-total // PAGE_SIZE))


def halls(connection: Connection, choice: Choice) -> list[Value]:
    """The halls by name."""
    rows = select(conference.c.site, func.count()).where(*wheres(choice, ["hall"])).group_by(conference.c.site)
    return [Value(site, site, n, site == choice.hall) for site, n in connection.execute(rows).all()]


def years(connection: Connection, choice: Choice) -> list[Value]:
    """The years, newest first; conferences without a date last."""
    year = func.substr(conference.c.day, 1, 4)
    rows = select(year, func.count()).where(*wheres(choice, ["year", "month"])).group_by(year).order_by(year.desc())
    found = ((value or UNDATED, n) for value, n in connection.execute(rows).all())
    return [Value(value, value, n, value == choice.year) for value, n in found]


def months(connection: Connection, choice: Choice) -> list[Value]:
    """The months of the chosen year that have conferences."""
    month = func.substr(conference.c.day, 1, 7)
    rows = select(month, func.count()).where(*wheres(choice, ["month"])).group_by(month).order_by(month)
    return [Value(value, value, n, value == choice.month) for value, n in connection.execute(rows).all() if value]


def by_name(connection: Connection, kind: str, choice: Choice, most: int = FEW) -> list[Value]:
    """The most frequent speakers or outlets; the chosen one is among them."""
    asked = getattr(choice, kind)
    chosen = key(asked) if asked else None
    conditions = wheres(choice, [kind])
    rows = select(facet.c.key, func.count().label("many")).where(facet.c.kind == kind)
    if conditions:
        rows = rows.where(facet.c.number.in_(select(conference.c.number).where(*conditions)))
    rows = rows.group_by(facet.c.key).order_by(func.count().desc(), facet.c.key).limit(most)
    found = [(k, n) for k, n in connection.execute(rows).all()]
    if chosen and chosen not in {k for k, _ in found}:
        found.append((chosen, count(connection, choice)))
    named = select(name.c.key, name.c.name).where(name.c.kind == kind, name.c.key.in_([k for k, _ in found]))
    names = dict(connection.execute(named).all())
    return [Value(names.get(k, asked), names.get(k, asked), n, k == chosen) for k, n in found]
