"""The links of a page, with their words and the list items that they stand in. Each text is read once."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from crawler.address import linked
from crawler.text.lines import one_line
from crawler.text.select import Element, Tree
from crawler.text.times import find_date


@dataclass
class Place:
    """An item of a list: its texts, and those of them that are in no link."""

    texts: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    @cached_property
    def day(self) -> str | None:
        """The date beside the links (ISO); else the one in them, as a title has it."""
        dated = find_date(" ".join(self.beside)) or find_date("".join(self.texts))
        return dated[0] if dated else None


@dataclass
class Link:
    """A link, the address behind it ("" for what is none), the item that it stands in, its texts."""

    element: Element
    url: str
    place: Place | None
    texts: list[str] = field(default_factory=list)

    @cached_property
    def words(self) -> str:
        """Its texts on one line."""
        return one_line("".join(self.texts))


def read_links(tree: Tree, base: str, places: Set[int] = frozenset()) -> list[Link]:
    """The links that lead to an address, in order; `places`: the `mem_id` of each list's items.

    A text is the innermost link's and the innermost item's alone, whatever stands in what.
    """
    links: list[Link] = []
    around: dict[int, tuple[Link | None, Place | None]] = {}
    for node in tree.root.traverse(include_text=True):
        above = node.parent
        link, place = around.get(above.mem_id, (None, None)) if above is not None else (None, None)
        text = node.text_content
        if text is not None:
            _take(text, link, place)
            continue
        is_link = node.tag == "a"
        # A link in an item is none itself: the date stands beside it.
        if node.mem_id in places and not (is_link and place):
            place = Place()
        if is_link:
            link = Link(node, link_address(base, node) or "", place)
            links.append(link)
        around[node.mem_id] = link, place
    return [link for link in links if link.url]


def _take(text: str, link: Link | None, place: Place | None) -> None:
    if link:
        link.texts.append(text)
    if place:
        place.texts.append(text)
    if place and not link:
        place.beside.append(text)


def link_address(base: str, a: Element) -> str | None:
    """The absolute address of a link, None for what is none."""
    return linked(base, a.attributes.get("href") or "")


def same_folder(url: str, target: str) -> bool:
    """Whether two addresses are files of one folder."""
    a, b = urlsplit(url), urlsplit(target)
    return a.netloc == b.netloc and a.path.rpartition("/")[0] == b.path.rpartition("/")[0]
