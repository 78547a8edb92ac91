"""The tour through a hall's sitemaps and feeds: which to ask, and which of their addresses are the hall's. Plain.

Only what may have changed is asked: one whose index says the same moment as when it was last had is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from crawler.address import article_of, channel_of, first_page, is_host, path_day
from crawler.site import Site
from crawler.sitemap import INDEX, Entry, SitemapPage, day_of
from crawler.text.listing import Item

# An index may name indexes; one more would be a site's mistake, or a trap.
DEEPEST = 3
# In one run.
MOST_SITEMAPS = 5000


class Ask(NamedTuple):
    """A sitemap to ask: how deep it lies, when it was last changed as its index says, and that index."""

    url: str
    number: int
    lastmod: str | None = None
    found_on: str | None = None


def named(site: Site, start: str) -> list[str]:
    """The sitemaps and feeds that a hall names. A start that is none of its hosts, a mirror's, has its own copies."""
    own = is_host(site, start)
    return [url if own else urljoin(start, urlsplit(url).path) for url in (*site.sitemaps, *site.feeds)]


@dataclass(slots=True)
class Tour:
    """`roots` are asked first. `had`: those that were had before, with what their index said of them then."""

    site: Site
    start: str
    roots: list[str] = field(default_factory=list)
    had: Mapping[str, str | None] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def begin(self) -> list[Ask]:
        """The first to ask."""
        self.asked.update(self.roots)
        return [Ask(url, 1) for url in dict.fromkeys(self.roots)]

    def behind(self, url: str, depth: int, page: SitemapPage) -> list[Ask]:
        """The sitemaps to ask that an index names: on the hall's hosts and those of the roots, each once a run."""
        asks = []
        for entry in page.entries if page.kind == INDEX else ():
            if why := self._left(entry, depth):
                self.counts[why] += 1
                continue
            self.asked.add(entry.url)
            asks.append(Ask(entry.url, depth + 1, entry.lastmod, url))
        return asks

    def _left(self, entry: Entry, depth: int) -> str | None:
        """Why a sitemap is not asked."""
        if not self._is_ours(entry.url):
            return "elsewhere"
        if entry.url in self.asked:
            return "again"
        if entry.lastmod is not None and self.had.get(entry.url) == entry.lastmod:
            return "unchanged"
        return "too_many" if depth >= DEEPEST or len(self.asked) >= MOST_SITEMAPS else None

    def _is_ours(self, url: str) -> bool:
        parts, hosts = urlsplit(url), {urlsplit(root).netloc for root in self.roots}
        return is_host(self.site, url, self.start) or (parts.scheme in ("http", "https") and parts.netloc in hosts)

    def articles(self, page: SitemapPage) -> list[Item]:
        """The hall's articles, and of a site with channels those of the channel that the start names."""
        items = [self._item(entry) for entry in page.entries if page.kind != INDEX and self._is_article(entry.url)]
        if page.kind != INDEX:
            self.counts.update(articles=len(items), elsewhere=len(page.entries) - len(items))
        return items

    def _is_article(self, url: str) -> bool:
        wanted = channel_of(self.site, self.start)
        own = wanted is None or channel_of(self.site, url) == wanted
        return own and is_host(self.site, url, self.start) and article_of(self.site, url) is not None

    def _item(self, entry: Entry) -> Item:
        on_path = path_day(entry.url)
        day = on_path.isoformat() if on_path else day_of(entry.published, self.site.utc_offset)
        return Item(first_page(self.site, entry.url), "", day)
