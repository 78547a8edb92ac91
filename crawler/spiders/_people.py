"""What all channels of People's Daily Online have alike: looks by era, lists, addresses. docs/halls/people.md."""

from __future__ import annotations

import re
from datetime import date

from crawler.site import Layout, Listing, Site

FAMILY = "people.com.cn"
# Told by pages saved from 2006 to 2024; a `#p_title` page was seen to 2013, the cpc look to 2016 and later.
TO_2013 = Layout(
    name="people-2013",
    title="#p_title",
    published="#p_publishtime",
    source="#p_origin",
    body="#p_content",
    editors="#p_editor",
    breadcrumbs="#p_navigator",
    until=date(2015, 12, 31),
)
CPC = Layout(
    name="cpc",
    title=".text_c > h1",
    published="#p_publishtime, p.sou, .sou",
    source="#p_origin, p.sou, .sou",
    body="div.show_text, div.text_show, div.d2txt_1, .show_text, .text_show, .d2txt_1",
    editors="div.edit, .edit",
    breadcrumbs="div.x_nav, div.path, .x_nav, .path",
    strip=frozenset("edit zdfy".split()),
)
TO_2020 = Layout(
    name="people-2016",
    title=".text_title > h1",
    published=".box01 > div.fl, .box01 > .fl",
    source=".box01 > div.fl, .box01 > .fl",
    body="#rwb_zw",
    editors="div.edit, .edit",
    breadcrumbs="#rwb_navpath",
    strip=frozenset("edit zdfy box_pic".split()),
    since=date(2014, 1, 1),
    until=date(2021, 12, 31),
)
SINCE_2020 = Layout(
    name="people-2020",
    title=".rm_txt h1",
    published="div.col-1-1, .col-1-1",
    source="div.col-1-1, .col-1-1",
    body="#rm_txt_zw, div.rm_txt_con, .rm_txt_con",
    editors="div.edit, .edit",
    breadcrumbs="#rwb_navpath",
    strip=frozenset("bza box_pic paper_num paper_num edit zdfy".split()),
    since=date(2019, 1, 1),
)
HEALTH = Layout(
    name="people-health",
    title=".title h2",
    published="div.artOri, .artOri",
    source="div.artOri, .artOri",
    body="div.artDet, .artDet",
    editors="div.editor, .editor",
    breadcrumbs="div.subNav, .subNav",
    strip=frozenset("editor zdfy".split()),
    since=date(2014, 1, 1),
)
PICTURES = Layout(
    name="people-pictures",
    title="h1",
    published="#p_publishtime, .page_c .fr, .text_c .fr, h1 + div, h1 + p",
    source="#p_origin, .page_c .fr, .text_c .fr, h1 + div, h1 + p",
    body="#picG",
    editors="div.editor, .editor",
    breadcrumbs=".path .fl, .path",
    strip=frozenset("editor zdfy".split()),
)

PEOPLE = (TO_2013, TO_2020, SINCE_2020, CPC, HEALTH, PICTURES)
PEOPLE_ITEMS = (
    ".ej_list_box li",
    "ul.list_16 li",
    "ul.list_14 li",
    ".leftItem li",
    ".hdNews h5",
    ".fl ul li",
)


def people_site(name: str, host: str, node: int, whole: bool = False) -> Site:
    """The channel whose listing is `/GB/<node>/` of a host; `whole`: a start address may name any other channel."""
    return Site(
        name=name,
        host=host,
        aliases=("m.people.cn",),
        family=FAMILY,
        whole=whole,
        listing=Listing(
            url=f"http://{host}/GB/{node}/index.html",
            items=PEOPLE_ITEMS,
            first=("index1.html",),
            pages=re.compile(r"<!--\s*PageNo\s*=\s*(\d{1,5})\s*-->"),
        ),
        article=re.compile(r"/(?:c\d+-|GB/(?:\d+/)+|BIG5/(?:\d+/)+)(?P<id>\d+)(?:-(?P<page>\d{1,3}))?\.html?$"),
        variants=(
            (re.compile(r"^/BIG5/(?=(?:\d{4}/|[a-z]+/)?n\d?/)"), "/"),
            (re.compile(r"^/BIG5/"), "/GB/"),
            (re.compile(r"^/n4/"), "/n1/"),
        ),
        # Told; off unless a run asks for it: docs/halls/people.md.
        sitemaps=("http://www.people.com.cn/sitemap_index.xml",),
        asks_sitemaps=False,
        channel=re.compile(r"/(?:GB/|BIG5/|c)(\d+)(?=[/-])"),
        title_suffix=re.compile(r"(?:\s{0,4}--?[^-]{1,24}){1,2}$"),
        layouts=PEOPLE,
    )
