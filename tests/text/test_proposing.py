"""What is proposed for a new hall: for the bundled halls nearly what a person wrote, and for any page no exception."""

from __future__ import annotations

import ast
import contextlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import article_of, listing_page
from crawler.demo.halls import FORMS, build_small
from crawler.items import Page
from crawler.site import Site
from crawler.spiders.csrc import CsrcSpider
from crawler.text.checking import site_mistakes
from crawler.text.lines import plain
from crawler.text.listing import read_listing
from crawler.text.proposing import (
    NoHall,
    Proposal,
    Told,
    article,
    docs_page,
    propose_hall,
    propose_listing,
    rows,
    site_file,
    to_fetch,
)
from crawler.text.proposing.answering import spokesperson_pattern
from crawler.text.proposing.article import Article
from crawler.text.proposing.layouts import find_looks
from crawler.text.proposing.pager import find_pager
from crawler.text.proposing.paths import article_pattern
from crawler.text.proposing.writing import _raw
from crawler.text.record import page_to_record
from crawler.text.select import Tree
from tests.halls import ROOT

URL = "http://hall.example/press/index.html"


def page_of(hall: object, origin: str, path: str) -> Page:
    found = hall.find(path)  # type: ignore[attr-defined]
    body, status = (found.body, found.status) if found else (b"", 404)
    return Page("x", origin + path, status, "text/html", "2026-01-01T00:00:00Z", body)


def proposed(site: str) -> Proposal:
    """The hall that is proposed from the first listing page of a bundled one and up to three of its pages."""
    hall, origin = build_small(site), FORMS[site].origin
    listed = propose_listing("x", page_of(hall, origin, hall.start))
    return propose_hall(listed, [page_of(hall, origin, urlsplit(url).path) for url in to_fetch(listed)])


# What hangs on the hall's name, and on what no page shows: that a title is of a conference that is held once a day.
TOLD = {"id", "site", "url", "cleaning"}
DAILY = {"mfa": {"event"}}


@pytest.mark.parametrize("site", sorted(FORMS))
def test_a_bundled_hall_is_proposed_as_it_is(site: str) -> None:
    made = proposed(site)
    assert site_mistakes(made.site) == []
    assert site_file(made).count("\n") <= 40
    hall, origin = build_small(site), FORMS[site].origin
    listing = page_of(hall, origin, hall.start)
    read = read_listing(made.site, listing.url, listing.body)
    assert [item.day for item in read.items] == [one.conference.day.isoformat() for one in hall.told[:5]]
    if site != "people":  # of its pager only the number of pages is in the source, not how they are called
        assert listing_page(made.site, origin + FORMS[site].folder + FORMS[site].name(2)) == 2
    era = hall.era(0)
    for index in [i for i in range(hall.size) if hall.era(i) is era]:
        record = page_to_record(page_of(hall, origin, hall.told[index].path), made.site).model_dump(mode="json")
        assert record["provenance"]["layout"] == made.site.layouts[0].name
        expected = hall.expected[index]
        for key in expected.keys() - TOLD - DAILY.get(site, set()):
            assert record[key] == expected[key], (index, key)


def made_of(text: str) -> Site:
    """The Site that a written file makes."""
    space: dict[str, object] = {}
    exec(compile(text, "x.py", "exec"), space)
    return space["XSpider"].site  # type: ignore[attr-defined, no-any-return]


def is_as_ruff_has_it(folder: Path) -> bool:
    ruff, config = Path(sys.executable).with_name("ruff"), ROOT / "pyproject.toml"
    runs = (
        subprocess.run([ruff, *words, "--config", config, folder], capture_output=True, check=False)
        for words in (("check",), ("format", "--check"))
    )
    return all(run.returncode == 0 for run in runs)


def test_the_file_is_the_site_and_as_the_linter_has_it(tmp_path: Path) -> None:
    for site in FORMS:
        made = proposed(site)
        assert made_of(site_file(made)) == made.site
        (tmp_path / f"{site}.py").write_text(site_file(made), "utf8")
    assert is_as_ruff_has_it(tmp_path)


def test_a_long_address_or_pattern_is_no_fault_of_the_file(tmp_path: Path) -> None:
    made = proposed("csrc")
    listing = replace(made.site.listing, url="http://hall.example/" + "long/" * 24)
    suffix = re.compile("_" + "南湾航道局" * 10 + "$")
    wide = replace(
        made.site, listing=listing, title_suffix=suffix, article=re.compile("/" + "a" * 130 + "(?P<id>)(?P<page>)")
    )
    file = tmp_path / "x.py"
    file.write_text(site_file(replace(made, site=wide)), "utf8")
    assert is_as_ruff_has_it(file)


def test_a_later_page_of_the_listing_will_do() -> None:
    hall, origin = build_small("mod"), FORMS["mod"].origin
    listed = propose_listing("x", page_of(hall, origin, FORMS["mod"].folder + "node_46940_2.htm"))
    assert listed.site.listing.url == origin + hall.start
    assert listed.site.listing.first == ("node_46940.htm",)
    assert any(one.what == "listing.url" and one.guess for one in listed.told)


def test_three_looks_still_fit() -> None:
    made = proposed("csrc")
    layouts = tuple(replace(made.site.layouts[0], name=f"x-{n}", strip=frozenset({"edit"})) for n in range(3))
    full = replace(made.site, layouts=layouts, aliases=("a.example",), page_base=0, scheme="https")
    text = site_file(replace(made, site=full))
    assert text.count("\n") <= 40
    assert made_of(text) == full


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("2025年11月18日外交部发言人程牧野主持例行记者会", "外交部发言人程牧野"),
        ("18日下午国防部新闻发言人程牧野答记者问", "国防部新闻发言人程牧野"),
        ("外交部发言人办公室主持的活动", ""),
        ("新闻发布会", ""),
    ],
)
def test_who_answers_all(title: str, found: str) -> None:
    record = page_to_record(
        page_of(build_small("csrc"), FORMS["csrc"].origin, build_small("csrc").told[0].path), CsrcSpider.site
    )
    pattern, words = spokesperson_pattern([record.model_copy(update={"title": title, "summary": None})])
    assert words == ([found] if found else [])
    assert bool(pattern) == bool(found)


@pytest.mark.parametrize(
    ("paths", "number", "near_miss"),
    [
        (["/a/2025-11/18/content_4827859.htm", "/a/2025-10/07/content_4827858.htm"], "4827859", "/a/content_.htm"),
        (["/n1/2025/1118/c67502-40829999.html", "/n1/2025/1107/c67502-40829992.html"], "40829999", "/n1/c67502.html"),
        (["/x/202511/t20251118_350005.html", "/x/202511/t20251107_350004.html"], "t20251118_350005", "/x/t2025.html"),
        (["/x/t1839549.shtml", "/x/t1839218.shtml"], "t1839549", "/x/default_1.shtml"),
        (["/xwfbh/20251118.shtml", "/xwfbh/20251107.shtml"], "20251118", "/xwfbh/index_2.shtml"),
        (["/live/2025/52345/tw/index.html", "/live/2025/52344/tw/index.html"], "52345", "/live/2025/index.html"),
        (["/wszb/zhibo750/", "/wszb/zhibo749/"], "750", "/wszb/"),
        (
            [
                "/art/2024/art_0123456789abcdef0123456789abcdef.html",
                "/art/2024/art_f123456789abcdef0123456789abcdef.html",
            ],
            "0123456789abcdef0123456789abcdef",
            "/art/2024/art_2.html",
        ),
        (["/2025/1118/1.html", "/2025/1118/2.html", "/2025/1119/3.html"], "1", "/2025/index.html"),
    ],
)
def test_the_pattern_of_addresses(paths: list[str], number: str, near_miss: str) -> None:
    pattern = re.compile(article_pattern([f"http://hall.example{path}" for path in paths]))
    found = [pattern.search(path) for path in paths]
    assert found[0] and found[0]["id"] == number
    assert len({one["id"] for one in found if one}) == len(paths)
    assert not pattern.search(near_miss)


def test_addresses_that_differ_in_their_query_only() -> None:
    with pytest.raises(NoHall, match="query"):
        article_pattern([f"http://hall.example/view.php?id={n}" for n in range(5)])


@pytest.mark.parametrize(
    ("html", "page", "base", "guess"),
    [
        ('<a href="index_1.html">2</a><a href="index_2.html">3</a>', "index_{n}.html", 0, False),
        ('<a href="index2.html#fy">2</a><a href="index3.html">3</a>', "index{n}.html", 1, False),
        ('<a href="index_1.html">下一页</a>', "index_{n}.html", 0, False),
        ('<a href="index_2.html">下一页 &gt;</a>', "index_{n}.html", 1, False),
        ('<a href="list_{n}1.html">2</a><a href="index_2.html">2</a>', "index_{n}.html", 1, False),
        ('<a href="{n}2.html">下一页</a><a href="index_2.html">²</a>', "index_{n}.html", 1, True),
        ('<script>createPageHTML(9, 0, "index", "htm");</script>', "index_{n}.htm", 0, False),
        ('<script>var countPage = 9; x = "index" + "_" + 2</script>', "index_{n}.html", 0, False),
        ("<script>var countPage = 9;</script>", "index_{n}.html", 0, True),
        ('<a href="/other/index_2.html">2</a>', "index_{n}.html", 1, True),
        ("", "index_{n}.html", 1, True),
    ],
)
def test_the_pager(html: str, page: str, base: int, guess: bool) -> None:
    found = find_pager(Tree(f"<html><body>{html}</body></html>"), URL, [])
    assert (found.page, found.base, bool(found.guess)) == (page, base, guess)
    assert "index.html" in found.first
    counted = re.search(found.pages, html) if found.pages else None
    assert (counted is not None and counted[1] == "9") == ("9" in html)


LIST = "".join(f'<li><a href="/art/{n}.html">第{n}场发布会</a><span>2020-01-{n}</span></li>' for n in range(10, 15))


@pytest.mark.parametrize(
    ("html", "css"),
    [
        (f'<ul class="news">{LIST}</ul>', ".news li"),
        (f'<div id="list"><ul>{LIST}</ul></div>', "#list li"),
        (f'<ul class="mt10 fl news list_14">{LIST}</ul>', ".news li"),
        (f'<div id="list"><ul class="mt10">{LIST}</ul></div>', "#list li"),
        (f'<ul class="news">{LIST}</ul><p class="entry">版权</p>'.replace("<li>", '<li class="entry">'), ".news li"),
        (LIST.replace("<li>", '<div class="item">').replace("</li>", "</div>"), ".item"),
    ],
)
def test_rows_are_selected_by_names_that_mean_something(html: str, css: str) -> None:
    side = '<div class="side"><ul><li><a href="/news/1.html">别的消息</a> 2020-01-01</li></ul></div>'
    body = f'<html><body><ul class="menu"><li><a href="/a/">首页</a></li></ul>{html}{side}</body></html>'
    listed = propose_listing("x", Page("x", URL, 200, "", "", body.encode()))
    assert listed.site.listing.items == (css,)
    assert len(listed.items) == 5
    assert all(article_of(listed.site, item.url) for item in listed.items)


def seen(html: str, day: str | None = None) -> Article:
    page = Page("x", "http://hall.example/a/1.html", 200, "", "", f"<html><body>{html}</body></html>".encode())
    return Article(page, day=day)


SAID = "<p>问：好吗？</p><p>答：好。</p>"


def test_the_date_is_the_listing_s_where_a_page_has_several() -> None:
    html = f'<h1>实录</h1><i class="made">2020-01-01</i><i class="put">2020-03-05</i><div class="t">{SAID}</div>'
    assert [look.layout.published for look in find_looks("x", [seen(html, "2020-03-05")])] == [".put"]
    assert [look.layout.published for look in find_looks("x", [seen(html, "2020-01-01")])] == [".made"]


def test_the_body_has_all_of_the_speeches_in_its_parts_and_nothing_more() -> None:
    parts = "".join(f'<div class="part">{SAID}</div>' for _ in range(4))
    html = (
        f'<div class="page"><h1>实录</h1><div class="text">{parts}</div><div class="side">{"别的消息" * 20}</div></div>'
    )
    assert [look.layout.body for look in find_looks("x", [seen(html)])] == [".text"]
    assert find_looks("x", [seen("<h1>消息</h1><p>无人说话。</p>")]) == []


def test_no_word_of_a_page_ends_a_string() -> None:
    made = proposed("mod")
    listing = replace(made.site.listing, url="http://hall.example/\"'\\\n#", next=("'", '"', "'\"\\"))
    site = replace(made.site, listing=listing, title_suffix=re.compile("\"'\\\\$"))
    assert made_of(site_file(replace(made, site=site))) == site


def test_a_deep_page_is_not_read_anew_at_each_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(rows, "find_date", lambda text: read.append(len(text)))
    monkeypatch.setattr(article, "plain", lambda element: read.append(len(plain(element))) or plain(element))
    text = "字<i>字</i>" * 3000
    page = f"<body><h1>实录</h1><div>{SAID}</div>{'<div>' * 1500}{text}<a href='/a/1.html'>链接</a>{'</div>' * 1500}</body>"
    with contextlib.suppress(NoHall):
        rows.find_rows(Tree(page), URL)
    found = Article(Page("x", URL, 200, "", "", page.encode()))
    assert found.heading is not None and found.dated is None and found.editors is None and found.path is None
    assert sum(read) < 20 * len(text)


def test_a_row_s_date_is_beside_its_links_and_not_in_them() -> None:
    row = "<li class='x'><a href='/a/{n}.html'>2019-01-01<b>一二</b></a><!-- 2018-01-01 --> 2020-01-0{n}<i>x</i></li>"
    listing = f"<ul>{''.join(row.format(n=n) for n in range(1, 5))}</ul>"
    found = rows.find_rows(Tree(f"<html><body>{listing}</body></html>"), URL)
    assert [one.day for one in found.rows] == [f"2020-01-0{n}" for n in range(1, 5)]


def test_dated_links_that_are_no_article_s_are_noted() -> None:
    made = proposed("mod")
    assert not [one for one in made.told if one.what == "note"]
    assert "Note:" not in docs_page(made)
    side = '<p><a href="/live/2020-01-01/">直播一</a> 2020-01-01</p><p><a href="/film/[a].html">影像</a> 2020-01-02</p>'
    page = f"<html><body><ul class='news'>{LIST}</ul>{side}</body></html>"
    listed = propose_listing("x", Page("x", URL, 200, "", "", page.encode()))
    note = "2 dated links of the listing do not match the article pattern, e.g. http://hall.example/live/2020-01-01/"
    assert [one.matches for one in listed.told if one.what == "note"] == [note]
    assert docs_page(replace(made, told=listed.told)).endswith(f"\n\nNote: {note}.\n")


def test_a_listing_whose_own_name_has_braces() -> None:
    assert find_pager(Tree("<html></html>"), "http://hall.example/{n}{n}.html", []).page == "index_{n}.html"


def test_the_docs_page_has_each_value_as_it_is_and_no_markup_of_a_page() -> None:
    made = proposed("mod")
    told = Told("article", r"/a(?P<id>\d+)|``b`", "<img src=x> \x1b[31m\u202e | `")
    page = docs_page(replace(made, told=(told,), title="[x](http://a.example) <img src=x>\n# y"))
    row = page.splitlines()[-1]
    assert row.startswith(r"| article | ``` /a(?P<id>\d+)\|``b` ``` | &lt;img src=x> \\x1b\[31m\\u202e \| \` | seen |")
    assert page.startswith(r"# x: \[x\](http://a.example) &lt;img src=x>\\n# y" + "\n")
    assert page.replace("\n", "").isprintable()


@given(st.one_of(st.text(), st.text(alphabet="\\\"'\nra,)(\u202e")))
def test_a_pattern_s_literal_is_the_pattern(text: str) -> None:
    assert ast.literal_eval(_raw(text)) == text
    assert ast.literal_eval(_raw(re.escape(text))) == re.escape(text)


@pytest.mark.parametrize(
    "words", [' - x\\", 1', '"), print(1), ("', 're.compile("x"),', "\\", "\n", "a" * 120 + '\\"#']
)
def test_no_word_of_a_title_or_an_address_is_code(words: str) -> None:
    made = proposed("mod")
    listing = replace(made.site.listing, first=(f"{words}re.compile({'x' * 120}),", f"re.compile({words}"))
    addresses = re.compile(rf"/{re.escape(words)}(?P<id>\d+)(?P<page>)")
    site = replace(made.site, listing=listing, article=addresses, title_suffix=re.compile(re.escape(words) + "$"))
    assert made_of(site_file(replace(made, site=site))) == site


@pytest.mark.parametrize("html", ["", "x", "<ul>" + LIST[:60], "<p><a href='/1.html'>一</a> 2020-01-01</p>", LIST])
def test_no_listing(html: str) -> None:
    with pytest.raises(NoHall):
        propose_listing("x", Page("x", URL, 200, "", "", f"<html><body>{html}</body></html>".encode() if html else b""))


PIECES = st.sampled_from(
    ["<ul class='x'>", "</ul>", "<li>", "</li>", "<a href='/a/1.html'>", "<a href='2.html'>", "</a>", "2020-01-01", "问：", "答：",
     "<p>", "</p>", "<h1>", "</h1>", "来源：x", "<div id='b'>", "</div>", "（责编：甲）", "<a href='http://['>", "\x00", "首页>新闻>会"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.lists(PIECES, max_size=60))
def test_no_page_is_an_exception_but_no_hall(listing: list[str], article: list[str]) -> None:
    pages = [
        Page("x", URL, 200, "", "2026-01-01T00:00:00Z", f"<html><body>{''.join(p)}</body>".encode())
        for p in (listing, article)
    ]
    with contextlib.suppress(NoHall):
        listed = propose_listing("x", pages[0])
        made = propose_hall(listed, [replace(pages[1], url="http://hall.example/a/1.html")])
        assert isinstance(made.site, Site) and site_mistakes(made.site) == []
        compile(site_file(made), "x.py", "exec")
