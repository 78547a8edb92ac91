"""Every regular expression of the project takes a time in proportion to its input, on inputs made to be slow.

What is compared are two sizes of one input, and only where the smaller one costs so much that it may be more than
that: four times the input may cost four times as much, a square costs sixteen times.
"""

from __future__ import annotations

import ast
import re
import time
from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from fuzzing.patterns import inputs, patterns
from fuzzing.trying import TooSlow, within
from tests.halls import ROOT

SIZE, TIMES = 3000, 4
# Seconds of CPU: what is faster is no square of SIZE. Between TIMES and its square.
NOTICED, MOST_RATIO = 0.001, 9.0
PATIENCE = 0.5
METHODS = frozenset({"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"})
# How an expression is asked that is held in a list, or built into others, cannot be told from its name.
ANY_WAY = frozenset({"search", "finditer"})
ALL = dict(patterns())


@cache
def asked() -> dict[str, set[str]]:
    """How the code uses expressions, by the last part of their name: `COLON.match(…)`, `site.article.search(…)`."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "crawler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                owner = node.value
                name = (
                    owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
                )
                found[name].add(node.attr)
    return found


def ways(name: str) -> set[str]:
    """How an expression is used: a constant by its own name, a part of a site by its field's."""
    parts = name.split(".")
    own = [part for part in parts if part.isupper()] or parts[-1:]
    return set().union(*(asked().get(part, ()) for part in own)) or set(ANY_WAY)


def cost(pattern: re.Pattern[Any], method: str, text: Any) -> float:
    """CPU seconds; infinite for what has no end."""
    began = time.process_time()
    try:
        with within(PATIENCE):
            if method in ("search", "match", "fullmatch"):
                getattr(pattern, method)(text)
            else:
                for _ in pattern.finditer(text):
                    pass
    except TooSlow:
        return float("inf")
    return time.process_time() - began


def slow_input(pattern: re.Pattern[Any], methods: set[str]) -> str | None:
    """An input on which it is more than linear, and how."""
    for small, large in inputs(pattern, SIZE, TIMES):
        for method in sorted(methods):
            first = cost(pattern, method, small)
            if first == float("inf"):
                return f"{method}: {len(small)} like {small[:60]!r}: no end in {PATIENCE} s"
            if first < NOTICED:
                continue
            one = min(cost(pattern, method, small) for _ in range(3))
            four = min(cost(pattern, method, large) for _ in range(2))
            if one >= NOTICED and four > MOST_RATIO * one:
                return f"{method}: {len(large)} like {large[:60]!r}: {one:.3f} s, then {four:.3f} s"
    return None


@pytest.mark.parametrize("name", ALL)
def test_it_is_linear(name: str) -> None:
    assert slow_input(ALL[name], ways(name)) is None


@pytest.mark.parametrize(
    "pattern", [r"\s+$", r"a*b", r"(x+x+)+y", r"(a|a)*c", r"[^,]*,x", r"(?:\w|-)+@", rb"<[^<>]*\s+>x"]
)
def test_one_that_is_not_is_found(pattern: Any) -> None:
    assert slow_input(re.compile(pattern), {"search"})


@pytest.mark.parametrize("pattern", [r"\s+", r"(?<!\s)\s+$", r"a{0,40}b", r"\[[^\]]{1,20}\]"])
def test_one_that_is_linear_is_not(pattern: str) -> None:
    assert slow_input(re.compile(pattern), {"search", "finditer"}) is None


def test_all_of_them_are_looked_at() -> None:
    assert len(ALL) > 150
    assert {"COLON", "DATE", "CHUNK", "STAMP"} <= {name.rpartition(".")[2] for name in ALL}
    assert any(name.endswith("site.article") for name in ALL)
