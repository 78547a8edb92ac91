"""One WARC file to one shard: every answer for an article of the hall, read; what needs other files is kept as bytes.

A pure function of the file. A shard has two lines for each answer: what it is, and what was read (or nothing).
"""

from __future__ import annotations

import os
import socket
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from pydantic_core import from_json, to_json

from crawler.address import later_pages
from crawler.items import Page, Transcript
from crawler.site import Site
from crawler.storage.warc_frames import Place, Unreadable
from crawler.storage.warc_reader import Capture, captures, names
from crawler.storage.whole import whole
from crawler.text.articles import PageOf, leads_to, page_of, read_page
from crawler.text.duplicates import shape_of
from crawler.text.times import utc_text

SUFFIX, PART = ".shard", ".part"


class Brief(NamedTuple):
    """What of a record decides whether it is new; digests in hexadecimal."""

    id: str
    content_hash: str
    shape: str
    language: str
    unresolved: int


#: `record`: the second line is a Transcript. `refused`: no record, and why. `body`: the second line is the bytes, of an
#: article of several pages. `moved`: it leads elsewhere. `revisit`: what it repeats. `fault`: it cannot be read.
#: `other`: no article of the hall (counted once, at the end).
Kind = Literal["record", "refused", "body", "moved", "revisit", "fault", "other"]


@dataclass(slots=True)
class Answer:
    """The first line of an answer in a shard. `when` is UTC, as text that sorts; `later` are numbers of later pages.

    `said` is why it is refused (reason, detail), where it leads, or what is wrong; of `other` how many there are.
    """

    kind: Kind
    offset: int = 0
    inside: int = 0
    when: str = ""
    url: str = ""
    record_id: str = ""
    status: int = 0
    content_type: str = ""
    article: PageOf | None = None
    later: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    brief: Brief | None = None


class Job(NamedTuple):
    """A file to read: `shard` is where its shard goes; `program` the version that must do it."""

    warc: Path
    shard: Path
    site: Site
    program: str


def make_shard(job: Job) -> Path:
    """Read a WARC file into its shard, which is there whole or not at all; returns the shard's path.

    Raises `OSError` where the shard cannot be written; what is wrong with the WARC file stands in the shard.
    """
    mark = f".{socket.gethostname()}.{os.getpid()}{PART}"
    with whole(job.shard, mark) as part, part.open("wb") as file:
        for answer, payload in _answers(job.warc, job.site):
            file.write(b"%s\n%s\n" % (to_json(answer), payload))
    return job.shard


def read_shard(file: IO[bytes]) -> Iterator[tuple[Answer, int, int]]:
    """The answers of a shard, each with the offsets of its two lines."""
    line = 0
    while first := file.readline():
        payload = line + len(first)
        yield answer_of(first), line, payload
        line = payload + len(file.readline())


def answer_of(line: bytes) -> Answer:
    """An answer from its first line."""
    values: dict[str, Any] = from_json(line)
    article, brief = values.pop("article"), values.pop("brief")
    values |= {name: tuple(values[name]) for name in ("later", "names", "said")}
    return Answer(**values, article=PageOf(*article) if article else None, brief=Brief(*brief) if brief else None)


def _answers(path: Path, site: Site) -> Iterator[tuple[Answer, bytes]]:
    others = 0
    try:
        for found in captures(path):
            if isinstance(found, Unreadable):
                yield _fault(found), b""
                continue
            article = page_of(site, found.url)
            if article is None:
                others += 1
                continue
            yield _answer(found, article, site)
    except OSError as error:
        yield _fault(Unreadable(Place(path, 0), f"the file cannot be read: {error.strerror or error}")), b""
    yield Answer("other", said=(str(others),)), b""


def _fault(found: Unreadable) -> Answer:
    return Answer("fault", found.place.offset, found.place.inside, said=(found.reason,))


def _answer(found: Capture, article: PageOf, site: Site) -> tuple[Answer, bytes]:
    answer = Answer(
        kind="revisit",
        offset=found.place.offset,
        inside=found.place.inside,
        when=found.date.astimezone(UTC).isoformat(timespec="microseconds"),
        url=found.url,
        record_id=found.record_id,
        status=found.status,
        content_type=found.content_type,
        article=article,
        names=found.refers if found.revisit else tuple(filter(None, names(found))),
    )
    return (answer, b"") if found.revisit else _read(answer, found, article, site)


def _read(answer: Answer, found: Capture, article: PageOf, site: Site) -> tuple[Answer, bytes]:
    if found.status == 304:  # and no revisit: nothing says of what
        answer.kind, answer.said = "moved", (found.url,)
        return answer, b""
    target = leads_to(found.url, found.status, header(found, "location"), found.body)
    if target:
        answer.kind, answer.said = "moved", (target,)
        return answer, b""
    later = later_pages(site, found.url, found.body) if found.status == 200 else ()
    if later or (article.number > 1 and found.status == 200):
        answer.kind, answer.later = "body", tuple(sorted(later))
        return answer, b64encode(found.body)
    read = read_page(page_from(found, site), site, headers_of(found))
    if isinstance(read, Transcript):
        answer.kind, answer.brief = "record", brief_of(read)
        return answer, read.model_dump_json().encode()
    answer.kind, answer.said = "refused", read
    return answer, b""


def brief_of(record: Transcript) -> Brief:
    """The parts of a record that decide."""
    shape = shape_of(record).hex()
    return Brief(record.id, record.content_hash, shape, record.language, record.damage.unresolved)


def page_from(found: Capture, site: Site) -> Page:
    """The page of a capture, with its provenance."""
    return Page(
        site=site.name,
        url=found.url,
        status=found.status,
        content_type=found.content_type,
        fetched_at=utc_text(found.date),
        body=found.body,
        warc=position(found.place.path.name, found.place.offset, found.record_id),
    )


def position(file: str, offset: int, record_id: str) -> dict[str, Any] | None:
    """Where an answer stands, as records and the files beside them have it; None where it has no id to be known by."""
    return {"file": file, "offset": offset, "record_id": record_id} if record_id else None


def header(found: Capture, name: str) -> str:
    """The first header of a name (in lower case), "" where there is none."""
    return next((value for given, value in found.headers if given.lower() == name), "")


def headers_of(found: Capture) -> dict[str, str]:
    """The headers by name, as `challenge` looks them up."""
    return {name.title(): value for name, value in found.headers}
