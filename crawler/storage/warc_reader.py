"""Pages out of WARC files of anybody's making: what was fetched, decoded, with revisits resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import HeaderMap

from crawler.storage.warc_frames import Frame, Place, Unreadable, frame_at, frames
from crawler.storage.warc_http import entity, headers_of, message, plain_address

PAGES = frozenset({"response", "revisit", "resource"})
OTHERS = frozenset({"warcinfo", "request", "metadata", "conversion", "continuation"})
HTTP = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was fetched. `headers` are those of its answer, `body` is decoded; a revisit has its original's.

    `refers` are the names by which a revisit says what it is one of, the surest first.
    """

    place: Place
    record_id: str
    url: str
    date: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    content_type: str
    body: bytes = field(repr=False)
    payload_digest: str = ""
    revisit: bool = False
    truncated: str = ""
    refers: tuple[str, ...] = ()


def captures(path: Path) -> Iterator[Capture | Unreadable]:
    """The pages of one file in order; a revisit as it stands there, with an empty body.

    Raises `OSError` where the file itself cannot be read.
    """
    for found in frames(path):
        page = found if isinstance(found, Unreadable) else _page(found)
        if page is not None:
            yield page


def read_warcs(paths: Iterable[Path]) -> Iterator[Capture | Unreadable]:
    """The pages of files, in their order; revisits after all others, each with the content that it refers to.

    What cannot be read is said in its place, and a revisit whose original is in none of the files at the end.
    """
    originals: dict[str, Place] = {}
    revisits: list[Place] = []
    for path in paths:
        for page in captures(path):
            if isinstance(page, Capture) and page.revisit:
                revisits.append(page.place)
                continue
            if isinstance(page, Capture):
                for name in names(page):
                    originals.setdefault(name, page.place)
            yield page
    for place in revisits:
        yield _resolved(place, originals)


def read_at(place: Place) -> Capture | Unreadable:
    """The page at a place; a revisit comes with an empty body."""
    found = frame_at(place)
    page = found if isinstance(found, Unreadable) else _page(found)
    return page or Unreadable(place, "the record is no page")


def names(page: Capture) -> Iterator[str]:
    """By what a revisit may refer to a page, the surest first."""
    yield page.record_id
    yield f"{page.url} {page.date.timestamp()}"
    if page.payload_digest:
        yield page.payload_digest


def _resolved(place: Place, originals: dict[str, Place]) -> Capture | Unreadable:
    page = read_at(place)
    if isinstance(page, Unreadable):
        return page
    at = next((originals[name] for name in page.refers if name in originals), None)
    if at is None:
        return Unreadable(place, f"a revisit of {page.url}, whose original is in none of the files")
    original = read_at(at)
    if isinstance(original, Unreadable):
        return original
    return replace(
        page,
        status=original.status if page.status in (0, 304) else page.status,
        content_type=page.content_type or original.content_type,
        body=original.body,
        payload_digest=original.payload_digest,
    )


def _referred(headers: HeaderMap, url: str) -> Iterator[str]:
    yield headers.get("WARC-Refers-To") or ""
    date = _date(headers.get("WARC-Refers-To-Date"))
    if date:
        yield f"{plain_address(headers.get('WARC-Refers-To-Target-URI') or url)} {date.timestamp()}"
    yield headers.get("WARC-Payload-Digest") or ""


def _page(frame: Frame) -> Capture | Unreadable | None:
    """The page of a record; None for a record that is none: a request, a crawler's own notes, a DNS answer."""
    try:
        return _read(frame)
    except (OSError, ValueError) as error:
        return Unreadable(frame.place, " ".join(str(error).split())[:200])


def _read(frame: Frame) -> Capture | None:
    headers = headers_of(frame.head)
    kind = (headers.get("WARC-Type") or "").strip().lower()
    if kind not in PAGES | OTHERS:
        raise ValueError("a record of no known type")
    if kind in OTHERS:
        return None
    content_type = headers.get("Content-Type") or ""
    is_http = kind != "resource" and content_type.lower().startswith("application/http")
    url = plain_address(headers.get("WARC-Target-URI") or "")
    if not url.lower().startswith(HTTP):
        if is_http:
            raise ValueError("no address of a page")
        return None
    date = _date(headers.get("WARC-Date"))
    if date is None:
        raise ValueError("no WARC-Date")
    if headers.get("WARC-Segment-Number"):
        raise ValueError("a record in several segments")
    http, body = message(frame.block) if is_http else (HeaderMap(), frame.block)
    status = 200 if kind == "resource" else http.status_code
    if status is None and kind == "response":
        raise ValueError("no HTTP status line")
    pairs = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in http.items_bytes())
    return Capture(
        place=frame.place,
        record_id=headers.get("WARC-Record-ID") or "",
        url=url,
        date=date,
        status=status or 0,
        headers=pairs,
        content_type=content_type if kind == "resource" else _header(pairs, "content-type"),
        body=entity(body, _header(pairs, "transfer-encoding"), _header(pairs, "content-encoding")),
        payload_digest=headers.get("WARC-Payload-Digest") or "",
        revisit=kind == "revisit",
        truncated=headers.get("WARC-Truncated") or "",
        refers=tuple(filter(None, _referred(headers, url))) if kind == "revisit" else (),
    )


def _header(headers: tuple[tuple[str, str], ...], name: str) -> str:
    return next((value for given, value in headers if given.lower() == name), "")


def _date(text: str | None) -> datetime | None:
    """A moment in UTC, which is what one without an offset is in."""
    try:
        found = datetime.fromisoformat(text.strip()) if text else None
        return found and (found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
