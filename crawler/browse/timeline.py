"""Conferences over time as bars: a year each, or a month each of a chosen year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crawler.browse.choice import UNDATED
from crawler.browse.listing import Value

MONTHS = "January February March April May June July August September October November December".split()
# Of a bar's box: its height, and the least that is still seen.
HEIGHT, LEAST = 100, 4
# Labels that fit under the bars of a wide page, and of a phone.
LABELS = 20
MOST_YEARS = 120


class Bar(NamedTuple):
    """A bar: what it asks for, its label in short and in full; `height` in hundredths, `major` gets a label."""

    value: str
    short: str
    name: str
    many: int
    height: int
    major: bool
    chosen: bool


def by_year(years: Sequence[Value]) -> list[Bar]:
    """A bar for each year from the first to the last, empty ones as well."""
    known = {int(one.value): one for one in years if one.value != UNDATED}
    if not known:
        return []
    span = range(max(min(known), max(known) - MOST_YEARS), max(known) + 1)
    most = max(one.many for one in known.values())
    step = -(-len(span) // LABELS)
    return [
        _bar(str(year), str(year), str(year), known.get(year), most, (max(known) - year) % step == 0) for year in span
    ]


def by_month(year: str, months: Sequence[Value]) -> list[Bar]:
    """The twelve bars of a year."""
    known = {one.value: one for one in months}
    most = max((one.many for one in months), default=1)
    return [
        _bar(value := f"{year}-{n:02}", MONTHS[n - 1][:3], f"{MONTHS[n - 1]} {year}", known.get(value), most, True)
        for n in range(1, 13)
    ]


def _bar(value: str, short: str, name: str, known: Value | None, most: int, major: bool) -> Bar:
    many = known.many if known else 0
    height = max(LEAST, many * HEIGHT // most) if many else 0
    return Bar(value, short, name, many, height, major, bool(known and known.chosen))
