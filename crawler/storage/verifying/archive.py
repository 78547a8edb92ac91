"""The WARC files: every member whole, its digests right, no id twice, every revisit with its original."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from crawler.storage.cdxj import SUFFIX, Entry, first_header, index_path
from crawler.storage.verifying.findings import Checked, Problem, key
from crawler.storage.verifying.indexes import check_index, line_key
from crawler.storage.verifying.members import Members, Seen
from crawler.storage.warc import OPEN
from crawler.storage.warc_frames import Frame, Unreadable, frames, is_digest
from crawler.storage.warc_http import entity, headers_of, message, plain_address
from crawler.storage.warc_recovery import whole_end

WITH_PAYLOAD = frozenset({"request", "response", "resource"})
POSITIONS = frozenset({"response", "revisit"})


def check_archive(folder: Path, members: Members, checked: Checked) -> Iterator[Problem]:
    """Check a folder of WARC files, and gather what stands in them."""
    for path in sorted(folder.glob("*.warc.gz")):
        yield from _check_file(path, path.name, members, checked)
    for path in sorted(folder.glob("*.warc.gz" + OPEN)):
        yield from _left_open(path, members, checked)
    whole = {index_path(folder / name) for name in members.files}
    for path in sorted(folder.glob("*" + SUFFIX)):
        if path not in whole:
            yield Problem(path, "", "an index of a file that is not there")
    for file, offset in members.lost_originals():
        yield Problem(folder / file, f"offset {offset}", "a revisit whose original is not there")


def _check_file(path: Path, name: str, members: Members, checked: Checked, end: int | None = None) -> Iterator[Problem]:
    """Check one file. `end`: it is open still, has no index, and what is behind is torn."""
    members.open(name)
    checked.files += 1
    lines: set[bytes] = set()
    read, whole = 0, True
    for found in frames(path):
        checked.step(found.place.offset - read)
        read = found.place.offset
        if isinstance(found, Unreadable):
            whole = False
            if end is None or read < end:
                yield Problem(path, f"offset {read}", found.reason)
            continue
        checked.members += 1
        yield from _check_frame(path, name, found, members, lines)
    checked.step(path.stat().st_size - read)
    if end is None:
        yield from check_index(index_path(path), lines, whole)


def _check_frame(path: Path, name: str, frame: Frame, members: Members, lines: set[bytes]) -> Iterator[Problem]:
    where = f"offset {frame.place.offset}"
    try:
        headers = headers_of(frame.head)
        if entry := Entry.of_record(frame):
            lines.add(line_key(entry.line(name, frame.place.offset, frame.length)))
        kind, record_id = headers.get("WARC-Type") or "", headers.get("WARC-Record-ID") or ""
        http = (headers.get("Content-Type") or "").startswith("application/http")
        head, body = message(frame.block) if http else (None, frame.block)
    except OSError as error:
        yield Problem(path, where, f"headers that cannot be read ({error})")
        return
    payload = headers.get("WARC-Payload-Digest") or ""
    transfer = head and first_header(head, b"transfer-encoding") or ""
    if kind in WITH_PAYLOAD and not _payload_holds(payload, body, transfer):
        yield Problem(path, where, "its payload has another digest than it says")
    if kind in POSITIONS:
        coding = head and first_header(head, b"content-encoding") or ""
        url = plain_address(headers.get("WARC-Target-URI") or "")
        content = b"" if kind == "revisit" else _content(body, transfer, coding)
        seen = Seen(key(record_id), key(url), key(payload), content)
        refers_to = headers.get("WARC-Refers-To") if kind == "revisit" else None
        if not members.add(name, frame.place.offset, record_id, seen, refers_to):
            yield Problem(path, where, f"another record has the id {record_id} as well")


def _payload_holds(said: str, body: bytes, transfer: str) -> bool:
    """Whether a payload has the digest of its header: as it stands, or with its chunks taken off."""
    name, _, value = said.partition(":")
    if not value or is_digest(name, value, body):
        return True
    return "chunked" in transfer.lower() and is_digest(name, value, entity(body, transfer, ""))


def _content(body: bytes, transfer: str, coding: str) -> bytes:
    """The first bytes of the SHA-256 of the page, its coding taken off."""
    try:
        return hashlib.sha256(entity(body, transfer, coding)).digest()[:16]
    except ValueError:  # larger than any page
        return bytes(16)


def _left_open(path: Path, members: Members, checked: Checked) -> Iterator[Problem]:
    """A file of a run that was killed; what is whole in it counts."""
    end, size = whole_end(path), path.stat().st_size
    yield Problem(
        path,
        f"offset {end}",
        f"left open by a run that was killed: {end} bytes are whole, {size - end} torn;"
        " the next crawl or --repair finishes it",
    )
    yield from _check_file(path, path.name.removesuffix(OPEN), members, checked, end)
