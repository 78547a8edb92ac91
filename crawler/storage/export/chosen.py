"""The records of an export, in an order that does not depend on how they came: by hall, day, id and version."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from crawler.storage.latest import Place, Places


class Writable(Protocol):
    """Where text is written: a file, a terminal."""

    def write(self, text: str, /) -> int:
        """Write a text; how long it is."""


def chosen(places: Places, *, all_versions: bool) -> list[Place]:
    """The newest version of each transcript, or all of them."""
    return sorted(places.all() if all_versions else places.newest(), key=_order)


def _order(place: Place) -> tuple[str, date, str, int]:
    return place.id.partition("/")[0], place.day or date.min, place.id, place.version
