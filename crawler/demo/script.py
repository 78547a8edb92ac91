"""Simplified to Traditional, character by character, as the site's own gateway does it."""

from __future__ import annotations

from functools import cache

from .data import load
from .model import Record


@cache
def _table() -> dict[int, int]:
    pairs = load("traditional")
    return str.maketrans(pairs["simplified"], pairs["traditional"])


def traditional(text: str) -> str:
    """The text in Traditional characters."""
    return text.translate(_table())


def traditional_record(record: Record) -> Record:
    """A record of the Traditional page: every value but addresses, ids and what cleaning cut."""
    kept = {"id", "site", "url", "cleaning", "published_at", "exchanges"}
    changed = {key: value if key in kept else _convert(value) for key, value in record.items()}
    return {**changed, "language": "zh-Hant"}


def _convert(value: object) -> object:
    if isinstance(value, str):
        return traditional(value)
    if isinstance(value, list):
        return [_convert(item) for item in value]
    if isinstance(value, dict):
        return {key: item if key in {"id", "url", "role"} else _convert(item) for key, item in value.items()}
    return value
