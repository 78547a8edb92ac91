"""An HTML element to its lines of text, as a reader sees them: blocks and <br> end a line, the rest runs on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element as Element

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
# What stands before a link that leads on: `相关专题：`.
LEADS_ON = re.compile(
    r"[【\[［]?(?:(?:相关|相關|有关|有關|延伸|推荐|推薦|更多)?"
    r"(?:新闻|新聞|阅读|閱讀|专题|專題|链接|鏈接|报道|報道|報導|文章|视频|視頻|资料|資料)|更多)"
    r"[】\]］]?[：:][ \xa0\u3000]*[·•]?"
)
CENTRED = re.compile(r"text-align\s*:\s*center", re.I)


def tidy(text: str) -> str:
    """Text without white space at its ends, inner runs of ASCII white space as one space."""
    text = text.strip(EDGES)
    spaced = " " in text and ("  " in text or "\f" in text)
    return SPACES.sub(" ", text) if spaced or "\n" in text or "\t" in text or "\r" in text else text


class Looks(NamedTuple):
    """What an element's attributes say: whether its text is centred, whether it is hidden, its id and classes."""

    centred: bool = False
    hidden: bool = False
    names: frozenset[str] = frozenset()


PLAIN = Looks()


@lru_cache(maxsize=512)
def _looks(*attributes: tuple[str, str]) -> Looks:
    given = dict(attributes)
    style = given.get("style", "")
    centred = bool(CENTRED.search(style)) or given.get("align") == "center"
    hidden = bool(HIDDEN.search(style)) or "hidden" in given
    return Looks(centred, hidden, frozenset([given.get("id", ""), *given.get("class", "").split()]))


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

    def leaf(self, text: str | None, looks: Looks) -> None:
        """Take the text of a whole paragraph without elements in it: nearly all of a transcript."""
        if self._texts:
            self.end()
        if text and (shown := tidy(text)):
            centred, hidden = looks.centred or self._centred > 0, looks.hidden or self._hidden > 0
            bold = len(shown) if self._bold else 0
            self.lines.append(Line(shown, bold, True, centred, False, self._link > 0, hidden))

    def open(self, element: Element, looks: Looks) -> None:
        """Enter an element."""
        tag = element.tag
        if tag in BLOCKS and self._texts:
            self.end()
        if tag == "img":
            self._picture = True
            self.pictures.append((element.get("src") or "", element.get("alt") or "", len(self.lines)))
            self._texts.append(("", self._bold > 0, self._link > 0))
        self._count(tag, 1, looks)
        self.text(element.text)

    def close(self, element: Element, looks: Looks) -> None:
        """Leave an element."""
        if element.tag in BLOCKS and self._texts:
            self.end()
        self._count(element.tag, -1, looks)

    def _count(self, tag: str, by: int, looks: Looks) -> None:
        if tag in BOLD:
            self._bold += by
        elif tag == "a":
            self._link += by
        elif tag == "p":
            self._paragraph += by
        if looks.centred or tag == "center":
            self._centred += by
        if looks.hidden:
            self._hidden += by

    def end(self) -> None:
        """End the line."""
        texts, self._texts = self._texts, []
        shown = tidy("".join([t for t, _, _ in texts]))
        if shown:
            bold = _leading_bold(texts) if any(bold for _, bold, _ in texts) else 0
            linked = any(link for _, _, link in texts)
            link = all(link or _is_beside(t.strip(EDGES), linked) for t, _, link in texts)
            flags = self._paragraph > 0, self._centred > 0, self._picture, link, self._hidden > 0
            self.lines.append(Line(shown, bold, *flags))
        self._picture = False


def _is_beside(text: str, linked: bool) -> bool:
    """Whether a text outside of a link says nothing, or what the link behind it leads on to."""
    return not text or linked and LEADS_ON.fullmatch(text) is not None


def _leading_bold(texts: list[tuple[str, bool, bool]]) -> int:
    """How many characters of the tidied line are bold before the first that is not."""
    leading = []
    for text, bold, _ in texts:
        if not bold and text.strip(EDGES):
            break
        leading.append(text)
    return len(tidy("".join(leading)))


def write_lines(root: Element, skip: Container[Element] = (), strip: frozenset[str] = frozenset()) -> LineWriter:
    """The lines of an element's text, without the elements in `skip` and those with a class or id in `strip`.

    Any depth: no recursion.
    """
    writer = LineWriter()
    looks = _looks(*root.items())
    writer.open(root, looks)
    stack: list[tuple[Element, Looks, Iterator[Element]]] = [(root, looks, iter(root))]
    while stack:
        element, own, children = stack[-1]
        for child in children:
            tag, attributes = child.tag, child.items()
            looks = _looks(*attributes) if attributes else PLAIN
            if tag in SILENT or not isinstance(tag, str) or not looks.names.isdisjoint(strip) or child in skip:
                pass
            elif len(child):
                writer.open(child, looks)
                stack.append((child, looks, iter(child)))
                break
            elif tag == "p":
                writer.leaf(child.text, looks)
            else:
                writer.open(child, looks)
                writer.close(child, looks)
            writer.text(child.tail)
        else:
            stack.pop()
            writer.close(element, own)
            if stack:
                writer.text(element.tail)
    writer.end()
    return writer
