"""CSS for an element by its own and its ancestors' ids and classes; never by its place among others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice

from crawler.text.select import Element, ancestors, elements, lineage

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# `mt10`, `w1200`, `f14`: a measure, not a name. A long number is one page's own.
MEASURE = re.compile(r"[a-z]{1,3}-?\d+|.*\d{5}.*")
# What an element is at the moment, or how it is set; nothing that it is.
STATE = frozenset(
    "active current cur on off hover selected first last odd even left right center fl fr pull-left pull-right clear"
    " clearfix cf hidden hide show block inline bold red blue gray grey small big row col container wrapper".split()
)
# Ancestors that a selector may name.
HIGHEST = 6


def names(element: Element) -> list[str]:
    """`#id` and `.class` of an element, the most telling first: without a digit before those with one."""
    given = element.attributes
    found = [f"#{name}" for name in [given.get("id") or ""] if _is_name(name)]
    found += [f".{name}" for name in (given.get("class") or "").split() if _is_name(name)]
    return sorted(found, key=lambda name: (any(c.isdigit() for c in name), not name.startswith("#")))


def _is_name(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and not MEASURE.fullmatch(name) and name not in STATE


def selectors(element: Element, bare: bool = True) -> Iterator[str]:
    """CSS that selects an element, the simplest first: its own names, then its tag in a named ancestor, its tag."""
    tag = element.tag or ""
    own = names(element)
    yield from own
    above = [name for e in islice(ancestors(element), HIGHEST) for name in names(e)]
    yield from (f"{name} {tag}" for name in above)
    yield from (f"{name} {one}" for name in above[:4] for one in own)
    if bare:
        yield tag


def signature(element: Element, height: int = 4) -> tuple[tuple[str, str], ...]:
    """Tags and classes of an element and those above it: equal for the rows of one list and of its tabs."""
    chain = islice(lineage(element), height)
    return tuple((e.tag or "", " ".join(n for n in names(e) if n.startswith("."))) for e in chain)


def escaped(text: str) -> str:
    """Text for a regular expression, without the back-slashes that it does not need outside of a class."""
    return re.escape(text).replace(r"\-", "-").replace(r"\ ", " ")


def summed(root: Element, of: Callable[[Element], int]) -> dict[int, int]:
    """For each element, by its `mem_id`, what `of` gives of it and of all that it holds, in one pass."""
    total: dict[int, int] = defaultdict(int)
    for element in reversed(elements(root)):
        total[element.mem_id] += of(element)
        above = element.parent
        if above is not None:
            total[above.mem_id] += total[element.mem_id]
    return total
