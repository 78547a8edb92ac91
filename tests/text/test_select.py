"""CSS selection: the same elements as parsel's, by a quicker way."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element as Element
from parsel import Selector

from crawler.spiders._people import PEOPLE, PEOPLE_ITEMS
from crawler.text.notice import Rejected
from crawler.text.select import CSS_CLASS, LEADING_ID, Tree, compiled, plain

PAGE = """<html><body><div class="head main"><h1 id="t">夜校</h1><p class="sou">来源</p></div>
<div class="text_c"><h1>一</h1><div><h1>二</h1></div></div><ul class="list_16 x"><li>甲</li><li>乙</li></ul>
<p class="source">三</p></body></html>"""
SELECTORS = sorted(
    {
        one.strip()
        for css in [*PEOPLE_ITEMS, *(c for y in PEOPLE for c in (y.title, y.published, y.source, y.body, y.editors))]
        for one in css.split(",")
        if one.strip()
    }
)
NAMES = sorted({name for css in SELECTORS for name in CSS_CLASS.findall(css)})


def found(css: str, within: Element | None = None, page: str = PAGE) -> list[str]:
    return [plain(e) for e in Tree(page).select(css, within)]


@pytest.mark.parametrize(
    ("css", "texts"),
    [
        ("#t", ["夜校"]),
        (".text_c > h1", ["一"]),
        (".text_c h1", ["一", "二"]),
        ("ul.list_16 li", ["甲", "乙"]),
        (".list_1 li", []),
        (".sou", ["来源"]),
        ("p.sou", ["来源"]),
        ("div.sou", []),
        (".head.main h1", ["夜校"]),
        ("h1 + p", ["来源"]),
        (".nothing, .sou, .source", ["来源"]),
        (".source, .sou", ["三"]),
        ("", []),
        (" , ", []),
    ],
)
def test_what_a_selector_finds(css: str, texts: list[str]) -> None:
    assert found(css) == texts


def test_selecting_again_finds_the_same() -> None:
    tree = Tree(PAGE)
    assert tree.select(".sou") == tree.select(".sou") != []


def test_selecting_within_an_element() -> None:
    tree = Tree(PAGE)
    assert [plain(e) for e in tree.select("h1", tree.select(".text_c")[0])] == ["一", "二"]
    assert tree.select(".sou", tree.select(".text_c")[0]) == []


def test_an_id_within_an_element() -> None:
    tree = Tree('<body><p id="x">灯</p><div class="y"><p>书</p></div></body>')
    assert tree.select("#x", tree.select(".y")[0]) == []


def test_of_an_id_that_a_page_gives_twice_the_document_finds_the_first_and_an_element_all() -> None:
    tree = Tree('<body><p id="x">灯</p><p id="x">书</p></body>')
    assert list(map(plain, tree.select("#x"))) == ["灯"]
    assert list(map(plain, tree.select("#x", tree.select("body")[0]))) == ["灯", "书"]


@pytest.mark.parametrize(
    "source", ["", " ", "\n", "夜校", "<", "<!doctype html>", "<p>灯", "\ufffd", "{}", "<html></html>"]
)
def test_a_text_with_or_without_markup_has_a_tree_or_is_rejected(source: str) -> None:
    with contextlib.suppress(Rejected):
        assert isinstance(Tree(source).select("p"), list)


@pytest.mark.parametrize(
    ("css", "names"),
    [
        (".text_c > h1", ["text_c"]),
        ("#p_title", []),
        ("ul.list_16 li", ["list_16"]),
        ("h1", []),
        ("ul.a.b", ["a", "b"]),
    ],
)
def test_the_classes_in_a_selector(css: str, names: list[str]) -> None:
    assert CSS_CLASS.findall(css) == names


def test_an_id_at_the_head_and_a_near_miss() -> None:
    assert LEADING_ID.match("descendant-or-self::*[@id = 'p_title']")
    assert not LEADING_ID.match("descendant-or-self::div[@id = 'p_title']")


def test_a_compiled_selector_is_kept() -> None:
    assert compiled(".sou", whole=True) is compiled(".sou", whole=True)
    assert compiled("#t", whole=True).path != compiled("#t", whole=False).path


def test_plain_text_is_one_line() -> None:
    assert plain(Tree("<p>\u3000 灯\n<b>亮</b>&nbsp;</p>").select("p")[0]) == "灯 亮"
    assert plain(None) == ""


TREES = st.recursive(
    st.just(""),
    lambda inner: st.builds(
        lambda tag, names, children: f"<{tag} class='{' '.join(names)}'>灯{''.join(children)}</{tag}>",
        st.sampled_from(["div", "p", "ul", "li", "h1", "h5", "i"]),
        st.lists(st.sampled_from(NAMES), max_size=3),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(TREES, st.sampled_from(SELECTORS))
def test_each_selector_of_a_site_finds_what_parsel_finds(body: str, css: str) -> None:
    tree = Tree(f"<html><body>{body}</body></html>")
    expected = [node.root for node in Selector(root=tree.root, type="html").css(css)]
    assert tree.select(css) == expected


@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from("<>/='\"&;!-div"),
        max_size=60,
    )
)
def test_any_text_has_a_tree_or_is_rejected(source: str) -> None:
    with contextlib.suppress(Rejected):
        Tree(source).select(".text_c > h1, h1")
