"""Reading a sitemap, an index of them, or a feed (RSS, Atom): the addresses that it names. Pure."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element as Element
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap, sitemap_urls_from_robots

from crawler.address import linked
from crawler.text.notice import Rejected

INDEX, SITEMAP, FEED = "index", "sitemap", "feed"
KINDS = {"sitemapindex": INDEX, "urlset": SITEMAP, "rss": FEED, "RDF": FEED, "feed": FEED}
GZIP, BOM = b"\x1f\x8b", b"\xef\xbb\xbf"
# What libxml2 says where it stops before the end: what stood behind is not known.
STOPS = ("ERR_RESOURCE_LIMIT", "ERR_ENTITY_LOOP", "NOT_FINISHED")
# As in Scrapy's `Sitemap`: no entity is expanded, nothing is fetched, libxml2's limits hold.
SAFE = {"recover": True, "resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
DATES = ("pubDate", "published", "date", "issued")
LONGEST_DATE = 40


class Entry(NamedTuple):
    """An address; when it was last changed, as printed; the moment of its publication, if that is said."""

    url: str
    lastmod: str | None = None
    published: datetime | None = None


class SitemapPage(NamedTuple):
    """What one says. `damage`: why the end of it could not be read."""

    kind: str
    entries: tuple[Entry, ...]
    damage: str | None = None


def read_sitemap(url: str, body: bytes, most: int) -> SitemapPage:
    """The sitemap, index or feed at `url`; of a robots.txt the sitemaps that it names.

    `most` bytes are unpacked of a gzip file. Raises `Rejected` for what is none of these.
    """
    if urlsplit(url).path.endswith("/robots.txt"):
        named = (linked(url, address) for address in sitemap_urls_from_robots(body, url))
        return SitemapPage(INDEX, tuple(Entry(address) for address in named if address))
    body = _unpacked(body, most).removeprefix(BOM).lstrip()
    try:
        sitemap = Sitemap(body)
    except (StopIteration, etree.XMLSyntaxError):
        raise Rejected("no_sitemap", f"no XML in {len(body)} bytes") from None
    kind = KINDS.get(sitemap.type)
    if kind is None:
        raise Rejected("no_sitemap", f"<{sitemap.type[:40]}> is no sitemap and no feed")
    if kind == FEED:
        reader = etree.iterparse(BytesIO(body), events=("end",), tag=("{*}item", "{*}entry"), **SAFE)
        return SitemapPage(kind, tuple(_items(url, reader)), _damage(reader))
    return SitemapPage(kind, tuple(_entries(url, sitemap)), _damage(sitemap.xmliter))


def _unpacked(body: bytes, most: int) -> bytes:
    if not body.startswith(GZIP):
        return body
    try:
        return gunzip(body, max_size=most)
    except (OSError, EOFError, zlib.error, struct.error):
        raise Rejected("no_sitemap", "a gzip file that is none") from None
    except ValueError:
        raise Rejected("no_sitemap", f"a gzip file of more than {most} bytes") from None


def _entries(url: str, sitemap: Sitemap) -> Iterator[Entry]:
    for said in sitemap:
        if address := linked(url, said["loc"]):
            yield Entry(address, said.get("lastmod", "")[:LONGEST_DATE] or None)


def _items(url: str, reader: Iterable[tuple[str, Element]]) -> Iterator[Entry]:
    for _, item in reader:
        if address := linked(url, _link(item)):
            yield Entry(address, None, _published(item))
        item.clear()


def _link(item: Element) -> str:
    """The address of an item: RSS has it as text, Atom in an attribute, and its `alternate` is the article."""
    links = item.findall("{*}link")
    atom = (a.get("href") for a in links if a.get("href") and a.get("rel", "alternate") == "alternate")
    return next(atom, None) or next((a.text for a in links if a.text), None) or ""


def _published(item: Element) -> datetime | None:
    """The first date that is one."""
    for name in DATES:
        text = (item.findtext(f"{{*}}{name}") or "").strip()[:LONGEST_DATE]
        for read in (parsedate_to_datetime, datetime.fromisoformat):
            try:
                return read(text)
            except (ValueError, OverflowError):
                continue
    return None


def day_of(published: datetime | None, offset: str) -> str | None:
    """The day (ISO) of a moment in the hall's time; one without an offset is in it already."""
    if published is None:
        return None
    try:
        zone = datetime.fromisoformat(f"2000-01-01T00:00:00{offset}").tzinfo
        return (published.astimezone(zone) if published.tzinfo else published).date().isoformat()
    except OverflowError:  # in the year 1 or 9999
        return None


def _damage(reader: etree.iterparse) -> str | None:
    for error in reader.error_log:
        if any(stop in error.type_name for stop in STOPS):
            return f"cannot be read to its end: {' '.join(error.message.split())[:200]}"
    return None
