"""Live transcripts of the central government's site. What is seen, told and inferred: docs/halls/govcn.md."""

import re

from crawler.site import Layout, Listing, Site
from crawler.spider import HallSpider

LIVE = Layout(
    name="govcn-live",
    title="#zhibo_title, .pages-title, .title h1, h1",
    published=".pages-date, .zhibo_time, .date, .time, .pubtime, .date, .info",
    source=".pages-date, .zhibo_time, .date, .time",
    body="#zhibo_text, #UCAP-CONTENT, .pages_content, .zhibo_text",
    breadcrumbs="div.BreadcrumbNav, .BreadcrumbNav, .position",
)


class GovcnSpider(HallSpider):
    name = "govcn"
    site = Site(
        name="govcn",
        host="www.gov.cn",
        aliases=("gov.cn", "big5.www.gov.cn"),
        listing=Listing(
            url="http://www.gov.cn/wszb/index.htm",
            items=(".list li", ".zhibo_list li"),
            page="index_{n}.htm",
            others=("home_{n}.htm",),
            first=("index.htm", "home.htm", ""),
            base=0,
            pages=re.compile(r"(?:countPage\s*=|createPageHTML\()\s*(\d{1,5})"),
        ),
        article=re.compile(r"/wszb/zhibo(?P<id>\d+)/(?:(?:index|content_\d+)(?:_(?P<page>\d{1,2}))?\.html?)?$"),
        page_suffix="_{n}",
        title_suffix=re.compile(r"\s{0,4}[_|—-]{1,8}\s{0,4}(?:中国政府网|在线直播|网上直播).*$"),
        layouts=(LIVE,),
        delay=10.0,
    )
