"""The page's own stamp is its publication; a date in the title is the conference's."""

from typing import Any

import pytest

from crawler.items import Page, Transcript
from crawler.spiders.csrc import CsrcSpider
from crawler.spiders.govcn import GovcnSpider
from crawler.spiders.mfa import MfaSpider
from crawler.spiders.mod import ModSpider
from crawler.spiders.mofcom import MofcomSpider
from crawler.spiders.scio import ScioSpider
from crawler.text.record import page_to_record

TITLE = "例行发布会（2017年3月9日）"
BODY = "<p>主持人：大家好。</p><p>记者：灯够吗？</p><p>钟启明：够。</p>"
SITES: list[tuple[Any, str, str]] = [
    (MofcomSpider.site, "http://www.mofcom.gov.cn/xwfbh/20170310.shtml", '<div id="zoom">{}</div>'),
    (CsrcSpider.site, "http://www.csrc.gov.cn/csrc/c100029/c7564123/content.shtml", '<div id="content">{}</div>'),
    (GovcnSpider.site, "http://www.gov.cn/wszb/zhibo312/content_1650006.htm", '<div id="zhibo_text">{}</div>'),
    (ScioSpider.site, "http://www.scio.gov.cn/live/2017/33421/tw/index.html", '<div id="tw">{}</div>'),
    (ModSpider.site, "http://www.mod.gov.cn/x/content_4851234.htm", '<div id="article-content">{}</div>'),
    (MfaSpider.site, "https://www.fmprc.gov.cn/web/x/t1839549.shtml", '<div class="TRS_UEDITOR">{}</div>'),
]
STAMPS = [
    '<h1>{title}</h1><div class="info"><span>来源：灯下网</span> <span>{stamp}</span></div>',
    '<h1>{title}</h1><div class="time">{stamp}</div>',
    '<div class="news-title"><h1>{title}</h1><span>{stamp}</span></div>',
    '<p><a href="/">首页</a> &gt; {title}</p><h1>{title}</h1><p class="date">{stamp}　来源：灯下网</p>',
]


def read(site: Any, url: str, body: str, head: str, stamp: str) -> Transcript:
    html = (
        f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>'
        f"{head.format(title=TITLE, stamp=stamp)}{body.format(BODY)}</body></html>"
    )
    return page_to_record(Page(site.name, url, 200, "", "2026-01-01T00:00:00Z", html.encode()), site)


@pytest.mark.parametrize(("site", "url", "own"), SITES)
@pytest.mark.parametrize("unseen", [False, True])
@pytest.mark.parametrize("head", STAMPS)
def test_the_stamp_counts_and_not_the_title_s_date(site: Any, url: str, own: str, unseen: bool, head: str) -> None:
    record = read(site, url, "<section>{}</section>" if unseen else own, head, "2017-03-10 16:05")
    assert record.published_at == "2017-03-10T16:05:00+08:00"
    assert record.event.date == "2017-03-09"


@pytest.mark.parametrize(("site", "url", "own"), SITES)
@pytest.mark.parametrize("unseen", [False, True])
def test_without_a_stamp_the_title_s_date_is_not_taken_for_one(site: Any, url: str, own: str, unseen: bool) -> None:
    record = read(site, url, "<section>{}</section>" if unseen else own, STAMPS[0], "")
    assert record.published_at is None and record.event.date == "2017-03-09"


@pytest.mark.parametrize(
    ("row", "stamp"),
    [
        ("<div>灯下网 www.example.org <span>2017-03-10</span> 来源：灯下网</div>", "2017-03-10"),
        ("<div>2017年3月10日16:05</div>", "2017-03-10T16:05:00+08:00"),
        ("<div>发布时间：2017-03-10 16:05</div>", "2017-03-10T16:05:00+08:00"),
        ("<div>夜校定于2017年4月1日开课</div>", None),
    ],
)
def test_a_stamp_in_a_place_that_the_layout_does_not_know(row: str, stamp: str | None) -> None:
    site, url, own = SITES[3]
    assert read(site, url, own, "<h1>{title}</h1>" + row, "").published_at == stamp
