"""What is proposed for a new hall, and what each part of it matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.items import Page
from crawler.site import Site

# What is told of no part of the hall.
NOTE = "note"


class NoHall(ValueError):
    """Pages of which no hall can be made; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Told:
    """One part: the field of a Site (`listing.page`), its value as a person reads it, what it matches with examples.

    `guess` says why it is one; empty where the pages themselves show it.
    """

    what: str
    value: str
    matches: str
    examples: tuple[str, ...] = ()
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A hall as proposed: the Site, what is told of each part, and for each layout a page that has it."""

    site: Site
    told: tuple[Told, ...]
    cases: Mapping[str, Page] = field(repr=False)
    title: str = ""

    @property
    def guesses(self) -> dict[str, str]:
        """The parts that are guesses, with the reason: `listing.page`, `article`, `<layout>.body`."""
        found, layout = {}, ""
        layouts = {one.name for one in self.site.layouts}
        for one in self.told:
            if one.what == "layout" and one.value in layouts:
                layout = one.value
            if one.guess:
                found[f"{layout}.{'name' if one.what == 'layout' else one.what}" if layout else one.what] = one.guess
        return found
