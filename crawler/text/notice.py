"""Answers that are no article: nothing, no HTML, a removed page, a page cut off in the middle of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from w3lib.encoding import read_bom

from crawler.items import Line, Page
from crawler.text.select import TEXT, Element, ancestors, followers

# Bodies that are plainly something else than HTML, whatever the header says.
MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
)
# An answer with one of these says that the article is gone; other errors, that it could not be had.
GONE = (404, 410)
# No page is larger; a tree takes up to forty times the bytes of a page that is nothing but tags.
MOST_BYTES = 10_000_000
MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|title|meta|div|p|h\d|table|span|a|br|font|center|li|ul)\b", re.I)
CONTENT = re.compile(rb"\S")
REMOVED = re.compile(
    r"(?:页面|頁面|网页|網頁|文章|内容|內容|稿件|新闻|新聞|信息)(?:已经|已經|已|不|未)(?:被)?(?:删除|刪除|存在|下线|下線|撤下|移除|找到)"
    r"|找不到(?:您|你)?(?:要|所)?(?:访问|訪問|请求|請求)?的?(?:页面|頁面|网页|網頁)|404 Not Found|Page Not Found"
)
CLOSED = re.compile(r"</\s*(?:body|html)\s*>", re.I)
TAIL = 20_000
OPENED = re.compile(r"<\s*(?:body|html)\b", re.I)
# A notice is short; a transcript that speaks of deleted articles is not.
NOTICE_LENGTH = 600
# A picture in an attribute may be as long. Of attributes a parser looks for each at all before it in the tag.
LONG_TAG, MOST_ATTRIBUTES = 100_000, 5_000
QUOTED = re.compile(rb"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
TAG = re.compile(rb"<[A-Za-z](?:[^>=]|" + QUOTED.pattern + rb"|=)*+")
BETWEEN_ATTRIBUTES = re.compile(rb"[\s/]++")


class Rejected(ValueError):
    """A page that is no transcript: `reason` is one of the quarantine's words, `detail` a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def reject_large(body: bytes) -> None:
    """Raise `Rejected` for what is too large to be parsed, or has a tag that is."""
    if len(body) > MOST_BYTES:
        raise Rejected("not_html", f"{len(body)} bytes are more than any page has")
    tags = (found[0] for found in TAG.finditer(body)) if len(body) > LONG_TAG else ()
    between = (BETWEEN_ATTRIBUTES.findall(QUOTED.sub(b"=", tag)) for tag in tags if len(tag) > LONG_TAG)
    most = max(map(len, between), default=0)
    if most > MOST_ATTRIBUTES:
        raise Rejected("not_html", f"{most} attributes are more than any tag has")


def has_failed(status: int) -> bool:
    """Whether an answer says that the page could not be had, so that a crawl asks again."""
    return status >= 400 and status not in GONE


def reject_answer(page: Page) -> None:
    """Raise `Rejected` for what can be told before parsing."""
    if page.missing:
        raise Rejected("incomplete", page.missing)
    if page.status in GONE:
        raise Rejected("gone", f"HTTP {page.status}")
    if page.status >= 400:
        raise Rejected("http_error", f"HTTP {page.status}")
    reject_large(page.body)
    begins = CONTENT.search(page.body)
    if not begins:
        raise Rejected("empty", "the page is white space" if page.body else "the page has no bytes")
    start = begins.start()
    if read_bom(page.body[start : start + 4])[0] not in (None, "utf-8"):
        return  # UTF-16 or UTF-32, which the patterns do not read
    if page.body.startswith(MAGIC, start) or not MARKUP.search(page.body, start, start + 20_000):
        raise Rejected("not_html", f"no HTML in {len(page.body)} bytes ({page.content_type or 'no content type'})")


def reject_later(page: Page, body: bytes) -> None:
    """Raise `Rejected`, as incomplete, for a later page's answer that cannot be one."""
    try:
        reject_answer(replace(page, body=body, more=()))
    except Rejected as rejected:
        raise Rejected("incomplete", f"a later page: {rejected.detail}") from None


def removed(text: str) -> str | None:
    """The words with which a short page says that its article was removed."""
    found = REMOVED.search(text) if len(text) < NOTICE_LENGTH else None
    return found[0] if found else None


def reject_cut_off(text: str, body: Element, lines: Sequence[Line]) -> None:
    """Raise `Rejected` where the HTML stops inside of the article: nothing closes it and nothing follows it."""
    if not lines or text.rfind("</html>") >= 0 or text.rfind("</body>") >= 0 or not OPENED.search(text):
        return
    if CLOSED.search(text, max(0, len(text) - TAIL)):
        return
    behind = (node for element in (body, *ancestors(body)) for node in followers(element))
    if all(node.tag == TEXT and not (node.text_content or "").strip() for node in behind):
        raise Rejected("cut_off", f"the HTML stops inside of the article, after {lines[-1].text[-20:]!r}")
