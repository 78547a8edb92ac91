"""Conferences of the State Council Information Office. What is seen, told and inferred: docs/halls/scio.md."""

import re
from datetime import date

from crawler.site import Layout, Listing, Site
from crawler.spider import HallSpider

TO_2022 = Layout(
    name="scio-2022",
    title="#title, .content_title, h1, h2",
    published=".pubtime, #pubtime, .time, .info",
    source=".pubtime, #pubtime, .source, .info",
    body="#content",
    breadcrumbs="div.position, .position, .crumb",
    until=date(2022, 12, 31),
)
LIVE = Layout(
    name="scio-live",
    title=".live_title h1, .title h1, h1",
    published=".live_time, .pubtime, .time, .info",
    source=".live_time, .pubtime, .source, .info",
    body="#tw, .live_text",
    breadcrumbs="div.position, .position, .crumb",
    since=date(2023, 1, 1),
)


class ScioSpider(HallSpider):
    name = "scio"
    site = Site(
        name="scio",
        host="www.scio.gov.cn",
        aliases=("scio.gov.cn",),
        listing=Listing(
            url="http://www.scio.gov.cn/xwfbh/xwbfbh/wqfbh/index.htm",
            items=("#PagerOutline1 li",),
            page="index_{n}.htm",
            others=("index_{n}.html",),
            first=("index.htm", "index.html", ""),
            base=0,
            pages=re.compile(r"(?:countPage\s*=|createPageHTML\()\s*(\d{1,5})"),
        ),
        article=re.compile(
            r"/(?:wqfbh/\d+|live/20\d\d)/(?P<id>\d{3,8})/(?:[a-z]{2,6}\d*/)?"
            r"(?:(?:Document/\d+/\d+|index(?:_(?P<page>\d{1,2}))?)\.html?)?$"
        ),
        # An event's tabs are one transcript: 文字 (tw), pictures, video, reports.
        tabs=((re.compile(r"^(/live/20\d\d/\d+)/(?:(?!tw/)[a-z]{2,6}/)?(?:index\.html?)?$"), r"\1/tw/index.html"),),
        page_suffix="_{n}",
        page_base=0,
        title_suffix=re.compile(r"\s{0,4}[|_—-]{1,8}\s{0,4}(?:国务院新闻办公室|国新网|中国网).*$"),
        layouts=(LIVE, TO_2022),
        delay=10.0,
    )
