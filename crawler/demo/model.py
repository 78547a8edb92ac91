"""What a conference is, before anything is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the guest list."""

    name: str
    organisation: str
    titles: tuple[str, ...]

    @property
    def post(self) -> str:
        """The organisation and its titles, as they stand before the name."""
        return self.organisation + "、".join(self.titles)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: a person with a role, or a reporter of an outlet."""

    role: str
    person: Person | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: a voice, the paragraphs it fills, the time printed behind it."""

    voice: Voice
    parts: tuple[str, ...]
    time: str | None = None
    broken: bool = False  # its paragraphs are divided by <br>, not by <p>


@dataclass(frozen=True, slots=True)
class Exchange:
    """Indexes of the turns that ask and of those that answer."""

    question: tuple[int, ...]
    answer: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the body, after the turn of that index."""

    src: str
    caption: str | None
    after: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the programme: how a conference is dressed."""

    topic: str
    layout: str
    wire: str = "gbk"
    form: str = "square"
    flow: str = "each"  # each, flow, alone, joined, timed, break
    host: str = "name"  # name, plain, named, paren, none
    reporter: str = "plain"  # plain, outlet, paren, named, media, asked, wen, said
    guests: str = "line"  # line, lines, below, paren, spaced, lead, none
    event: str = "lead"  # lead, short, fields, afternoon, none
    stamp: str = "minute"  # minute, day
    length: int = 20
    pages: int = 1
    spam: str | None = None
    traps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conference:
    """All that is true of one conference; pages and records are both derived from it."""

    index: int
    number: int
    path: str
    slot: Slot
    day: date
    start: str
    published: str  # 16:51
    title: str
    lead: tuple[str, ...]
    place: str | None
    guests: tuple[Person, ...]
    host: Person | None
    turns: tuple[Turn, ...]
    exchanges: tuple[Exchange, ...]
    source: str | None
    editors: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()


class Answers(Protocol):
    """A hall as its server sees it."""

    @property
    def start(self) -> str:
        """The path of its listing."""

    def find(self, path: str) -> Resource | None:
        """What an address answers; None where nothing is there."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A response of the hall."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
