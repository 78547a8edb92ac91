"""Targets that read a page: its encoding, its layout, its listing, its record."""

from __future__ import annotations

import codecs
from contextlib import suppress
from itertools import pairwise

from crawler.address import article_of, later_pages
from crawler.items import Draft, Page, Transcript
from crawler.site import Site
from crawler.spiders.acftu import AcftuSpider
from crawler.spiders.csrc import CsrcSpider
from crawler.spiders.govcn import GovcnSpider
from crawler.spiders.mfa import MfaSpider
from crawler.spiders.mod import ModSpider
from crawler.spiders.mofcom import MofcomSpider
from crawler.spiders.people import PeopleSpider
from crawler.spiders.scio import ScioSpider
from crawler.text.articles import Refused, leads_to, page_of, read_page
from crawler.text.decode import decode
from crawler.text.extract import extract
from crawler.text.lines import EDGES
from crawler.text.listing import read_listing
from crawler.text.marks import MARK
from crawler.text.notice import Rejected
from crawler.text.record import page_to_record

# An address of an article of each hall; and of a mirror.
ADDRESSES: tuple[tuple[Site, str], ...] = (
    (AcftuSpider.site, "http://acftu.people.com.cn/n1/2018/0508/c392912-29970001.html"),
    (AcftuSpider.site, "http://mirror.example/n1/2018/0508/c392912-29970001.html"),
    (AcftuSpider.site, "http://acftu.people.com.cn/GB/392912/392913/29970001.html"),
    (PeopleSpider.site, "http://politics.people.com.cn/n1/2020/0108/c1001-31540001.html"),
    (MfaSpider.site, "https://www.fmprc.gov.cn/web/fyrbt_673021/t1200001.shtml"),
    (ScioSpider.site, "http://www.scio.gov.cn/xwfbh/xwbfbh/wqfbh/42311/47513/"),
    (CsrcSpider.site, "http://www.csrc.gov.cn/csrc/c100029/c1500001/content.shtml"),
    (GovcnSpider.site, "http://www.gov.cn/wszb/zhibo500/content_1200001.htm"),
    (ModSpider.site, "http://www.mod.gov.cn/jzhzt/2020-01/08/content_4850001.htm"),
    (MofcomSpider.site, "http://www.mofcom.gov.cn/xwfbh/20200108123456.shtml"),
)
BETWEEN = b"\n--later page--\n"
FETCHED = "2026-01-01T00:00:00Z"


def page_from(data: bytes) -> tuple[Page, Site]:
    """The first byte chooses the address, the rest is the body; later pages behind their mark."""
    site, url = ADDRESSES[(data[0] if data else 0) % len(ADDRESSES)]
    body, *more = data[1:].split(BETWEEN)
    return Page(site.name, url, 200, "text/html", FETCHED, body, tuple(more[:3])), site


def check_decode(data: bytes) -> None:
    """The first line is a Content-Type, the rest a body. Never raises; text without NUL and lone surrogates, in a codec

    that Python knows; UTF-8 stays as it is, and what was decoded once decodes to itself.
    """
    header, _, body = data.partition(b"\n")
    text, encoding = decode(body, header.decode("latin-1"))
    codecs.lookup(encoding)
    assert "\0" not in text, "NUL in text"
    again = text.encode("utf-8")
    assert len(text) <= len(body) + 1, "more characters than bytes"
    if text and not text.startswith("\ufeff"):
        assert decode(again).text == text, f"decoding twice is another text ({encoding})"
    if not body.isascii() and not body.startswith(codecs.BOM_UTF8) and b"\0" not in body:
        with suppress(UnicodeDecodeError):
            assert text == body.decode("utf-8"), "UTF-8 has changed"


def check_extract(data: bytes) -> None:
    """Raises nothing but `Rejected`. Lines without white space at their ends and without our own marks."""
    page, site = page_from(data)
    try:
        draft = extract(page, site, mirror="mirror" in page.url)
    except Rejected:
        return
    for line in (*draft.before, *draft.lines, *draft.after):
        assert line.text == line.text.strip(EDGES), f"white space at the ends of {line.text!r}"
        assert 0 <= line.bold <= len(line.text), "more bold characters than there are"
    assert not any(MARK.search(text) for text in _texts(draft)), "a mark of ours is left"
    assert all(0 <= picture.line <= len(draft.lines) for picture in draft.pictures), "a picture before no line"


def _texts(draft: Draft) -> tuple[str, ...]:
    lines = (line.text for line in (*draft.before, *draft.lines, *draft.after))
    return (draft.title, draft.source, draft.editors, draft.published, draft.article or "", *draft.breadcrumbs, *lines)


def check_listing(data: bytes) -> None:
    """Never raises. Every item is an article of the hall, each once."""
    site, url = ADDRESSES[(data[0] if data else 0) % len(ADDRESSES)]
    page = read_listing(site, url, data[1:], "text/html")
    articles = [article_of(site, item.url) for item in page.items]
    assert all(articles), "an item that is no article"
    assert len({article.number for article in articles if article}) == len(articles), "an article twice"
    assert all(number > 0 for number in page.pages), "a page before the first"


def check_parse(data: bytes) -> None:
    """A page is a record or refused with a reason; never a fault of ours. A record outlives its JSON, and each change

    stands where it says. Where the page leads and which pages follow can be told of any bytes.
    """
    page, site = page_from(data)
    leads_to(page.url, page.status, "", page.body)
    later_pages(site, page.url, page.body)
    page_of(site, page.url)
    found = read_page(page, site, {})
    if isinstance(found, Refused):
        if found.reason == "error":
            page_to_record(page, site)  # says where
        return
    assert Transcript.model_validate_json(found.model_dump_json()) == found, "another record after JSON"
    assert found == page_to_record(page, site), "read twice it is another record"
    _check_places(found)
    said = {turn.id for turn in found.turns}
    assert all({*exchange.question, *exchange.answer} <= said for exchange in found.exchanges), "no such turn"


def _check_places(record: Transcript) -> None:
    texts = {turn.id: turn.text for turn in record.turns} | {"title": record.title, "summary": record.summary or ""}
    for change in record.cleaning:
        place, _, offset = change.at.rpartition(":")
        if place in texts:
            text, at = texts[place], int(offset)
            assert 0 <= at <= len(text), f"{change.kind} at {change.at} of {len(text)}"
            assert text.startswith(change.after, at), f"{change.kind} at {change.at} is not there"
    assert all(one.id != other.id for one, other in pairwise(record.turns)), "a turn twice"
