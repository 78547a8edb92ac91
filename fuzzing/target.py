"""What a fuzz target is: bytes in, an `AssertionError` or any other exception out where a property does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Target(NamedTuple):
    """`check` states the property in its docstring; `seeds` makes inputs that hold; `words` is what is put into them.

    An input may cost `base` CPU seconds, and `per_kb` milliseconds a kilobyte of its `size`: what grows faster than it
    goes beyond.
    """

    name: str
    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    words: tuple[bytes, ...]
    per_kb: float = 10.0
    base: float = 1.0
    size: Callable[[bytes], int] = len
