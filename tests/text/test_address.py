"""Which article an address names, in every way that it may be written, and its one canonical address."""

from datetime import date
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import (
    article_of,
    canonical,
    first_page,
    is_host,
    is_mirror,
    later_page,
    later_pages,
    linked,
    listing_address,
    listing_page,
    path_day,
    record_id,
)
from crawler.reach import is_local, is_private
from crawler.spiders.acftu import AcftuSpider

SITE = AcftuSpider.site
HALL = "http://acftu.people.com.cn"
ARTICLE = f"{HALL}/n1/2017/0309/c67502-90011001.html"
SAME = [
    ARTICLE,
    f"{ARTICLE}#fy01",
    f"{ARTICLE}?from=timeline&isappinstalled=0",
    ARTICLE.replace("http:", "https:"),
    f"{HALL}/BIG5/n1/2017/0309/c67502-90011001.html",
    f"{HALL}/n1/2017/0309/c67502-90011001-2.html",
    f"{HALL}/BIG5/n1/2017/0309/c67502-90011001-12.html?x=1#y",
    "http://m.people.cn/n4/2017/0309/c67502-90011001.html",
    "https://m.people.cn/n4/2017/0309/c67502-90011001-2.html",
    "http://mirror.example/n1/2017/0309/c67502-90011001.html",
    "http://127.0.0.1:8042/BIG5/n1/2017/0309/c67502-90011001.html",
    "http://ACFTU.people.com.cn/n1/2017/0309/c67502-90011001.html",
]
FORMS = [
    "/GB/14562/10339.html",
    "/GB/1/2/10339.html",
    "/BIG5/14562/10339.html",
    "/n/2013/0425/c67502-10339.html",
    "/n1/2016/1222/c67502-10339.html",
    "/n2/2016/1222/c81975-10339.html",
    "/n3/2016/1222/c90000-10339.html",
    "/n4/2019/0619/c131-10339.html",
    "/2017/n1/2016/1222/c67502-10339.html",
    "/xuexi/n1/2016/1222/c67502-10339.html",
    "/n1/2016/1222/c67502-10339.htm",
    "/BIG5/n1/2016/1222/c67502-10339.html",
]
NUMBERS = st.integers(1, 10**9).map(str)


@pytest.mark.parametrize("url", SAME)
def test_every_way_of_writing_an_article_has_one_canonical_address_and_id(url: str) -> None:
    assert canonical(SITE, url) == ARTICLE
    assert record_id(SITE, url, None) == "acftu/90011001"


@pytest.mark.parametrize("path", FORMS)
def test_every_form_of_path_names_the_article(path: str) -> None:
    assert article_of(SITE, HALL + path) == ("10339", 1)
    assert article_of(SITE, HALL + path.replace(".htm", "-3.htm")) == ("10339", 3)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/GB/392912/index.html",
        "/GB/392912/index2.html",
        "/n1/2016/1222/c67502.html",
        "/n1/2016/1222/10339.html",
        "/img/c67502-10339.jpg",
        "/GB/10339.html",
        "/n1/2016/1222/c67502-10339.html.bak",
        "/n1/2016/1222/c67502-10339-.html",
        "/?u=/n1/2016/1222/c67502-10339.html",
    ],
)
def test_other_pages_name_no_article(path: str) -> None:
    assert article_of(SITE, HALL + path) is None


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (f"{HALL}/BIG5/392912/index.html", f"{HALL}/GB/392912/index.html"),
        (f"{HALL}/BIG5/14562/90011001.html", f"{HALL}/GB/14562/90011001.html"),
        (f"{HALL}/2017/n1/2017/0309/c67502-90011001.html", f"{HALL}/2017/n1/2017/0309/c67502-90011001.html"),
        (f"{HALL}/BIG5/2017/n1/2017/0309/c67502-90011001.html", f"{HALL}/2017/n1/2017/0309/c67502-90011001.html"),
        (
            "https://health.people.com.cn/n1/2017/0309/c67502-5.html#a",
            "http://health.people.com.cn/n1/2017/0309/c67502-5.html",
        ),
        ("http://notpeople.com.cn/n1/2017/0309/c67502-90011001.html", ARTICLE),
    ],
)
def test_canonical_addresses_of_listings_prefixes_and_other_channels(url: str, address: str) -> None:
    assert canonical(SITE, url) == address


def test_a_node_of_four_digits_keeps_gb() -> None:
    assert canonical(SITE, f"{HALL}/BIG5/1026/90011001.html") == f"{HALL}/GB/1026/90011001.html"


def test_a_word_prefix_behind_big5_is_the_same_path() -> None:
    assert (
        canonical(SITE, f"{HALL}/BIG5/xuexi/n1/2017/0309/c67502-90011001.html")
        == f"{HALL}/xuexi/n1/2017/0309/c67502-90011001.html"
    )


def test_a_page_number_with_a_leading_zero() -> None:
    assert (
        first_page(SITE, f"{HALL}/n1/2017/0309/c67502-29011001-02.html") == f"{HALL}/n1/2017/0309/c67502-29011001.html"
    )


@pytest.mark.parametrize("url", [*SAME, f"{HALL}/GB/392912/index2.html"])
def test_canonical_is_idempotent(url: str) -> None:
    assert canonical(SITE, canonical(SITE, url)) == canonical(SITE, url)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (f"{ARTICLE}?x=1#y", ARTICLE),
        (f"{HALL}/n1/2017/0309/c67502-20-2.html", f"{HALL}/n1/2017/0309/c67502-20.html"),
        ("http://127.0.0.1:8042/BIG5/1/22-22.html?x", "http://127.0.0.1:8042/BIG5/1/22.html"),
        (f"{HALL}/GB/392912/index2.html?page=2#top", f"{HALL}/GB/392912/index2.html?page=2"),
    ],
)
def test_the_first_page_stays_on_its_host_and_script(url: str, asked: str) -> None:
    assert first_page(SITE, url) == asked


@given(path=st.sampled_from(FORMS), number=NUMBERS, page=st.integers(2, 999))
def test_later_page_and_first_page_are_inverse(path: str, number: str, page: int) -> None:
    first = HALL + path.replace("10339", number)
    later = later_page(SITE, first, page)
    assert article_of(SITE, later) == (number, page)
    assert first_page(SITE, later) == first
    assert later_page(SITE, later, page) == later


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (b'<a href="c67502-90011001-2.html">2</a><a href="/n1/2017/0309/c67502-90011001-3.html">', {2, 3}),
        (b'<a href="c67502-90011001.html"><a href="c67502-90011001-1.html">', set()),
        (b'<a href="c67502-90011002-2.html">', set()),
        (b'<a href="c67502-90011001-2xhtml">', set()),
        ('<p>夜校</p><a href="c67502-90011001-2.html">下一页</a>'.encode("gbk"), {2}),
        (b"", set()),
    ],
)
def test_later_pages_that_a_source_links(body: bytes, pages: set[int]) -> None:
    assert later_pages(SITE, ARTICLE, body) == pages
    assert later_pages(SITE, later_page(SITE, ARTICLE, 2), body) == pages


def test_a_longer_number_is_another_article() -> None:
    assert later_pages(SITE, f"{HALL}/GB/14562/10339.html", b'<a href="/GB/14562/9910339-2.html">') == set()


@pytest.mark.parametrize(
    ("url", "announced", "id_"),
    [(f"{HALL}/wenzhang", "777", "acftu/777"), (ARTICLE, "777", "acftu/90011001")],
)
def test_the_id_is_the_addresss_or_the_pages_number(url: str, announced: str, id_: str) -> None:
    assert record_id(SITE, url, announced) == id_


def test_an_id_without_any_number_is_stable_and_differs_by_address() -> None:
    one, other = record_id(SITE, f"{HALL}/deng", None), record_id(SITE, f"{HALL}/zhu", None)
    assert one != other and one == record_id(SITE, "https://acftu.people.com.cn/deng?x=1#y", None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        (ARTICLE, date(2017, 3, 9)),
        (f"{HALL}/n1/2017/1309/c1-2.html", None),
        (f"{HALL}/n1/1917/0309/c1-2.html", None),
        (f"{HALL}/n1/2017/309/c1-2.html", None),
        (f"{HALL}/GB/14562/10339.html", None),
        (f"{HALL}/?/2017/0309/", None),
    ],
)
def test_the_day_on_the_path(url: str, day: date | None) -> None:
    assert path_day(url) == day


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("index.html", 1),
        ("index1.html", 1),
        ("", 1),
        ("index2.html", 2),
        ("index12.html#fy01", 12),
        ("index2.htm", None),
        ("indexa.html", None),
        ("xindex2.html", None),
        ("c67502-10339.html", None),
    ],
)
def test_the_number_of_a_listing_page(name: str, number: int | None) -> None:
    assert listing_page(SITE, f"{HALL}/GB/392912/{name}") == number


@given(st.integers(1, 999_999))
def test_listing_address_and_listing_page_are_inverse(number: int) -> None:
    address = listing_address(SITE, "http://127.0.0.1:1/BIG5/392912/index7.html?x#y", number)
    assert listing_page(SITE, address) == number and address.startswith("http://127.0.0.1:1/BIG5/392912/")


HOSTS = {
    "http://acftu.people.com.cn/": (True, False, False, False),
    "https://m.people.cn/n4/": (True, False, False, False),
    "http://health.people.com.cn/": (False, False, False, False),
    "http://people.com.cn/": (False, False, False, False),
    "http://mirror.example/": (False, False, False, True),
    "http://notpeople.com.cn/": (False, False, False, True),
    "http://acftu.people.com.cn.mirror.example/": (False, False, False, True),
    "http://localhost:80/": (False, True, True, False),
    "http://a.localhost/": (False, True, True, False),
    "http://127.0.0.1:8042/": (False, True, True, False),
    "http://127.9.9.9/": (False, True, True, False),
    "http://[::1]:8042/": (False, True, True, False),
    "http://10.1.2.3/": (False, False, True, True),
    "http://192.168.0.1/": (False, False, True, True),
    "http://169.254.169.254/": (False, False, True, True),
    "http://0.0.0.0/": (False, False, True, True),
    "http://[::ffff:127.0.0.1]/": (False, None, True, None),
    "http://8.8.8.8/": (False, False, False, True),
    "http://localhost.example/": (False, False, False, True),
}


@pytest.mark.parametrize(("url", "expected"), HOSTS.items())
def test_whose_host_it_is(url: str, expected: tuple[bool | None, ...]) -> None:
    told = (is_host(SITE, url), is_local(url), is_private(url), is_mirror(SITE, url))
    assert all(wanted is None or wanted == got for wanted, got in zip(expected, told, strict=True)), told


def test_the_start_is_a_host_of_the_run_with_its_port_and_web_schemes_only() -> None:
    assert is_host(SITE, "http://127.0.0.1:8042/a", "http://127.0.0.1:8042/GB/")
    assert not is_host(SITE, "http://127.0.0.1:8043/a", "http://127.0.0.1:8042/GB/")
    assert not is_host(SITE, "ftp://acftu.people.com.cn/")


@given(st.text(st.characters(exclude_characters="[]", exclude_categories=["Cs"]), max_size=40))
def test_any_path_has_an_address_and_an_id(path: str) -> None:
    url = f"{HALL}/{path}"
    assert canonical(SITE, url).startswith(HALL)
    assert record_id(SITE, url, None).startswith("acftu/")
    later_pages(SITE, url, path.encode()), listing_page(SITE, url), path_day(url)


STEPS = st.sampled_from(["a", "n1", "2017", "c-1", "_x", ".", "..", "", "a.b", "..a", "\u6587", "a b", "x;y", "%2e"])
ENDS = st.sampled_from(["", "index.html", "a.tar.gz", "a.", ".html", "x?y=1", "?", "a#b", "a:b"])


@given(st.lists(STEPS, max_size=5), ENDS, st.sampled_from(["", "/", "//", "http://o.test/"]))
def test_a_link_leads_where_a_browser_goes(steps: list[str], end: str, opening: str) -> None:
    href = opening + "/".join([*steps, end])
    base = "http://acftu.people.com.cn:81/GB/392912/index.html?x#y"
    target = linked(base, href)
    assert target in (None, urljoin(base, href.strip()).partition("#")[0])


def test_a_link_on_a_page_without_a_host_is_none() -> None:
    assert linked("http://h.test/a", "/b/c.html") == "http://h.test/b/c.html"
    assert [linked(base, "/b/c.html") for base in ("", "/a", "http://h.test:0/", "http://[x/", "http://:80/")] == [
        None
    ] * 5
