"""Where an article page has its parts: heading, date, source, editors, path, and the element with the speeches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from crawler.items import Page
from crawler.text.decode import decode
from crawler.text.extract import CRUMB, EDITOR, LABELLED, speech_weights
from crawler.text.lines import SILENT, plain
from crawler.text.proposing.naming import names, selectors, summed
from crawler.text.select import Element, Tree, ancestors, beside_links, elements, in_links, lineage, same
from crawler.text.times import clock, find_date
from crawler.text.transcribe import SOURCE

# The body is the deepest element with so much of the page's labelled paragraphs.
MOST_OF = 0.8
# One or two labelled paragraphs are a caption and a footer.
FEWEST_SPEECHES = 2
# A date line, a path, a line of editors is no longer.
SHORT = 160
# Characters of the source, with its white space, and elements.
BULK = 1000
SHORTEST_TITLE = 4
HERE = re.compile(r"(?:当前|當前|您(?:的|所在的?)?|现在|現在)位置")
HEADINGS = ("h1", "h2", "h3")


class Article:
    """A page of the hall, with its tree; `title` and `day` are what the listing says of it, where that is known."""

    def __init__(self, page: Page, title: str = "", day: str | None = None) -> None:
        self.page, self.listed, self.day = page, title, day
        self.tree = Tree(decode(page.body, page.content_type).text)
        self._elements = elements(self.tree.root)
        self._order = {element.mem_id: place for place, element in enumerate(self._elements)}

    @cached_property
    def body(self) -> Element | None:
        """The deepest element that holds most of the labelled paragraphs; None for a page without them."""
        speeches = {holder.mem_id: weight // LABELLED for holder, weight in speech_weights(self.tree.root)}
        held = summed(self.tree.root, lambda element: speeches.get(element.mem_id, 0))
        total = held[self.tree.root.mem_id]
        if total < FEWEST_SPEECHES:
            return None
        # Each that holds more than half stands in the one before it.
        return [e for e in self._elements if held[e.mem_id] >= MOST_OF * total][-1]

    @property
    def document(self) -> str:
        """The words of the `title` element."""
        return plain(next(iter(self.tree.tags("title")), None))

    @cached_property
    def outside(self) -> list[Element]:
        """Elements with some text, and not all of it, that neither hold the body nor stand in it, in order."""
        body = self.body
        of_body = {e.mem_id for e in (*elements(body), *ancestors(body))} if body is not None else set()
        beside = (e for e in self._elements if e.mem_id not in of_body and e.tag != "body")
        return [e for e in beside if self._is_little(e) and plain(e)]

    @cached_property
    def _bulk(self) -> dict[int, int]:
        """Characters and elements that each element holds."""
        return summed(self.tree.root, lambda element: 1 + len(element.text(deep=False)))

    @cached_property
    def _linked(self) -> set[int]:
        return in_links(self.tree.root)

    def _is_little(self, element: Element) -> bool:
        """Whether an element may be a heading, a date line, a path: not a part of the page with all that is in it."""
        return element.tag not in SILENT and self._bulk[element.mem_id] <= BULK

    @cached_property
    def heading(self) -> Element | None:
        """The element whose words the listing's link or the page's `title` begins with; else its first h1 or h2."""
        found = [e for e in self.outside if self._is_heading(plain(e)) and e.mem_id not in self._linked]
        ranked = sorted(found, key=lambda e: e.tag not in HEADINGS)
        best = next(iter([*ranked, *(e for e in self.outside if e.tag in HEADINGS)]), None)
        return _narrowed(best)

    def _is_heading(self, words: str) -> bool:
        if len(words) < SHORTEST_TITLE:
            return False
        listed = self.listed.rstrip("….")
        return self.document.startswith(words) or bool(listed) and words.startswith(listed)

    @cached_property
    def dated(self) -> Element | None:
        """The nearest short element with the listing's date, with a time of day if one has it; else with any date."""
        found = [(e, d[0]) for e in self._short() if (d := find_date(self._beside(e)))]
        right = [e for e, day in found if day == self.day] or [e for e, _ in found]
        timed = [e for e in right if (d := find_date(self._beside(e))) and clock(self._beside(e), d[1])] or right
        return _narrowed(min(timed, key=self._nearness, default=None))

    @cached_property
    def source(self) -> Element | None:
        """The nearest short element that names a source."""
        found = (e for e in self._short() if SOURCE.search(plain(e)))
        return _narrowed(min(found, key=self._nearness, default=None))

    @cached_property
    def editors(self) -> Element | None:
        """The smallest element whose words begin as a line of editors does, in the body or outside of it."""
        body = self.body
        everywhere = (e for e in self._elements if self.is_short(e) and not (body is not None and same(e, body)))
        return min((e for e in everywhere if EDITOR.match(plain(e))), key=_size, default=None)

    @cached_property
    def path(self) -> Element | None:
        """The smallest element before the heading with links or words divided by `>`."""
        end = self._order[self.heading.mem_id] if self.heading is not None else len(self._order)
        found = [e for e in self._short() if self._order[e.mem_id] < end and self._is_path(e)]
        return min(found, key=_size, default=None)

    def _is_path(self, element: Element) -> bool:
        words = plain(element)
        parts = [part for part in CRUMB.split(words) if part.strip()]
        return len(parts) > 1 and (len(parts) > 2 or bool(HERE.search(words)) or len(element.css("a")) > 1)

    def _short(self) -> Iterator[Element]:
        return (e for e in self.outside if self.is_short(e))

    def is_short(self, element: Element) -> bool:
        """Whether an element's words are no more than a date line's."""
        return self._is_little(element) and len(plain(element)) < SHORT

    def _beside(self, element: Element) -> str:
        """An element's words outside of links."""
        return "" if element.mem_id in self._linked else " ".join(beside_links(element))

    def _nearness(self, element: Element) -> tuple[int, int, int]:
        """Behind the heading goes first, then the nearer one, then the one with the fewest words."""
        heading = self._order[self.heading.mem_id] if self.heading is not None else 0
        away = self._order[element.mem_id] - heading
        return (away < 0, len(plain(element)), abs(away))


def _narrowed(element: Element | None) -> Element | None:
    """An element, or one in it that has a name and the same words."""
    while element is not None:
        words = plain(element)
        inner = next((e for e in element.iter() if names(e) and plain(e) == words), None)
        if inner is None:
            return element
        element = inner
    return None


def _size(element: Element) -> int:
    """How many elements an element is with those in it."""
    return len(elements(element))


def css_of(article: Article, element: Element, finds: Callable[[Article, str], bool]) -> Iterator[str]:
    """CSS of an element, or of one a step or two above it, of which `finds` says that it serves."""
    for place, one in enumerate(lineage(element)):
        if place > 2 or one.tag in ("body", "html"):
            return
        for css in selectors(one):
            if finds(article, css):
                yield css
