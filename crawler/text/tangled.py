"""Markup on which a browser's parser would need the square of its length, and markup that libxml2 reads better.

What a block leaves open, `<font …>` or `<a …>`, a browser's parser repeats in each block that follows.
"""

from __future__ import annotations

import re

from lxml import etree

# So few tags and characters cost half a second and 200 MB at the worst, whatever they are.
FEW, SHORT = 1500, 60_000
# Of so many tags each may be open in the one before.
MANY = 20_000
# What is repeated, if it differs; of tags without attributes no more than three of a kind.
REPEATED = re.compile(r"<(?:a|b|big|code|em|font|i|s|small|strike|strong|tt|u)[\s/][^>]*", re.I)
# Bytes that may come of it. A repeated element takes so many besides its attributes.
MOST, ELEMENT = 400_000_000, 370
FORMATTING = "b big code em font i s small strike strong tt u".split()
PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)


def tangled(source: str) -> bool:
    """Whether a browser's parser may need very much time or memory for a page."""
    tags = source.count("<")
    if tags <= FEW and len(source) <= SHORT:
        return False
    if tags > MANY:
        return True
    repeated = set(REPEATED.findall(source))
    return sum(ELEMENT + len(tag) for tag in repeated) * tags > MOST


def straightened(source: str, *, bare: bool) -> str:
    """The source as libxml2 reads it: what a paragraph leaves open ends with it, no element is 2,000 deep.

    `bare`: without the attributes of what a browser's parser would repeat, so that it repeats little.
    """
    root = etree.fromstring(source.encode(), PARSER) if source.strip() else None
    if root is None:  # nothing but comments
        return ""
    for element in root.iter(*FORMATTING) if bare else ():
        element.attrib.clear()
    return etree.tostring(root, encoding="unicode", method="html")
