"""The last archived response of each address: what an unchanged answer is a revisit of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from crawler.storage.ledger.prepared import Prepared
from crawler.storage.ledger.schema import response
from crawler.storage.warc_record import Earlier


class Responses:
    """The archived responses of one site."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self.site = site
        here = response.c.site == site, response.c.url == bindparam("url_")
        columns = response.c.digest, response.c.url, response.c.date, response.c.warc_record
        values: dict[str, Any] = {name: bindparam(name) for name in ("digest", "date", "warc_record")}
        self._latest = Prepared(connection, select(*columns).where(*here))
        self._change = Prepared(connection, update(response).where(*here).values(values))
        new = response.insert().inline().values(site=site, url=bindparam("url_"), **values)
        self._add = Prepared(connection, new)
        self._looked_up = "", False

    def earlier(self, url: str) -> Earlier | None:
        """The last response of an address that was written whole, not as a revisit."""
        row = self._latest.first(url_=url)
        self._looked_up = url, row is not None
        return Earlier(*row) if row else None

    def keep(self, new: Earlier) -> None:
        """Note a response that was written whole; not committed before its page is settled."""
        values = {"digest": new.payload_digest, "date": new.date, "warc_record": new.record_id}
        known = self._looked_up[1] if self._looked_up[0] == new.url else self.earlier(new.url) is not None
        self._looked_up = new.url, True
        (self._change if known else self._add).run(url_=new.url, **values)
