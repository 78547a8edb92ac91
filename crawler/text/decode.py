"""Bytes to text. w3lib decides, except where it is measured wrong: the guards are here and nowhere else."""

from __future__ import annotations

import re
from typing import NamedTuple

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
    to_unicode,
)

SINGLE_BYTE = frozenset({"cp1252", "iso8859-1", "latin-1", "ascii"})
# Python codecs that are no character encoding of any page; others of that kind refuse to decode.
NO_CHARSET = frozenset(
    {"unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape", "idna", "punycode", "undefined"}
)
CHINESE = ("utf-8", "gb18030", "big5hkscs")
UNKNOWN = "\ufffd"
# A meta element stands at the head; w3lib looks no further than this either.
HEAD = 4096
CHARSET = re.compile(rb"charset", re.IGNORECASE)


class Decoded(NamedTuple):
    """A page's text and the codec that read it."""

    text: str
    encoding: str


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Text of a page: BOM, then valid UTF-8, then what header or meta declare, then whatever reads it best.

    UTF-8 under a gb2312 meta and a latin-1 header over a gb2312 meta are both read silently wrong by w3lib alone.
    NUL becomes U+FFFD, as the HTML standard has it, so that it is counted and not lost.
    """
    bom, mark = read_bom(body)
    if bom and mark:
        return _decoded(body[len(mark) :], bom)
    utf8 = None if body.isascii() else _utf8(body)
    if utf8 is not None:
        return Decoded(utf8.replace("\0", UNKNOWN) if b"\0" in body else utf8, "utf-8")
    decoded = _decoded(body, declared(body, content_type))
    if UNKNOWN not in decoded.text:
        return decoded
    # A page with a broken byte or two: of those that read it best UTF-8 goes first, or it would be read as GB18030.
    others = (_decoded(body, codec) for codec in CHINESE if codec != decoded.encoding)
    return min(
        (*others, decoded), key=lambda tried: (tried.text.count(UNKNOWN), tried.encoding != "utf-8", tried != decoded)
    )


def declared(body: bytes, content_type: str) -> str:
    """The codec that the page declares. A latin-1 header loses against a meta, and against bytes that are no ASCII:

    no hall is written in it. Nothing declared is GB18030.
    """
    header = _known(http_content_type_encoding(content_type) if content_type else None)
    if header and header not in SINGLE_BYTE:
        return header
    head = body[:HEAD]
    meta = html_body_declared_encoding(head) if CHARSET.search(head) else None
    return _known(meta and resolve_encoding(meta)) or ("ascii" if body.isascii() else "gb18030")


def _known(codec: str | None) -> str | None:
    """A codec that reads text; None for `hex` and its like, which a page may declare as well."""
    if codec is None or codec in NO_CHARSET:
        return None
    try:
        b"a".decode(codec)
    except (LookupError, UnicodeError):
        return None
    return codec


def _utf8(body: bytes) -> str | None:
    """Text of strict UTF-8, but for a last character that a cut may have halved; None for anything else."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        halved = error.start >= len(body) - 3 and error.reason == "unexpected end of data"
        return to_unicode(body, "utf-8") if halved else None


def _gbk(body: bytes) -> str | None:
    """Text of nothing but GBK, which Python reads to the same characters as GB18030 and faster; None for any other."""
    try:
        return body.decode("gbk")
    except UnicodeDecodeError:
        return None


def _decoded(body: bytes, codec: str) -> Decoded:
    text = _gbk(body) if codec == "gb18030" else None
    if text is None:
        text = to_unicode(body, codec)
    return Decoded(text.replace("\0", UNKNOWN) if b"\0" in body else text, codec)
