"""What a reader chose: read from an address's query, and written as one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from crawler.browse.scripts import SCRIPTS
from crawler.items import Role

ROLES: tuple[str, ...] = get_args(Role)
#: A year that stands for conferences without a date.
UNDATED = "undated"
LONGEST = 200
MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Facets, words, and how it is shown; what is None is not asked for."""

    q: str | None = None
    hall: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    year: str | None = None
    month: str | None = None
    role: str | None = None
    page: int = 1
    script: str | None = None
    cleaning: bool = False
    beside: bool = False
    version: int | None = None

    def query(self, *names: str, **changes: Any) -> str:
        """`?…` of the named values (all, if none is named) with changes; "" for nothing."""
        chosen = replace(self, **changes)
        wanted = names or tuple(field.name for field in fields(self))
        values = [(name, getattr(chosen, name)) for name in wanted]
        given = [(name, _said(value)) for name, value in values if value is not None and value is not False]
        return "?" + urlencode([(name, value) for name, value in given if (name, value) != ("page", "1")])


def read_choice(query: Mapping[str, str]) -> Choice:
    """The choice in an address. Names that are not known are passed over; a wrong value raises `ValueError`."""
    words = {name: _words(query.get(name)) for name in ("q", "hall", "speaker", "outlet")}
    return Choice(
        **words,
        year=_year(_words(query.get("year"))),
        month=_month(_words(query.get("month"))),
        role=_one_of("role", _words(query.get("role")), ROLES),
        page=_number("page", query.get("page"), MOST_PAGES) or 1,
        script=_one_of("script", _words(query.get("script")), tuple(SCRIPTS)),
        cleaning=query.get("cleaning") == "1",
        beside=query.get("beside") == "1",
        version=_number("version", query.get("version"), 2**31 - 1),
    )


def _said(value: Any) -> str:
    return "1" if value is True else str(value)


def _words(text: str | None) -> str | None:
    words = (text or "").replace("\0", "").strip()
    if len(words) > LONGEST:
        raise ValueError(f"that is longer than {LONGEST} characters")
    return words or None


def _number(name: str, text: str | None, most: int) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= most):
        raise ValueError(f"{name} is a number from 1")
    return int(text)


def _year(text: str | None) -> str | None:
    if text in (None, UNDATED):
        return text
    assert text is not None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ValueError("year is four digits, as 2016")
    return text


def _month(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        if len(text) == 7 and text.isascii():
            return date.fromisoformat(f"{text}-01").isoformat()[:7]
    except ValueError:
        pass
    raise ValueError("month is written 2016-12")


def _one_of(name: str, text: str | None, known: tuple[str, ...]) -> str | None:
    if text is not None and text not in known:
        raise ValueError(f"{name} is one of {', '.join(known)}")
    return text
