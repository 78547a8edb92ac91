"""CSS on a page's tree, as parsel and cssselect have it, in XPath that libxml2 runs quickly."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from cssselect.parser import Class
from cssselect.xpath import XPathExpr
from lxml import etree
from lxml.html import HtmlElement
from parsel import Selector
from parsel.csstranslator import HTMLTranslator

from crawler.text.lines import EDGES
from crawler.text.notice import Rejected

# The names in a selector: a page in whose source one of them is missing cannot match it.
CSS_NAME = re.compile(r"[.#]([\w-]+)")
LEADING_ID = re.compile(r"^descendant-or-self::\*\[@id = '([\w-]+)'\]")


class Translator(HTMLTranslator):
    """The same elements by a shorter way: from the right, as browsers match, so that `.head > h1` looks at h1 only.

    And a class is looked for in the attribute as it is before its white space is normalised.
    """

    def xpath_class(self, class_selector: Class) -> XPathExpr:
        expression = self.xpath(class_selector.selector)
        hint = f"contains(@class, {self.xpath_literal(class_selector.class_name)})"
        return self.xpath_attrib_includes(expression.add_condition(hint), "@class", class_selector.class_name)

    def xpath_child_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"parent::{_step(left)}")

    def xpath_descendant_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"ancestor::{_step(left)}")


def _step(expression: XPathExpr) -> str:
    return expression.element + (f"[{expression.condition}]" if expression.condition else "")


@cache
def compiled(css: str, whole: bool) -> etree.XPath:
    """One selector as XPath; in a whole document an id goes through the document's table of ids (its first element)."""
    xpath = Translator().css_to_xpath(css)
    return etree.XPath(LEADING_ID.sub(r"id('\1')", xpath) if whole else xpath)


@cache
def _alternatives(css: str, whole: bool) -> tuple[tuple[etree.XPath, tuple[str, ...]], ...]:
    """Each alternative of a selector with the names that a page's source must have for it."""
    each = (one.strip() for one in css.split(","))
    return tuple((compiled(one, whole), tuple(CSS_NAME.findall(one))) for one in each if one)


class Tree:
    """A page's HTML tree with its source. Raises `Rejected` for a text that has no tree."""

    def __init__(self, source: str, utf8: bytes | None = None) -> None:
        """`utf8` is the source in UTF-8, where it is at hand: encoding it again takes a tenth of the parsing."""
        selector = Selector(body=utf8, encoding="utf8", type="html") if utf8 else Selector(text=source, type="html")
        root = selector.root
        if not isinstance(root, etree._Element):
            raise Rejected("not_html", "the page is no HTML")
        self.source = source
        self.root: HtmlElement = root
        self._found: dict[str, list[HtmlElement]] = {}

    def select(self, css: str, within: HtmlElement | None = None) -> list[HtmlElement]:
        """Elements of the tree (or of an element in it) that the first fitting alternative selects, in order."""
        if within is not None:
            return self._select(css, within, whole=False)
        if css not in self._found:
            self._found[css] = self._select(css, self.root, whole=True)
        return self._found[css]

    def _select(self, css: str, within: HtmlElement, whole: bool) -> list[HtmlElement]:
        for xpath, names in _alternatives(css, whole):
            if all(name in self.source for name in names):
                found = cast("list[HtmlElement]", xpath(within))
                if found:
                    return found
        return []


def plain(element: HtmlElement | None) -> str:
    """An element's text on one line."""
    return " ".join("".join(element.itertext()).split()).strip(EDGES) if element is not None else ""
