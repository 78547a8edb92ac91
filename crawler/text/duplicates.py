"""Is a transcript new, a new version, a copy, or just what is known? A pure decision over an index of the records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from crawler.items import Transcript

Verdict = Literal["new", "version", "duplicate", "unchanged"]


class Known(NamedTuple):
    """The latest version of one id: its number, its content hash (32 bytes), the script it was read in and its address."""

    version: int
    digest: bytes
    language: str
    url: str


@dataclass(slots=True)
class Index:
    """The records that are written: by id, and by content."""

    by_id: dict[str, Known] = field(default_factory=dict)
    by_digest: dict[bytes, str] = field(default_factory=dict)

    def add(self, id_: str, version: int, content_hash: str, language: str, url: str) -> None:
        """Note one record; of several versions the highest counts."""
        digest = bytes.fromhex(content_hash.removeprefix("sha256:"))
        if id_ not in self.by_id or version >= self.by_id[id_].version:
            self.by_id[id_] = Known(version, digest, language, url)
        self.by_digest.setdefault(digest, id_)


class Judgement(NamedTuple):
    """What to do with a transcript: `of` is the id of the record that it copies, `version` the number it gets."""

    verdict: Verdict
    of: str
    version: int


def judge(transcript: Transcript, index: Index) -> Judgement:
    """A changed text under a known id is a new version, unless it is the same article's other script.

    A text that is known is a copy; known under the same id from the same address, it is unchanged.
    """
    digest = bytes.fromhex(transcript.content_hash.removeprefix("sha256:"))
    known = index.by_id.get(transcript.id)
    url = transcript.provenance.fetched_url
    if known:
        if known.digest == digest:
            return Judgement("unchanged" if known.url == url else "duplicate", transcript.id, known.version)
        if known.language != transcript.language:
            return Judgement("duplicate", transcript.id, known.version)
        return Judgement("version", transcript.id, known.version + 1)
    of = index.by_digest.get(digest)
    return Judgement("duplicate", of, 1) if of else Judgement("new", transcript.id, 1)
