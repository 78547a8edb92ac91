"""Text to bytes: the encodings of the site and what its servers say about them."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Resource


@dataclass(frozen=True, slots=True)
class Wire:
    """The codec of the bytes, the charset of the meta, the charset of the header."""

    codec: str
    meta: str
    header: str | None = None

    @property
    def content_type(self) -> str:
        """The header's value."""
        return f"text/html; charset={self.header}" if self.header else "text/html"


WIRES = {
    "gbk": Wire("gbk", "GB2312"),
    "gbk-latin1": Wire("gbk", "GB2312", "ISO-8859-1"),
    "gbk-header": Wire("gbk", "GB2312", "GBK"),
    "utf8": Wire("utf-8", "utf-8"),
    "utf8-header": Wire("utf-8", "utf-8", "utf-8"),
    "utf8-gb2312": Wire("utf-8", "GB2312"),
    "big5": Wire("big5", "big5"),
}


def encoded(html: str, wire: str, status: int = 200) -> Resource:
    """A page as it goes over the wire; what a codec lacks becomes a numeric reference."""
    kind = WIRES[wire]
    body = html.encode(kind.codec, "xmlcharrefreplace")
    return Resource(status, {"Content-Type": kind.content_type}, body)
