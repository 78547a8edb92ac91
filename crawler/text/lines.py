"""An HTML element to its lines of text, as a reader sees them: blocks and <br> end a line, the rest runs on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from lxml.html import HtmlElement

from crawler.items import Line

BLOCKS = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html li main nav ol option p pre section table tbody td tfoot th thead tr ul".split()
)
SILENT = frozenset("script style noscript template select textarea iframe object head title button svg".split())
BOLD = frozenset({"b", "strong"})
# White space at the ends, nbsp and U+3000 (the paragraph indent of these pages) with it.
EDGES = " \t\r\n\f\v\xa0\u3000\ufeff\u200b"
# HTML shows a run of ASCII white space as one space.
SPACES = re.compile(r"[ \t\r\n\f]*[\t\r\n\f][ \t\r\n\f]*|  +")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?!\.?\d)|(?:left|top|indent)\s*:\s*-\d{3}", re.I)
CENTRED = re.compile(r"text-align\s*:\s*center", re.I)


class LineWriter:
    """Gathers text and ends a line at each block. `pictures` holds (src, alt, index of the line that follows)."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pictures: list[tuple[str, str, int]] = []
        self._texts: list[tuple[str, bool, bool]] = []
        self._bold = self._link = self._hidden = self._paragraph = self._centred = 0
        self._picture = False

    def text(self, text: str | None) -> None:
        """Take a text node."""
        if text:
            self._texts.append((text, self._bold > 0, self._link > 0))

    def open(self, element: HtmlElement, by: int = 1) -> None:
        """Enter an element (leave it with `by` = -1)."""
        tag = element.tag
        if tag in BLOCKS:
            self.end()
        if tag in BOLD:
            self._bold += by
        elif tag == "a":
            self._link += by
        elif tag == "p":
            self._paragraph += by
        elif tag == "img" and by > 0:
            self._picture = True
            self.pictures.append((element.get("src") or "", element.get("alt") or "", len(self.lines)))
        attributes = element.attrib
        if attributes:
            style = attributes.get("style") or ""
            if tag == "center" or attributes.get("align") == "center" or (style and CENTRED.search(style)):
                self._centred += by
            if "hidden" in attributes or (style and HIDDEN.search(style)):
                self._hidden += by

    def close(self, element: HtmlElement) -> None:
        """Leave an element."""
        self.open(element, -1)

    def end(self) -> None:
        """End the line."""
        texts, self._texts = self._texts, []
        text = "".join([t for t, _, _ in texts])
        shown = clean = text.strip(EDGES)
        if "\n" in clean or "\t" in clean or "  " in clean or "\r" in clean:
            shown = SPACES.sub(" ", clean)
        if shown:
            self._append(shown, texts)
        self._picture = False

    def _append(self, shown: str, texts: list[tuple[str, bool, bool]]) -> None:
        self.lines.append(
            Line(
                text=shown,
                bold=_leading_bold(texts) if self._bold or any(bold for _, bold, _ in texts) else 0,
                paragraph=self._paragraph > 0,
                centred=self._centred > 0,
                picture=self._picture,
                link=all(link or not t.strip(EDGES) for t, _, link in texts),
                hidden=self._hidden > 0,
            )
        )


def _leading_bold(texts: list[tuple[str, bool, bool]]) -> int:
    """How many characters of the stripped line are bold before the first that is not."""
    length = 0
    for text, bold, _ in texts:
        if not bold and text.strip(EDGES):
            break
        length += len(text.strip(EDGES) if not length else text)
    return length


def write_lines(root: HtmlElement, skip: Container[HtmlElement] = ()) -> LineWriter:
    """The lines of an element's text without those of the elements in `skip`. Any depth: no recursion."""
    writer = LineWriter()
    writer.open(root)
    writer.text(root.text)
    stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(root, iter(root))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            writer.close(element)
            if stack:
                writer.text(element.tail)
        elif child.tag in SILENT or not isinstance(child.tag, str) or child in skip:
            writer.text(child.tail)
        else:
            writer.open(child)
            writer.text(child.text)
            stack.append((child, iter(child)))
    writer.end()
    return writer
