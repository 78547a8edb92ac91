"""The hall's texts and tables, read from `conferences/`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from .model import Slot


@cache
def load(name: str) -> Any:
    """One JSON file of the folder, parsed."""
    text = files(__package__).joinpath("conferences", f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)


@cache
def slots() -> tuple[Slot, ...]:
    """The sixty lines of the programme."""
    rows = load("programme")["slots"]
    return tuple(Slot(**{**row, "traps": tuple(row.get("traps", ()))}) for row in rows)


@cache
def topics() -> tuple[str, ...]:
    """The names of the topics, as the programme lists them."""
    return tuple(load("programme")["topics"])


def words() -> Any:
    """Names, outlets, set phrases."""
    return load("words")
