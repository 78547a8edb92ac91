"""The rows of a listing: links with a date beside them, alike in their markup, and the CSS that selects them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

from crawler.address import path_day
from crawler.text.listing import link_address
from crawler.text.proposing.naming import HIGHEST, selectors, signature, summed
from crawler.text.proposing.value import NoHall
from crawler.text.select import Tree, plain
from crawler.text.times import find_date

# Fewer are no list.
FEWEST = 3
# A row may link an article, its picture and one more of its tabs.
MOST_LINKS = 3
# Starts and ends of elements: a row has no more.
MOST_STEPS = 2000
ROW_TAGS = frozenset("li tr dd dt p h2 h3 h4 h5 h6 div td article".split())
SHORTEST_TITLE = 2


class Row(NamedTuple):
    """A link with the element that is its row; `day` (ISO) stands beside it, in its title or on its path."""

    element: Element
    url: str
    title: str
    day: str | None


class Rows(NamedTuple):
    """The rows of the listing, the CSS that finds them, and how many elements that are no row it selects besides.

    `dated` are the addresses of all links with a date, in rows of that kind or not.
    """

    rows: tuple[Row, ...]
    css: str
    besides: int
    dated: tuple[str, ...]


def find_rows(tree: Tree, url: str) -> Rows:
    """The listing's rows. Raises `NoHall` for a page without dated links of one kind."""
    rows = list(_dated(tree, url))
    kinds = Counter(signature(row.element) for row in {row.url: row for row in rows}.values())
    if not kinds or kinds.most_common(1)[0][1] < FEWEST:
        raise NoHall(f"no listing: {len(rows)} links with dates, and not {FEWEST} of them alike")
    kind = kinds.most_common(1)[0][0]
    chosen = [row for row in rows if signature(row.element) == kind]
    css, besides = _choose(tree, chosen, rows)
    dated = tuple(dict.fromkeys(row.url for row in rows))
    return Rows(tuple({row.url: row for row in reversed(chosen)}.values())[::-1], css, besides, dated)


def _dated(tree: Tree, url: str) -> Iterator[Row]:
    """Links that have a date, with their rows."""
    below = _links_below(tree.root)
    for a in tree.root.iter("a"):
        target, title = link_address(url, a), plain(a) or (a.get("title") or "").strip()
        if target and len(title) >= SHORTEST_TITLE and urlsplit(target).path.strip("/"):
            found = _row(a, below)
            element, day = found if found else (_block(a), _own_day(target, title))
            if element is not None and day:
                yield Row(element, target, title, day)


def _links_below(root: Element) -> Mapping[Element, int]:
    """How many links each element holds."""
    return summed(root, lambda element: element.tag == "a")


def _row(a: Element, below: Mapping[Element, int]) -> tuple[Element, str] | None:
    """The nearest ancestor that has a date outside of its links, and no more links than a row has."""
    for element in islice(a.iterancestors(), HIGHEST):
        if element.tag in ("body", "html") or below[element] > MOST_LINKS:
            return None
        dated = find_date(" ".join(_beside(element)))
        if dated:
            return element, dated[0]
    return None


def _beside(element: Element) -> Iterator[str]:
    """The first texts in an element outside of its links. A row has few."""
    walker = iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, one in islice(walker, MOST_STEPS):
        if event == "start" and one.tag == "a":
            walker.skip_subtree()
        text = one.text if event == "start" and one.tag != "a" else one.tail if event != "start" else None
        if text and (event == "start" or one is not element):
            yield text


def _block(a: Element) -> Element | None:
    return next((e for e in islice(a.iterancestors(), HIGHEST) if e.tag in ROW_TAGS), None)


def _own_day(target: str, title: str) -> str | None:
    dated = find_date(title)
    on_path = path_day(target)
    return dated[0] if dated else on_path.isoformat() if on_path else None


def _choose(tree: Tree, chosen: Sequence[Row], every: Sequence[Row]) -> tuple[str, int]:
    """The CSS that selects the chosen rows and the least besides, and how much that is. Raises `NoHall`."""
    wanted = {row.element for row in chosen}
    others = {row.element for row in every} - wanted
    ranked = []
    for place, css in enumerate(dict.fromkeys(css for row in chosen[:5] for css in selectors(row.element, bare=False))):
        found = set(tree.select(css))
        had, wrong = len(found & wanted), len(found - wanted)
        ranked.append((len(wanted) - had, wrong + len(found & others), place, css, wrong))
    if not ranked or min(ranked)[0] == len(wanted):
        raise NoHall("the links with dates stand in no element that has an id or a class")
    _, _, _, css, wrong = min(ranked)
    return css, wrong
