"""A page that was fetched at some time, read today: its record, or why it has none. What a crawl's answer would have

done besides: lead elsewhere, count as failed, belong to another channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from pydantic import ValidationError
from w3lib.html import get_meta_refresh

from crawler.address import article_of, first_page, is_host
from crawler.items import Page, Transcript
from crawler.site import Site
from crawler.text.challenge import challenge
from crawler.text.notice import Rejected
from crawler.text.record import page_to_record

# An article of more pages than this is a loop.
MOST_PAGES = 200
# Where Scrapy looks for a meta refresh, and the longest wait (seconds) after which it still follows one.
HEAD, MOST_WAIT = 4096, 100
IGNORED = ("script", "noscript")


class Refused(NamedTuple):
    """Why a page has no record, as quarantine.jsonl has it."""

    reason: str
    detail: str


class PageOf(NamedTuple):
    """Which page of which copy of an article: pages of one copy are joined, whatever their scheme and query."""

    host: str
    path: str
    number: int


def page_of(site: Site, url: str) -> PageOf | None:
    """The copy of an article and the page of it that an address names; None for what is no article of the hall.

    Other channels of the hall's family are not its articles; any other host is a mirror.
    """
    try:
        parts, article = urlsplit(first_page(site, url)), article_of(site, url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if article is None or not host:
        return None
    family = bool(site.family) and (host == site.family or host.endswith("." + site.family))
    if family and not is_host(site, url):
        return None
    return PageOf(parts.netloc.rpartition("@")[2].lower(), parts.path, article.page)


def leads_to(url: str, status: int, location: str, body: bytes) -> str | None:
    """Where an answer leads, by its Location or a meta refresh; None for one that stands for itself."""
    try:
        return urljoin(url, location) if 300 <= status < 400 else _refreshed(url, status, body)
    except ValueError:  # no address, such as a broken IPv6 literal
        return location if 300 <= status < 400 else None


def _refreshed(url: str, status: int, body: bytes) -> str | None:
    head = body[: 4 * HEAD]
    if status >= 300 or b"refresh" not in head.lower():
        return None
    wait, target = get_meta_refresh(head.decode("latin-1")[:HEAD], url, "latin-1", ignore_tags=IGNORED)
    return target if target and target != url and (wait or 0) < MOST_WAIT else None


def read_page(page: Page, site: Site, headers: Mapping[str, str]) -> Transcript | Refused:
    """The record of a page, decided as the crawl's stages do it; a fault of ours is an `error` and no exception."""
    try:
        return page_to_record(page, site)
    except Rejected as rejected:
        blocked = None if page.missing else challenge(page.status, headers, page.body)
        return Refused("http_error", blocked) if blocked else Refused(rejected.reason, rejected.detail)
    except ValidationError as error:
        first = error.errors()[0]
        return Refused("invalid", f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    except Exception as error:
        return Refused("error", f"{type(error).__name__}: {error}"[:300])
