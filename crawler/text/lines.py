"""An HTML element to its lines of text, as a reader sees them: blocks and <br> end a line, the rest runs on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple, cast

from crawler.items import Line
from crawler.text.select import TEXT, Element

BLOCKS = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section table tbody td tfoot th thead tr ul".split()
)
SILENT = frozenset(
    "script style noscript template select textarea iframe object head title button svg -comment -doctype".split()
)
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
# Without the names of its fields a line is made in a third of the time.
new_line = cast("Callable[[tuple[str, int, bool, bool, bool, bool, bool]], Line]", partial(tuple.__new__, Line))


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
#: An element that is being read: its tag, its looks, what is left of its children.
Entered = tuple[str, Looks, Iterator[Element]]


@lru_cache(maxsize=512)
def _looks(*attributes: tuple[str, str | None]) -> Looks:
    given = dict(attributes)
    style = given.get("style") or ""
    centred = bool(CENTRED.search(style)) or given.get("align") == "center"
    hidden = bool(HIDDEN.search(style)) or "hidden" in given
    return Looks(centred, hidden, frozenset([given.get("id") or "", *(given.get("class") or "").split()]))


class LineWriter:
    """Gathers text and ends a line at each block. `pictures` holds (src, alt, index of the line that follows)."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pictures: list[tuple[str, str, int]] = []
        #: How many lines stand before the element that was to be left out.
        self.before = 0
        self._texts: list[tuple[str, bool, bool]] = []
        self._bold = self._link = self._hidden = self._paragraph = self._centred = 0
        self._picture = False

    def text(self, text: str | None) -> None:
        """Take a text node; white space between blocks is none."""
        if text and (self._texts or not text.isspace()):
            self._texts.append((text, self._bold > 0, self._link > 0))

    def leaf(self, text: str, looks: Looks) -> None:
        """Take the text of a whole paragraph without elements in it: nearly all of a transcript."""
        if self._texts:
            self.end()
        shown = tidy(text)
        if shown:
            centred, hidden = looks.centred or self._centred > 0, looks.hidden or self._hidden > 0
            bold = len(shown) if self._bold else 0
            self.lines.append(new_line((shown, bold, True, centred, False, self._link > 0, hidden)))

    def open(self, tag: str, looks: Looks) -> None:
        """Enter an element."""
        if tag in BLOCKS and self._texts:
            self.end()
        self._count(tag, 1, looks)

    def close(self, tag: str, looks: Looks) -> None:
        """Leave an element."""
        if tag in BLOCKS and self._texts:
            self.end()
        self._count(tag, -1, looks)

    def part(self) -> None:
        """End the line at an element that is left out."""
        if self._texts:
            self.end()
        self.before = len(self.lines)

    def show(self, source: str, alt: str) -> None:
        """Take a picture."""
        self._picture = True
        self.pictures.append((source, alt, len(self.lines)))
        self._texts.append(("", self._bold > 0, self._link > 0))

    def _count(self, tag: str, by: int, looks: Looks) -> None:
        if tag == "p":
            self._paragraph += by
        elif tag in BOLD:
            self._bold += by
        elif tag == "a":
            self._link += by
        if looks.centred or tag == "center":
            self._centred += by
        if looks.hidden:
            self._hidden += by

    def end(self) -> None:
        """End the line."""
        texts, self._texts = self._texts, []
        shown = tidy("".join([t for t, _, _ in texts]))
        if shown:
            bold = _leading_bold(texts) if True in [bold for _, bold, _ in texts] else 0
            linked = True in [link for _, _, link in texts]
            link = linked and all(link or _is_beside(t.strip(EDGES), linked) for t, _, link in texts)
            flags = self._paragraph > 0, self._centred > 0, self._picture, link, self._hidden > 0
            self.lines.append(new_line((shown, bold, *flags)))
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


def write_lines(root: Element, strip: frozenset[str] = frozenset(), apart: Element | None = None) -> LineWriter:
    """The lines of an element's text, without the elements with a class or id in `strip`.

    The element `apart` is left out as well; the writer knows how many lines stand before it. Any depth: no recursion.
    """
    writer = LineWriter()
    left_out = apart.mem_id if apart is not None else 0
    stack = [_entered(writer, root, root.tag or "", _looks(*root.attributes.items()))]
    while stack:
        own, seen, children = stack[-1]
        for child in children:
            tag = child.tag or ""
            if tag == TEXT:
                writer.text(child.text_content)
            elif tag in SILENT:
                continue
            elif left_out and child.mem_id == left_out:
                writer.part()
            elif inner := _take(writer, child, tag, strip):
                stack.append(inner)
                break
        else:
            stack.pop()
            writer.close(own, seen)
    writer.end()
    return writer


def _take(writer: LineWriter, element: Element, tag: str, strip: frozenset[str]) -> Entered | None:
    """Take an element that holds one text at most; enter any other."""
    attributes = element.attributes
    looks = _looks(*attributes.items()) if attributes else PLAIN
    if not looks.names.isdisjoint(strip):
        return None
    first = element.first_child
    text = first.text_content if first is not None and first.next is None else None
    if first is not None and text is None:
        return _entered(writer, element, tag, looks)
    if tag == "p" and text is not None:
        writer.leaf(text, looks)
        return None
    writer.open(tag, looks)
    if tag == "img":
        writer.show(attributes.get("src") or "", attributes.get("alt") or "")
    writer.text(text)
    writer.close(tag, looks)
    return None


def _entered(writer: LineWriter, element: Element, tag: str, looks: Looks) -> Entered:
    writer.open(tag, looks)
    return tag, looks, element.iter(include_text=True)


def one_line(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split()).strip(EDGES)


def plain(element: Element | None) -> str:
    """An element's text on one line."""
    return one_line(element.text()) if element is not None else ""
