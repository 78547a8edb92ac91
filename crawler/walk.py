"""The walk over the listing: which page next, and whether all of it was had. A plain object, told of each page."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.address import article_of, listing_address
from crawler.site import Site
from crawler.text.listing import ListingPage

# A pager that offers page after page without a new article is a loop.
BARREN = 3
# No hall has more; a source that says so is not believed.
MOST_PAGES = 5000


@dataclass(slots=True)
class Walk:
    """Page numbers asked, had and failed; `last` is the highest number that any page names."""

    site: Site
    start: str
    last: int = 1
    declared: int = 0
    asked: set[str] = field(default_factory=set)
    had: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)
    articles: set[int] = field(default_factory=set)
    barren: int = 0
    misses: int = 0
    looped: bool = False

    def take(self, url: str, page: ListingPage) -> list[str]:
        """Note a page that was had; the addresses to ask next."""
        if page.number:
            self.had.add(page.number)
            self.failed.pop(page.number, None)
        self.misses = 0
        self.declared = max(self.declared, page.declared or 0)
        self.last = max(self.last, self.declared, *page.pages, 1)
        numbers = {hash(article.number) for item in page.items if (article := article_of(self.site, item.url))}
        self.barren = 0 if numbers - self.articles else self.barren + 1
        self.articles |= numbers
        if self.barren >= BARREN and not (page.number and page.number < min(self.declared, MOST_PAGES)):
            self.looped = True
            return []
        return self._ask([self._behind(url, page.number), page.following])

    def miss(self, url: str, number: int | None, reason: str) -> list[str]:
        """Note a page that could not be had; the walk goes on behind it if more are known to be there."""
        if number:
            self.failed[number] = reason
        self.misses += 1
        return self._ask([self._behind(url, number)]) if self.misses < BARREN else []

    def missing(self) -> dict[int, str]:
        """Numbers up to `last` that were not had, with the reason. Empty: all of the listing was seen.

        Of a pager that loops only those count that failed or that the source itself counts.
        """
        known = (
            sorted(self.failed.keys() | set(range(1, self.declared + 1)))
            if self.looped
            else range(1, min(self.last, MOST_PAGES) + 1)
        )
        return (
            {n: self.failed.get(n, "never reached") for n in known if n not in self.had}
            if self.had or self.failed
            else {}
        )

    def _behind(self, url: str, number: int | None) -> str | None:
        return listing_address(self.site, url, number + 1) if number and number < self.last else None

    def _ask(self, candidates: list[str | None]) -> list[str]:
        new = [url for url in dict.fromkeys(candidates) if url and url not in self.asked]
        self.asked.update(new)
        return new
