"""One HTTP exchange as WARC 1.1 records: bytes in, bytes out.

The records are framed here and not by warcio, which percent-encodes a header that is not ASCII (GBK file names come out
as something that nobody sent), compresses at level 9 only and takes three to six times the CPU.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# The body has no chunks any more, so that the header must not say so.
NO_LONGER_TRUE = b"transfer-encoding"
RENAMED = b"X-Archive-Orig-Transfer-Encoding"
# Meant for a proxy, not for the site.
SECRET = b"proxy-authorization"
ADDRESS = re.compile(r"(?:[^:/?#]*://)?([^/?#]*)([^#]*)")
GZIP = 31
# Level, window, memory of zlib. Compressed bytes get no smaller a second time: they are stored. The state of a large
# window costs ten times what compressing a small record does.
STORED, SMALL, TEXT = (0, 12, 5), (1, 12, 5), (1, 14, 8)
SMALL_MOST = 4096


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. `body` is as received, its content coding on it; header names in the case they had."""

    url: str
    method: str
    request_headers: list[tuple[bytes, bytes]]
    date: datetime
    status: int
    reason: bytes
    version: str
    headers: list[tuple[bytes, bytes]]
    body: bytes = field(repr=False)
    ip: str | None = None
    request_body: bytes = field(default=b"", repr=False)
    truncated: str | None = None


class Earlier(NamedTuple):
    """The response that has the content of an address: what a revisit refers to. `date` as WARC writes it."""

    payload_digest: str
    url: str
    date: str
    record_id: str


def warc_date(moment: datetime) -> str:
    """`2026-01-01T00:00:00.000000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def sha1(*parts: bytes) -> str:
    """`sha1:` and 32 characters, as every WARC tool writes a digest."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return "sha1:" + base64.b32encode(digest.digest()).decode("ascii")


def new_id() -> str:
    """A record's name."""
    return f"<urn:uuid:{uuid4()}>"


def response_head(exchange: Exchange) -> bytes:
    """Status line and headers."""
    first = b"%s %d %s" % (exchange.version.encode("latin-1"), exchange.status, exchange.reason)
    renamed = ((RENAMED if n.lower() == NO_LONGER_TRUE else n, value) for n, value in exchange.headers)
    return _head(first, renamed)


def request_block(exchange: Exchange) -> bytes:
    """The request as it was meant: Host first, where the network stack puts it; its other additions are not known."""
    authority, target = ADDRESS.match(exchange.url).groups()  # type: ignore[union-attr]
    given = [(name, value) for name, value in exchange.request_headers if name.lower() != SECRET]
    if not any(name.lower() == b"host" for name, _ in given):
        given.insert(0, (b"Host", authority.rpartition("@")[2].encode("utf-8")))
    first = f"{exchange.method} {target if target.startswith('/') else '/' + target} HTTP/1.1"
    return _head(first.encode("utf-8"), given) + exchange.request_body


def _head(first: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    lines = [first, *(b"%s: %s" % pair for pair in headers)]
    # A line feed inside of a value would begin a new header.
    return b"\r\n".join(line.replace(b"\n", b" ") if b"\n" in line else line for line in lines) + b"\r\n\r\n"


def record(kind: str, record_id: str, date: str, headers: Mapping[str, str | None], *block: bytes) -> bytes:
    """A whole record; a header of None is left out. The block comes in parts, so that no body is copied twice."""
    lines = [f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {record_id}\r\nWARC-Date: {date}"]
    lines += [f"{name}: {' '.join(value.split())}" for name, value in headers.items() if value is not None]
    lines.append(f"WARC-Block-Digest: {sha1(*block)}\r\nContent-Length: {sum(map(len, block))}\r\n\r\n")
    return b"".join(("\r\n".join(lines).encode("utf-8"), *block, b"\r\n\r\n"))


def warcinfo(record_id: str, date: str, filename: str, info: Mapping[str, str]) -> bytes:
    """The record at the head of a file: what made it."""
    fields = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in info.items() if value)
    headers = {"WARC-Filename": filename, "Content-Type": "application/warc-fields"}
    return record("warcinfo", record_id, date, headers, fields.encode("utf-8"))


def member(whole: bytes, stored: bool = False) -> bytes:
    """A record as one gzip member."""
    level, window, memory = STORED if stored else SMALL if len(whole) <= SMALL_MOST else TEXT
    stream = zlib.compressobj(level, zlib.DEFLATED, 16 + window, memory)
    return stream.compress(whole) + stream.flush()


def is_compressed(exchange: Exchange) -> bool:
    """Whether the body comes in a content coding."""
    return any(name.lower() == b"content-encoding" for name, _ in exchange.headers)
