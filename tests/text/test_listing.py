"""A page of the listing: its articles, its place in the pager, and the traps around both."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.spiders.acftu import AcftuSpider
from crawler.text.listing import Item, ListingPage, read_listing
from crawler.text.notice import Rejected

SITE = AcftuSpider.site
HALL = "http://acftu.people.com.cn"
URL = f"{HALL}/GB/392912/index2.html"
PATH = "/n1/2017/0309/c67502-{}.html"


def read(body: str, url: str = URL, codec: str = "utf-8") -> ListingPage:
    return read_listing(
        SITE, url, f'<html><head><meta charset="{codec}"></head><body>{body}</body></html>'.encode(codec)
    )


def link(number: int, title: str = "夜校开课", tail: str = "") -> str:
    return f'<li><a href="{PATH.format(number)}{tail}">{title}</a></li>'


LIST = '<div class="ej_list_box"><ul class="list_16">{}</ul></div>'


@pytest.mark.parametrize(
    "frame",
    [
        LIST,
        '<div class="p2j_list"><ul class="list_14">{}</ul></div>',
        '<div class="leftItem">{}</div>',
        '<div class="fl"><ul>{}</ul></div>',
        "<table>{}</table>",
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "gb2312"])
def test_the_items_of_each_look(frame: str, codec: str) -> None:
    found = read(frame.format(link(101) + link(102, "书到了")), codec=codec).items
    assert found == (
        Item(HALL + PATH.format(101), "夜校开课", "2017-03-09"),
        Item(HALL + PATH.format(102), "书到了", "2017-03-09"),
    )


def test_headlines_without_a_list() -> None:
    assert [
        i.title for i in read(f'<div class="hdNews"><h5><a href="{PATH.format(7)}">灯亮了</a></h5></div>').items
    ] == ["灯亮了"]


@pytest.mark.parametrize(
    ("beside", "day"),
    [
        ('<i class="gray">2017年03月08日</i>', "2017-03-08"),
        ("<em>2017-03-08</em>", "2017-03-08"),
        ("[2017-03-08]", "2017-03-08"),
        ("", "2017-03-09"),
    ],
)
def test_the_date_beside_a_link_counts_before_that_on_its_path(beside: str, day: str) -> None:
    assert read(LIST.format(link(101).replace("</li>", f"{beside}</li>"))).items[0].day == day


def test_an_old_path_carries_no_date() -> None:
    assert read(LIST.format('<li><a href="/GB/14562/10339.html">夜校</a></li>')).items == (
        Item(f"{HALL}/GB/14562/10339.html", "夜校", None),
    )


@pytest.mark.parametrize(
    "again",
    [
        link(101),
        link(101, "我来说两句", "#liuyan"),
        link(101, tail="?from=x"),
        link(101).replace("101.html", "101-2.html"),
        link(101).replace('href="', f'href="{HALL}/BIG5'),
    ],
)
def test_an_article_is_listed_once_under_its_first_title(again: str) -> None:
    found = read(LIST.format(link(101) + again)).items
    assert [(i.url, i.title) for i in found] == [(HALL + PATH.format(101), "夜校开课")]


def test_a_picture_link_does_not_take_the_title() -> None:
    assert [i.title for i in read(LIST.format(link(101, "<img src=a.jpg>") + link(101))).items] == ["夜校开课"]


def test_two_lists_in_tabs_are_both_read_and_links_outside_of_lists_are_not() -> None:
    body = (
        LIST.format(link(101))
        + LIST.format(link(102))
        + f'<div class="hot"><a href="{PATH.format(103)}">热点</a></div>'
    )
    assert [i.url for i in read(body).items] == [HALL + PATH.format(101), HALL + PATH.format(102)]


def test_articles_of_other_channels_are_listed_with_their_own_host() -> None:
    body = LIST.format(f'<li><a href="http://health.people.com.cn{PATH.format(5)}">灯</a></li>')
    assert read(body).items[0].url == "http://health.people.com.cn" + PATH.format(5)


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#top",
        "javascript:void(0)",
        "mailto:a@b.example",
        "http://[bad",
        "http://",
        "/GB/392912/index3.html",
        "/img/a.jpg",
        "//",
    ],
)
def test_links_that_are_no_article(href: str) -> None:
    assert read(LIST.format(f'<li><a href="{href}">夜校</a></li><li><a>灯</a></li>')).items == ()


def test_an_address_broken_over_lines_is_read() -> None:
    assert read(LIST.format(link(101).replace("c67502", "\n\tc67502"))).items[0].url == HALL + PATH.format(101)


PAGER = (
    '<div class="page_n clearfix"><a href="index1.html">上一页</a><a href="index1.html#fy01">1</a><a>2</a><a href="index3.html#fy01">3</a>'
    '<a href="index4.html">4</a><a href="index3.html#fy01">下一页</a></div>'
)


def test_the_pager() -> None:
    found = read(LIST.format(link(101)) + PAGER)
    assert (found.number, found.pages, found.declared, found.following) == (
        2,
        {1, 3, 4},
        None,
        f"{HALL}/GB/392912/index3.html",
    )


@pytest.mark.parametrize("words", ["下一页", "下一頁", "下一页>", " 下一页 »", "<b>下一页</b>"])
def test_the_words_for_the_next_page(words: str) -> None:
    assert read(f'<a href="index3.html">{words}</a>').following == f"{HALL}/GB/392912/index3.html"


@pytest.mark.parametrize("words", ["上一页", "尾页", "下一页的灯", "3"])
def test_other_words_are_not_the_next_page(words: str) -> None:
    assert read(f'<a href="index3.html">{words}</a>').following is None


@pytest.mark.parametrize("href", ["/GB/1/index3.html", "http://mirror.example/GB/392912/index3.html", "../index3.html"])
def test_a_pager_of_another_folder_or_host_is_not_followed(href: str) -> None:
    found = read(f'<a href="{href}">下一页</a>')
    assert found.following is None and not found.pages


@pytest.mark.parametrize(
    ("comment", "declared"),
    [
        ("<!--all page--><!--PageNo=12-->", 12),
        ("<!-- PageNo = 3 -->", 3),
        ("<!--PageNo=-->", None),
        ("PageNo=12", None),
        ("", None),
    ],
)
def test_the_number_of_pages_in_a_comment(comment: str, declared: int | None) -> None:
    assert read(PAGER + comment).declared == declared


@pytest.mark.parametrize(
    ("name", "number"),
    [("index.html", 1), ("", 1), ("index1.html", 1), ("index3.html#fy01", 3), ("wenzhang.html", None)],
)
def test_the_pages_own_number(name: str, number: int | None) -> None:
    assert read("", f"{HALL}/GB/392912/{name}").number == number


@pytest.mark.parametrize("body", [b"", b" ", b"<html></html>", b"\xff\xfe", "夜校".encode("gbk")])
def test_a_page_without_anything_lists_nothing(body: bytes) -> None:
    found = read_listing(SITE, URL, body)
    assert found.items == () and not found.pages and found.following is None


HREFS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\"'<>"), max_size=25)


@given(
    st.lists(HREFS | st.sampled_from(["http://[", "//[x", "http://h:x/", PATH.format(1), "index3.html"]), max_size=5)
)
def test_any_links_are_read(hrefs: list[str]) -> None:
    found = read(LIST.format("".join(f'<li><a href="{href}">下一页</a></li>' for href in hrefs)))
    assert len({item.url for item in found.items}) == len(found.items) and all(n > 0 for n in found.pages)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_rejected(body: bytes) -> None:
    with contextlib.suppress(Rejected):
        read_listing(SITE, URL, body)
