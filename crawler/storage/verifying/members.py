"""The responses of an archive as compact keys: where each stands, of which address, with which content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from crawler.storage.verifying.findings import key, plain_url


class Seen(NamedTuple):
    """A response or revisit: keys of its record id, its address and its payload digest; the content's SHA-256, cut."""

    record: bytes
    url: bytes
    payload: bytes
    content: bytes


class Members:
    """All responses and revisits of an archive. A file and an offset are one number."""

    def __init__(self) -> None:
        self.files: dict[str, int] = {}
        self.absent: Counter[str] = Counter()
        self.revisits: dict[int, bytes] = {}
        self._at: dict[int, bytes] = {}
        self._of: dict[bytes, int] = {}

    def open(self, file: str) -> None:
        """A file of the archive is there."""
        self.files.setdefault(file, len(self.files))

    def add(self, file: str, offset: int, record_id: str, seen: Seen, refers_to: str | None) -> bool:
        """Note a response; False if another one has its record id."""
        number = self.files[file] << 48 | offset
        self._at[number] = b"".join(seen)
        if refers_to:
            self.revisits[number] = key(refers_to)
        return self._of.setdefault(key(record_id), number) == number

    def at(self, file: str, offset: int) -> Seen | None:
        """The response at a place; a revisit has the content of its original (empty if that is not there)."""
        number = self.files.get(file, 1 << 14) << 48 | offset
        packed = self._at.get(number)
        if packed is None:
            return None
        seen = _unpacked(packed)
        if number in self.revisits:
            original = self._of.get(self.revisits[number])
            return seen._replace(content=b"" if original is None else self._at[original][24:])
        return seen

    def named(self, record_id: str) -> Seen | None:
        """The response of a record id."""
        number = self._of.get(key(record_id))
        return None if number is None else _unpacked(self._at[number])

    def lost_originals(self) -> list[tuple[str, int]]:
        """File and offset of the revisits whose original is not there, or has another payload."""
        names = {number: file for file, number in self.files.items()}
        found = []
        for number, refers_to in self.revisits.items():
            original = self._of.get(refers_to)
            if original is None or self._at[original][16:24] != self._at[number][16:24]:
                found.append((names[number >> 48], number & (1 << 48) - 1))
        return found

    def fault(self, position: Mapping[str, Any], url: str | None = None, digest: str | None = None) -> str | None:
        """What is wrong with a position: no such response, of another address, with other content (`sha256:…`).

        Of a file that is not there it is only counted.
        """
        file, offset, record_id = position["file"], position["offset"], position["record_id"]
        if file not in self.files:
            self.absent[file] += 1
            return None
        seen = self.at(file, offset)
        if seen is None:
            return f"no whole response stands at offset {offset} of {file}"
        if seen.record != key(record_id):
            return f"another response than {record_id} stands at offset {offset} of {file}"
        if url is not None and seen.url != key(plain_url(url)):
            return f"the response at offset {offset} of {file} is not of {url}"
        expected = bytes.fromhex((digest or "").removeprefix("sha256:"))[: len(seen.content) or 1]
        if digest is not None and seen.content != expected:
            return f"the response at offset {offset} of {file} has other content than {digest}"
        return None


def _unpacked(packed: bytes) -> Seen:
    return Seen(packed[:8], packed[8:16], packed[16:24], packed[24:])
