"""The listing pages and their traps."""

from __future__ import annotations

import re

from crawler.demo.hall import Hall
from tests.demo.demo_reading import html

LINK = re.compile(r'href="([^"]+)"')


def pages(hall: Hall) -> list[str]:
    """The listing pages in their order."""
    return [html(hall, f"/GB/392912/index{n}.html") for n in range(1, hall.listings + 1)]


def test_there_are_seven_with_five_kinds_of_markup(hall: Hall) -> None:
    text = "\n".join(pages(hall))
    assert hall.listings == 7
    for mark in (
        '<div class="ej_list_box clear"><ul class="list_16',
        '<ul class="list_14">',
        '<div class="leftItem">',
        "<h5><a",
        '<div class="fl"><ul>\n<li>',
        '<i class="gray">',
        "<em>20",
        " [20",
        "<i>[",
    ):
        assert mark in text


def test_the_next_page_leads_through_all(hall: Hall) -> None:
    path, seen = hall.start, 1
    while found := re.search(r'<a href="(index\d+\.html)#fy01">下一页</a>', html(hall, path)):
        path, seen = f"/GB/392912/{found[1]}", seen + 1
    assert seen == hall.listings


def test_every_article_is_listed(hall: Hall) -> None:
    found = [link for page in pages(hall) for link in LINK.findall(page)]
    assert all(path in found for path in hall.listed)


def test_two_lists_behind_tabs(hall: Hall) -> None:
    assert len(re.findall('<div class="p2j_list"', pages(hall)[1])) == 2


def test_the_same_article_by_other_addresses(hall: Hall) -> None:
    links = [link for page in pages(hall) for link in LINK.findall(page)]
    for pattern in (r"\.html#liuyan$", r"\.html\?from=", r"^/n4/20\d\d/", r"-2\.html$"):
        found = [link for link in links if re.search(pattern, link)]
        assert found, pattern
        assert all(re.sub(r"[?#].*", "", link) in hall.resources or link.startswith("/n4/") for link in found)
    assert all(hall.find(link) for link in links if link.startswith("/n4/"))


def test_other_channels_are_linked_by_their_full_address(hall: Hall) -> None:
    assert all("http://politics.people.com.cn/n1/2019/" in page for page in pages(hall))


def test_the_pager_shows_six_numbers(hall: Hall) -> None:
    for number, page in enumerate(pages(hall), 1):
        pager = re.search(r'<div class="page_n clearfix">(.*?)</div>(<!--all page--><!--PageNo=7-->)?', page)
        assert pager
        assert len(re.findall(r">\d+</a>", pager[1])) == 6
        assert f"<a>{number}</a>" in pager[1]
        assert all(link.endswith("#fy01") for link in LINK.findall(pager[1]))
        assert ("上一页" in pager[1]) == (number > 1)
        assert ("下一页" in pager[1]) == (number < 7)
        assert bool(pager[2]) == bool(number % 2)
    assert "index7.html" not in pages(hall)[0]


def test_robots_allow_everything(hall: Hall) -> None:
    assert hall.resources["/robots.txt"].body.startswith(b"User-agent: *\nDisallow:\nCrawl-delay: 0.")
