"""Site: a hall as data. Everything that differs between halls is said here; nothing here imports Scrapy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS of one era's article page; of alternatives divided by commas the first that the page has counts.

    `body` holds the paragraphs; `strip` are classes and ids of what stands inside of it and is no text of it.
    A tag in front (`div.x, .x`) finds the usual case sooner. `since` and `until` are publication dates (inclusive)
    between which the era's pages were made.
    """

    name: str
    body: str
    title: str
    published: str
    source: str = ""
    editors: str = ""
    breadcrumbs: str = ""
    strip: frozenset[str] = frozenset()
    since: date = date.min
    until: date = date.max

    def holds(self, day: date | None) -> bool:
        """Whether a page published on `day` may have this layout."""
        return day is None or self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Listing:
    """The hall's listing: its first page's address, CSS of its items, and how its pages are numbered.

    `page` is the file name of page `{n}`; `pages` finds the number of pages in the source, where it is said.
    """

    url: str
    items: tuple[str, ...]
    page: str = "index{n}.html"
    first: tuple[str, ...] = ("index.html", "index1.html", "")
    pages: re.Pattern[str] | None = None
    next: tuple[str, ...] = ("下一页", "下一頁")


@dataclass(frozen=True, slots=True)
class Site:
    """A hall. `article` must match an article's path, with the groups `id` and, for later pages, `page`.

    `aliases` are hosts that serve the same articles; `family` is the domain whose other hosts are other channels.
    `variants` rewrites the path of a script variant or a mobile page to the preferred one, in order.
    """

    name: str
    host: str
    listing: Listing
    article: re.Pattern[str]
    layouts: tuple[Layout, ...]
    aliases: tuple[str, ...] = ()
    family: str = ""
    scheme: str = "http"
    variants: tuple[tuple[re.Pattern[str], str], ...] = ()
    page_suffix: str = "-{n}"
    utc_offset: str = "+08:00"
    title_suffix: re.Pattern[str] | None = None
    delay: float = 120.0

    def layouts_on(self, day: date | None) -> Iterable[Layout]:
        """Layouts in the order to try: those of the era first, then the others (eras overlap, and pages are moved)."""
        yield from (layout for layout in self.layouts if layout.holds(day))
        yield from (layout for layout in self.layouts if not layout.holds(day))
