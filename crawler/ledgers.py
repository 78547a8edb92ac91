"""The ledger of each crawl of this process."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from sqlalchemy import URL, make_url

from crawler import __version__
from crawler.folders import hall_path
from crawler.storage.ledger import Ledger, open_ledger
from crawler.text.times import utc_text

_ledgers: WeakKeyDictionary[Crawler, Ledger] = WeakKeyDictionary()


def ledger_of(crawler: Crawler) -> Ledger:
    """The ledger of a crawl, opened on first use. Raises `LedgerError`."""
    if crawler not in _ledgers:
        url = ledger_url(hall_path(crawler), crawler.settings["LEDGER"])
        _ledgers[crawler] = open_ledger(url, crawler.spidercls.name, __version__)
    return _ledgers[crawler]


def close_ledger(crawler: Crawler) -> None:
    """Close the ledger of a crawl that ended, if it was opened."""
    if ledger := _ledgers.pop(crawler, None):
        ledger.close()


def ledger_url(folder: Path, named: str | None) -> URL:
    """The address of the ledger's database: `named`, or ledger.sqlite in the hall's folder."""
    return make_url(named) if named else URL.create("sqlite", database=str(folder / "ledger.sqlite"))


def now() -> str:
    """The present moment, as the ledger has it."""
    return utc_text(datetime.now(UTC))
