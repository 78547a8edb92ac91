"""Is a transcript new, a new version, a copy, or just what is known? A pure decision over an index of the records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

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


@dataclass(slots=True)
class Index:
    """The records that are written: by id, by content, and by the lengths of their turns."""

    by_id: dict[str, Known] = field(default_factory=dict)
    by_digest: dict[bytes, str] = field(default_factory=dict)
    by_shape: dict[bytes, str] = field(default_factory=dict)

    def add(self, record: Transcript, offset: int) -> None:
        """Note one record; of several versions the highest counts."""
        digest = bytes.fromhex(record.content_hash.removeprefix("sha256:"))
        known = self.by_id.get(record.id)
        if known is None or record.version >= known.version:
            url, unresolved = record.provenance.fetched_url, record.damage.unresolved
            self.by_id[record.id] = Known(record.version, digest, record.language, url, unresolved, offset)
        self.by_digest.setdefault(digest, record.id)
        self.by_shape[_shape(record)] = record.id

    def twin(self, record: Transcript) -> Known | None:
        """The record that may be another copy of the same text: of the same id, or of the same lengths throughout."""
        return self.by_id.get(record.id) or self.by_id.get(self.by_shape.get(_shape(record), ""))


def _shape(record: Transcript) -> bytes:
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
    digest = bytes.fromhex(transcript.content_hash.removeprefix("sha256:"))
    known = index.by_id.get(transcript.id)
    url = transcript.provenance.fetched_url
    if known:
        if known.digest == digest:
            return Judgement("unchanged" if known.url == url else "duplicate", transcript.id, known.version)
        worse = transcript.damage.unresolved > known.unresolved
        if known.language != transcript.language or worse:
            return Judgement("duplicate", transcript.id, known.version)
        return Judgement("version", transcript.id, known.version + 1)
    of = index.by_digest.get(digest)
    return Judgement("duplicate", of, 1) if of else Judgement("new", transcript.id, 1)
