"""CSS selection: the same elements as parsel's, by a quicker way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from parsel import Selector

from crawler.spiders._people import PEOPLE, PEOPLE_ITEMS
from crawler.text.lines import plain
from crawler.text.select import (
    CSS_NAME,
    Element,
    Tree,
    alternatives,
    ancestors,
    beside_links,
    elements,
    followers,
    in_links,
    leading,
    lineage,
    same,
)

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
NAMES = sorted({name[1:] for css in SELECTORS for name in CSS_NAME.findall(css) if name.startswith(".")})


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
    assert tree.select(".sou") is tree.select(".sou") != []


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
def test_a_text_with_or_without_markup_has_a_tree(source: str) -> None:
    assert isinstance(Tree(source).select("p"), list)


@pytest.mark.parametrize(
    ("css", "names"),
    [
        (".text_c > h1", [".text_c"]),
        ("#p_title", ["#p_title"]),
        ("ul.list_16 li", [".list_16"]),
        ("h1", []),
        ("ul.a.b", [".a", ".b"]),
    ],
)
def test_the_names_in_a_selector(css: str, names: list[str]) -> None:
    assert CSS_NAME.findall(css) == names


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("div.a", (("div", ".a"), None, False)),
        (".a", (("", ".a"), None, False)),
        ("#p_title", (("", "#p_title"), None, False)),
        ("h1", (("h1", ""), None, False)),
        (".a > h1", (("h1", ""), ("", ".a"), True)),
        ("p.a b.c", (("b", ".c"), ("p", ".a"), False)),
        (".a + b", None),
        (".a b + i", None),
        (".a > b", None),
        ("div.a.b", None),
        ("i", None),
    ],
)
def test_a_selector_of_simple_steps_and_near_misses(css: str, found: tuple[object, ...] | None) -> None:
    (one,) = alternatives(css)
    assert (one.step, one.inside, one.child) == (found or (None, None, False))


def test_the_alternatives_of_a_selector_are_kept() -> None:
    assert [one.css for one in alternatives("div.a, .b > i,")] == ["div.a", ".b > i"]
    assert alternatives("div.a") is alternatives("div.a")


def test_what_is_around_and_behind_an_element() -> None:
    tree = Tree("<body><div>灯<p>书</p>笔<!--x--><i></i></div></body>")
    p = tree.tags("p")[0]
    assert [e.tag for e in ancestors(p)] == ["div", "body", "html"]
    assert [e.tag for e in followers(p)] == ["-text", "-comment", "i"]
    assert leading(tree.tags("div")[0]) == "灯" and leading(tree.tags("i")[0]) == ""


def test_elements_are_no_texts_and_no_comments_and_each_is_itself_alone() -> None:
    tree = Tree("<body><div>灯<p>书</p><!--x--><p>书</p></div></body>")
    div, (one, other) = tree.tags("div")[0], tree.tags("p")
    assert [e.tag for e in elements(div)] == ["div", "p", "p"]
    assert [e.tag for e in lineage(one)] == ["p", "div", "body", "html"]
    assert same(one, tree.tags("p")[0]) and not same(one, other) and one == other


def test_what_is_in_a_link_and_what_is_beside_one() -> None:
    tree = Tree("<body><div>灯<a>书<object>笔<a>纸</a></object></a><i>墨</i><!--x-->砚</div></body>")
    div, (_, inner) = tree.tags("div")[0], tree.tags("a")
    assert beside_links(div) == ["灯", "墨", "砚"] and beside_links(inner) == []
    assert beside_links(tree.tags("object")[0]) == ["笔"]
    linked = in_links(div)
    assert [e.tag for e in elements(div) if e.mem_id in linked] == ["a", "object", "a"]


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
    # The same tree for both: what the one parser has made is well-formed.
    parsed = Selector(root=etree.fromstring(tree.root.html or ""), type="xml")
    order = {element: number for number, element in enumerate(parsed.root.iter())}
    numbers = {element.mem_id: number for number, element in enumerate(tree.root.traverse())}
    assert [numbers[e.mem_id] for e in tree.select(css)] == [order[node.root] for node in parsed.css(css)]


@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from("<>/='\"&;!-div"),
        max_size=60,
    )
)
def test_any_text_has_a_tree(source: str) -> None:
    Tree(source).select(".text_c > h1, h1")
