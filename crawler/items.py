"""What travels through the project: a Page as received, a Draft read off it, a Transcript, which is the record.

The record's schema is the pydantic model `Transcript`; `scrapy schema` prints it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

Role = Literal["host", "official", "reporter", "interpreter", "unknown"]
NonEmpty = Annotated[str, Field(min_length=1)]
Date = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


@dataclass(frozen=True, slots=True)
class Page:
    """One article as fetched: `body` is the first page's bytes, `more` those of its pages 2..n in order.

    `missing` says which of its pages could not be had, and why; `warc` where the archived response stands.
    """

    site: str
    url: str
    status: int
    content_type: str
    fetched_at: str
    body: bytes = field(repr=False)
    more: tuple[bytes, ...] = field(default=(), repr=False)
    missing: str | None = None
    warc: dict[str, Any] | None = None


class Line(NamedTuple):
    """One line of text of a page, in document order, without white space at its ends.

    `bold` counts the leading characters that are set bold; `link` says that all of it is link text,
    but for `相关专题：` before it.
    """

    text: str
    bold: int = 0
    paragraph: bool = False
    centred: bool = False
    picture: bool = False
    link: bool = False
    hidden: bool = False


class Edit(NamedTuple):
    """One change to one line: `after` stands at `offset` of the cleaned line where `before` stood.

    `line` is an index into the Draft's lines, or one of the negative numbers in `PLACES`. `margin` says by how much,
    in nats, a chosen `after` was better than the next.
    """

    line: int
    offset: int
    kind: str
    before: str
    after: str
    certain: bool = True
    margin: float | None = None


#: Places of an Edit that are no line of the article.
TITLE, OUTSIDE, BREADCRUMBS, SOURCE, EDITORS = range(-1, -6, -1)
PLACES = {TITLE: "title", OUTSIDE: "page", BREADCRUMBS: "breadcrumbs", SOURCE: "source", EDITORS: "editors"}


class Picture(NamedTuple):
    """A picture in the article's body: `line` is the index of the first line after it."""

    url: str
    alt: str
    line: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a layout finds on a Page: the fields' own words and the body's lines, not yet understood."""

    page: Page = field(repr=False)
    layout: str
    encoding: str
    title: str
    breadcrumbs: tuple[str, ...]
    published: str
    source: str
    editors: str
    article: str | None = None
    lines: tuple[Line, ...] = field(default=(), repr=False)
    before: tuple[Line, ...] = field(default=(), repr=False)
    after: tuple[Line, ...] = field(default=(), repr=False)
    pictures: tuple[Picture, ...] = field(default=(), repr=False)
    edits: tuple[Edit, ...] = field(default=(), repr=False)
    unresolved: int = 0
    samples: tuple[str, ...] = field(default=(), repr=False)
    flags: tuple[str, ...] = ()
    editions: tuple[tuple[str, str], ...] = ()


class Part(BaseModel):
    """A part of the record: immutable, and nothing in it that the schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Edition(Part):
    """The same conference in another language, as the page links it."""

    language: NonEmpty
    url: NonEmpty


class Event(Part):
    """When and where the conference was held, as the page says; local time of the hall.

    `id` is there where a hall's day has one conference: equal for its editions. `editions` are those that it links.
    """

    date: Date | None = None
    time: Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")] | None = None
    place: NonEmpty | None = None
    id: NonEmpty | None = Field(default=None, exclude_if=lambda value: value is None)
    editions: list[Edition] = Field(default=[], exclude_if=lambda value: not value)


class Participant(Part):
    """A guest as the page lists him; `text` is the words on the page."""

    name: NonEmpty | None
    organisation: NonEmpty | None
    titles: list[NonEmpty]
    text: NonEmpty


class Turn(Part):
    """One speech: `label` is what the page prints; `time` is there only where the page prints one."""

    id: Annotated[str, Field(pattern=r"^t[1-9]\d*$")]
    label: NonEmpty
    speaker: NonEmpty | None
    role: Role
    affiliation: NonEmpty | None
    text: str
    time: Annotated[str, Field(pattern=r"^\d{2}:\d{2}(:\d{2})?$")] | None = Field(
        default=None, exclude_if=lambda value: value is None
    )


class Exchange(Part):
    """A question and its answer: ids of turns."""

    question: list[str]
    answer: list[str]


class Image(Part):
    """A picture of the article's body."""

    url: NonEmpty
    caption: NonEmpty | None


class Change(Part):
    """One change to the page's own text. `at` is `<place>:<offset>`: where `after` stands in the record.

    Places: a turn's id, `title`, `summary`, `line N` (the body's N-th line, which is no turn), `page` (outside of the
    body), `breadcrumbs`, `source`, `editors`. A chosen `after` has the `margin` by which it won, in nats.
    """

    kind: NonEmpty
    at: NonEmpty
    before: str
    after: str
    certain: bool
    margin: float | None = Field(default=None, exclude_if=lambda value: value is None)


class Damage(Part):
    """Damaged places seen and not repaired, with up to ten samples; `flags` is there where something was put in

    that cannot be told from the page's own words (a brand, keywords)."""

    unresolved: Annotated[int, Field(ge=0)] = 0
    samples: list[str] = []
    flags: list[str] = Field(default=[], exclude_if=lambda value: not value)


class WarcPosition(Part):
    """Where the archived response stands."""

    file: NonEmpty
    offset: Annotated[int, Field(ge=0)]
    record_id: NonEmpty


class Provenance(Part):
    """Where the record comes from; `body_digest` is of the first page's bytes as received, decompressed.

    `captured_at` is there where a web archive gave the page: when that had fetched it.
    """

    fetched_at: NonEmpty
    fetched_url: NonEmpty
    status: int
    encoding: NonEmpty
    layout: NonEmpty
    body_digest: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    warc: WarcPosition | None
    crawler: NonEmpty
    captured_at: NonEmpty | None = Field(default=None, exclude_if=lambda value: value is None)


class Transcript(Part):
    """The record: one conference, one line of transcripts.jsonl."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Transcript", serialize_by_alias=True)

    schema_: Literal[1] = Field(default=1, alias="schema")
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*/\S+$")]
    version: Annotated[int, Field(ge=1)] = 1
    site: NonEmpty
    url: Annotated[str, Field(pattern=r"^https?://")]
    language: NonEmpty
    title: NonEmpty
    breadcrumbs: list[NonEmpty]
    published_at: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?$")] | None
    event: Event
    summary: NonEmpty | None
    participants: list[Participant]
    turns: Annotated[list[Turn], Field(min_length=1)]
    exchanges: list[Exchange]
    source: NonEmpty | None
    editors: list[NonEmpty]
    images: list[Image]
    content_hash: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    cleaning: list[Change]
    damage: Damage
    provenance: Provenance


def record_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record."""
    schema = Transcript.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
