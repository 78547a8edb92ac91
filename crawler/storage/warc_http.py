"""HTTP messages as archives hold them: the head, and the body as its author wrote it, chunks and codings taken off."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader
from fastwarc.warc import HeaderMap

# No page is larger, and a crawl takes no larger one (DECOMPRESSED_MAXSIZE); a bomb ends here.
MOST = 100_000_000
PIECE = 1 << 12
UNIX_END = re.compile(rb"(?<!\r)\n")
HEAD_END = re.compile(rb"\r?\n\r?\n")
CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]{0,999})?\r?\n")
READERS: dict[str, Callable[[BytesIO], Any]] = {"br": BrotliReader, "zstd": ZstdReader}
# gzip or zlib by what is there; and, where neither is, the bare stream that some servers send as deflate.
FRAMED, BARE = 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS


def headers_of(head: bytes) -> HeaderMap:
    """The first line and the headers of a head, of a record or of a message. Raises `OSError` beyond 32 KB."""
    lines = head.rstrip(b"\r\n") + b"\r\n\r\n"
    parsed = HeaderMap()
    # Some programs end lines as Unix does.
    parsed.parse(BytesIO(lines if lines.count(b"\r\n") == lines.count(b"\n") else UNIX_END.sub(b"\r\n", lines)))
    return parsed


def message(block: bytes) -> tuple[HeaderMap, bytes]:
    """Head and body of an HTTP message."""
    end = HEAD_END.search(block)
    return (headers_of(block[: end.start()]), block[end.end() :]) if end else (headers_of(block), b"")


def plain_address(url: str) -> str:
    """Some versions of wget write addresses between angle brackets."""
    return url.strip().removeprefix("<").removesuffix(">")


def entity(body: bytes, transfer: str, content: str) -> bytes:
    """The decoded body, by its Transfer-Encoding and Content-Encoding headers.

    Archives hold bodies whose coding is off already while the header still stands: what cannot be decoded at all stays
    as it is, and of what breaks off the part before is given, as a browser does. Raises `ValueError` beyond 100 MB.
    """
    if "chunked" in transfer.lower() and CHUNK.match(body):
        body = _read(ChunkedReader(BytesIO(body))) or body
    for coding in reversed(content.lower().split(",")):
        body = _decoded(body, coding.strip())
    return body


def _decoded(body: bytes, coding: str) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, FRAMED) or body
    if coding == "deflate":
        return _inflated(body, FRAMED) or _inflated(body, BARE) or body
    return (_read(READERS[coding](BytesIO(body))) or body) if coding in READERS else body


def _inflated(body: bytes, window: int) -> bytes:
    """What zlib makes of a body until its end or its first error; a gzip body may have several members."""
    pieces: list[bytes] = []
    size, at, stream = 0, 0, zlib.decompressobj(window)
    try:
        while at < len(body):
            given = body[at : at + PIECE]
            pieces.append(stream.decompress(given, MOST + 1))
            size += len(pieces[-1])
            _check(size)
            at += len(given) - len(stream.unused_data)
            if stream.eof:
                stream = zlib.decompressobj(window)
    except zlib.error:
        pass
    return b"".join(pieces)


def _read(reader: Any) -> bytes:
    """What a decoder gives until its end or its first error."""
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := reader.read(PIECE):
            pieces.append(piece)
            size += len(piece)
            _check(size)
    except OSError:
        pass
    return b"".join(pieces)


def _check(size: int) -> None:
    if size > MOST:
        raise ValueError(f"the body is larger than {MOST} bytes")
