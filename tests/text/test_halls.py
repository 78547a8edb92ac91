"""The halls' addresses and listings: numbers, pages, editions, tabs, as their sites say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import (
    article_of,
    canonical,
    first_page,
    is_host,
    later_page,
    later_pages,
    listing_address,
    listing_page,
    path_day,
    record_id,
)
from crawler.site import Site
from crawler.spiders._people import people_site
from crawler.spiders.acftu import AcftuSpider
from crawler.spiders.csrc import CsrcSpider
from crawler.spiders.govcn import GovcnSpider
from crawler.spiders.mfa import MfaSpider
from crawler.spiders.mod import ModSpider
from crawler.spiders.mofcom import MofcomSpider
from crawler.spiders.people import PeopleSpider
from crawler.spiders.scio import ScioSpider
from crawler.text.listing import Item, read_listing
from tests.halls import ROOT

MFA, SCIO, GOVCN, MOD = MfaSpider.site, ScioSpider.site, GovcnSpider.site, ModSpider.site
MOFCOM, CSRC, PEOPLE = MofcomSpider.site, CsrcSpider.site, PeopleSpider.site
FMPRC = "https://www.fmprc.gov.cn/web/fyrbt_674889/"
POLITICS = "http://politics.people.com.cn"


@pytest.mark.parametrize(
    ("site", "url", "number", "page"),
    [
        (MFA, "https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/t1200001.shtml", "t1200001", 1),
        (MFA, "https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/t1200001_1.shtml", "t1200001", 2),
        (MFA, "https://www.mfa.gov.cn/web/fyrbt_673021/202608/t20260820_12007399.shtml", "t20260820_12007399", 1),
        (MFA, "https://www.mfa.gov.cn/eng/xw/202608/t20260820_12007399_2.html", "t20260820_12007399", 3),
        (SCIO, "http://www.scio.gov.cn/xwfbh/xwbfbh/wqfbh/44687/47513/index.htm", "47513", 1),
        (SCIO, "http://www.scio.gov.cn/xwfbh/xwbfbh/wqfbh/44687/47513/index_1.htm", "47513", 2),
        (SCIO, "http://www.scio.gov.cn/live/2023/32345/tw/index.html", "32345", 1),
        (SCIO, "http://www.scio.gov.cn/live/2023/32345/", "32345", 1),
        (GOVCN, "http://www.gov.cn/wszb/zhibo550/content_2245680.htm", "550", 1),
        (GOVCN, "http://www.gov.cn/wszb/zhibo550/", "550", 1),
        (MOD, "http://www.mod.gov.cn/jzhzt/2018-12/27/content_4827859_2.htm", "4827859", 2),
        (MOFCOM, "http://www.mofcom.gov.cn/xwfbh/20230824.shtml", "20230824", 1),
        (CSRC, "http://www.csrc.gov.cn/pub/newsite/zjhxwfb/xwfbh/201901/t20190118_350005.html", "t20190118_350005", 1),
        (PEOPLE, f"{POLITICS}/n1/2019/0615/c1024-31153719-2.html", "31153719", 2),
    ],
)
def test_an_article_s_number_and_page(site: Site, url: str, number: str, page: int) -> None:
    assert article_of(site, url) == (number, page)
    assert record_id(site, url, None) == f"{site.name}/{number}"
    if page > 1:
        assert later_page(site, first_page(site, url), page) == url
        name = url.rpartition("/")[2]
        assert later_pages(site, first_page(site, url), f'<a href="{name}">x</a>'.encode()) == {page}


@pytest.mark.parametrize(
    ("site", "url"),
    [
        (MFA, "https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/default_1.shtml"),
        (MFA, "https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/"),
        (SCIO, "http://www.scio.gov.cn/xwfbh/xwbfbh/wqfbh/44687/index.htm"),
        (SCIO, "http://www.scio.gov.cn/xwfbh/xwbfbh/wqfbh/index_1.htm"),
        (GOVCN, "http://www.gov.cn/wszb/index_1.htm"),
        (MOD, "http://www.mod.gov.cn/jzhzt/node_46940_2.htm"),
        (CSRC, "http://www.csrc.gov.cn/pub/newsite/zjhxwfb/xwfbh/index_1.html"),
    ],
)
def test_what_is_no_article(site: Site, url: str) -> None:
    assert article_of(site, url) is None


def test_a_listing_s_page_number_in_the_folder_of_events_is_no_event_s_later_page() -> None:
    event = "http://www.scio.gov.cn/xwfbh/xwbfbh/wqfbh/44687/47513/index.htm"
    assert later_pages(SCIO, event, b'<a href="../index_1.htm">2</a><a href="/xwfbh/index_3.htm">3</a>') == set()
    own = b"<a href='./index_1.htm'>2</a><a href=/xwfbh/xwbfbh/wqfbh/44687/47513/index_2.htm>3</a>"
    assert later_pages(SCIO, event, own) == {2, 3}


def test_all_tabs_of_an_event_are_its_transcript() -> None:
    tabs = ["", "index.html", "tp/index.html", "sp/", "tw/index.html"]
    asked = {first_page(SCIO, f"http://www.scio.gov.cn/live/2023/32345/{tab}") for tab in tabs}
    assert asked == {"http://www.scio.gov.cn/live/2023/32345/tw/index.html"}
    links = "".join(
        f'<li><span class="ftime fr">[2023-08-18]</span><a href="/live/2023/32345/{t}">会</a></li>' for t in tabs
    )
    page = read_listing(SCIO, SCIO.listing.url, f'<div id="PagerOutline1"><ul>{links}</ul></div>'.encode())
    assert page.items == (Item("http://www.scio.gov.cn/live/2023/32345/tw/index.html", "会", "2023-08-18"),)


def test_the_canonical_address_is_the_hall_s_https_host() -> None:
    for host in ("http://www.mfa.gov.cn", "https://mfa.gov.cn", "http://127.0.0.1:8739", "https://mirror.example"):
        assert canonical(MFA, host + "/web/fyrbt_674889/t1200001.shtml?x=1#y") == FMPRC + "t1200001.shtml"


@pytest.mark.parametrize(
    ("site", "start", "second"),
    [
        (MFA, FMPRC + "default.shtml", "default_1.shtml"),
        (MFA, FMPRC + "index.shtml", "index_1.shtml"),
        (MFA, FMPRC + "index.html", "index_1.html"),
        (MFA, FMPRC, "default_1.shtml"),
        (SCIO, "http://www.scio.gov.cn/xwfbh/index.htm", "index_1.htm"),
        (SCIO, "http://www.scio.gov.cn/live/index.html", "index_1.html"),
        (MOD, "http://www.mod.gov.cn/jzhzt/node_46940.htm", "node_46940_2.htm"),
        (AcftuSpider.site, "http://acftu.people.com.cn/GB/392912/index.html", "index2.html"),
    ],
)
def test_the_second_listing_page_is_named_as_the_first_is(site: Site, start: str, second: str) -> None:
    address = listing_address(site, start, 2)
    assert address.rpartition("/")[2] == second
    assert listing_page(site, address) == 2
    assert listing_page(site, start) == 1
    if not start.endswith("/"):
        assert listing_address(site, address, 1) == start


@given(st.sampled_from([MFA, SCIO, GOVCN, MOD, MOFCOM, CSRC, PEOPLE]), st.integers(1, 5000), st.integers(1, 5000))
def test_a_listing_page_s_address_and_number_agree(site: Site, one: int, other: int) -> None:
    address = listing_address(site, site.listing.url, one)
    assert listing_page(site, address) == one
    assert listing_address(site, address, other) == listing_address(site, site.listing.url, other)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/web/202608/t20260820_12007399.shtml", "2026-08-20"),
        ("/jzhzt/2018-12/27/content_4827859.htm", "2018-12-27"),
        ("/n1/2016/1222/c392912-28970283.html", "2016-12-22"),
        ("/web/202613/t20261340_12007399.shtml", None),
        ("/live/2023/32345/tw/index.html", None),
    ],
)
def test_the_day_on_a_path(path: str, day: str | None) -> None:
    found = path_day("http://example.org" + path)
    assert (found and found.isoformat()) == day


LISTED = (
    '<div class="rebox_news"><ul><li><a href="./t1200002.shtml">2014年5月7日发言人主持例行记者会</a>(2014-05-08)</li>'
    '<li><a href="./201405/t20140506_1200001.shtml">发言人谈话</a>(2014-05-06)</li></ul></div>'
    '<li><a href="./t1100000.shtml">相关</a></li><script>var countPage = 12//共多少页</script>'
)


def test_a_date_beside_a_link_counts_before_the_one_in_its_title() -> None:
    page = read_listing(MFA, FMPRC + "default_3.shtml", LISTED.encode())
    assert [(item.url.removeprefix(FMPRC), item.day) for item in page.items] == [
        ("t1200002.shtml", "2014-05-08"),
        ("201405/t20140506_1200001.shtml", "2014-05-06"),
    ]
    assert (page.number, page.declared) == (4, 12)
    undated = read_listing(MFA, FMPRC, LISTED.replace("(2014-05-08)", "").encode())
    assert undated.items[0].day == "2014-05-07"


def test_a_list_whose_items_are_the_links_themselves() -> None:
    page = '<div class="newsBd"><a href="./t1200002.shtml">2014年5月7日发言人主持例行记者会</a></div><a href="./t1.shtml">相关</a>'
    assert [(item.url.removeprefix(FMPRC), item.day) for item in read_listing(MFA, FMPRC, page.encode()).items] == [
        ("t1200002.shtml", "2014-05-07")
    ]


def test_a_family_s_channels_are_the_hall_s_unless_a_start_names_one() -> None:
    assert is_host(PEOPLE, f"{POLITICS}/n1/2019/0615/c1024-31153719.html")
    assert is_host(PEOPLE, f"{POLITICS}/n1/x.html", f"{POLITICS}/GB/1024/index.html")
    assert not is_host(PEOPLE, "http://world.people.com.cn/n1/x.html", f"{POLITICS}/GB/1024/index.html")
    assert not is_host(PEOPLE, "http://people.com.cn.example/n1/x.html")
    assert canonical(PEOPLE, f"{POLITICS}/BIG5/n1/2019/0615/c1024-31153719.html").startswith(POLITICS + "/n1/")


def test_a_channel_is_its_node() -> None:
    assert people_site("acftu", "acftu.people.com.cn", 392912) == AcftuSpider.site
    assert people_site("hubei", "hb.people.com.cn", 81975).listing.url == "http://hb.people.com.cn/GB/81975/index.html"


@pytest.mark.parametrize("site", [MFA, SCIO, GOVCN, MOD, MOFCOM, CSRC, PEOPLE, AcftuSpider.site], ids=lambda s: s.name)
def test_each_hall_has_a_page_that_names_its_layouts(site: Site) -> None:
    text = (ROOT / f"docs/halls/{site.name}.md").read_text("utf8")
    if site.name == "acftu":
        assert "people.md" in text
        return
    assert [layout.name for layout in site.layouts if f"`{layout.name}`" not in text] == []
