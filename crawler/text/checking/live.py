"""A hall's pages as they are today: is the listing still read, does each page still have one of the layouts?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crawler.address import is_host
from crawler.items import Page, Transcript
from crawler.site import Site
from crawler.text.articles import Refused, read_page
from crawler.text.extract import FALLBACK, extract
from crawler.text.listing import ListingPage, read_listing
from crawler.text.notice import Rejected
from crawler.text.times import published_at

WANTED = 3


class Sight(NamedTuple):
    """What a live page shows: its layout, its title, when it was published, how many turns it has, or why none."""

    url: str
    layout: str
    title: str
    published: str | None
    turns: int
    why: str = ""


def listing_findings(site: Site, page: Page) -> list[str]:
    """What of a live listing page cannot be read any more."""
    read = read_listing(site, page.url, page.body, page.content_type)
    found = []
    if not read.items:
        found.append(f"listing: no article in {page.url}")
    elif not any(item.day for item in read.items):
        found.append(f"listing: none of {len(read.items)} articles has a date")
    if site.listing.pages and read.declared is None:
        found.append("pager: the number of pages is not found in the source")
    elif site.listing.next and not _goes_on(read):
        found.append("pager: no other page of the listing is found")
    return found


def _goes_on(read: ListingPage) -> bool:
    return (read.declared or 0) > 0 or bool(read.following) or bool(read.pages - {read.number})


def to_ask(site: Site, page: Page, start: str) -> list[str]:
    """The first three articles of a listing page."""
    read = read_listing(site, page.url, page.body, page.content_type)
    return [item.url for item in read.items if is_host(site, item.url, start)][:WANTED]


def look_at(site: Site, page: Page) -> Sight:
    """A live page as the parser reads it today."""
    try:
        draft = extract(page, site)
    except Rejected as rejected:
        return Sight(page.url, "", "", None, 0, str(rejected))
    record: Transcript | Refused = read_page(page, site, {})
    turns = len(record.turns) if isinstance(record, Transcript) else 0
    why = "" if isinstance(record, Transcript) else f"{record.reason}: {record.detail}"
    return Sight(page.url, draft.layout, draft.title, published_at(draft.published, site.utc_offset), turns, why)


def pages_findings(site: Site, sights: Sequence[Sight]) -> list[str]:
    """What the live pages lack. One of them may be a statement, which has no turns; not all of them."""
    found = []
    for one in sights:
        if not one.layout:
            found.append(f"{one.url}: {one.why}")
            continue
        if one.layout == FALLBACK.name and site.layouts:
            found.append(f"{one.url}: no layout fits any more ({', '.join(layout.name for layout in site.layouts)})")
        found += [f"{one.url}: no {part}" for part in ("title", "published") if not getattr(one, part)]
    if sights and not any(one.turns for one in sights):
        found.append(f"no turns on {len(sights)} pages: {sights[0].why}")
    return found
