"""Site: a hall as data. Everything that differs between halls is said here; nothing here imports Scrapy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# The number of pages in the source of the listings of many ministries.
COUNT_PAGE = re.compile(r"(?:countPage\s*=|createPageHTML\()\s*(\d{1,5})")
# Words of the link to a listing's next page.
NEXT = ("下一页", "下一頁")


def unnumbered(form: str) -> str:
    """`default.shtml` of `default_{n}.shtml`."""
    before, after = form.split("{n}")
    return before.rstrip("_-") + after


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS of one era's article page; of alternatives divided by commas the first that the page has counts.

    `body` holds the paragraphs; `strip` are classes and ids of what stands inside of it and is no text of it.
    A tag in front (`div.x, .x`) finds the usual case sooner. `editions` are links to the same conference in another
    language. `since` and `until` are publication dates (inclusive) between which the era's pages were made.
    """

    name: str
    body: str
    title: str
    published: str
    source: str = ""
    editors: str = ""
    breadcrumbs: str = ""
    editions: str = ""
    strip: frozenset[str] = frozenset()
    since: date = date.min
    until: date = date.max

    def holds(self, day: date | None) -> bool:
        """Whether a page published on `day` may have this layout."""
        return day is None or self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Listing:
    """The hall's listing: its first page's address, CSS of its items, and how its pages are numbered.

    `page` is the file name of page `{n}`, `others` are those of other eras and editions; `base` is the number that the
    first page has in them (0: `default_1.shtml` is the second). The first is called as they are without the number,
    or as in `first`. `pages` finds the number of pages in the source, where it is said.
    """

    url: str
    items: tuple[str, ...]
    page: str = "index{n}.html"
    others: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    base: int = 1
    pages: re.Pattern[str] | None = COUNT_PAGE
    next: tuple[str, ...] = NEXT

    @property
    def firsts(self) -> tuple[str, ...]:
        """The file names of the first page."""
        return (*map(unnumbered, (self.page, *self.others)), *self.first, "")


@dataclass(frozen=True, slots=True)
class Site:
    """A hall. `article` must match an article's path, with the groups `id` and, for later pages, `page`.

    `aliases` are hosts that serve the same articles; `family` is the domain whose other hosts are other channels, or,
    where `whole`, the hall's own: then the start address says which of them a crawl keeps to.
    `variants` rewrites the path of a script variant or a mobile page to the preferred one, in order; `tabs` that of an
    event's other tabs to the one with the transcript, before it is asked.
    `page_suffix` is what the address of page `{n}` of an article has more than the first's, which has `page_base`.
    `sitemaps` (or indexes of them, or a robots.txt that names them) and `feeds` (RSS, Atom) name articles too; a run
    asks them where `asks_sitemaps` or its argument says so. `channel` finds the channel (its group) in the path of a
    listing and of an article: of a sitemap only those of the start's channel count.
    `spokesperson` finds the one who answers all in a title or lead (groups `name`, `organisation`, `title`); `daily`
    are titles of a conference that is held once a day, so that its date names it.
    `verified`: False takes the hall's TLS certificates as they come; a run says so in its manifest and its WARCs.
    """

    name: str
    host: str
    listing: Listing
    article: re.Pattern[str]
    layouts: tuple[Layout, ...]
    aliases: tuple[str, ...] = ()
    family: str = ""
    whole: bool = False
    scheme: str = "http"
    variants: tuple[tuple[re.Pattern[str], str], ...] = ()
    tabs: tuple[tuple[re.Pattern[str], str], ...] = ()
    page_suffix: str = "-{n}"
    page_base: int = 1
    utc_offset: str = "+08:00"
    title_suffix: re.Pattern[str] | None = None
    spokesperson: tuple[re.Pattern[str], ...] = ()
    daily: re.Pattern[str] | None = None
    delay: float = 120.0
    verified: bool = True
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    asks_sitemaps: bool = True
    channel: re.Pattern[str] | None = None

    def layouts_on(self, day: date | None) -> Iterable[Layout]:
        """Layouts in the order to try: those of the era first, then the others (eras overlap, and pages are moved)."""
        yield from (layout for layout in self.layouts if layout.holds(day))
        yield from (layout for layout in self.layouts if not layout.holds(day))
