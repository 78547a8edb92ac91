"""Repeatable choice: what is drawn depends on the seed's words alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

FIGURE = re.compile(r"\{(\d+)(?:\.(\d))?~(\d+)(?:\.(\d))?\}")


class Draw:
    """A small generator on SHA-256, the same on every machine and Python."""

    def __init__(self, *seed: object) -> None:
        self._seed = ":".join(map(str, seed)).encode()
        self._count = 0

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, the limit."""
        self._count += 1
        digest = hashlib.sha256(self._seed + self._count.to_bytes(4, "big")).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, low: int, high: int) -> int:
        """A number of the closed range."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """So many different items, in their own order."""
        left = list(range(len(items)))
        chosen = [left.pop(self.below(len(left))) for _ in range(min(count, len(items)))]
        return [items[i] for i in sorted(chosen)]

    def mixed(self, items: Sequence[T]) -> list[T]:
        """All items in another order."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]

    def figures(self, text: str) -> str:
        """`{12~18}` and `{3.2~5.8}` become figures of that range."""

        def one(match: re.Match[str]) -> str:
            low, tenth, high, last = match.groups()
            if tenth is None:
                return str(self.between(int(low), int(high)))
            value = self.between(int(low + tenth), int(high + last))
            return f"{value // 10}.{value % 10}"

        return FIGURE.sub(one, text)
