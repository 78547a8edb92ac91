"""What differs between two records of one article, field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

# What another run of the same parser may change, and no reader of the text minds.
APART = frozenset({"version", "provenance.fetched_at", "provenance.crawler", "provenance.warc"})
SHORT, CONTEXT = 40, 12
ABSENT = object()


class Difference(NamedTuple):
    """A value that changed: `field` is `turns.role`, `at` which of several (`[3]`), the values as short text."""

    field: str
    at: str
    before: str
    after: str


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """All of them, in the order of the record."""
    return list(_values(before, after, "", ""))


def _values(before: Any, after: Any, field: str, at: str) -> Iterator[Difference]:
    if before == after or field in APART:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in (*before, *(key for key in after if key not in before)):
            name = f"{field}.{key}" if field else key
            yield from _values(before.get(key, ABSENT), after.get(key, ABSENT), name, at)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, field, at)
    else:
        yield Difference(field, at, *shortened(_said(before), _said(after)))


def _lists(before: list[Any], after: list[Any], field: str, at: str) -> Iterator[Difference]:
    if len(before) == len(after):
        for place, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _values(old, new, field, f"{at}[{place}]")
        return
    place = next(n for n, (old, new) in enumerate(zip_longest(before, after, fillvalue=ABSENT)) if old != new)
    old, new = (_said(values[place]) if place < len(values) else "" for values in (before, after))
    old, new = shortened(old, new)
    yield Difference(field, f"{at}[{place}]", f"{len(before)}: {old}", f"{len(after)}: {new}")


def _said(value: Any) -> str:
    if value is ABSENT:
        return ""
    if isinstance(value, dict):
        return " ".join(f"{key}={_said(each)}" for key, each in value.items() if each is not None)
    return value if isinstance(value, str) else str(value)


def shortened(before: str, after: str) -> tuple[str, str]:
    """Two texts around the place where they begin to differ."""
    same = next((n for n, (a, b) in enumerate(zip(before, after)) if a != b), min(len(before), len(after)))
    start = same - CONTEXT if same > SHORT - CONTEXT else 0
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    return ("…" if start else "") + text[start : start + SHORT] + ("…" if len(text) > start + SHORT else "")
