"""A page in work: how much of it is under way, and what came of it. Settled when nothing is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crawler.storage.ledger.pages import Answer, Row

#: The key in `Request.meta` under which a request carries the ledger's number of the page that it is for.
PAGE = "page"


@dataclass(slots=True)
class Work:
    """Requests not yet answered, items not yet through the stages. The answer so far."""

    row: Row
    requests: int = 0
    items: int = 0
    answer: Answer | None = None
    values: dict[str, Any] = field(default_factory=dict)
    standing: str | None = None
    given_back: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing of it is under way."""
        return not self.requests and not self.items
