"""Markup that would take a browser's parser the square of its length."""

import re

import pytest

from crawler.text.lines import write_lines
from crawler.text.select import Tree
from crawler.text.tangled import MANY, REPEATED, straightened, tangled

FONTS = "".join(f"<font a={n}>" for n in range(2000))


@pytest.mark.parametrize(
    "source",
    [
        f"<p>{FONTS}</p>" + "<p>灯</p>" * 2000,
        f"<p>{FONTS.replace('font a', 'B/a')}</p>" + "<p>灯</p>" * 2000 + "</b>" * 2000,
        "<div>" * (MANY + 1),
        "<div><table></div></table>" * MANY,
        "<b " * (MANY + 1),
    ],
)
def test_what_is_tangled_has_a_small_tree(source: str) -> None:
    assert tangled(source)
    assert len(Tree(source).root.css("*")) < 2 * source.count("<")


@pytest.mark.parametrize(
    "source",
    [
        "<p>灯</p>" * 5_000,
        "<p>灯" * 10_000,
        "灯<br>" * 10_000,
        "<div><b>灯</b></div>" * 4_000,
        "<p><font color=red>灯</font></p>" * 4_000,
        "<table>" + "<tr><td>灯" * 5_000,
        "<b><p>灯" * 700,
    ],
)
def test_what_is_only_long(source: str) -> None:
    assert not tangled(source)


def test_a_bare_source_keeps_what_an_attribute_says_of_a_block_and_of_a_link() -> None:
    source = '<p class="a"><font color="red"><a href="/x">灯</a></font></p>'
    assert '<p class="a"><font><a href="/x">灯</a></font></p>' in straightened(source, bare=True)
    assert source in straightened(source, bare=False)


@pytest.mark.parametrize("source", ["", " ", "<!-- 灯 -->", "灯"])
def test_any_source_can_be_straightened(source: str) -> None:
    assert ("灯" in straightened(source, bare=False)) == (source == "灯")


@pytest.mark.parametrize("link", ["<a href=/x>", "<A name=q>", "<a>"])
def test_a_link_left_open_ends_with_its_paragraph(link: str) -> None:
    tree = Tree(f"<body><p>{link}灯</p><p>书</p><p>笔</p>")
    assert tree.leaves_open()
    assert [line.link for line in write_lines(tree.root).lines] == [True, True, True]
    assert [line.link for line in write_lines(tree.straightened().root).lines] == [True, False, False]
    assert not tree.straightened().leaves_open()
    assert not Tree(f"<body><p>{link}灯</a></p><p>书</p>").leaves_open()


@pytest.mark.parametrize("tag", ["b", "STRONG"])
def test_bold_print_left_open_ends_with_its_paragraph(tag: str) -> None:
    tree = Tree(f"<body><p><{tag}>灯</p><p>书</p>")
    assert tree.leaves_open()
    assert [line.bold for line in write_lines(tree.root).lines] == [1, 1]
    assert [line.bold for line in write_lines(tree.straightened().root).lines] == [1, 0]


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [(REPEATED, "<FONT color=red>", "<fonts>"), (REPEATED, "<b/c>", "<b>")],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.search(match) and not pattern.search(miss)
