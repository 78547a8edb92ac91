"""Sequences and mappings that make each value when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import overload

from .model import Record, Resource


class Records(Sequence[Record]):
    """Records by index."""

    def __init__(self, size: int, one: Callable[[int], Record]) -> None:
        self._size, self._one = size, one

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> Record: ...

    @overload
    def __getitem__(self, at: slice) -> list[Record]: ...

    def __getitem__(self, at: int | slice) -> Record | list[Record]:
        if isinstance(at, slice):
            return [self._one(i) for i in range(*at.indices(self._size))]
        if not -self._size <= at < self._size:
            raise IndexError(at)
        return self._one(at % self._size)


class Resources(Mapping[str, Resource]):
    """Responses by path."""

    def __init__(self, find: Callable[[str], Resource | None], paths: Callable[[], Iterator[str]]) -> None:
        self._find, self._paths = find, paths

    def __getitem__(self, path: str) -> Resource:
        found = self._find(path)
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        return self._paths()

    def __len__(self) -> int:
        return sum(1 for _ in self)
