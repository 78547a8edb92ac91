"""The sitemaps as they were last had."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from crawler.storage.ledger.pages import MAP
from crawler.storage.ledger.schema import page


class Sitemaps:
    """The sitemaps and feeds of one site."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self._here = page.c.site == site, page.c.kind == MAP

    def had(self, reader: dict[str, Any]) -> dict[str, str | None]:
        """Those that this reader (program and start) had, and that wait for nothing: what their index said then."""
        wanted = page.c.queued.is_(None), page.c.reading.is_not(None)
        rows = self.connection.execute(select(page.c.url, page.c.lastmod, page.c.reading).where(*self._here, *wanted))
        return {url: lastmod for url, lastmod, said in rows if said == reader}

    def below(self, index: str) -> dict[str, str | None]:
        """The sitemaps that an index named when it was last read, with what it said of them."""
        rows = select(page.c.url, page.c.lastmod).where(*self._here, page.c.found_on == index).order_by(page.c.id)
        return {row.url: row.lastmod for row in self.connection.execute(rows)}
