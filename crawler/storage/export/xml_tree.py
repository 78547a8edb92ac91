"""TEI elements: what XML cannot hold is replaced by U+FFFD and counted, never dropped."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID, XML_LANG = (f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("id", "lang"))
INCLUDE = "{http://www.w3.org/2001/XInclude}include"
# XML 1.0, production 2, turned round.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"
# XML Schema's language.
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
UNDETERMINED = "und"

Element = Any  # lxml-stubs have no name for what SubElement returns


class Tree:
    """An XML document under construction. `replaced` counts the characters that XML cannot hold."""

    def __init__(self, name: str, **attributes: str | None) -> None:
        self.replaced = 0
        self.root: Element = etree.Element(f"{{{TEI}}}{name}", nsmap={None: TEI})  # type: ignore[dict-item]
        self._set(self.root, attributes)

    def add(self, parent: Element, tag: str, text: str | None = None, /, **attributes: str | None) -> Element:
        """A new last child. Attributes that are None are left out; `id` and `lang` are XML's own."""
        child = etree.SubElement(parent, f"{{{TEI}}}{tag}")
        if text is not None:
            child.text = self.legal(text)
        self._set(child, attributes)
        return child

    def line(self, parent: Element, tag: str, text: str, /, **attributes: str | None) -> Element:
        """The same, with the text on one line."""
        return self.add(parent, tag, " ".join(text.split()), **attributes)

    def include(self, href: str) -> None:
        """Include another document at the end of the root."""
        etree.SubElement(self.root, INCLUDE, href=href, nsmap={"xi": "http://www.w3.org/2001/XInclude"})

    def legal(self, text: str) -> str:
        """A text that XML can hold."""
        safe, count = ILLEGAL.subn(REPLACEMENT, text)
        self.replaced += count
        return safe

    def _set(self, element: Element, attributes: dict[str, str | None]) -> None:
        for name, value in attributes.items():
            if value is not None:
                element.set({"id": XML_ID, "lang": XML_LANG}.get(name, name), self.legal(value))

    def count(self, name: str) -> int:
        """How many elements of a name there are."""
        return sum(1 for _ in self.root.iter(f"{{{TEI}}}{name}"))

    def as_bytes(self) -> bytes:
        """The document: a line for each element, text as it is."""
        _break_lines(self.root)
        found: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        return found + b"\n"


def _break_lines(element: Element) -> None:
    """A line break between elements where there is no text."""
    if len(element) and not (element.text or "").strip():
        element.text = "\n"
        for child in element:
            child.tail = "\n"
            _break_lines(child)


def language(code: str) -> str:
    """A language as XML has them, or `und`."""
    return code if LANGUAGE.fullmatch(code) else UNDETERMINED


def day(text: str | None) -> str | None:
    """The date at the beginning of a text, if it is one."""
    try:
        return date.fromisoformat((text or "")[:10]).isoformat()
    except ValueError:
        return None


def moment(day_: str | None, time: str | None) -> str | None:
    """A date with its time, or alone, as XML Schema has them."""
    try:
        return datetime.fromisoformat(f"{day_}T{time}:00").isoformat() if time else day(day_)
    except ValueError:
        return day(day_)
