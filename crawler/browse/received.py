"""The page as it was received, out of the WARC: to be shown where it can do nothing.

The answer's own policy forbids everything but its inline styles. What a browser would do regardless of a policy (look
up or connect to hosts that a page names, go on to another page, take another base) gets a name that means nothing,
and so does what the policy would only complain of.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from crawler.items import Transcript
from crawler.storage.warc_frames import Place, Unreadable
from crawler.storage.warc_reader import read_at
from crawler.text.decode import decode

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox"
)
# A script becomes an element that is as little read, and never shown.
SCRIPT = re.compile(r"(</?)script\b", re.IGNORECASE)
ACTIVE = re.compile(
    r"(</?)(?=(?:link|meta|base|img|picture|source|video|audio|track|iframe|frame|frameset|object|embed|applet|portal)\b)",
    re.IGNORECASE,
)


class Received(NamedTuple):
    """A page's text, and what was said about it when it came."""

    text: str
    encoding: str
    url: str
    status: int
    fetched: str


def received(record: Transcript, folder: Path) -> Received | str:
    """The first page of a record, or why it cannot be shown. `folder` is the hall's."""
    warc = record.provenance.warc
    if warc is None:
        return "This record says nothing of an archived response."
    if Path(warc.file).name != warc.file:
        return "The record names no file of this archive."
    try:
        page = read_at(Place(folder / "warc" / warc.file, warc.offset))
    except FileNotFoundError:
        return f"{warc.file} is not in this archive."
    except (OSError, ValueError) as error:
        return f"{warc.file} cannot be read: {' '.join(str(error).split())[:200]}"
    if isinstance(page, Unreadable):
        return f"{warc.file}, offset {warc.offset}: {page.reason}"
    if page.record_id and page.record_id != warc.record_id:
        return f"{warc.file} holds another record at offset {warc.offset}."
    if page.revisit:
        return f"{warc.file} holds only that the page had not changed."
    text, encoding = decode(page.body, page.content_type)
    return Received(text, encoding, page.url, page.status, page.date.isoformat())


def still(text: str) -> str:
    """HTML as it is, but for the elements that act by being there."""
    return ACTIVE.sub(r"\1x-", SCRIPT.sub(r"\1noframes", text))
