"""What a small hall is made of: its addresses, its listing, and the eras of its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..model import Conference, Slot


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of a conference besides its turns."""

    identity: str
    path: str
    conference: Conference
    labels: tuple[str, ...]
    lead: tuple[str, ...] = ()
    moment: str | None = None  # the time of day that the lead says
    breadcrumbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Era:
    """The look of a page and how it labels its turns.

    `address` gives (identity, path) of a conference; `voices`: wen (问, 答), names (`…记者`, a name), titled (the
    office with a name at first, then the name alone). `source` is the one that the page names; `spokesperson` the body
    whose spokesperson answers all, named in the title or lead.
    """

    name: str
    slot: Slot
    render: Callable[[Told], str]
    address: Callable[[date, int], tuple[str, str]]
    voices: str = "names"
    title: str = ""
    lead: str = ""
    stamp: str = "minute"
    source: str | None = None
    spokesperson: str | None = None
    breadcrumbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A hall: `eras` newest first, `listing` one of its pages by (items, number, count), `name` its file's."""

    site: str
    origin: str
    folder: str
    eras: tuple[Era, ...]
    listing: Callable[[list[tuple[str, str, date]], int, int], str]
    name: Callable[[int], str]
    daily: bool = False
    per_page: int = 5
    unlisted: int = 0  # conferences that only its sitemaps name
