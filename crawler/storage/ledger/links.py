"""Links to articles: all of a page's at once. Who found an article, the listing or only a sitemap or a feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update

from crawler.address import article_of, named_host
from crawler.site import Site
from crawler.storage.ledger.pages import ARTICLE, LISTING, MAP, NEW, Scope, moved
from crawler.storage.ledger.schema import page
from crawler.text.listing import Item

FEED = "feed"
#: Of several that found an article the first counts, in whatever order they came. None: nobody knows (a redirect led
#: there, a lost ledger).
FINDERS = LISTING, MAP, FEED, None
# Databases take at least so many values in a statement.
BATCH = 500


class Link(NamedTuple):
    """An article as a page links to it: its number, address, host (as the ledger names it) and day (ISO)."""

    key: str
    url: str
    host: str
    day: str | None = None


def links_of(site: Site, items: Iterable[Item]) -> Iterator[Link]:
    """What a page lists, as links."""
    for item in items:
        if article := article_of(site, item.url):
            yield Link(article.number, item.url, named_host(site, item.url), item.day)


class Linked(NamedTuple):
    """What came of a page's links: how many articles were not known; the numbers of those that are news to such a page.

    What only a lesser one had named before is news to it.
    """

    new: int
    news: set[str]


class Known(NamedTuple):
    """What of a known article decides what a link to it changes."""

    id: int
    key: str
    url: str
    host: str
    outcome: str | None
    asked_at: str | None
    day: str | None
    found_on: str | None
    found_by: str | None

    @property
    def rank(self) -> int:
        """The place of its finder; a ledger of an older program names the listing's page only."""
        return FINDERS.index(self.found_by or (LISTING if self.found_on else None))


class Links:
    """The links of one site."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self.site = site
        self._articles = page.c.site == site, page.c.kind == ARTICLE
        columns = (page.c[name] for name in Known._fields)
        self._known = select(*columns).where(*self._articles, page.c.key.in_(bindparam("keys_", expanding=True)))
        self._add = page.insert()

    def write(self, links: Iterable[Link], found_on: str, found_by: str, now: str, scope: Scope) -> Linked:
        """Note what a page links to; not committed before the page is settled."""
        each: dict[str, Link] = {}
        for link in links:
            each.setdefault(link.key, link)
        known = {row.key: row for row in self._all(list(each))}
        found = {"found_on": found_on, "found_by": found_by}
        new = {"site": self.site, "kind": ARTICLE, "found_at": now, "queued": NEW, **found}
        if rows := [new | link._asdict() for key, link in each.items() if key not in known]:
            self.connection.execute(self._add, rows)
        better = {key for key, row in known.items() if FINDERS.index(found_by) < row.rank}
        for key, row in known.items():
            link, own = each[key], found if key in better else {}
            if changed := moved(row, link.url, link.host, scope) | _dated(row, link, key in better) | own:
                self.connection.execute(update(page).where(page.c.id == row.id).values(changed))
        return Linked(len(rows), (each.keys() - known.keys()) | better)

    def _all(self, keys: Sequence[str]) -> Iterator[Known]:
        for first in range(0, len(keys), BATCH):
            for row in self.connection.execute(self._known, {"keys_": keys[first : first + BATCH]}).all():
                yield Known(*row)

    def unlisted(self) -> dict[str, int]:
        """How many articles no page of the listing names, by what found them."""
        only = page.c.found_by.in_((MAP, FEED))
        each = select(page.c.found_by, func.count()).where(*self._articles, only).group_by(page.c.found_by)
        return {row[0]: row[1] for row in self.connection.execute(each)}


def _dated(known: Known, link: Link, better: bool) -> dict[str, Any]:
    """The day that a link says, where none is known or a lesser page said it; an article that was had says its own."""
    wanted = known.day is None or better and known.asked_at is None
    return {"day": link.day} if link.day and wanted and link.day != known.day else {}
