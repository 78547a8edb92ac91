"""The spider's arguments, checked before the first request. A mistake is a `ValueError` of one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlsplit

from crawler.text.captures import Archive, archive_named

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"0*[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is asked for: conferences published from `since` to `until`, at most `limit` records.

    `sitemaps`: whether the hall's sitemaps and feeds are asked; None: as the hall says.
    `via`: pages that are gone from the live site, out of this web archive.
    """

    since: date | None = None
    until: date | None = None
    limit: int | None = None
    full: bool = False
    start: str | None = None
    sitemaps: bool | None = None
    via: Archive | None = None

    def told(self) -> dict[str, str]:
        """The arguments that were given, for the manifest, which has the start and the web archive beside them."""
        given = ((f.name, getattr(self, f.name), f.default) for f in fields(self) if f.name not in ("start", "via"))
        return {name: str(value) for name, value, default in given if value != default}

    def holds(self, day: date | None) -> bool:
        """Whether a conference of a day is wanted; one without a date is."""
        return day is None or not (self.since and day < self.since or self.until and day > self.until)


def read_arguments(given: Mapping[str, str]) -> Wanted:
    """`-a` arguments as a `Wanted`. Raises `ValueError` that names the argument and what it may be."""
    unknown = sorted(given.keys() - {"since", "until", "limit", "full", "start", "sitemaps", "via"})
    if unknown:
        raise ValueError(
            f"unknown argument {unknown[0]!r}: since, until, limit, full, start, sitemaps and via are known"
        )
    wanted = Wanted(
        since=_day("since", given.get("since")),
        until=_day("until", given.get("until")),
        limit=_limit(given.get("limit")),
        full=_flag("full", given.get("full")),
        start=http_address("start", given.get("start")),
        sitemaps=_flag("sitemaps", given["sitemaps"]) if "sitemaps" in given else None,
        via=archive_named(given["via"]) if "via" in given else None,
    )
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise ValueError(f"since={wanted.since} is after until={wanted.until}")
    if wanted.via and wanted.full:
        raise ValueError("full=1 asks the live site, via does not: one of the two")
    return wanted


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{name}={text!r} is no date: YYYY-MM-DD") from None


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    if not WHOLE.fullmatch(text):
        raise ValueError(f"limit={text!r} is no whole number from 1 to 999999999")
    return int(text)


def _flag(name: str, text: str | None) -> bool:
    if text not in (None, "0", "1"):
        raise ValueError(f"{name}={text!r} is neither 0 nor 1")
    return text == "1"


def http_address(name: str, text: str | None) -> str | None:
    """An http or https address, checked. Raises `ValueError` that names the argument."""
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if not valid or any(c.isspace() for c in text):
        raise ValueError(f"{name}={text!r} is no http or https address")
    return text
