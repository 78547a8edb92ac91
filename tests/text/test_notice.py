"""Answers that are no article: gone, empty, no HTML, cut off; and pages that only speak of such."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Page
from crawler.spiders.acftu import AcftuSpider
from crawler.text.lines import write_lines
from crawler.text.listing import read_listing
from crawler.text.notice import (
    CLOSED,
    CONTENT,
    MARKUP,
    MOST_BYTES,
    NOTICE_LENGTH,
    OPENED,
    REMOVED,
    Rejected,
    reject_answer,
    reject_cut_off,
    removed,
)
from crawler.text.select import Tree


def page(body: bytes, status: int = 200, missing: str | None = None) -> Page:
    return Page(
        "acftu", "http://acftu.people.com.cn/", status, "text/html", "2017-03-10T00:00:00Z", body, missing=missing
    )


def reason_of(answer: Page) -> str | None:
    try:
        reject_answer(answer)
    except Rejected as rejected:
        return rejected.reason
    return None


def test_a_page_too_large_to_be_parsed_is_said_and_not_read() -> None:
    large, most = (b"<p>" + b" " * (MOST_BYTES - n) for n in (2, 3))
    assert (reason_of(page(large)), reason_of(page(most))) == ("not_html", None)
    with pytest.raises(Rejected):
        read_listing(AcftuSpider.site, "http://acftu.people.com.cn/GB/392912/index.html", large)


def test_a_rejection_says_why() -> None:
    rejected = Rejected("gone", "HTTP 404")
    assert (rejected.reason, rejected.detail, str(rejected)) == ("gone", "HTTP 404", "gone: HTTP 404")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"<html><p>x</p></html>"), None),
        (page("<p>夜校</p>".encode("gbk")), None),
        (page(b"\xef\xbb\xbf<!DOCTYPE html>"), None),
        (page(b"\r\n  <HTML>"), None),
        (page(b"x<br>y"), None),
        (page(b""), "empty"),
        (page(b" \r\n\t"), "empty"),
        (page(b"<p>x</p>", 404), "gone"),
        (page(b"", 410), "gone"),
        (page(b"<p>x</p>", 500), "http_error"),
        (page(b"<p>x</p>", 403), "http_error"),
        (page(b"<p>x</p>", missing="page 2 could not be had: HTTP 500"), "incomplete"),
        (page(b"", 404, "page 2"), "incomplete"),
        (page(b"%PDF-1.4 <p>"), "not_html"),
        (page(b"\x89PNG\r\n\x1a\n"), "not_html"),
        (page(b"\xff\xd8\xff\xe0 <p>"), "not_html"),
        (page(b"PK\x03\x04"), "not_html"),
        (page(b"\x1f\x8b\x08"), "not_html"),
        (page(b'{"error": "none"}'), "not_html"),
        (page("夜校开课了".encode()), "not_html"),
        (page(b"a < b and c > d"), "not_html"),
    ],
)
def test_what_can_be_told_before_parsing(answer: Page, reason: str | None) -> None:
    assert reason_of(answer) == reason


@pytest.mark.parametrize(
    "text",
    [
        "该文章已被删除",
        "您访问的页面不存在",
        "页面已删除",
        "網頁已經刪除",
        "文章未找到",
        "内容已下线",
        "找不到您要访问的页面",
        "找不到网页",
        "404 Not Found",
        "該頁面不存在",
    ],
)
def test_a_short_page_that_says_it_was_removed(text: str) -> None:
    assert removed(f"灯下网\n{text}，请返回。")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "夜校开课了",
        "删除了一条规定",
        "文章写得好",
        "页面很多",
        "问题已经不存在了",
        "404",
        "该文章已被删除" + "灯" * NOTICE_LENGTH,
    ],
)
def test_what_is_no_notice(text: str) -> None:
    assert removed(text) is None


WHOLE = '<html><body><div class="b"><p>灯亮了</p><p>书到了</p></div><div>版权</div></body></html>'


def is_cut_off(source: str, css: str = ".b") -> bool:
    tree = Tree(source)
    body = tree.select(css)[0]
    try:
        reject_cut_off(source, body, write_lines(body).lines)
    except Rejected as rejected:
        return rejected.reason == "cut_off"
    return False


@pytest.mark.parametrize(
    ("source", "cut"),
    [
        (WHOLE, False),
        (WHOLE.upper().replace("CLASS", "class").replace('"B"', '"b"'), False),
        (WHOLE.replace("</html>", "< / html >".replace("< /", "</")), False),
        (WHOLE.replace("</body></html>", ""), False),
        ('<div class="b"><p>灯亮了</p></div>', False),
        ('<html><body><div class="b"></div>', False),
        (WHOLE[: WHOLE.index("到了")], True),
        (WHOLE[: WHOLE.index("<p>书")], True),
        ('<html><body><div class="a"><div class="b"><p>灯亮', True),
    ],
)
def test_a_page_that_stops_inside_of_its_text(source: str, cut: bool) -> None:
    assert is_cut_off(source) is cut


@pytest.mark.parametrize("at", range(WHOLE.index("灯"), WHOLE.index("</div>")))
def test_a_cut_anywhere_in_the_text_is_seen(at: int) -> None:
    assert is_cut_off(WHOLE[:at] + "灯")


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (MARKUP, b"<P class=x>", b"<pre-alpha"),
        (MARKUP, b"< h1>", b"<headless"),
        (CLOSED, "</ BODY >", "</bodyguard>"),
        (OPENED, "<html lang=zh>", "<htmlx>"),
        (REMOVED, "文章已被删除", "文章已被转载"),
    ],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern, match: str | bytes, miss: str | bytes) -> None:
    assert pattern.search(match) and not pattern.search(miss)


@given(st.binary(max_size=80), st.integers(200, 599))
def test_any_answer_is_taken_or_rejected_for_a_known_reason(body: bytes, status: int) -> None:
    assert reason_of(page(body, status)) in {None, "empty", "gone", "http_error", "not_html"}


def test_where_a_body_begins() -> None:
    assert (begins := CONTENT.search(b" \r\n\t<p>")) and begins.start() == 4
    assert not CONTENT.search(b" \r\n\t\f\v")


def test_white_space_before_the_answer_hides_nothing() -> None:
    assert reason_of(page(b"\n" * 30_000 + b"<html>")) is None
    assert reason_of(page(b"\n %PDF-1.4 <p>")) == "not_html"
