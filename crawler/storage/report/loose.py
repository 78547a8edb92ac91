"""Values of a JSON file that somebody else may have written: of the right type, or what stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

NOTHING: Mapping[str, Any] = {}


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping with text for keys; else an empty one."""
    return value if isinstance(value, dict) else NOTHING


def listed(value: Any) -> list[Any]:
    """A list; else an empty one."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """A text; of another value its text, of None none."""
    return "" if value is None else str(value)


def number(value: Any) -> int:
    """A whole number from 0; else 0."""
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else 0


def amount(value: Any) -> float:
    """A finite number from 0; else 0."""
    right = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e15
    return float(value) if right else 0.0


def numbers(value: Any) -> dict[str, int]:
    """Numbers by name."""
    return {text(name): number(n) for name, n in mapping(value).items()}


def day(value: Any) -> str:
    """The ISO date that a text begins with; "" where it does not begin with one."""
    try:
        return date.fromisoformat(text(value)[:10]).isoformat()
    except ValueError:
        return ""


def moment(value: str) -> datetime | None:
    """A moment with its offset; None where a text is none."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None
