"""The sitemaps of a small hall: an index, a gzip sitemap, a feed. They name what its listing lacks, and other news."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from xml.sax.saxutils import escape

from ..model import Resource
from .form import Told

INDEX, NEWS, FEED = "/sitemap_index.xml", "/sitemap/news.xml.gz", "/rss/news.xml"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
OTHERS = "http://politics.people.com.cn/n1/2025/1118/c1001-40830000.html"


def sitemaps(listed: Sequence[Told], unlisted: Sequence[Told]) -> dict[str, Resource]:
    """What stands at each address: of the listing the newest in both, of what it lacks each in one of them."""
    day = listed[0].conference.day.isoformat()
    parts = "".join(f"<sitemap><loc>{path}</loc><lastmod>{day}</lastmod></sitemap>" for path in (NEWS, FEED))
    paths = [*(one.path for one in (*listed, *unlisted[::2])), OTHERS]
    urls = "".join(f"<url><loc>{path}</loc></url>" for path in paths)
    items = "".join(_item(one) for one in (*listed[:5], *unlisted[1::2]))
    return {
        INDEX: _xml(f"<sitemapindex {XMLNS}>{parts}</sitemapindex>"),
        NEWS: Resource(
            200,
            {"Content-Type": "application/gzip"},
            gzip.compress(_xml(f"<urlset {XMLNS}>{urls}</urlset>").body, mtime=0),
        ),
        FEED: _xml(f'<rss version="2.0"><channel>{items}</channel></rss>'),
    }


def _item(one: Told) -> str:
    day = f"{one.conference.day:%d %b %Y} 08:00:00 GMT"
    return f"<item><title>{escape(one.conference.title)}</title><link>{one.path}</link><pubDate>{day}</pubDate></item>"


def _xml(text: str) -> Resource:
    return Resource(200, {"Content-Type": "text/xml"}, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode())
