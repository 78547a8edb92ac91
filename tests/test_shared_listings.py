"""Real listing pages that lie beside a checkout where they may; skipped where they do not."""

from __future__ import annotations

import re
from datetime import date

import pytest

from crawler.address import article_of, canonical, listing_address, listing_page
from crawler.spiders.mfa import MfaSpider
from crawler.text.listing import read_listing
from tests.halls import ROOT

SITE = MfaSpider.site
PAGES = ROOT.parent / "shared/pages/mfa"
FOLDER = "https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/"
ITEM = re.compile(r'<li><a href="\./(t\d+\.shtml)"[^>]*>([^<]*)</a>\((\d{4}-\d{2}-\d{2})\)</li>')


@pytest.mark.skipif(not PAGES.exists(), reason="the real pages are not beside this checkout")
@pytest.mark.parametrize("number", range(1, 7))
def test_six_real_listing_pages(number: int) -> None:
    url = listing_address(SITE, FOLDER + "default.shtml", number)
    body = (PAGES / f"listing_{url.rpartition('/')[2].replace('.shtml', '.html')}").read_bytes()
    page = read_listing(SITE, url, body)
    shown = ITEM.findall(body.decode())
    assert len(shown) == 15
    assert [(i.url, i.title, i.day) for i in page.items] == [(FOLDER + href, title, day) for href, title, day in shown]
    assert [canonical(SITE, i.url) for i in page.items] == [FOLDER + href for href, _, _ in shown]
    assert all(article_of(SITE, i.url) and date.fromisoformat(i.day or "") for i in page.items)
    assert page.declared == 67
    assert page.number == listing_page(SITE, url) == number
