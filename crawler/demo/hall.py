"""The press hall: every address it answers, and what a right crawl of it yields."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from .catalogue import STEM, Catalogue
from .compose import conference
from .lazy import Records, Resources
from .model import Record, Resource
from .pages import page
from .programme import day_of, number_of, page_path, path_of, slot_of
from .record import HOST, record
from .script import traditional_record
from .spam import Spam, spam
from .traps import block_of, extras, number_in, resource

ROBOTS = Resource(200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow:\nCrawl-delay: 0.01\n")
REASONS = {"gone", "empty", "not_html", "no_turns", "cut_off"}
COPIES = {"repost", "twin"}


class Hall:
    """`size` conferences and, from sixty on, the traps between them."""

    start = f"{STEM}.html"

    def __init__(self, size: int) -> None:
        self.size = size
        self._extras = {extra.path: extra for extra in extras(size)}
        self._index = {path_of(day_of(i, size), number_of(i, size)): i for i in range(size)}
        self._catalogue = Catalogue(size, self._index, self._extras)
        self.resources = Resources(self.find, self._addresses)
        self.expected = Records(size, self._record)
        self.traditional = Records(size, lambda index: traditional_record(self._record(index)))

    @property
    def listings(self) -> int:
        """How many listing pages there are."""
        return len(self._catalogue)

    @property
    def listed(self) -> list[str]:
        """The articles in the order of the listing."""
        return self._catalogue.paths

    @cached_property
    def duplicates(self) -> dict[str, str]:
        """Copies under another number, and the record that they are copies of."""
        return {e.path: f"acftu/{number_of(e.of, self.size)}" for e in self._extras.values() if e.kind in COPIES}

    @cached_property
    def quarantine(self) -> dict[str, str]:
        """Pages that are no valid record, and why."""
        return {e.path: e.kind for e in self._extras.values() if e.kind in REASONS}

    def record(self, path: str) -> Record:
        """The record of the page at that address, in its own script, a copy's under its own number."""
        plain = _plain(path)
        made = self._copied(plain) if plain in self._extras else self._record(self._index[plain])
        return traditional_record(made) if path != plain and path.startswith("/BIG5/") else made

    def _copied(self, path: str) -> Record:
        extra = self._extras[path]
        block = block_of(extra)
        cut = [{"kind": "spam_block", "before": block.before}] if block else []
        return {**self._record(extra.of), "id": f"acftu/{number_in(path)}", "url": HOST + path, "cleaning": cut}

    def _record(self, index: int) -> Record:
        block = self._block(index)
        return record(conference(index, self.size), [block.before] if block else None)

    def _block(self, index: int) -> Spam | None:
        form = slot_of(index, self.size).spam
        return spam(form, index) if form else None

    def find(self, path: str) -> Resource | None:
        """What the address answers; None where nothing is there."""
        if path == "/robots.txt":
            return ROBOTS
        plain, big5 = _plain(path), path.startswith("/BIG5/")
        if plain.startswith(STEM):
            return self._catalogue.page(plain, big5)
        first, number = _numbered(plain)
        if first in self._index:
            return self._conference(self._index[first], number, big5)
        if first in self._extras and number == 1:
            return resource(self._extras[first], self.size, number, big5)
        return None

    def _conference(self, index: int, number: int, big5: bool) -> Resource | None:
        if number > slot_of(index, self.size).pages:
            return None
        return page(conference(index, self.size), number, self._block(index), big5)

    def _addresses(self) -> Iterator[str]:
        """Everything that is there, the Traditional copies too."""
        yield "/robots.txt"
        numbers = ["", *range(1, self.listings + 1)]
        plain = [f"{STEM}{number}.html" for number in numbers]
        for path, index in self._index.items():
            plain += [page_path(path, number) for number in range(1, slot_of(index, self.size).pages + 1)]
        for path in self._extras:
            plain.append(path)
        yield from plain
        yield from ("/BIG5" + path.removeprefix("/GB") for path in plain)


def _plain(path: str) -> str:
    """The address without the Traditional gateway and the mobile edition."""
    rest = path.removeprefix("/BIG5")
    if rest.startswith("/n4/"):
        return rest.replace("/n4/", "/n1/", 1)
    return "/GB" + rest if rest != path and not rest.startswith(("/n/", "/n1/")) else rest


def _numbered(path: str) -> tuple[str, int]:
    """`…/c1-5-2.html` is page 2 of `…/c1-5.html`."""
    stem, _, tail = path.removesuffix(".html").rpartition("-")
    return (f"{stem}.html", int(tail)) if len(tail) == 1 and tail.isdecimal() and tail > "1" else (path, 1)


def build_hall(size: int = 60) -> Hall:
    """A hall with so many conferences; nothing is rendered before it is asked for."""
    return Hall(size)
