"""Where an article page has its parts: heading, date, source, editors, path, and the element with the speeches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import cast

from lxml.etree import _Element as Element

from crawler.items import Page
from crawler.text.decode import decode
from crawler.text.extract import CRUMB, EDITOR, LABELLED, speech_weights
from crawler.text.lines import SILENT
from crawler.text.listing import BESIDE
from crawler.text.proposing.naming import names, selectors, summed
from crawler.text.select import Tree, plain
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
        self.order = {element: place for place, element in enumerate(self.tree.root.iter())}

    @cached_property
    def body(self) -> Element | None:
        """The deepest element that holds most of the labelled paragraphs; None for a page without them."""
        weights = speech_weights(self.tree.root)
        held = summed(self.tree.root, lambda element: weights.get(element, 0) // LABELLED)
        total = held.get(self.tree.root, 0)
        if total < FEWEST_SPEECHES:
            return None
        enough = [e for e, count in held.items() if count >= MOST_OF * total]
        return max(enough, key=lambda e: sum(1 for _ in e.iterancestors()))

    @property
    def document(self) -> str:
        """The words of the `title` element."""
        return plain(next(self.tree.root.iter("title"), None))

    @cached_property
    def outside(self) -> list[Element]:
        """Elements with some text, and not all of it, that neither hold the body nor stand in it, in order."""
        body = self.body
        inside = set(body.iter()) | set(body.iterancestors()) if body is not None else set()
        return [
            e for e in self.tree.root.iter() if e not in inside and e.tag != "body" and self._is_little(e) and plain(e)
        ]

    @cached_property
    def _bulk(self) -> dict[Element, int]:
        """Characters and elements that each element holds."""
        return summed(self.tree.root, lambda e: 1 + len(e.text or "") + sum(len(part.tail or "") for part in e))

    def _is_little(self, element: Element) -> bool:
        """Whether an element may be a heading, a date line, a path: not a part of the page with all that is in it."""
        return isinstance(element.tag, str) and element.tag not in SILENT and self._bulk[element] <= BULK

    @cached_property
    def heading(self) -> Element | None:
        """The element whose words the listing's link or the page's `title` begins with; else its first h1 or h2."""
        found = [e for e in self.outside if self._is_heading(plain(e)) and not any(a.tag == "a" for a in _chain(e))]
        ranked = sorted(found, key=lambda e: (e.tag not in HEADINGS, self.order[e]))
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
        found = [(e, d[0]) for e in self._short() if (d := find_date(_beside(e)))]
        right = [e for e, day in found if day == self.day] or [e for e, _ in found]
        timed = [e for e in right if (d := find_date(_beside(e))) and clock(_beside(e), d[1])] or right
        return _narrowed(min(timed, key=self._nearness, default=None))

    @cached_property
    def source(self) -> Element | None:
        """The nearest short element that names a source."""
        found = (e for e in self._short() if SOURCE.search(plain(e)))
        return _narrowed(min(found, key=self._nearness, default=None))

    @cached_property
    def editors(self) -> Element | None:
        """The smallest element whose words begin as a line of editors does, in the body or outside of it."""
        everywhere = (e for e in self.tree.root.iter() if self._is_little(e))
        found = [e for e in everywhere if e is not self.body and len(plain(e)) < SHORT and EDITOR.match(plain(e))]
        return min(found, key=lambda e: sum(1 for _ in e.iter()), default=None)

    @cached_property
    def path(self) -> Element | None:
        """The smallest element before the heading with links or words divided by `>`."""
        end = self.order.get(self.heading, 0) if self.heading is not None else len(self.order)
        found = [e for e in self._short() if self.order[e] < end and self._is_path(e)]
        return min(found, key=lambda e: sum(1 for _ in e.iter()), default=None)

    def _is_path(self, element: Element) -> bool:
        words = plain(element)
        parts = [part for part in CRUMB.split(words) if part.strip()]
        return len(parts) > 1 and (len(parts) > 2 or bool(HERE.search(words)) or len(list(element.iter("a"))) > 1)

    def _short(self) -> Iterator[Element]:
        return (e for e in self.outside if len(plain(e)) < SHORT)

    def _nearness(self, element: Element) -> tuple[int, int, int]:
        """Behind the heading goes first, then the nearer one, then the one with the fewest words."""
        heading = self.order.get(self.heading, 0) if self.heading is not None else 0
        away = self.order[element] - heading
        return (away < 0, len(plain(element)), abs(away))


def _narrowed(element: Element | None) -> Element | None:
    """An element, or one in it that has a name and the same words."""
    while element is not None:
        same = next((e for e in element if isinstance(e.tag, str) and names(e) and plain(e) == plain(element)), None)
        if same is None:
            return element
        element = same
    return None


def _beside(element: Element) -> str:
    """An element's words outside of its links."""
    return " ".join(cast("list[str]", BESIDE(element))) if element.tag != "a" else ""


def _chain(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def css_of(article: Article, element: Element, finds: Callable[[Article, str], bool]) -> Iterator[str]:
    """CSS of an element, or of one a step or two above it, of which `finds` says that it serves."""
    for place, one in enumerate(_chain(element)):
        if place > 2 or one.tag in ("body", "html"):
            return
        for css in selectors(one):
            if finds(article, css):
                yield css
