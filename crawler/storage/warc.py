"""The archive's files: every exchange a response (or revisit) and its request, one gzip member a record.

A file that is being written ends in `.open`; its own name comes when it is whole, with a CDXJ index beside it.
"""

from __future__ import annotations

import errno
import os
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from crawler.storage.cdxj import Entry, write_lines
from crawler.storage.warc_record import (
    IDENTICAL,
    NOT_MODIFIED,
    Earlier,
    Exchange,
    is_compressed,
    member,
    new_id,
    record,
    request_block,
    response_head,
    sha1,
    warc_date,
    warcinfo,
)

__all__ = ["OPEN", "ArchiveWriter", "Earlier", "Exchange", "Position"]

OPEN = ".open"
ROTATE_AT = 1 << 30
# The digest of no bytes: a request has hardly ever a body.
NOTHING = sha1(b"")
# The index of an open file is kept in memory, some 400 bytes a line.
MOST_RECORDS = 100_000
# Addresses that the writer remembers of its own run: retries and listings that are asked twice.
REMEMBERED = 4096


class Position(NamedTuple):
    """Where the response (or revisit) of an exchange stands; `payload_digest` is that of the content it stands for."""

    file: str
    offset: int
    record_id: str
    payload_digest: str
    revisit: bool


def utc_now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


class ArchiveWriter:
    """Writes exchanges into files of a folder. The first file is opened by the first exchange.

    `earlier` answers what was archived for an address before; `keep` is told of each new response. Errors: `OSError`
    from `write` and `close`, the file then ends with its last whole member.
    """

    def __init__(
        self,
        folder: Path,
        site: str,
        info: Mapping[str, str],
        earlier: Callable[[str], Earlier | None],
        rotate_at: int = ROTATE_AT,
        now: Callable[[], datetime] = utc_now,
        keep: Callable[[Earlier], None] | None = None,
    ) -> None:
        self.folder, self.site, self.info = folder, site, info
        self.rotate_at, self.now = rotate_at, now
        self._earlier, self._keep = earlier, keep
        self._own: OrderedDict[str, Earlier] = OrderedDict()
        self._file: _OpenFile | None = None
        self._serial = 0

    def write(self, exchange: Exchange) -> Position:
        """Archive an exchange: its response, or a revisit where the content is known, then its request."""
        file = self._current()
        date, record_id = warc_date(exchange.date), new_id()
        digest = sha1(exchange.body)
        known = self._known(exchange, digest)
        common = {"WARC-Target-URI": exchange.url, "WARC-IP-Address": exchange.ip, "WARC-Warcinfo-ID": file.info_id}
        response = _response(exchange, record_id, date, digest, known, common)
        entry = Entry.of_exchange(exchange, date, known.payload_digest if known else digest, bool(known))
        offset = file.append(member(response, is_compressed(exchange) and known is None), entry)
        request = {**common, "WARC-Concurrent-To": record_id, "Content-Type": "application/http; msgtype=request"}
        block = request_block(exchange)
        request["WARC-Payload-Digest"] = sha1(exchange.request_body) if exchange.request_body else NOTHING
        file.append(member(record("request", new_id(), date, request, block)))
        if known is None:
            self._remember(Earlier(digest, exchange.url, date, record_id))
        return Position(file.name, offset, record_id, known.payload_digest if known else digest, known is not None)

    def close(self) -> None:
        """The open file gets its name and its index; idempotent. A later `write` opens a new file."""
        file, self._file = self._file, None
        if file:
            file.finish()

    def _current(self) -> _OpenFile:
        if self._file and (self._file.size >= self.rotate_at or len(self._file.entries) >= MOST_RECORDS):
            self.close()
        if self._file is None:
            self._serial += 1
            moment = self.now()
            name = f"{self.site}-{moment:%Y%m%dT%H%M%S%f}Z-{self._serial:05}.warc.gz"
            self._file = _OpenFile(self.folder, name, self.info, warc_date(moment))
        return self._file

    def _known(self, exchange: Exchange, digest: str) -> Earlier | None:
        """What a revisit of this exchange refers to; None where it is new."""
        earlier = self._own.get(exchange.url) or self._earlier(exchange.url)
        same = earlier is not None and (exchange.status == 304 or earlier.payload_digest == digest)
        return earlier if same else None

    def _remember(self, response: Earlier) -> None:
        self._own[response.url] = response
        if len(self._own) > REMEMBERED:
            self._own.popitem(last=False)
        if self._keep:
            self._keep(response)


def _response(
    exchange: Exchange, record_id: str, date: str, digest: str, known: Earlier | None, common: Mapping[str, str | None]
) -> bytes:
    headers = {
        **common,
        "Content-Type": "application/http; msgtype=response",
        "WARC-Payload-Digest": known.payload_digest if known else digest,
        "WARC-Truncated": exchange.truncated,
    }
    head = response_head(exchange)
    if known is None:
        return record("response", record_id, date, headers, head, exchange.body)
    headers |= {
        "WARC-Profile": NOT_MODIFIED if exchange.status == 304 else IDENTICAL,
        "WARC-Refers-To": known.record_id,
        "WARC-Refers-To-Target-URI": known.url,
        "WARC-Refers-To-Date": known.date,
    }
    return record("revisit", record_id, date, headers, head)


class _OpenFile:
    """A file under its `.open` name. One write makes one member: a kill tears at most the last one."""

    def __init__(self, folder: Path, name: str, info: Mapping[str, str], date: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name, self.whole = name, folder / name
        self.path = folder / (name + OPEN)
        self.size = 0
        self.entries: list[bytes] = []
        self.info_id = new_id()
        self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
        try:
            self.append(member(warcinfo(self.info_id, date, name, info)))
        except OSError:
            os.close(self._descriptor)
            self.path.unlink()
            raise

    def append(self, whole: bytes, entry: Entry | None = None) -> int:
        """Write a member; its offset."""
        offset = self.size
        try:
            if os.write(self._descriptor, whole) != len(whole):  # a full disk may take a part
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._descriptor, offset)
            raise OSError(error.errno, error.strerror, str(self.path)) from error
        self.size += len(whole)
        if entry:
            self.entries.append(entry.line(self.name, offset, len(whole)))
        return offset

    def finish(self) -> None:
        """On the disk, under its own name, indexed."""
        try:
            os.fsync(self._descriptor)
        finally:
            os.close(self._descriptor)
        self.path.rename(self.whole)
        write_lines(self.whole, self.entries)
