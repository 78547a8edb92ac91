"""Log lines for people: one line an event, never an item's text or a page's markup."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter
from sqlalchemy.exc import SQLAlchemyError
from twisted.python.failure import Failure

from crawler.pipelines import Copied, Quarantined
from crawler.text.visible import visible


def address(item: Any) -> str:
    """Where an item comes from."""
    page = getattr(item, "page", item)
    return str(getattr(page, "url", "?"))


class VisibleRecord(logging.LogRecord):
    """A record of anybody's, Scrapy's and Twisted's too, whose message cannot pass for two or steer a terminal."""

    def getMessage(self) -> str:  # noqa: N802
        return visible(super().getMessage(), but="\t")

    @property
    def exc_text(self) -> str | None:
        """The traceback, which keeps its lines."""
        return self._exc_text

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._exc_text = text and visible(text, but="\n\t")


def without_disk_traceback(record: logging.LogRecord) -> bool:
    """A filter that drops the traceback of a file or ledger that could not be written; the line says enough."""
    if record.exc_info and isinstance(record.exc_info[1], (OSError, SQLAlchemyError)):
        record.exc_info = None
    return True


def worth_saying(record: logging.LogRecord) -> bool:
    """A filter for Scrapy's own chatter: warnings, and that a signal to stop was taken."""
    return record.levelno >= logging.WARNING or str(record.msg).startswith("Received")


class OneLine(LogFormatter):
    """Quarantine is a warning, a copy is information, the rest is for debugging."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> Any:
        """Nothing: a record that every level drops would still be made, two for each page."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> Any:
        """Nothing."""

    def dropped(self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider) -> Any:
        level = logging.DEBUG
        if isinstance(exception, Quarantined):
            level = logging.WARNING
        elif isinstance(exception, Copied) and exception.judgement.verdict == "duplicate":
            level = logging.INFO
        return {"level": level, "msg": "%(why)s (%(url)s)", "args": {"why": str(exception), "url": address(item)}}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> Any:
        return {"level": logging.ERROR, "msg": "error in a stage (%(url)s)", "args": {"url": address(item)}}
