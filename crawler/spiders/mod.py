"""Regular press conferences of the Ministry of National Defense. What is seen and inferred: docs/halls/mod.md."""

import re

from crawler.site import Layout, Listing
from crawler.spider import HallSpider
from crawler.spiders._ministries import ministry, suffix
from crawler.spiders._spokesperson import speaks_for

ARTICLE = Layout(
    name="mod",
    title=".article-header h1, #title, h1",
    published=".article-header .info, .info, .time, .pubtime, .date, .info",
    source=".article-header .info, .info, .source",
    editors=".editor, .article-footer",
    body="#article-content, .article-content, #content",
    breadcrumbs="div.breadcrumb, .breadcrumb, .path",
    strip=frozenset("editor article-footer pagination page_num".split()),
)


class ModSpider(HallSpider):
    name = "mod"
    site = ministry(
        name="mod",
        host="www.mod.gov.cn",
        aliases=("mod.gov.cn",),
        listing=Listing(
            url="http://www.mod.gov.cn/jzhzt/node_46940.htm",
            items=("#main-news-list li", ".main-news-list li", ".list li"),
            page="node_46940_{n}.htm",
            others=("index_{n}.htm", "index_{n}.html"),
            pages=None,
        ),
        article=re.compile(r"/(?:content_)?(?P<id>\d{6,10})(?:_(?P<page>\d{1,3}))?\.html?$"),
        title_suffix=suffix("中华人民共和国国防部|国防部网"),
        spokesperson=speaks_for("国防部"),
        layouts=(ARTICLE,),
    )
