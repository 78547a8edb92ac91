"""Web archives: what a CDX server says of an address, which capture to take, and a capture's own address. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from pydantic_core import from_json

from crawler.text.times import utc_text

# The bytes as they were received: `/web/20170102030405id_/http://…`. Without `id_` an archive rewrites the page.
REPLAY = re.compile(r"https?://[^?#]*?/(\d{14})id_/(https?://.+)")
# The names of a capture's fields, as pywb and the Wayback Machine have them.
MOMENT, URL, MIME, STATUS, DIGEST = (
    ("timestamp",), ("url", "original"), ("mime", "mimetype"), ("status", "statuscode"), ("digest",),
)  # fmt: skip
HTML = ("text/html", "application/xhtml+xml")
# A repeated capture has no type or status of its own.
REVISIT, NO_STATUS = "warc/revisit", ("-", "")
# So many captures of one address are looked at; few have more.
MOST_CAPTURES = 5000
# A moment as archives write it.
DIGITS = "%Y%m%d%H%M%S"


class Archive(NamedTuple):
    """A web archive: the address of its CDX server, and what stands before the moment in its replay addresses."""

    cdx: str
    replay: str


ARCHIVES = {"wayback": Archive("https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web/")}


class Captured(NamedTuple):
    """One capture of an address: its moment (14 digits, UTC), address, type, status and digest as the archive says."""

    moment: str
    url: str
    mime: str
    status: str
    digest: str


class Replay(NamedTuple):
    """What a replay address names: the moment of the capture (14 digits, UTC) and the address of the page."""

    moment: str
    url: str


def archive_named(via: str) -> Archive:
    """The archive of a name, or of the address of its CDX server as pywb has it. Raises `ValueError`."""
    if via in ARCHIVES:
        return ARCHIVES[via]
    parts = urlsplit(via)
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith("/cdx") or parts.query:
        raise ValueError(f"via={via!r} is neither {' nor '.join(ARCHIVES)} nor the address of a CDX server (…/cdx)")
    return Archive(via, via.removesuffix("cdx"))


def captures_address(archive: Archive, url: str) -> str:
    """Where the archive says which captures of an address it has."""
    return f"{archive.cdx}?url={quote(url, safe='')}&output=json&limit={MOST_CAPTURES}"


def replay_address(archive: Archive, captured: Captured) -> str:
    """Where the archive gives a capture's bytes as they were received."""
    return f"{archive.replay}{captured.moment}id_/{captured.url}"


def replayed(url: str) -> Replay | None:
    """What a replay address names, None for any other address."""
    found = REPLAY.fullmatch(url) if "id_/http" in url else None
    return Replay(*found.groups()) if found and is_moment(found[1]) else None


def is_moment(text: str) -> bool:
    """Whether 14 digits are a moment that there was or will be."""
    try:
        return len(text) == 14 and bool(datetime.strptime(text, DIGITS))
    except ValueError:
        return False


def original(url: str) -> str:
    """The address of the page that a replay address names; any other as it is."""
    found = replayed(url)
    return found.url if found else url


def read_captures(body: bytes) -> list[Captured]:
    """What a CDX server answered: an array of rows below their names, or an object a line. Raises `ValueError`."""
    text = body.strip()
    if not text:
        return []
    if not text.startswith(b"["):
        return [_captured(from_json(line)) for line in text.splitlines()]
    rows = from_json(text)
    if not all(isinstance(row, list) for row in rows):
        raise ValueError("no answer of a CDX server")
    return [_captured(dict(zip(rows[0], row, strict=False))) for row in rows[1:]]


def is_own(url: str, hosts: Collection[str]) -> bool:
    """Whether a captured address is a page's: on one of the hosts, without a user, and no replay itself."""
    parts = urlsplit(url)
    return parts.hostname in hosts and "@" not in parts.netloc and "id_/http" not in url


def _captured(values: Any) -> Captured:
    if not isinstance(values, dict):
        raise ValueError("no answer of a CDX server")
    found = Captured(*(_first(values, names) for names in (MOMENT, URL, MIME, STATUS, DIGEST)))
    if not re.fullmatch(r"\d{14}", found.moment) or urlsplit(found.url).scheme not in ("http", "https"):
        raise ValueError(f"no capture: {str(values)[:100]}")
    return found


def _first(values: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((str(values[name]) for name in names if values.get(name) is not None), "")


def in_order(captures: Iterable[Captured], wanted: str) -> list[Captured]:
    """The good captures, the best first, each text once.

    A page grows on its day and vanishes years later: the first capture from `wanted` (14 digits) on is the best, then
    the later ones, then the last before it and backwards.
    """
    good = sorted(captured for captured in captures if _is_good(captured))
    after = [captured for captured in good if captured.moment >= wanted]
    before = [captured for captured in reversed(good) if captured.moment < wanted]
    seen: dict[str, Captured] = {}
    for captured in (*after, *before):
        seen.setdefault(captured.digest or captured.moment, captured)
    return list(seen.values())


def _is_good(captured: Captured) -> bool:
    if not is_moment(captured.moment):
        return False
    if captured.mime == REVISIT:
        return captured.status in ("200", *NO_STATUS)
    return captured.status == "200" and captured.mime in HTML


def after(day: date | None) -> str:
    """The moment from which a page published on a day is taken to be whole: the next midnight, UTC."""
    return f"{day + timedelta(days=1):%Y%m%d}000000" if day and day < date.max else "0" * 14


def captured_at(url: str) -> str | None:
    """When the capture of a replay address was made, ISO 8601 in UTC; None for any other address."""
    found = replayed(url)
    return utc_text(datetime.strptime(found.moment, DIGITS).replace(tzinfo=UTC)) if found else None
