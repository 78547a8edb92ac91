"""The last archived response of each address: what an unchanged answer is a revisit of."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from crawler.storage.ledger.schema import response


class Archived(NamedTuple):
    """A response in the archive."""

    digest: str
    date: str
    warc_file: str
    warc_offset: int
    warc_record: str


class Responses:
    """The archived responses of one site."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self.site = site
        here = response.c.site == site, response.c.url == bindparam("url_")
        self._latest = select(*(response.c[name] for name in Archived._fields)).where(*here)
        self._change = update(response).where(*here)
        self._add = response.insert()

    def latest(self, url: str) -> Archived | None:
        """The last response of an address that was written whole."""
        row = self.connection.execute(self._latest, {"url_": url}).one_or_none()
        return Archived(*row) if row else None

    def note(self, url: str, archived: Archived) -> None:
        """Note a response that was written whole; not committed before its page is settled."""
        changed = self.connection.execute(self._change.values(archived._asdict()), {"url_": url})
        if not changed.rowcount:
            self.connection.execute(self._add, {"site": self.site, "url": url, **archived._asdict()})
