"""Reading sitemaps and feeds, and the tour through them: by example, and on bytes that are anything."""

from __future__ import annotations

import gzip
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.sitemap import FEED, INDEX, SITEMAP, Entry, SitemapPage, day_of, read_sitemap
from crawler.spiders.acftu import AcftuSpider
from crawler.spiders.mfa import MfaSpider
from crawler.spiders.people import PeopleSpider
from crawler.text.notice import Rejected
from crawler.tour import DEEPEST, Tour, named

ACFTU, PEOPLE = AcftuSpider.site, PeopleSpider.site
HOST = "http://acftu.people.com.cn"
WWW = "http://www.people.com.cn"
START = ACFTU.listing.url
MOST = 1_000_000
OWN = f"{HOST}/n1/2018/0508/c392912-1001.html"


def entries(body: str | bytes, url: str = f"{WWW}/sitemap.xml") -> SitemapPage:
    return read_sitemap(url, body.encode() if isinstance(body, str) else body, MOST)


def test_a_sitemap_in_any_wrapping() -> None:
    plain = (
        f"<urlset><url><loc> {OWN} </loc><lastmod>2018-05-08</lastmod></url><url><loc>/a.html#top</loc></url></urlset>"
    )
    right = SitemapPage(SITEMAP, (Entry(OWN, "2018-05-08"), Entry(f"{WWW}/a.html")))
    spaced = plain.replace("<urlset>", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    for body in (plain, spaced, "\ufeff\n" + plain, gzip.compress(plain.encode())):
        assert entries(body) == right


def test_a_robots_txt_names_sitemaps() -> None:
    page = entries("User-agent: *\nSitemap: /one.xml\nsitemap: http://other.example/two.xml\n", f"{WWW}/robots.txt")
    assert page == SitemapPage(INDEX, (Entry(f"{WWW}/one.xml"), Entry("http://other.example/two.xml")))


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel><link>/x</link><item><link>/a.html</link><pubDate>Tue, 08 May 2018 20:00:00 GMT</pubDate></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/x"/><entry><link rel="self" href="/no"/><link href="/a.html"/>'
        "<published>2018-05-08T20:00:00Z</published></entry></feed>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><item><link>/a.html</link><dc:date>2018-05-08T20:00:00+00:00</dc:date></item></rdf:RDF>',
    ],
)
def test_feeds_of_three_kinds(body: str) -> None:
    """Eight in the evening in Greenwich is the next day in the hall."""
    page = entries(body)
    assert (page.kind, [entry.url for entry in page.entries]) == (FEED, [f"{WWW}/a.html"])
    assert day_of(page.entries[0].published, "+08:00") == "2018-05-09"


@pytest.mark.parametrize("text", ["", "gestern", "2018-13-45", "Tue, 99 May 2018", "0001-01-01T00:00:00+14:00"])
def test_a_bad_date_is_none(text: str) -> None:
    (entry,) = entries(f"<rss><item><link>/a</link><pubDate>{text}</pubDate></item></rss>").entries
    assert day_of(entry.published, "+08:00") is None or text.startswith("0001")
    assert day_of(datetime.fromisoformat("9999-12-31T23:59:59+00:00"), "+08:00") is None


ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + ENTITIES + b"]>"


@pytest.mark.parametrize(
    "form", [b"<urlset><url><loc>%s</loc></url></urlset>", b"<rss><item><link>%s</link></item></rss>"]
)
@pytest.mark.parametrize("entity", [b"&j;", b"&file;"])
def test_no_entity_is_expanded(form: bytes, entity: bytes) -> None:
    file = b'<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    page = entries(BOMB.replace(b"]>", file) + form % (b"http://x/" + entity))
    assert not any(len(entry.url) > 10 for entry in page.entries)


@pytest.mark.parametrize(
    "body", ["", "hello", "<html><body><p>x<br></body></html>", "<!DOCTYPE html>", b"\x1f\x8b\x08\x00"]
)
def test_what_is_none_is_refused(body: str | bytes) -> None:
    with pytest.raises(Rejected):
        entries(body)


def test_a_gzip_bomb_is_refused() -> None:
    with pytest.raises(Rejected, match="more than 1000000 bytes"):
        entries(gzip.compress(b"<urlset>" + b" " * (MOST + 1)))


def test_what_stops_before_its_end_is_said_and_a_bare_ampersand_is_no_end() -> None:
    whole = f"<urlset><url><loc>{OWN}</loc></url></urlset>"
    cut = entries(whole[:-9])
    assert [entry.url for entry in cut.entries] == [OWN] and "to its end" in str(cut.damage)
    assert entries(whole.replace(OWN, OWN + "?a=1&b=2")).damage is None


PIECES = st.sampled_from(
    ["<urlset>", "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "<rss>", "<item>", "<link>", "<sitemapindex>", "<feed>",
     "<entry>", '<link href="http://[">', "&amp;", "&a;", "<![CDATA[", "]]>", "<!--", "\x00", "\ud800", OWN, "<a", "="]
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=200), st.lists(PIECES, max_size=20).map(lambda p: "".join(p).encode("utf8", "replace"))
    )
)
@example(gzip.compress(b"<urlset>")[:-3])
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        page = entries(body)
    except Rejected:
        return
    Tour(ACFTU, START, [f"{WWW}/sitemap.xml"]).articles(page)


# The tour.


def test_a_start_elsewhere_has_its_own_copies() -> None:
    assert named(ACFTU, START) == [f"{WWW}/sitemap_index.xml"]
    assert named(ACFTU, "http://127.0.0.1:8000/GB/392912/index.html") == ["http://127.0.0.1:8000/sitemap_index.xml"]
    assert named(PEOPLE, "http://politics.people.com.cn/GB/1024/index.html") == [f"{WWW}/sitemap_index.xml"]
    assert named(MfaSpider.site, MfaSpider.site.listing.url) == []


@pytest.mark.parametrize(
    ("url", "own"),
    [
        (OWN, True),
        (OWN.replace("acftu.", "m.").replace("com.cn", "cn"), True),
        (OWN.replace("c392912", "c67502"), False),
        (OWN.replace("acftu", "politics"), False),
        (OWN.replace("http", "ftp"), False),
        (START, False),
    ],
)
def test_only_articles_of_the_hall_s_hosts_and_channel_count(url: str, own: bool) -> None:
    tour = Tour(ACFTU, START)
    items = tour.articles(SitemapPage(SITEMAP, (Entry(url),)))
    assert [item.day for item in items] == ["2018-05-08"] * own
    assert tour.counts == {"articles": int(own), "elsewhere": int(not own)}


def test_a_family_s_channel_is_that_of_the_start() -> None:
    tour = Tour(PEOPLE, "http://politics.people.com.cn/GB/1024/index.html")
    urls = (
        "http://politics.people.com.cn/n1/2019/0615/c1024-31.html",
        "http://politics.people.com.cn/n1/2019/0615/c1001-32.html",
        OWN,
    )
    assert [item.url for item in tour.articles(SitemapPage(SITEMAP, tuple(map(Entry, urls))))] == [urls[0]]


def test_each_sitemap_once_and_only_what_may_have_changed() -> None:
    had = {f"{WWW}/same.xml": "1", f"{WWW}/other.xml": "1", f"{WWW}/undated.xml": None}
    tour = Tour(ACFTU, START, [f"{WWW}/root.xml"], had)
    assert [ask.url for ask in tour.begin()] == [f"{WWW}/root.xml"]
    names = [("same", "1"), ("other", "2"), ("undated", None), ("new", "1"), ("new", "1"), ("root", None)]
    page = SitemapPage(
        INDEX,
        (*(Entry(f"{WWW}/{n}.xml", d) for n, d in names), Entry("http://x.example/a.xml"), Entry(f"{HOST}/own.xml")),
    )
    asks = tour.behind(f"{WWW}/root.xml", 1, page)
    assert [ask.url.rpartition("/")[2] for ask in asks] == ["other.xml", "undated.xml", "new.xml", "own.xml"]
    assert {ask.number for ask in asks} == {2}
    assert tour.counts == {"unchanged": 1, "again": 2, "elsewhere": 1}
    assert tour.behind(f"{WWW}/deep.xml", DEEPEST, SitemapPage(INDEX, (Entry(f"{WWW}/deeper.xml"),))) == []
