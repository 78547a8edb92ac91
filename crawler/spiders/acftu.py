"""發布會直播廳 of China Trade Union News. Its listing's address is inferred from a breadcrumb, never seen."""

import re
from datetime import date

from crawler.site import Layout, Listing, Site
from crawler.spider import HallSpider

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
    published="#p_publishtime, p.sou",
    source="#p_origin, p.sou",
    body=".show_text, .text_show, .d2txt_1",
    editors=".edit",
    breadcrumbs=".x_nav, .path",
    strip=".edit, .zdfy",
)
TO_2020 = Layout(
    name="people-2016",
    title=".text_title > h1",
    published=".box01 > .fl",
    source=".box01 > .fl",
    body="#rwb_zw",
    editors=".edit",
    breadcrumbs="#rwb_navpath",
    strip=".edit, .zdfy, .box_pic",
    since=date(2014, 1, 1),
    until=date(2021, 12, 31),
)
SINCE_2020 = Layout(
    name="people-2020",
    title=".rm_txt h1",
    published=".col-1-1",
    source=".col-1-1",
    body=".rm_txt_con, #rm_txt_zw",
    editors=".edit",
    breadcrumbs="#rwb_navpath",
    strip=".bza, .box_pic, .paper_num, #paper_num, .edit, .zdfy",
    since=date(2019, 1, 1),
)
HEALTH = Layout(
    name="people-health",
    title=".title h2",
    published=".artOri",
    source=".artOri",
    body=".artDet",
    editors=".editor",
    breadcrumbs=".subNav",
    strip=".editor, .zdfy",
    since=date(2014, 1, 1),
)
PICTURES = Layout(
    name="people-pictures",
    title="h1",
    published=".page_c .fr, .text_c .fr, #p_publishtime, h1 + div, h1 + p",
    source=".page_c .fr, .text_c .fr, #p_origin, h1 + div, h1 + p",
    body="#picG",
    editors=".editor",
    breadcrumbs=".path .fl, .path",
    strip=".editor, .zdfy",
)

PEOPLE = (TO_2013, TO_2020, SINCE_2020, CPC, HEALTH, PICTURES)
PEOPLE_ITEMS = (
    ".ej_list_box ul.list_16 li",
    ".p2j_list ul.list_14 li",
    ".leftItem li",
    ".hdNews h5",
    ".fl ul li",
)


class AcftuSpider(HallSpider):
    name = "acftu"
    site = Site(
        name="acftu",
        host="acftu.people.com.cn",
        aliases=("m.people.cn",),
        family="people.com.cn",
        listing=Listing(
            url="http://acftu.people.com.cn/GB/392912/index.html",
            items=PEOPLE_ITEMS,
            pages=re.compile(r"<!--\s*PageNo\s*=\s*(\d{1,5})\s*-->"),
        ),
        article=re.compile(r"/(?:c\d+-|GB/(?:\d+/)+|BIG5/(?:\d+/)+)(?P<id>\d+)(?:-(?P<page>\d{1,3}))?\.html?$"),
        variants=(
            (re.compile(r"^/BIG5/(?=n\d?/|\d{4}/)"), "/"),
            (re.compile(r"^/BIG5/"), "/GB/"),
            (re.compile(r"^/n4/"), "/n1/"),
        ),
        title_suffix=re.compile(r"(?:\s*--?\s*[^-]{1,20}){1,2}\s*$"),
        layouts=PEOPLE,
    )
