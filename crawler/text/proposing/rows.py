"""The rows of a listing: links with a date beside them, alike in their markup, and the CSS that selects them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.address import path_day
from crawler.text.links import read_links
from crawler.text.proposing.naming import HIGHEST, selectors, signature, summed
from crawler.text.proposing.value import NoHall
from crawler.text.select import Element, Tree, ancestors, beside_links
from crawler.text.times import find_date

# Fewer are no list.
FEWEST = 3
# A row may link an article, its picture and one more of its tabs.
MOST_LINKS = 3
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
    below = summed(tree.root, lambda element: element.tag == "a")
    for link in read_links(tree, url):
        target, title = link.url, link.words or (link.element.attributes.get("title") or "").strip()
        if len(title) >= SHORTEST_TITLE and urlsplit(target).path.strip("/"):
            found = _row(link.element, below)
            element, day = found if found else (_block(link.element), _own_day(target, title))
            if element is not None and day:
                yield Row(element, target, title, day)


def _row(a: Element, below: Mapping[int, int]) -> tuple[Element, str] | None:
    """The nearest ancestor that has a date outside of its links; `below`: how many links each holds, a row has few."""
    for element in islice(ancestors(a), HIGHEST):
        if element.tag in ("body", "html") or below[element.mem_id] > MOST_LINKS:
            return None
        dated = find_date(" ".join(beside_links(element)))
        if dated:
            return element, dated[0]
    return None


def _block(a: Element) -> Element | None:
    return next((e for e in islice(ancestors(a), HIGHEST) if e.tag in ROW_TAGS), None)


def _own_day(target: str, title: str) -> str | None:
    dated = find_date(title)
    on_path = path_day(target)
    return dated[0] if dated else on_path.isoformat() if on_path else None


def _choose(tree: Tree, chosen: Sequence[Row], every: Sequence[Row]) -> tuple[str, int]:
    """The CSS that selects the chosen rows and the least besides, and how much that is. Raises `NoHall`."""
    wanted = {row.element.mem_id for row in chosen}
    others = {row.element.mem_id for row in every} - wanted
    ranked = []
    for place, css in enumerate(dict.fromkeys(css for row in chosen[:5] for css in selectors(row.element, bare=False))):
        found = {element.mem_id for element in tree.select(css)}
        had, wrong = len(found & wanted), len(found - wanted)
        ranked.append((len(wanted) - had, wrong + len(found & others), place, css, wrong))
    if not ranked or min(ranked)[0] == len(wanted):
        raise NoHall("the links with dates stand in no element that has an id or a class")
    _, _, _, css, wrong = min(ranked)
    return css, wrong
