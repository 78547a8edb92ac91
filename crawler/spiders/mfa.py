"""Regular press conferences of the Ministry of Foreign Affairs. What is seen, told and inferred: docs/halls/mfa.md."""

import re
from datetime import date

from crawler.site import Layout, Listing
from crawler.spider import HallSpider
from crawler.spiders._ministries import english_spokesperson, ministry, suffix
from crawler.spiders._spokesperson import speaks_for

EDITIONS = "link[hreflang], .lan a, a.edition"
TO_2021 = Layout(
    name="mfa-2020", title="#News_Body_Title", published="#News_Body_Time", body="#News_Body_Txt_A",
    breadcrumbs="div.nav, .nav", editions=EDITIONS, until=date(2021, 12, 31),
)  # fmt: skip
SINCE_2022 = Layout(
    name="mfa-2022", title=".news-title h1", published=".news-title .time, .time, .news-title",
    source=".news-title .source", body="div.TRS_UEDITOR, .TRS_UEDITOR, .TRS_Editor",
    breadcrumbs="div.bread, div.nav, .nav", editions=EDITIONS, since=date(2021, 6, 1),
)  # fmt: skip


class MfaSpider(HallSpider):
    name = "mfa"
    site = ministry(
        name="mfa",
        scheme="https",
        host="www.fmprc.gov.cn",
        aliases=("www.mfa.gov.cn", "fmprc.gov.cn", "mfa.gov.cn"),
        listing=Listing(
            url="https://www.fmprc.gov.cn/web/wjdt_674879/fyrbt_674889/default.shtml",
            items=(".rebox_news li", ".newsBd li", ".newsBd a"),
            page="default_{n}.shtml",
            others=("index_{n}.shtml", "index_{n}.html"),
            base=0,
        ),
        article=re.compile(r"/(?P<id>t(?:\d{8}_\d{3,12}|\d{1,7}))(?:_(?P<page>\d{1,2}))?\.s?html?$"),
        page_base=0,
        title_suffix=suffix("中华人民共和国外交部|Ministry of Foreign Affairs"),
        spokesperson=(
            *speaks_for("外交部"),
            english_spokesperson("Foreign Ministry"),
        ),
        daily=re.compile(r"例行记者会|Regular Press Conference"),
        layouts=(SINCE_2022, TO_2021),
    )
