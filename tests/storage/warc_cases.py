"""Exchanges, and WARC records written by hand, for the tests of the archive."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.storage.warc import ArchiveWriter, Earlier, Exchange
from crawler.storage.warc_reader import Capture, Unreadable, read_warcs

BEGAN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PAGE = "<html><body><p>[方致远]：各位记者朋友，大家好。</p></body></html>".encode("gbk") * 40
INFO = {"software": "press-conference-archive/0", "operator": "you@example.org", "settings": "ROBOTSTXT_OBEY=True"}


def exchange(number: int = 1, body: bytes = PAGE, **changed: Any) -> Exchange:
    """An exchange like any other, but for what is changed."""
    values: dict[str, Any] = {
        "url": f"http://press.example/n1/2026/0301/c1-{number}.html",
        "method": "GET",
        "request_headers": [(b"User-Agent", b"press-conference-archive/0"), (b"Accept", b"text/html")],
        "date": BEGAN + timedelta(seconds=number),
        "status": 200,
        "reason": b"OK",
        "version": "HTTP/1.1",
        "headers": [(b"Content-Type", b"text/html; charset=gbk"), (b"sErVeR", b"hall")],
        "body": body,
        "ip": "127.0.0.1",
    }
    return Exchange(**{**values, **changed})


def writer(folder: Path, known: Mapping[str, Earlier] | None = None, **changed: Any) -> ArchiveWriter:
    """A writer that knows what is given."""
    return ArchiveWriter(folder, "hall", INFO, (known or {}).get, **changed)


def written(folder: Path, *exchanges: Exchange, known: Mapping[str, Earlier] | None = None) -> Path:
    """The one file that these exchanges make."""
    archive = writer(folder, known)
    for each in exchanges:
        archive.write(each)
    archive.close()
    (path,) = folder.glob("*.warc.gz")
    return path


def read(*paths: Path) -> tuple[list[Capture], list[Unreadable]]:
    """What can be read, and what cannot."""
    found = list(read_warcs(paths))
    captures = [each for each in found if isinstance(each, Capture)]
    return captures, [each for each in found if isinstance(each, Unreadable)]


def raw(
    http: bytes, *, number: int = 1, kind: str = "response", digest: bool = True, version: str = "1.1", **headers: str
) -> bytes:
    """A record as another program writes it; `http` is its block."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>",
        "WARC-Date": f"2025-05-{number:02}T00:00:00Z",
        "WARC-Target-URI": f"http://press.example/{number}.html",
        "Content-Type": "application/http; msgtype=response",
        **{name.replace("_", "-"): value for name, value in headers.items()},
        "Content-Length": str(len(http)),
    }
    if digest:
        named["WARC-Block-Digest"] = "sha1:" + base64.b32encode(hashlib.sha1(http).digest()).decode()
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/{version}\r\n{head}\r\n".encode() + http + b"\r\n\r\n"


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An HTTP answer."""
    lines = "".join(f"{header}\r\n" for header in ("Content-Type: text/html", *headers))
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def saved(path: Path, *records: bytes, how: str = "each") -> Path:
    """Records in a file: `each` a gzip member, one gzip `whole`, or `plain`."""
    if how == "each":
        path.write_bytes(b"".join(map(gzip.compress, records)))
    else:
        data = b"".join(records)
        path.write_bytes(gzip.compress(data) if how == "whole" else data)
    return path
