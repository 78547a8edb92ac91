"""The walk over the listing: which page next, and whether all of it was had. A plain object, told of each page.

A sweep has every page. Otherwise the head alone is asked, and the last page of the look-back window: a conference
that is put in between, with an older date, moves another one onto that page. Only if one of the two has changed is the
window walked, and as far behind it as there is news.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from crawler.address import article_of, listing_address, listing_page
from crawler.site import Site
from crawler.text.listing import Item, ListingPage

# A pager that offers page after page without a new article is a loop.
BARREN = 3
# No hall has more; a source that says so is not believed.
MOST_PAGES = 5000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a listing page said: a digest and the count of its articles, their days, the pages that it knows of."""

    items: str
    oldest: str | None = None
    newest: str | None = None
    last: int = 1
    declared: int = 0
    following: str | None = None
    count: int = 0


def articles_of(site: Site, items: Iterable[Item]) -> list[str]:
    """The numbers of listed articles, in their order."""
    return [article.number for item in items if (article := article_of(site, item.url))]


def reading(site: Site, page: ListingPage) -> Reading:
    """A listing page as it is remembered."""
    days = sorted(item.day for item in page.items if item.day)
    return Reading(
        count=len(page.items),
        items=hashlib.sha256(" ".join(articles_of(site, page.items)).encode()).hexdigest()[:32],
        oldest=days[0] if days else None,
        newest=days[-1] if days else None,
        last=max(page.declared or 0, *page.pages, 1),
        declared=page.declared or 0,
        following=page.following,
    )


@dataclass(slots=True)
class Walk:
    """Page numbers asked, had and failed; `last` is the highest number that any page names.

    `readings` is what the pages said in earlier runs. `today` and `look_back` (days) make the window.
    """

    site: Site
    start: str
    sweep: bool = True
    today: date = date.max
    look_back: int = 30
    readings: Mapping[int, Reading] = field(default_factory=dict)
    last: int = 1
    declared: int = 0
    asked: set[str] = field(default_factory=set)
    had: set[int] = field(default_factory=set)
    counts: dict[int, int] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    articles: set[int] = field(default_factory=set)
    floor: str = ""
    goes_on: dict[int, bool] = field(default_factory=dict)
    changed: bool = False
    barren: int = 0
    misses: int = 0
    looped: bool = False

    def begin(self, had: Mapping[str, int | None] | None = None) -> str:
        """The first page to ask. `had`: addresses and numbers that this sweep has had in earlier runs.

        Of those the last before a gap is asked once more: articles that were taken off the listing since then have
        moved others onto it.
        """
        numbers = {number: url for url, number in (had or {}).items() if number}
        gap = next(n for n in range(1, len(numbers) + 2) if n not in numbers)
        for number in {1, gap - 1} & numbers.keys():
            del numbers[number]
        self.had = set(numbers)
        self.asked = {self.start, *numbers.values()}
        for number in numbers:
            if said := self.readings.get(number):
                self._note(said)
                self.counts[number] = said.count
        return self.start

    def take(self, url: str, said: Reading, articles: list[str] | None, news: bool) -> list[str]:
        """Note a page that was had; the addresses to ask next.

        `articles` are its numbers, None where the page is unchanged since it was read; `news`: one was not known.
        """
        number = listing_page(self.site, url)
        before = self.readings.get(number or 0)
        if number:
            self.had.add(number)
            self.failed.pop(number, None)
            self.counts[number] = said.count
        self.misses = 0
        self._note(said)
        if self._loops(number, said, articles):
            self.looped = True
            return []
        if self.sweep:
            return self._ask([self._behind(url, number), said.following])
        if number == 1 or not self.floor:
            self.floor = self._floor(said.newest)
        self.changed = self.changed or news or before is None or before.items != said.items
        return self._ask(self._on(url, number, news or (said.oldest or "") >= self.floor, said))

    def _floor(self, newest: str | None) -> str:
        """The first day of the window. Some listing has a conference of the year 1, and none of tomorrow's counts."""
        day = date.fromisoformat(min(newest or "9999", self.today.isoformat()))
        return date.fromordinal(max(1, day.toordinal() - self.look_back)).isoformat()

    def _note(self, said: Reading) -> None:
        self.declared = max(self.declared, said.declared)
        self.last = max(self.last, said.last)

    def _loops(self, number: int | None, said: Reading, articles: list[str] | None) -> bool:
        seen = {hash(number) for number in (articles if articles is not None else [said.items])}
        self.barren = 0 if seen - self.articles else self.barren + 1
        self.articles |= seen
        return self.barren >= BARREN and not (number and number < min(self.declared, MOST_PAGES))

    def _on(self, url: str, number: int | None, goes_on: bool, said: Reading) -> list[str | None]:
        """Outside of a sweep: the next page of the window, as long as something has changed."""
        if number is None:
            return [said.following if self.changed and goes_on else None]
        self.goes_on[number] = goes_on
        if not self.changed:
            return [listing_address(self.site, url, self._edge())] if number == 1 else []
        following = 1
        while self.goes_on.get(following):
            following += 1
        known = following in self.goes_on or following > self.last
        return [None if known else listing_address(self.site, url, following)]

    def _edge(self) -> int:
        """The page on which the window ends, as the pages were last read."""
        number = 1
        while (said := self.readings.get(number)) and (said.oldest or "") >= self.floor and number + 1 in self.readings:
            number += 1
        return number

    def miss(self, url: str, reason: str) -> list[str]:
        """Note a page that could not be had; the walk goes on behind it if more are known to be there."""
        number = listing_page(self.site, url)
        if number:
            self.failed[number] = reason
            self.goes_on[number] = True
        self.misses += 1
        goes_on = self.misses < BARREN and (self.sweep or self.changed)
        return self._ask([self._behind(url, number)]) if goes_on else []

    def missing(self) -> dict[int, str]:
        """Numbers up to `last` that were not had, with the reason. Empty: all that was wanted was seen.

        Of a pager that loops only those count that failed or that the source itself counts.
        """
        if not self.sweep:
            return {n: reason for n, reason in sorted(self.failed.items()) if n not in self.had}
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
        if not number:
            return None
        following = next(n for n in range(number + 1, number + len(self.had) + 2) if n not in self.had)
        return listing_address(self.site, url, following) if following <= self.last else None

    def _ask(self, candidates: list[str | None]) -> list[str]:
        new = [url for url in dict.fromkeys(candidates) if url and url not in self.asked]
        self.asked.update(new)
        return new
