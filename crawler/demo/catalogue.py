"""What stands on which listing page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from .compose import conference
from .listings import Entry, listing
from .model import Resource
from .programme import BASE, NODE, page_path, slot_of
from .traps import Extra

STEM = f"/GB/{NODE}/index"


class Catalogue:
    """The articles in the order of the listing, cut into pages."""

    def __init__(self, size: int, index: Mapping[str, int], extras: Mapping[str, Extra]) -> None:
        self._size, self._index, self._extras = size, index, extras
        self._per_page = 11 if size <= 2 * BASE else 40

    @cached_property
    def paths(self) -> list[str]:
        """Every listed article. Where a detour leads to a conference, only the detour is listed."""
        led = {e.of for e in self._extras.values() if e.kind == "refresh"}
        after: dict[int, list[str]] = {}
        for extra in self._extras.values():
            after.setdefault(extra.after, []).append(extra.path)
        rows: list[str] = []
        for path, index in self._index.items():
            rows += [] if index in led else [path]
            rows += after.get(index, [])
        return rows

    def __len__(self) -> int:
        return max(1, -(-len(self.paths) // self._per_page))

    def page(self, path: str, big5: bool) -> Resource | None:
        """The listing page of that address; `index.html` is `index1.html`."""
        word = path.removeprefix(STEM).removesuffix(".html")
        number = int(word or 1) if word.isdecimal() or not word else 0
        if not 1 <= number <= len(self):
            return None
        paths = self.paths[(number - 1) * self._per_page : number * self._per_page]
        entries = [self._entry(p) for p in paths]
        return listing(entries + self._astray(entries, number), number, len(self), big5)

    def _entry(self, path: str) -> Entry:
        extra = self._extras.get(path)
        if extra:
            return Entry(path, extra.title, extra.day)
        made = conference(self._index[path], self._size)
        return Entry(path, made.title, made.day)

    def _astray(self, entries: list[Entry], number: int) -> list[Entry]:
        """The same articles by other addresses: the comments, a tracked link, the mobile page, page two."""
        first = entries[0]
        rows = [Entry(first.path + "#liuyan", "留言", first.day)] if number % 2 else []
        if number % 3 == 0:
            rows.append(Entry(first.path + "?from=singlemessage&amp;spm=C73544894212", first.title, first.day))
        if first.path.startswith("/n1/") and number % 2 == 0:
            rows.append(Entry(first.path.replace("/n1/", "/n4/", 1), first.title, first.day))
        long = [e for e in entries if e.path in self._index and slot_of(self._index[e.path], self._size).pages > 1]
        return rows + [Entry(page_path(e.path, 2), f"{e.title}（第2页）", e.day) for e in long]
