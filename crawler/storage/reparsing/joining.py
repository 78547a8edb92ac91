"""Which answers make up an article of several pages: the first with what was fetched next for each later one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from crawler.address import later_pages
from crawler.site import Site
from crawler.storage.reparsing.answers import Gathered, Reader, Seen, by_page
from crawler.text.articles import MOST_PAGES

WITHOUT_ORIGINAL = "its original is in none of the files"


class Joined(NamedTuple):
    """The later pages of an article, or what is missing of them; `when` the last of them came, which is when a crawl

    has the article.
    """

    when: str
    later: tuple[Seen, ...] = ()
    missing: str | None = None


class Joining:
    """Finds the parts of articles among all answers."""

    def __init__(self, site: Site, found: Gathered, reader: Reader) -> None:
        self.site, self.found, self.reader = site, found, reader
        self.pages = by_page(found.answers)

    def source(self, seen: Seen) -> Seen | None:
        """What was read of an answer, of a revisit what it repeats; None where that is in none of the files."""
        if seen.kind != "revisit":
            return seen
        return next(filter(None, map(self.found.originals.get, self.reader.answer(seen).names)), None)

    def has_first(self, seen: Seen) -> bool:
        """Whether the first page of the same copy is there."""
        return seen.article._replace(number=1) in self.pages

    def had_later(self, seen: Seen) -> bool:
        """Whether a page was asked again after an answer."""
        last = next((other for other in reversed(self.pages[seen.article]) if other.kind != "moved"), seen)
        return last > seen

    def joined(self, first: Seen, source: Seen) -> Joined:
        """The later pages of an article whose first was read at `source`."""
        last = max(later_pages(self.site, first.url, self.reader.body(source)), default=1)
        more: list[Seen] = []
        when, number = first.when, 1
        while number < last:
            if last > MOST_PAGES:
                return Joined(when, missing=f"page {last} could not be had: more than {MOST_PAGES} pages")
            number += 1
            asked = self._asked(first, number)
            page = next(((seen, had) for seen in asked if (had := self.source(seen)) and had.kind == "body"), None)
            if page is None:
                when = max(when, asked[-1].when) if asked else when
                return Joined(when, missing=f"page {number} could not be had: {self._why(asked)}")
            when = max(when, page[0].when)
            more.append(page[1])
            last = max(last, *self.reader.answer(page[1]).later, 1)
        return Joined(when, tuple(more))

    def _asked(self, first: Seen, number: int) -> list[Seen]:
        """The answers for a later page from the first page's moment on, before that was fetched again."""
        firsts, pages = self.pages[first.article], self.pages.get(first.article._replace(number=number), [])
        end = bisect_right(firsts, first.when, key=_when)
        until = bisect_left(pages, firsts[end].when, key=_when) if end < len(firsts) else None
        return pages[bisect_left(pages, first.when, key=_when) : until]

    def _why(self, asked: list[Seen]) -> str:
        if not asked:
            return "it is not in the archive"
        answer = self.reader.answer(asked[-1])
        if answer.kind == "moved":
            return f"redirected to {answer.said[0]}"
        return WITHOUT_ORIGINAL if answer.kind == "revisit" else f"HTTP {answer.status}"


def _when(seen: Seen) -> str:
    return seen.when
