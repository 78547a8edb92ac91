"""Regular press conferences of the Ministry of Commerce. All of it is inferred: docs/halls/mofcom.md."""

import re

from crawler.site import Layout, Listing
from crawler.spider import HallSpider
from crawler.spiders._ministries import ministry, suffix
from crawler.spiders._spokesperson import speaks_for

ARTICLE = Layout(
    name="mofcom",
    title="#artitle, .art-title, h1, h3",
    published=".art-time, #arthead, .time, .source, .pubtime, .date, .info",
    source="#arthead, .source, .time",
    body="#zoom, .art-con, .artCon",
    breadcrumbs="div.position, .position, .crumbs",
)


class MofcomSpider(HallSpider):
    name = "mofcom"
    site = ministry(
        name="mofcom",
        host="www.mofcom.gov.cn",
        aliases=("mofcom.gov.cn",),
        listing=Listing(
            url="http://www.mofcom.gov.cn/xwfbh/index.shtml",
            items=(".txtList_01 li", ".listCon li", ".list li"),
            page="index_{n}.shtml",
            others=("index_{n}.html",),
            pages=re.compile(r"(?:countPage|totalPage|pageCount)\s*[=:]\s*[\"']?(\d{1,5})"),
        ),
        article=re.compile(r"/(?:art_)?(?P<id>[0-9a-f]{32}|\d{8,14})(?:_(?P<page>\d{1,2}))?\.s?html?$"),
        title_suffix=suffix("中华人民共和国商务部|商务部"),
        spokesperson=speaks_for("商务部"),
        layouts=(ARTICLE,),
    )
