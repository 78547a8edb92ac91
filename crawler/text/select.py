"""A page's HTML tree, as browsers make it, and CSS on it. The one file that knows the parser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import NamedTuple, cast

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from crawler.text.tangled import straightened, tangled

#: An element; so are text nodes and comments, with the tags `-text` (its text is `text_content`) and `-comment`.
Element = LexborNode
TEXT = "-text"
# Without what scripts would be told of while the tree grows.
QUIET = int(LexborDocumentOptions.WO_EVENTS)
# The classes and ids in a selector: a page that lacks one of them cannot match it.
CSS_NAME = re.compile(r"[.#][\w-]+")
# A tag, or one class or id with a tag before it or not; perhaps in another such, or in an element that stands in it.
STEP = r"(?=[\w.#])(\w*)([.#][\w-]+)?"
SIMPLE = re.compile(rf"{STEP}(?:( > | ){STEP})?")
# Tags that are looked for without a class.
HEADINGS = ("h1", "h2")

# Of alternatives the parser finds an element that fits two twice.
TOLD = f":is([class], [id], meta, {', '.join(HEADINGS)})"
RUNS_ON = re.compile(r"<(/?(?:a|b|strong))[\s/>]", re.I)


class Step(NamedTuple):
    """An element by its tag and its class or id; what is not asked is ""."""

    tag: str
    name: str


class Selector(NamedTuple):
    """One alternative of a selector and the names in it; if it is `SIMPLE`, its last step and where that must stand."""

    css: str
    names: frozenset[str]
    step: Step | None = None
    inside: Step | None = None
    child: bool = False


@cache
def alternatives(css: str) -> tuple[Selector, ...]:
    """The alternatives of a selector, in order."""
    return tuple(map(_alternative, filter(None, map(str.strip, css.split(",")))))


def _alternative(css: str) -> Selector:
    names = frozenset(CSS_NAME.findall(css))
    simple = SIMPLE.fullmatch(css)
    if simple is None:
        return Selector(css, names)
    first, last = Step(simple[1], simple[2] or ""), Step(simple[4] or "", simple[5] or "")
    step, inside = (last, first) if simple[3] else (first, None)
    if any(one and not one.name and one.tag not in HEADINGS for one in (step, inside)):
        return Selector(css, names)
    return Selector(css, names, step, inside, simple[3] == " > ")


class Tree:
    """A page's HTML tree with its source."""

    def __init__(self, source: str, utf8: bytes | None = None, *, straight: bool = False) -> None:
        """`utf8` is the source in UTF-8, where it is at hand; `straight`: as libxml2 reads it."""
        bare = tangled(source)
        read = straightened(source, bare=bare) if bare or straight else utf8 or source
        self._parser = LexborHTMLParser(read, options=QUIET)
        self._straight = straight
        # The parser makes one for any text.
        self.root = cast(Element, self._parser.root)
        self.source = source
        self._found: dict[str, list[Element]] = {}

    def tags(self, tag: str) -> list[Element]:
        """The elements of a tag, in order."""
        return self._parser.tags(tag)

    def leaves_open(self) -> bool:
        """Whether the page begins more links, or more bold print, than it ends: such go on through the paragraphs."""
        if self._straight:
            return False
        tags = Counter(map(str.lower, RUNS_ON.findall(self.source)))
        return any(tags[name] > tags["/" + name] for name in ("a", "b", "strong"))

    def straightened(self) -> Tree:
        """The tree of the same source in which what a paragraph leaves open ends with it."""
        return Tree(self.source, straight=True)

    def metas(self) -> dict[str | None, str]:
        """The page's `<meta name content>`; of two of a name the last."""
        return {given.get("name"): given.get("content") or "" for given in self._told[1]}

    @cached_property
    def _told(self) -> tuple[dict[str, list[Element]], list[dict[str, str | None]]]:
        """Elements by `.class`, `#id` and heading's tag, in order, and what the metas say: one walk for all."""
        named: dict[str, list[Element]] = {}
        metas = []
        for element in self.root.css(TOLD):
            tag, given = element.tag, element.attributes
            if tag == "meta":
                metas.append(given)
            for name in _names(tag, given.get("class"), given.get("id")):
                if name in named:
                    named[name].append(element)
                else:
                    named[name] = [element]
        return named, metas

    def select(self, css: str, within: Element | None = None) -> list[Element]:
        """Elements of the tree (or of an element in it) that the first fitting alternative selects, in order.

        Of an id that a page gives twice the tree's is the first.
        """
        if within is not None:
            return next(filter(None, (self._inside(one, within) for one in self._possible(css))), [])
        if css not in self._found:
            self._found[css] = next(filter(None, map(self._all, self._possible(css))), [])
        return self._found[css]

    def _inside(self, one: Selector, within: Element) -> list[Element]:
        if one.step is None or one.inside:
            return within.css(one.css)
        number = within.mem_id
        found = self._named(one.step)
        return [e for e in found if any(above.mem_id == number for above in lineage(e))]

    def _possible(self, css: str) -> Iterator[Selector]:
        named = self._told[0].keys()
        return (one for one in alternatives(css) if one.names <= named)

    def _named(self, step: Step) -> list[Element]:
        found = self._told[0].get(step.name or step.tag, [])
        return [element for element in found if element.tag == step.tag] if step.tag and step.name else found

    def _all(self, one: Selector) -> list[Element]:
        if one.step is None:
            return self.root.css(one.css)
        found = self._named(one.step)
        if one.inside:
            outer = {element.mem_id for element in self._named(one.inside)}
            return [e for e in found if not outer.isdisjoint(_around(e, child=one.child))]
        return found[:1] if one.step.name.startswith("#") else found


@lru_cache(maxsize=1024)
def _names(tag: str | None, classes: str | None, number: str | None) -> tuple[str, ...]:
    """As a selector has them: of tags those of headings."""
    heading = [tag] if tag in HEADINGS else []
    return (
        *heading,
        *dict.fromkeys(f".{name}" for name in (classes or "").split()),
        *([f"#{number}"] if number else ()),
    )


def _around(element: Element, *, child: bool) -> Iterator[int]:
    """The numbers of the elements around an element; of its parent alone, if it is to be a child."""
    around = (above.mem_id for above in ancestors(element))
    return islice(around, 1) if child else around


def ancestors(element: Element) -> Iterator[Element]:
    """The elements around an element, from the inside."""
    above = element.parent
    while above is not None and above.is_element_node:
        yield above
        above = above.parent


def followers(element: Element) -> Iterator[Element]:
    """The nodes that follow an element in the same parent."""
    following = element.next
    while following is not None:
        yield following
        following = following.next


def leading(element: Element) -> str:
    """The text with which an element begins."""
    first = element.first_child
    return (first.text_content or "") if first is not None else ""


def elements(root: Element) -> list[Element]:
    """An element and those in it, in order, without texts and comments."""
    return [node for node in root.traverse() if node.is_element_node]


def lineage(element: Element) -> Iterator[Element]:
    """An element and those around it, from the inside."""
    yield element
    yield from ancestors(element)


def same(one: Element, other: Element) -> bool:
    """Whether two are one element of the tree; `==` compares their HTML."""
    return one.mem_id == other.mem_id


def in_links(root: Element) -> set[int]:
    """The links in an element and all nodes in them, by `mem_id`: one pass, whatever stands in what."""
    found: set[int] = set()
    for node in root.traverse(include_text=True):
        above = node.parent
        if node.tag == "a" or above is not None and above.mem_id in found:
            found.add(node.mem_id)
    return found


def beside_links(element: Element) -> list[str]:
    """The texts in an element that are in no link of it."""
    linked = in_links(element)
    texts = (node for node in element.traverse(include_text=True) if node.tag == TEXT and node.mem_id not in linked)
    return [text.text_content or "" for text in texts]
