"""Press conferences of the Securities Regulatory Commission. What is told and inferred: docs/halls/csrc.md."""

import re

from crawler.site import Layout, Listing
from crawler.spider import HallSpider
from crawler.spiders._ministries import ministry, suffix
from crawler.spiders._spokesperson import speaks_for

ARTICLE = Layout(
    name="csrc",
    title=".content .title h2, .title h1, .title, h1, h2",
    published=".content .time, .info, .time, .date, .pubtime, .date, .info",
    source=".content .time, .info, .source",
    body=".Custom_UnionStyle, .TRS_Editor, .detail-news, #content",
    breadcrumbs="div.position, .position, .crumb",
)


class CsrcSpider(HallSpider):
    name = "csrc"
    site = ministry(
        name="csrc",
        host="www.csrc.gov.cn",
        aliases=("csrc.gov.cn",),
        listing=Listing(
            url="http://www.csrc.gov.cn/pub/newsite/zjhxwfb/xwfbh/index.html",
            items=("#myul li", ".fl_list li", ".list li"),
            page="index_{n}.html",
            first=("index.htm",),
            base=0,
        ),
        article=re.compile(r"/(?P<id>t\d{8}_\d{3,12}|c\d{5,9})(?:_(?P<page>\d{1,2})|/content)?\.s?html?$"),
        page_base=0,
        title_suffix=suffix("中国证券监督管理委员会|中国证监会"),
        spokesperson=speaks_for("(?:中国)?证监会|中国证券监督管理委员会"),
        layouts=(ARTICLE,),
    )
