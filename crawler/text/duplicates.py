"""Is a transcript new, a new version, a copy, or just known? A pure decision over what is known of the records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from crawler.items import Transcript
from crawler.text.witness import shape

Verdict = Literal["new", "version", "duplicate", "unchanged"]


class Known(NamedTuple):
    """The latest version of one id: number, content hash (32 bytes), script, address, damaged places left.

    `offset` is where its line begins in transcripts.jsonl.
    """

    version: int
    digest: bytes
    language: str
    url: str
    unresolved: int
    offset: int


class Index(Protocol):
    """The records that are written: by id, by content, and by the lengths of their turns."""

    def latest(self, number: str, /) -> Known | None:
        """The latest version of an id."""

    def of_digest(self, digest: bytes, /) -> str | None:
        """The id of the first record of that content."""

    def of_shape(self, shape: bytes, /) -> str | None:
        """The id of the last record of that shape."""


@dataclass(slots=True)
class MemoryIndex:
    """An `Index` in memory."""

    by_id: dict[str, Known] = field(default_factory=dict)
    by_digest: dict[bytes, str] = field(default_factory=dict)
    by_shape: dict[bytes, str] = field(default_factory=dict)

    def add(self, record: Transcript, offset: int) -> None:
        """Note one record; of several versions the highest counts."""
        digest = digest_of(record)
        known = self.by_id.get(record.id)
        if known is None or record.version >= known.version:
            url, unresolved = record.provenance.fetched_url, record.damage.unresolved
            self.by_id[record.id] = Known(record.version, digest, record.language, url, unresolved, offset)
        self.by_digest.setdefault(digest, record.id)
        self.by_shape[shape_of(record)] = record.id

    def latest(self, number: str, /) -> Known | None:
        return self.by_id.get(number)

    def of_digest(self, digest: bytes, /) -> str | None:
        return self.by_digest.get(digest)

    def of_shape(self, shape: bytes, /) -> str | None:
        return self.by_shape.get(shape)


def twin(record: Transcript, index: Index) -> Known | None:
    """The record that may be another copy of the same text: of the same id, or of the same lengths throughout."""
    known = index.latest(record.id)
    if known is None:
        other = index.of_shape(shape_of(record))
        known = index.latest(other) if other else None
    return known


def digest_of(record: Transcript) -> bytes:
    """The content hash, 32 bytes."""
    return bytes.fromhex(record.content_hash.removeprefix("sha256:"))


def shape_of(record: Transcript) -> bytes:
    """The lengths of labels and texts, 16 bytes."""
    return shape((turn.label, turn.text) for turn in record.turns)


class Judgement(NamedTuple):
    """What to do with a transcript: `of` is the id of the record that it copies, `version` the number it gets."""

    verdict: Verdict
    of: str
    version: int


def judge(transcript: Transcript, index: Index) -> Judgement:
    """A changed text under a known id is a new version, unless it is the same article's other script or a copy that is

    more damaged than the record. A text that is known is a copy; known under the same id from the same address, it is
    unchanged.
    """
    digest = digest_of(transcript)
    known = index.latest(transcript.id)
    url = transcript.provenance.fetched_url
    if known:
        if known.digest == digest:
            return Judgement("unchanged" if known.url == url else "duplicate", transcript.id, known.version)
        worse = transcript.damage.unresolved > known.unresolved
        if known.language != transcript.language or worse:
            return Judgement("duplicate", transcript.id, known.version)
        return Judgement("version", transcript.id, known.version + 1)
    of = index.of_digest(digest)
    return Judgement("duplicate", of, 1) if of else Judgement("new", transcript.id, 1)
