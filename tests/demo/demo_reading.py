"""Reads a page of the hall the plain way: decoded as it was encoded, tags cut off. No parser."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from crawler.demo.compose import conference
from crawler.demo.hall import Hall
from crawler.demo.model import Conference
from crawler.demo.programme import page_path
from crawler.demo.record import HOST

TAG = re.compile(r"<script.*?</script>|<style.*?</style>|<!--.*?-->|<[^>]*>", re.S)
CODECS = ("utf-8", "gbk", "big5")


def path_of(hall: Hall, index: int) -> str:
    """The address of a conference."""
    return str(hall.expected[index]["url"]).removeprefix(HOST)


@cache
def conferences(hall: Hall) -> list[Conference]:
    """All of them."""
    return [conference(index, hall.size) for index in range(hall.size)]


def decoded(body: bytes, *codecs: str) -> str:
    """The text of a page in the first codec that fits."""
    for codec in codecs or CODECS:
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            continue
    raise AssertionError("no codec fits")


@cache
def html(hall: Hall, path: str) -> str:
    """One page, decoded."""
    return decoded(hall.resources[path].body)


def article(hall: Hall, made: Conference) -> str:
    """All pages of an article, decoded, one behind the other."""
    return "\n".join(html(hall, page_path(made.path, number)) for number in range(1, made.slot.pages + 1))


def bare(text: str) -> str:
    """Without tags and white space."""
    return re.sub(r"\s", "", unescape(TAG.sub("", text)))
