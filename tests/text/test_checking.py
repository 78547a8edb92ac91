"""What may be wrong with a hall's data and saved pages: each is told, and the halls have none of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from crawler.items import Page
from crawler.site import Layout
from crawler.spiders.mod import ModSpider
from crawler.text.checking import Case, case_findings, era_findings, pages_findings, site_mistakes
from crawler.text.checking.live import Sight
from tests.halls import ROOT

SITE = ModSpider.site
LAYOUT = SITE.layouts[0]
PAGE = Page(
    "mod",
    "http://www.mod.gov.cn/jzhzt/2019-01/31/content_4835000.htm",
    200,
    "text/html",
    "2026-01-01T00:00:00Z",
    (ROOT / "tests/pages/mod/questions_of_papers/page.html").read_bytes(),
)


def test_a_hall_in_order() -> None:
    assert site_mistakes(SITE) == era_findings(SITE) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"article": re.compile(r"/(\d+)\.htm$")}, "no group 'id'"),
        ({"article": re.compile(r"/(?P<id>\d+)\.htm$")}, "no group 'page'"),
        ({"article": r"/(?P<id>\d+)\.htm$"}, "wrong kind"),
        ({"page_suffix": "_2"}, "page_suffix"),
        ({"host": "http://www.mod.gov.cn/"}, "host"),
        ({"scheme": "ftp"}, "scheme"),
        ({"utc_offset": "8"}, "utc_offset"),
        ({"delay": -1.0}, "delay"),
        ({"variants": ((re.compile("x"), r"\2"),)}, "no replacement"),
        ({"spokesperson": (re.compile("发言人"),)}, "no group 'name'"),
        ({"layouts": (LAYOUT, LAYOUT)}, "2 are named 'mod'"),
        ({"layouts": (replace(LAYOUT, body=""),)}, "body has no CSS"),
        ({"layouts": (replace(LAYOUT, source="..x"),)}, "is no CSS"),
        ({"layouts": (replace(LAYOUT, source="p::before"),)}, "is no CSS"),
        ({"layouts": (replace(LAYOUT, since=date(2020, 1, 1), until=date(2019, 1, 1)),)}, "is after until"),
        ({"listing": replace(SITE.listing, page="{n}_{n}.htm")}, "has not one {n}"),
        ({"listing": replace(SITE.listing, pages=re.compile("共9页"))}, "no group with the number"),
        ({"listing": replace(SITE.listing, url="index.htm")}, "no http or https address"),
        ({"listing": replace(SITE.listing, items=("li[",))}, "is no CSS"),
        ({"listing": replace(SITE.listing, items=())}, "items has no CSS"),
    ],
)
def test_each_mistake_is_one_line(changed: dict[str, object], said: str) -> None:
    mistakes = site_mistakes(replace(SITE, **changed))  # type: ignore[arg-type]
    assert any(said in mistake for mistake in mistakes), mistakes


def era(name: str, since: str, until: str, body: str = "") -> Layout:
    return Layout(name, body or f"#{name}", "h1", "", since=date.fromisoformat(since), until=date.fromisoformat(until))


def test_days_without_a_layout_and_layouts_that_are_never_taken() -> None:
    def found(*layouts: Layout) -> list[str]:
        return era_findings(replace(SITE, layouts=layouts))

    first, next_ = era("a", "2000-01-01", "2010-12-31"), era("b", "2011-01-01", "2020-12-31")
    assert found(next_, first) == []
    assert found(first, era("b", "2010-06-01", "2020-12-31")) == []
    (gap,) = found(first, era("b", "2011-02-01", "2020-12-31"))
    assert "from 2011-01-01 to 2011-02-01" in gap
    (hidden,) = found(first, era("b", "2010-06-01", "2020-12-31", body="#a"))
    assert hidden.startswith("layout b: a has its body")


def test_a_saved_page_that_is_read_otherwise() -> None:
    case = Case("mod/x", PAGE, {"title": "2019年1月例行记者会文字实录", "source": "国防部网"})
    assert case_findings(case, SITE) == ['mod/x: source is null, expected "国防部网"']
    late = replace(SITE, layouts=(replace(LAYOUT, since=date(2024, 1, 1)),))
    assert case_findings(replace(case, expected={}), late) == ["mod/x: layout mod is not for 2019-01-31"]
    (none,) = case_findings(replace(case, page=replace(PAGE, body=b"")), SITE)
    assert none.startswith("mod/x: no record: empty")


def test_one_live_page_without_turns_is_a_statement_and_all_of_them_are_a_finding() -> None:
    whole = Sight("http://x/1", "mod", "实录", "2019-01-31", 8)
    statement = replace_(whole, turns=0, why="no_turns: …")
    assert pages_findings(SITE, [whole, statement]) == []
    assert pages_findings(SITE, [statement]) == ["no turns on 1 pages: no_turns: …"]
    assert pages_findings(SITE, [replace_(whole, published=None)]) == ["http://x/1: no published"]
    assert pages_findings(SITE, [whole, Sight("http://x/2", "", "", None, 0, "gone: HTTP 404")]) == [
        "http://x/2: gone: HTTP 404"
    ]


def replace_(sight: Sight, **values: object) -> Sight:
    return sight._replace(**values)  # type: ignore[arg-type]
