"""An HTML element to its lines of text, as a reader sees them: blocks and <br> end a line, the rest runs on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.items import Line

BLOCKS = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section table tbody td tfoot th thead tr ul".split()
)
SILENT = frozenset("script style noscript template select textarea iframe object head title button svg".split())
BOLD = frozenset({"b", "strong"})
# White space at the ends, nbsp and U+3000 (the paragraph indent of these pages) with it.
EDGES = " \t\r\n\f\v\xa0\u3000\ufeff\u200b"
# HTML shows a run of ASCII white space as one space.
SPACES = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|(?:left|top|indent)\s*:\s*-\d{3}", re.I
)
CENTRED = re.compile(r"text-align\s*:\s*center", re.I)


def tidy(text: str) -> str:
    """Text without white space at its ends, inner runs of ASCII white space as one space."""
    text = text.strip(EDGES)
    return SPACES.sub(" ", text) if " " in text or "\n" in text or "\t" in text or "\r" in text else text


@lru_cache(maxsize=512)
def _styled(style: str) -> tuple[bool, bool]:
    """Whether a style attribute centres, and whether it hides."""
    return bool(CENTRED.search(style)), bool(HIDDEN.search(style))


def _looks(element: HtmlElement) -> tuple[bool, bool]:
    """Whether an element centres its text, and whether it hides it."""
    style, align = element.get("style"), element.get("align")
    centred, hidden = _styled(style) if style else (False, False)
    return centred or align == "center" or element.tag == "center", hidden or element.get("hidden") is not None


def _named(element: HtmlElement, names: frozenset[str]) -> bool:
    """Whether an element has one of the names as its id or among its classes."""
    attributes = element.keys()
    if "class" in attributes and not names.isdisjoint(element.get("class", "").split()):
        return True
    return "id" in attributes and element.get("id") in names


class LineWriter:
    """Gathers text and ends a line at each block. `pictures` holds (src, alt, index of the line that follows)."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pictures: list[tuple[str, str, int]] = []
        self._texts: list[tuple[str, bool, bool]] = []
        self._bold = self._link = self._hidden = self._paragraph = self._centred = 0
        self._picture = False

    def text(self, text: str | None) -> None:
        """Take a text node; white space between blocks is none."""
        if text and (self._texts or not text.isspace()):
            self._texts.append((text, self._bold > 0, self._link > 0))

    def leaf(self, p: HtmlElement) -> None:
        """Take a whole paragraph without elements in it: nearly all of a transcript."""
        if self._texts:
            self.end()
        text = tidy(p.text or "")
        if text:
            style = p.get("style") or p.get("align") or p.get("hidden")
            centred, hidden = _looks(p) if style is not None else (False, False)
            centred, hidden = centred or self._centred > 0, hidden or self._hidden > 0
            self.lines.append(Line(text, len(text) if self._bold else 0, True, centred, False, self._link > 0, hidden))

    def open(self, element: HtmlElement) -> tuple[bool, bool]:
        """Enter an element; returns what `close` wants to know."""
        tag = element.tag
        if tag in BLOCKS and self._texts:
            self.end()
        if tag == "img":
            self._picture = True
            self.pictures.append((element.get("src") or "", element.get("alt") or "", len(self.lines)))
            self._texts.append(("", self._bold > 0, self._link > 0))
        looks = _looks(element)
        self._count(tag, 1, looks)
        self.text(element.text)
        return looks

    def close(self, element: HtmlElement, looks: tuple[bool, bool]) -> None:
        """Leave an element."""
        if element.tag in BLOCKS and self._texts:
            self.end()
        self._count(element.tag, -1, looks)

    def _count(self, tag: str, by: int, looks: tuple[bool, bool]) -> None:
        if tag in BOLD:
            self._bold += by
        elif tag == "a":
            self._link += by
        elif tag == "p":
            self._paragraph += by
        if looks[0]:
            self._centred += by
        if looks[1]:
            self._hidden += by

    def end(self) -> None:
        """End the line."""
        texts, self._texts = self._texts, []
        shown = tidy("".join([t for t, _, _ in texts]))
        if shown:
            bold = _leading_bold(texts) if any(bold for _, bold, _ in texts) else 0
            link = all(link or not t.strip(EDGES) for t, _, link in texts)
            flags = self._paragraph > 0, self._centred > 0, self._picture, link, self._hidden > 0
            self.lines.append(Line(shown, bold, *flags))
        self._picture = False


def _leading_bold(texts: list[tuple[str, bool, bool]]) -> int:
    """How many characters of the tidied line are bold before the first that is not."""
    leading = []
    for text, bold, _ in texts:
        if not bold and text.strip(EDGES):
            break
        leading.append(text)
    return len(tidy("".join(leading)))


def write_lines(
    root: HtmlElement, skip: Container[HtmlElement] = (), strip: frozenset[str] = frozenset()
) -> LineWriter:
    """The lines of an element's text, without the elements in `skip` and those with a class or id in `strip`.

    Any depth: no recursion.
    """
    writer = LineWriter()
    stack: list[tuple[HtmlElement, tuple[bool, bool], Iterator[HtmlElement]]] = [(root, writer.open(root), iter(root))]
    while stack:
        element, looks, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            writer.close(element, looks)
            if stack:
                writer.text(element.tail)
            continue
        tag = child.tag
        if tag in SILENT or not isinstance(tag, str) or (strip and _named(child, strip)) or child in skip:
            writer.text(child.tail)
        elif len(child):
            stack.append((child, writer.open(child), iter(child)))
        else:
            if tag == "p":
                writer.leaf(child)
            else:
                writer.close(child, writer.open(child))
            writer.text(child.tail)
    writer.end()
    return writer
