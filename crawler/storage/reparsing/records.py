"""The three files of a reparse, decided line by line as a crawl decides them: new, version, copy, no record."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from crawler.items import Damage, Provenance, Transcript
from crawler.storage.jsonl import JsonLines, read_at
from crawler.storage.reparsing.shard import Brief, brief_of
from crawler.text.articles import Refused
from crawler.text.duplicates import Judgement, Known, MemoryIndex, judge, twin
from crawler.text.witness import witnessed

NAMES = ("duplicates.jsonl", "quarantine.jsonl", "transcripts.jsonl")


class Records:
    """Files of a folder that has none. `counts` by verdict, and pages in quarantine by `quarantine/<reason>`.

    Raises `OSError` where a line cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.duplicates, self.quarantine, self.transcripts = (JsonLines(folder / name) for name in NAMES)
        self.index = MemoryIndex()
        self.counts: Counter[str] = Counter()
        self._copies: set[tuple[str, str]] = set()
        self._refused: set[tuple[str | None, str, str]] = set()

    def take(self, item: Transcript) -> None:
        """Write a record, or the copy that it is."""
        if item.damage.unresolved:
            item = self._witnessed(item) or item
        judgement = judge(item, self.index)
        if not self._is_known(judgement, item.content_hash, item.provenance):
            item = item.model_copy(update={"version": judgement.version})
            self._write(item.model_dump_json().encode(), brief_of(item), item.version, item.provenance.fetched_url)

    def take_line(self, line: bytes, brief: Brief, provenance: Provenance) -> None:
        """The same of a record that is JSON already; it is read only where something of it may change."""
        outline: dict[str, Any] = {
            "id": brief.id,
            "content_hash": brief.content_hash,
            "language": brief.language,
            "damage": Damage(unresolved=brief.unresolved),
            "provenance": provenance,
        }
        judgement = judge(Transcript.model_construct(**outline), self.index)
        if brief.unresolved or judgement.version > 1:
            self.take(Transcript.model_validate_json(line))
        elif not self._is_known(judgement, brief.content_hash, provenance):
            self._write(line, brief, 1, provenance.fetched_url)

    def _witnessed(self, item: Transcript) -> Transcript | None:
        other = twin(item, self.index)
        if other is None:
            return None
        return witnessed(item, Transcript.model_validate_json(read_at(self.transcripts.path, other.offset)))

    def _write(self, line: bytes, brief: Brief, version: int, url: str) -> None:
        offset = self.transcripts.append(line)
        digest = bytes.fromhex(brief.content_hash.removeprefix("sha256:"))
        self.index.by_id[brief.id] = Known(version, digest, brief.language, url, brief.unresolved, offset)
        self.index.by_digest.setdefault(digest, brief.id)
        self.index.by_shape[bytes.fromhex(brief.shape)] = brief.id
        self.counts["versions" if version > 1 else "records"] += 1

    def _is_known(self, judgement: Judgement, content_hash: str, provenance: Provenance) -> bool:
        """Whether a text is written already; a copy is noted, the same copy once."""
        if judgement.verdict == "unchanged":
            self.counts["unchanged"] += 1
        elif judgement.verdict == "duplicate":
            self.counts["copies"] += 1
            key = provenance.fetched_url, content_hash
            if key not in self._copies:
                self._copies.add(key)
                self.duplicates.append_object(
                    {
                        "url": provenance.fetched_url,
                        "duplicate_of": judgement.of,
                        "content_hash": content_hash,
                        "fetched_at": provenance.fetched_at,
                        "warc": provenance.warc,
                    }
                )
        return judgement.verdict in ("unchanged", "duplicate")

    def refuse(self, url: str | None, why: Refused, fetched_at: str | None, warc: dict[str, Any] | None) -> None:
        """Write a page that has no record; the same page for the same reason once."""
        if (url, *why) not in self._refused:
            self._refused.add((url, *why))
            self.counts[f"quarantine/{why.reason}"] += 1
            values = {"url": url, "reason": why.reason, "detail": why.detail, "fetched_at": fetched_at, "warc": warc}
            self.quarantine.append_object(values)

    def close(self) -> None:
        """Close the files."""
        for lines in (self.duplicates, self.quarantine, self.transcripts):
            lines.close()
