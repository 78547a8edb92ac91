"""CSS on a page's tree, as parsel and cssselect have it, in XPath that libxml2 runs quickly."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import cast

from cssselect.parser import Class
from cssselect.xpath import XPathExpr
from lxml import etree
from lxml.etree import _Element as Element
from parsel.csstranslator import HTMLTranslator

from crawler.text.lines import EDGES

LEADING_ID = re.compile(r"^descendant-or-self::\*\[@id = '([\w-]+)'\]")
# The classes in a selector: a page that lacks one of them cannot match it.
CSS_CLASS = re.compile(r"\.([\w-]+)")
ANY_TAG = "descendant-or-self::*"
CLASSES = etree.XPath("//*/@class", smart_strings=False)
# Without the classes of lxml.html, which are looked up in Python for each element.
PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)
EMPTY = b"<html/>"


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
def _alternatives(css: str, whole: bool) -> tuple[tuple[etree.XPath, frozenset[str]], ...]:
    """Each alternative of a selector with the classes that a page must have for it; none where a tag is soon found."""
    each = [(compiled(one, whole), one) for one in map(str.strip, css.split(",")) if one]
    return tuple((xpath, frozenset(CSS_CLASS.findall(one) if ANY_TAG in xpath.path else ())) for xpath, one in each)


class Tree:
    """A page's HTML tree with its source."""

    def __init__(self, source: str, utf8: bytes | None = None) -> None:
        """`utf8` is the source in UTF-8, where it is at hand: encoding it again takes a tenth of the parsing."""
        body = utf8.strip() if utf8 else source.strip().encode()
        root = etree.fromstring(body or EMPTY, PARSER)
        # A page of nothing but comments and the like has no root.
        self.root: Element = root if root is not None else etree.fromstring(EMPTY, PARSER)
        self.source = source
        self._found: dict[str, list[Element]] = {}

    @cached_property
    def _classes(self) -> frozenset[str]:
        return frozenset(" ".join(cast("list[str]", CLASSES(self.root))).split())

    def select(self, css: str, within: Element | None = None) -> list[Element]:
        """Elements of the tree (or of an element in it) that the first fitting alternative selects, in order."""
        if within is not None:
            return self._select(css, within, whole=False)
        if css not in self._found:
            self._found[css] = self._select(css, self.root, whole=True)
        return self._found[css]

    def _select(self, css: str, within: Element, whole: bool) -> list[Element]:
        for xpath, classes in _alternatives(css, whole):
            if not classes or classes <= self._classes:
                found = cast("list[Element]", xpath(within))
                if found:
                    return found
        return []


def plain(element: Element | None) -> str:
    """An element's text on one line."""
    return " ".join("".join(map(str, element.itertext())).split()).strip(EDGES) if element is not None else ""
