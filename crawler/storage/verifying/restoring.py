"""Lines of duplicates.jsonl that are lost: a response that no line explains, and whose record is known, is a copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawler.address import article_of, later_page, later_pages
from crawler.items import Page, Transcript
from crawler.site import Site
from crawler.storage.jsonl import read_at, read_lines
from crawler.storage.verifying.findings import key, plain_url
from crawler.storage.verifying.lines import RECORDS
from crawler.storage.warc_frames import Place
from crawler.storage.warc_reader import Capture, read_warcs
from crawler.storage.warc_reader import read_at as capture_at
from crawler.text.articles import leads_to
from crawler.text.duplicates import Judgement, MemoryIndex, judge, twin
from crawler.text.notice import Rejected
from crawler.text.record import page_to_record
from crawler.text.times import utc_text
from crawler.text.witness import witnessed


@dataclass(slots=True)
class Unexplained:
    """Responses of article addresses that have no line: the last of each address, and the later pages of articles."""

    first: dict[str, Place] = field(default_factory=dict)
    later: dict[str, Place] = field(default_factory=dict)


def unexplained(site: Site, warcs: list[Path], explained: set[bytes]) -> Unexplained:
    """Read an archive for the articles whose address (a key of it) no line has."""
    found = Unexplained()
    for capture in read_warcs(warcs):
        if not isinstance(capture, Capture) or capture.revisit or capture.status != 200:
            continue
        if leads_to(capture.url, capture.status, "", capture.body):  # the article that it leads to has the line
            continue
        url = plain_url(capture.url)
        article = article_of(site, url)
        if article and article.page > 1:
            found.later[url] = capture.place
        elif article and key(url) not in explained:
            found.first[url] = capture.place
    return found


def lost_lines(site: Site, folder: Path, found: Unexplained) -> Iterator[dict[str, Any] | str]:
    """The lines that are lost; and for a response that was never recorded a text that says so."""
    path = folder / RECORDS
    index = MemoryIndex()
    for offset, values in read_lines(path) if found.first else ():
        index.add(Transcript.model_validate(values), offset)
    for url, place in sorted(found.first.items()):
        page = _page(site, url, place, found)
        if page is None:
            continue
        try:
            record = _witnessed(page_to_record(page, site), index, path)
            judgement = judge(record, index)
        except (Rejected, ValidationError):
            judgement = Judgement("new", "", 0)
        if judgement.verdict == "duplicate":
            yield {
                "url": url,
                "duplicate_of": judgement.of,
                "content_hash": record.content_hash,
                "fetched_at": page.fetched_at,
                "warc": page.warc,
            }
        elif judgement.verdict != "unchanged":
            yield f"{place.path}, offset {place.offset}: {url} was archived and has no line"


def _witnessed(record: Transcript, index: MemoryIndex, path: Path) -> Transcript:
    """A damaged copy as the crawl writes it: with what the record that it copies still has."""
    other = twin(record, index) if record.damage.unresolved else None
    return (other and witnessed(record, Transcript.model_validate_json(read_at(path, other.offset)))) or record


def _page(site: Site, url: str, place: Place, found: Unexplained) -> Page | None:
    """The article at a place, all of its pages with it; None where one is not there."""
    first = capture_at(place)
    if not isinstance(first, Capture):
        return None
    numbers = range(2, max(later_pages(site, url, first.body), default=1) + 1)
    places = [found.later.get(later_page(site, url, number)) for number in numbers]
    more = [capture_at(other) for other in places if other]
    bodies = tuple(capture.body for capture in more if isinstance(capture, Capture))
    return Page(
        site=site.name,
        url=url,
        status=first.status,
        content_type=first.content_type,
        fetched_at=utc_text(first.date),
        body=first.body,
        more=bodies,
        missing=None if len(bodies) == len(numbers) else "a later page is not in the archive",
        warc={"file": place.path.name, "offset": place.offset, "record_id": first.record_id},
    )
