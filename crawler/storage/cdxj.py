"""The CDXJ index beside a WARC file, as `cdxj-indexer --sort` writes it: replay tools find a page by it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from fastwarc.warc import HeaderMap

from crawler.storage.warc_frames import Frame, frames
from crawler.storage.warc_http import headers_of, message, plain_address
from crawler.storage.warc_record import Exchange, sha1
from crawler.storage.whole import whole

SUFFIX = ".cdxj"
MIME_END = re.compile(r"[;\s]")
WWW = re.compile(r"^www\d*\.")
NOT_DIGIT = re.compile(r"[^0-9]")
PORTS = {"http": 80, "https": 443}
# What stays as it is in a key: everything printable but `#` and `%`. Most addresses have nothing else.
AS_IT_IS = re.compile(r'[!"$&-~]*')
PLAIN = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "#%")
REVISIT = "warc/revisit"
INDEXED = frozenset({"response", "revisit", "resource", "metadata"})
NOTES = "application/warc-fields"


class Entry(NamedTuple):
    """What the index says of a record, but for its place. `mime` and `status` are None where the record has none."""

    url: str
    date: str
    mime: str | None
    status: str | None
    digest: str

    @classmethod
    def of_exchange(cls, exchange: Exchange, date: str, digest: str, revisit: bool) -> Entry:
        """The entry of an exchange that is being written."""
        given = next((value for name, value in exchange.headers if name.lower() == b"content-type"), None)
        mime = REVISIT if revisit else None if given is None else mime_of(header_text(given))
        return cls(exchange.url, date, mime, str(exchange.status), digest)

    @classmethod
    def of_record(cls, frame: Frame) -> Entry | None:
        """The entry of a record; None where it is not to be indexed. Raises `OSError` where its head is none."""
        headers = headers_of(frame.head)
        kind, url, date = (headers.get(name) or "" for name in ("WARC-Type", "WARC-Target-URI", "WARC-Date"))
        url, content = plain_address(url), headers.get("Content-Type")
        if kind not in INDEXED or not url or not date or (kind in ("resource", "metadata") and content == NOTES):
            return None
        status, body = None, frame.block
        if (content or "").startswith("application/http"):
            http, body = message(frame.block)
            status = None if http.status_code is None else str(http.status_code)
            content = first_header(http, b"content-type")
        mime = REVISIT if kind == "revisit" else None if content is None else mime_of(content)
        return cls(url, date, mime, status, headers.get("WARC-Payload-Digest") or sha1(body))

    def line(self, filename: str, offset: int, length: int) -> bytes:
        """The line, with its line break."""
        values = {
            "url": self.url,
            "mime": self.mime,
            "status": self.status,
            "digest": self.digest,
            "length": str(length),
            "offset": str(offset),
            "filename": filename,
        }
        said = json.dumps({name: value for name, value in values.items() if value is not None})
        return f"{url_key(self.url)} {NOT_DIGIT.sub('', self.date)[:14]} {said}\n".encode("ascii")


def header_text(value: bytes) -> str:
    """A header's value as text: UTF-8, else Latin-1."""
    try:
        return value.decode("utf-8").strip()
    except UnicodeDecodeError:
        return value.decode("latin-1").strip()


def first_header(headers: HeaderMap, name: bytes) -> str | None:
    """The first header of a name (in lower case)."""
    found = (value for given, value in headers.items_bytes() if given.lower() == name)
    return next(map(header_text, found), None)


def mime_of(content_type: str) -> str:
    """`text/html` of `text/html; charset=gbk`."""
    return MIME_END.split(content_type, maxsplit=1)[0].strip()


def url_key(url: str) -> str:
    """The address as archives sort it: `cn,com,people,acftu)/n1/a.html`. Session numbers in a query are kept."""
    try:
        parts = urlsplit(url)
        host = _host_key(parts.scheme, parts.netloc)
    except ValueError:
        host = ""
    if not host:
        return quote(url, safe=PLAIN)
    query = "&".join(sorted(_plain(parts.query).split("&")))
    return (host + _path(_plain(parts.path)) + ("?" + query if query else "")).lower()


@lru_cache(maxsize=256)
def _host_key(scheme: str, netloc: str) -> str:
    """What the keys of a host begin with; nothing where there is none. Raises `ValueError`. A crawl has few hosts."""
    parts = SplitResult(scheme, netloc, "", "", "")
    port = parts.port
    if not parts.hostname:
        return ""
    names = WWW.sub("", _ascii(parts.hostname)).rstrip(".").split(".")
    return ",".join(reversed(names)) + ("" if port is None or port == PORTS.get(scheme) else f":{port}") + ")"


def _ascii(host: str) -> str:
    """A host as DNS has it; one that DNS cannot have is escaped, so that it ends no key."""
    with suppress(UnicodeError):
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    return host if AS_IT_IS.fullmatch(host) else quote(host, safe=PLAIN)


def _path(path: str) -> str:
    """Without empty, `.` and `..` steps and without the slash at the end."""
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/" + "/".join(steps)


def _plain(text: str) -> str:
    """Escaped once, in one way: what needs no escape has none."""
    if AS_IT_IS.fullmatch(text):
        return text
    data = text.encode("utf-8", "surrogateescape")
    while (once := unquote_to_bytes(data)) != data:
        data = once
    return quote(data, safe=PLAIN)


def index_path(warc: Path) -> Path:
    """Where the index of a file stands."""
    return warc.with_name(warc.name.removesuffix(".gz").removesuffix(".warc") + SUFFIX)


def write_lines(warc: Path, lines: Iterable[bytes]) -> None:
    """The index of a file, whole or not at all."""
    with whole(index_path(warc)) as part:
        part.write_bytes(b"".join(sorted(set(lines))))


def index_lines(warc: Path) -> Iterator[bytes]:
    """The lines of a file, in its order, read off the file itself. What cannot be read has none."""
    for frame in frames(warc):
        with suppress(OSError):
            entry = Entry.of_record(frame) if isinstance(frame, Frame) else None
            if isinstance(frame, Frame) and entry:
                yield entry.line(warc.name, frame.place.offset, frame.length)


def reindex(warc: Path) -> None:
    """Write the index of a file anew."""
    write_lines(warc, index_lines(warc))
