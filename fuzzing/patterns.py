"""Inputs that a regular expression is slow on, made of the expression itself; and every one that the project has."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import crawler

# What stands for a class that excludes; and what ends every run.
OTHERS = "a中0 ：A。-<\n"
END = "\x00"
VARIANTS = 6
MOST_INPUTS = 150
CATEGORIES = {op.CATEGORY_DIGIT: "7", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "w"}


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every compiled expression that a module of the project holds, alone or in something, each once, with its name."""
    seen: set[tuple[object, int]] = set()
    for module in modules():
        for name, value in vars(module).items():
            for where, pattern in _held(value, f"{module.__name__}.{name}", set()):
                if (pattern.pattern, pattern.flags) not in seen:
                    seen.add((pattern.pattern, pattern.flags))
                    yield where, pattern


def modules() -> Iterator[ModuleType]:
    """The project's modules."""
    for found in pkgutil.walk_packages(crawler.__path__, "crawler."):
        yield importlib.import_module(found.name)


def _held(value: object, name: str, seen: set[int]) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
        return
    if id(value) in seen or isinstance(value, str | bytes | ModuleType):
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        parts = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, list | tuple | set | frozenset):
        parts = [(str(number), each) for number, each in enumerate(value)]
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [(field.name, getattr(value, field.name)) for field in fields(value)]
    elif isinstance(value, type) and value.__module__.startswith("crawler."):
        parts = list(vars(value).items())
    else:
        return
    for key, each in parts:
        yield from _held(each, f"{name}.{key}", seen)


def inputs(pattern: re.Pattern[Any], size: int, times: int) -> Iterator[tuple[Any, Any]]:
    """Inputs of about `size`, each with one of so many times it, of the pattern's own type: its beginnings, its parts

    and its near misses, repeated.
    """
    made: dict[str, str] = {}
    for variant in range(VARIANTS):
        pieces = _pieces(_parser.parse(pattern.pattern, pattern.flags), variant)
        made.update(zip(_long(pieces, size), _long(pieces, size * times), strict=True))
    step = max(1, len(made) // MOST_INPUTS)
    for pair in sorted(made.items())[::step]:
        small, large = (
            each.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else each for each in pair
        )
        yield small, large


def _long(pieces: list[str], size: int) -> Iterator[str]:
    for at, piece in enumerate(pieces):
        before, pair = "".join(pieces[:at]), "".join(pieces[max(0, at - 1) : at + 1])
        for repeated in (piece, pair, before + piece, before + piece + END):
            many = repeated * (size // max(1, len(repeated)))
            yield many + END
            yield before + many + END
    if len(pieces) > 1:
        yield "".join(pieces[:-1]) * (size // max(1, len("".join(pieces[:-1]))))


def _pieces(parsed: Any, variant: int) -> list[str]:
    """A text that matches, in the pieces that its parts match; `variant` says which of several ways."""
    found: list[str] = []
    for code, value in parsed:
        found += [piece for piece in _piece(code, value, variant) if piece]
    return found


def _piece(code: Any, value: Any, variant: int) -> list[str]:
    if code is op.LITERAL:
        return [chr(value)]
    if code is op.NOT_LITERAL:
        return [next(char for char in OTHERS if ord(char) != value)]
    if code is op.ANY:
        return ["x"]
    if code is op.IN:
        return [_of_class(value, variant)]
    if code is op.BRANCH:
        return _pieces(value[1][variant * 7 % len(value[1])], variant)
    if code is op.SUBPATTERN:
        return _pieces(value[3], variant)
    if code is op.ATOMIC_GROUP:
        return _pieces(value, variant)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, repeated = value
        times = max(least, 1) if variant % 2 else min(most, max(least, 3))
        inner = _pieces(repeated, variant)
        return [*inner, "".join(inner) * (min(times, 40) - 1)]
    if code is op.ASSERT:
        return _pieces(value[1], variant)
    return []


def _of_class(members: Any, variant: int) -> str:
    """A character of a class."""
    if members[0][0] is op.NEGATE:
        return next((char for char in OTHERS[variant:] + OTHERS if not _holds(members[1:], char)), "\u2603")
    code, value = members[variant % len(members)]
    if code is op.LITERAL:
        return chr(value)
    return chr(value[0]) if code is op.RANGE else CATEGORIES.get(value, "!")


def _holds(members: Any, char: str) -> bool:
    def one(code: Any, value: Any) -> bool:
        if code is op.LITERAL:
            return bool(ord(char) == value)
        if code is op.RANGE:
            return bool(value[0] <= ord(char) <= value[1])
        tests = {op.CATEGORY_DIGIT: char.isdigit(), op.CATEGORY_SPACE: char.isspace(), op.CATEGORY_WORD: char.isalnum()}
        return tests.get(value, False)

    return any(one(code, value) for code, value in members)
