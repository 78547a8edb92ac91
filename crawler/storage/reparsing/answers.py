"""All answers of all shards in their one order, and what a revisit repeats. Little of each is kept in memory."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from crawler.storage.reparsing.shard import Answer, Kind, answer_of, read_shard
from crawler.text.articles import PageOf
from crawler.text.notice import has_failed


class Seen(NamedTuple):
    """An answer: the first six fields are the order of all of them, whatever order the files were given in.

    `source` is the number of its file, `line` and `payload` where its two lines begin in the shard.
    """

    when: str
    url: str
    file: str
    offset: int
    inside: int
    record_id: str
    source: int
    line: int
    payload: int
    kind: Kind
    status: int
    failed: bool
    article: PageOf


class Damaged(NamedTuple):
    """A place of a file that could not be read."""

    file: Path
    offset: int
    inside: int
    reason: str


@dataclass(slots=True)
class Gathered:
    """What the shards hold: answers in order, damage, how many pages are no article; originals of revisits by name."""

    answers: list[Seen] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)
    others: int = 0
    originals: dict[str, Seen] = field(default_factory=dict)


def gather(warcs: Sequence[Path], shards: Sequence[Path]) -> Gathered:
    """Read the first lines of all shards; the two sequences are of one length."""
    found, wanted = Gathered(), set[str]()
    for source, (warc, shard) in enumerate(zip(warcs, shards, strict=True)):
        with shard.open("rb") as file:
            for answer, line, payload in read_shard(file):
                _take(found, answer, Seen(*_order(answer, warc), source, line, payload, *_what(answer)), warc)
                wanted.update(answer.names if answer.kind == "revisit" else ())
    found.answers.sort()
    found.damaged.sort(key=lambda d: (d.file.name, *d))
    if wanted:
        _name(found, shards, wanted)
    return found


def _order(answer: Answer, warc: Path) -> tuple[str, str, str, int, int, str]:
    return answer.when, answer.url, warc.name, answer.offset, answer.inside, answer.record_id


def _what(answer: Answer) -> tuple[Kind, int, bool, PageOf]:
    failed = has_failed(answer.status) or answer.said[:1] == ("http_error",)
    return answer.kind, answer.status, failed, answer.article or PageOf("", "", 0)


def _take(found: Gathered, answer: Answer, seen: Seen, warc: Path) -> None:
    if answer.kind == "fault":
        found.damaged.append(Damaged(warc, answer.offset, answer.inside, *answer.said))
    elif answer.kind == "other":
        found.others += int(answer.said[0])
    else:
        found.answers.append(seen)


def _name(found: Gathered, shards: Sequence[Path], wanted: set[str]) -> None:
    """The first answer of each name that a revisit has."""
    reader = Reader(shards)
    for seen in found.answers:
        if seen.kind != "revisit":
            for name in wanted.intersection(reader.answer(seen).names):
                found.originals.setdefault(name, seen)
    reader.close()


class Reader:
    """Reads lines of shards again; the one read last stays open, since answers in order stand together."""

    def __init__(self, shards: Sequence[Path]) -> None:
        self.shards = shards
        self._open: tuple[int, BinaryIO] | None = None

    def answer(self, seen: Seen) -> Answer:
        """An answer's first line."""
        return answer_of(self._line(seen.source, seen.line))

    def payload(self, seen: Seen) -> bytes:
        """An answer's second line."""
        return self._line(seen.source, seen.payload).removesuffix(b"\n")

    def body(self, seen: Seen) -> bytes:
        """The bytes of a page that a shard has kept."""
        return b64decode(self.payload(seen))

    def _line(self, source: int, offset: int) -> bytes:
        if self._open is None or self._open[0] != source:
            self.close()
            self._open = source, self.shards[source].open("rb")
        file = self._open[1]
        file.seek(offset)
        return file.readline()

    def close(self) -> None:
        """Close what is open; idempotent."""
        if self._open:
            self._open[1].close()
            self._open = None


def by_page(answers: Iterable[Seen]) -> dict[PageOf, list[Seen]]:
    """The answers for each page of each copy of an article, in their order."""
    pages: dict[PageOf, list[Seen]] = {}
    for seen in answers:
        pages.setdefault(seen.article, []).append(seen)
    return pages
