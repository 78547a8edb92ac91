"""A page in work: how much of it is under way, and what came of it. Settled when nothing is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scrapy import Request

from crawler.storage.ledger.pages import Answer, Row

#: The key in `Request.meta` under which a request carries the ledger's number of the page that it is for.
PAGE = "page"
#: That of a listing page or sitemap to write down: its kind, and what else the ledger notes of it.
ASK = "ask"
#: And the one whose answer says nothing of the page itself: what an archive has of it.
ASIDE = "aside"


def was_conditional(request: Request) -> bool:
    """Whether a request had a validator; a server that says 304 to any other has said nothing."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


@dataclass(slots=True)
class Work:
    """Requests not yet answered; items not yet through the stages. The answer so far.

    `captured`: its text came out of a web archive, so that the live site need not be asked again.
    """

    row: Row
    requests: int = 0
    items: int = 0
    answer: Answer | None = None
    values: dict[str, Any] = field(default_factory=dict)
    standing: str | None = None
    given_back: bool = False
    captured: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing of it is under way."""
        return not self.requests and not self.items
