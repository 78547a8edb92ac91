"""Search, as a page shows it: hits by conference, a page at a time."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from crawler.browse.choice import UNDATED, Choice
from crawler.browse.pieces import Pieces, cut
from crawler.browse.scripts import convert
from crawler.storage.datastore.finding import find
from crawler.storage.search import Hit, Query, read_terms

HITS = 30
# What stands further behind is read over for nothing; a narrower question finds it.
MOST_PAGES = 100


class Found(NamedTuple):
    """A hit and its snippet, its matches marked."""

    hit: Hit
    pieces: Pieces


class Page(NamedTuple):
    """A page of hits, newest conference first, and whether there are more."""

    groups: list[tuple[Hit, list[Found]]]
    hits: list[Hit]
    more: bool


def query_of(choice: Choice) -> Query:
    """The query of a choice. Raises `ValueError`."""
    if choice.page > MOST_PAGES:
        raise ValueError(f"only the first {MOST_PAGES} pages of hits are shown: ask for less")
    since, until = _days(choice)
    return Query(
        read_terms(choice.q or ""),
        choice.speaker,
        choice.role,
        choice.hall,
        since,
        until,
        choice.page * HITS + 1,
    )


def _days(choice: Choice) -> tuple[date | None, date | None]:
    if choice.year is None:
        return None, None
    if choice.year == UNDATED or choice.year == "0000":
        raise ValueError("search goes by year: four digits")
    return date(int(choice.year), 1, 1), date(int(choice.year), 12, 31)


def hits(connection: Connection, choice: Choice) -> Page:
    """The page of hits that was chosen. Raises `ValueError` for a choice that is none."""
    found = list(find(connection, query_of(choice)))
    some = found[(choice.page - 1) * HITS : choice.page * HITS]
    groups = [
        (of[0], [Found(hit, cut(convert(hit.snippet, choice.script), hit.marks)) for hit in of])
        for _, same in groupby(some, key=lambda hit: hit.id)
        for of in [list(same)]
    ]
    return Page(groups, some, len(found) > choice.page * HITS and choice.page < MOST_PAGES)
