"""A ministry's regular press conferences: one spokesperson, three eras of labels, a pager that is JavaScript."""

from __future__ import annotations

from datetime import date

from ..model import Slot
from .form import Era, Form, Told
from .sheet import page, rows

FOLDER = "/web/wjdt_674879/fyrbt_674889/"
TITLE = "{y}年{m}月{d}日外交部发言人{name}主持例行记者会"
SUFFIX = " — 中华人民共和国外交部"
CRUMBS = ("首页", "发言人表态")


def _old(one: Told, body: str) -> str:
    title = one.conference.title
    links = "&nbsp;&gt;&nbsp;".join(f'<a href="./">{crumb}</a>' for crumb in CRUMBS)
    return page(
        title,
        SUFFIX,
        f'<div class="header"><div class="lan"><a href="https://www.fmprc.gov.cn/mfa_eng/">English</a></div></div>\n'
        f'<div class="nav">{links}</div>\n<div class="vibox"><div class="title" id="News_Body_Title">{title}</div>\n'
        '<div class="time"><span id="News_Body_source" style="display: none;">来源：<span></span></span>'
        f'<span id="News_Body_Time">{one.conference.day.isoformat()}</span></div>\n'
        '<div class="info">[字体：<a>大</a> <a>中</a> <a>小</a>] <a>打印本页</a></div>\n'
        f'<div id="News_Body_Txt_A" class="content">\n{body}\n</div></div>\n'
        '<div class="news"><ul><li><a href="./t1.shtml">相关新闻：外交部发言人答记者问</a>(2020-01-01)</li></ul></div>',
    )


def _asked(one: Told) -> str:
    return _old(one, rows(one))


def _named(one: Told) -> str:
    return _old(one, rows(one))


def _strong(one: Told) -> str:
    title = one.conference.title
    body = rows(one, first="<strong>{}</strong>", more="<strong>{}</strong>")
    stamp = f"{one.conference.day.isoformat()} {one.conference.published}"
    return page(
        title,
        "_中华人民共和国外交部",
        f'<div class="news-title"><h1>{title}</h1><p class="time"><span>{stamp}</span></p></div>\n'
        f'<div class="news-main"><div class="TRS_UEDITOR trs_paper_default">\n{body}\n</div></div>',
    )


def _numbered(day: date, index: int) -> tuple[str, str]:
    identity = f"t{1839549 - index * 331}"
    return identity, f"{FOLDER}{identity}.shtml"


def _dated(day: date, index: int) -> tuple[str, str]:
    identity = f"t{day:%Y%m%d}_{12007399 - index * 331}"
    return identity, f"{FOLDER}{day:%Y%m}/{identity}.shtml"


def _listing(items: list[tuple[str, str, date]], number: int, count: int) -> str:
    shown = "\n".join(
        f'<li><a href="./{path.removeprefix(FOLDER)}" target="_blank">{title}</a>({day.isoformat()})</li>'
        for path, title, day in items
    )
    script = (
        f"var currentPage = {number - 1};//所在页从0开始\nvar countPage = {count}//共多少页\n"
        'document.write("<a href=\\"default"+"_" + (currentPage+1) + "."+"shtml\\">下一页</a>");'
    )
    return page(
        "发言人表态",
        SUFFIX,
        '<div class="rebox_l"><ul><li><a href="../gjldrhd_674881/">领导人活动</a></li>'
        '<li><a href="./">发言人表态</a></li></ul></div>\n'
        f'<div class="rebox_news"><ul>\n{shown}\n</ul></div>\n'
        f'<div class="page" id="pages"><script>{script}</script></div>',
    )


def _slot(reporter: str) -> Slot:
    return Slot("", "", form="bare", flow="flow", host="none", reporter=reporter, length=10)


MFA = Form(
    site="mfa",
    origin="https://www.fmprc.gov.cn",
    folder=FOLDER,
    eras=(
        Era("mfa-2022", _slot("outlet"), _strong, _dated, title=TITLE, spokesperson="外交部"),
        Era(
            "mfa-2020", _slot("outlet"), _named, _numbered,
            title=TITLE, stamp="day", spokesperson="外交部", breadcrumbs=CRUMBS,
        ),
        Era(
            "mfa-2020", _slot("wen"), _asked, _numbered, voices="wen",
            title=TITLE, lead="应邀，海湾国外长将于8月5日至7日在北京举行磋商。", stamp="day", spokesperson="外交部",
            breadcrumbs=CRUMBS,
        ),
    ),
    listing=_listing,
    name=lambda number: "default.shtml" if number == 1 else f"default_{number - 1}.shtml",
    daily=True,
)  # fmt: skip
