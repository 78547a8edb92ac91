"""The crawl's memory and its frontier: one database, SQLite unless another is named."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import URL, Connection
from sqlalchemy.exc import SQLAlchemyError

from crawler.storage.ledger.links import Links
from crawler.storage.ledger.opening import Damaged, LedgerError, Newer, Unwritable, connect, is_damage, told
from crawler.storage.ledger.pages import Pages
from crawler.storage.ledger.records import Records
from crawler.storage.ledger.responses import Responses
from crawler.storage.ledger.runs import Runs
from crawler.storage.ledger.sitemaps import Sitemaps
from crawler.storage.ledger.sweeps import Sweeps

__all__ = [
    "Damaged",
    "Ledger",
    "LedgerError",
    "Newer",
    "SQLAlchemyError",
    "Unwritable",
    "is_damage",
    "open_ledger",
    "told",
]


class Ledger:
    """The ledger of one site. Its parts share one connection, and so one transaction: a page is there wholly or not."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self.site = site
        self.pages = Pages(connection, site)
        self.links = Links(connection, site)
        self.records = Records(connection, site)
        self.responses = Responses(connection, site)
        self.sitemaps = Sitemaps(connection, site)
        self.sweeps = Sweeps(connection, site)
        self.runs = Runs(connection, site)

    def roll_back(self) -> None:
        """Give up what is not committed, so that what is can still be read."""
        with suppress(SQLAlchemyError):
            self.connection.rollback()

    def close(self) -> None:
        """Give up what is not committed, and close; idempotent."""
        self.connection.close()
        self.connection.engine.dispose()


def open_ledger(url: str | URL, site: str, program: str) -> Ledger:
    """The ledger of a site at a database's address. Raises `LedgerError`."""
    return Ledger(connect(url, program), site)
