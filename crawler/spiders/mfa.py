"""Regular press conferences of the Ministry of Foreign Affairs. What is seen, told and inferred: docs/halls/mfa.md."""

import re
from datetime import date

from crawler.site import Layout, Listing, Site
from crawler.spider import HallSpider
from crawler.spiders._spokesperson import speaks_for

TO_2021 = Layout(
    name="mfa-2020",
    title="#News_Body_Title",
    published="#News_Body_Time",
    body="#News_Body_Txt_A",
    breadcrumbs="div.nav, .nav",
    editions="link[hreflang], .lan a, a.edition",
    until=date(2021, 12, 31),
)
SINCE_2022 = Layout(
    name="mfa-2022",
    title=".news-title h1",
    published=".news-title .time, .time, .news-title",
    source=".news-title .source",
    body="div.TRS_UEDITOR, .TRS_UEDITOR, .TRS_Editor",
    breadcrumbs="div.bread, div.nav, .nav",
    editions="link[hreflang], .lan a, a.edition",
    since=date(2021, 6, 1),
)


class MfaSpider(HallSpider):
    name = "mfa"
    site = Site(
        name="mfa",
        scheme="https",
        host="www.fmprc.gov.cn",
        aliases=("www.mfa.gov.cn", "fmprc.gov.cn", "mfa.gov.cn"),
        listing=Listing(
            url="https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/default.shtml",
            items=(".rebox_news li", ".newsBd li", ".newsBd a"),
            page="default_{n}.shtml",
            others=("index_{n}.shtml", "index_{n}.html"),
            first=("default.shtml", "index.shtml", "index.html", ""),
            base=0,
            pages=re.compile(r"(?:countPage\s*=|createPageHTML\()\s*(\d{1,5})"),
        ),
        article=re.compile(r"/(?P<id>t(?:\d{8}_\d{3,12}|\d{1,7}))(?:_(?P<page>\d{1,2}))?\.s?html?$"),
        page_suffix="_{n}",
        page_base=0,
        title_suffix=re.compile(r"\s*[—_-]+\s*(?:中华人民共和国外交部|Ministry of Foreign Affairs).*$"),
        spokesperson=(
            *speaks_for("外交部"),
            re.compile(
                r"(?P<organisation>Foreign Ministry) (?P<title>Spokes\w+) (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})"
            ),
        ),
        daily=re.compile(r"例行记者会|Regular Press Conference"),
        layouts=(SINCE_2022, TO_2021),
        delay=10.0,
    )
