"""A small hall: every address it answers, and what a right crawl of it yields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from ..lazy import Records, Resources
from ..model import Record, Resource
from .form import Era, Form, Told
from .record import record
from .sitemaps import sitemaps
from .told import told

ROBOTS = Resource(200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow:\nCrawl-delay: 0.01\n")
NEWEST = date(2025, 11, 18)
APART = 9


class SmallHall:
    """`size` conferences, newest first; each era of the form has its share."""

    def __init__(self, form: Form, size: int) -> None:
        self.form, self.size = form, size
        self.start = form.folder + form.name(1)
        self.resources = Resources(self.find, self._addresses)
        self.expected = Records(size, lambda index: record(self.told[index], self.era(index), form))

    def era(self, index: int) -> Era:
        """The era of a conference."""
        return self.form.eras[self._era(index)]

    def _era(self, index: int) -> int:
        return min(index, self.size - 1) * len(self.form.eras) // self.size

    def _day(self, index: int) -> date:
        """Each era is three years older than the one after it."""
        day = NEWEST - timedelta(days=index * APART + self._era(index) * 1100)
        return day - timedelta(days=max(0, day.weekday() - 4))

    @cached_property
    def told(self) -> list[Told]:
        """All conferences of the listing."""
        return [self._told(index) for index in range(self.size)]

    @cached_property
    def _beside(self) -> list[Told]:
        """Those that only the sitemaps name."""
        return [self._told(index) for index in range(self.size, self.size + self.form.unlisted)]

    def _told(self, index: int) -> Told:
        return told(self.form, self.era(index), self._day(index), index)

    @property
    def unlisted(self) -> list[Record]:
        """The records that a crawl yields only if it asks the sitemaps too."""
        return [record(one, self.era(self.size), self.form) for one in self._beside]

    @cached_property
    def _sitemaps(self) -> dict[str, Resource]:
        return sitemaps(self.told, self._beside) if self.form.unlisted else {}

    @property
    def listings(self) -> int:
        """How many listing pages there are."""
        return -(-self.size // self.form.per_page)

    def find(self, path: str) -> Resource | None:
        """What the address answers; None where nothing is there."""
        if path == "/robots.txt":
            return ROBOTS
        for number in range(1, self.listings + 1):
            if path == self.form.folder + self.form.name(number):
                return _html(self._listing(number))
        index = self._index.get(path)
        return (
            self._sitemaps.get(path)
            if index is None
            else _html(self.era(index).render((*self.told, *self._beside)[index]))
        )

    @cached_property
    def _index(self) -> dict[str, int]:
        return {one.path: index for index, one in enumerate((*self.told, *self._beside))}

    def _listing(self, number: int) -> str:
        begin = (number - 1) * self.form.per_page
        shown = self.told[begin : begin + self.form.per_page]
        rows = [(one.path, one.conference.title, one.conference.day) for one in shown]
        return self.form.listing(rows, number, self.listings)

    def record(self, path: str) -> Record:
        """The record of the page at that address."""
        return self.expected[self._index[path]]

    def _addresses(self) -> Iterator[str]:
        yield "/robots.txt"
        yield from (self.form.folder + self.form.name(number) for number in range(1, self.listings + 1))
        yield from (one.path for one in self.told)


def _html(page: str) -> Resource:
    return Resource(200, {"Content-Type": "text/html"}, page.encode())
