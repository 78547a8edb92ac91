"""HTML to lines as a reader sees them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Line
from crawler.text.lines import CENTRED, EDGES, HIDDEN, SPACES, LineWriter, plain, tidy, write_lines
from crawler.text.select import Element, Tree

TAGS = [
    "div",
    "p",
    "b",
    "strong",
    "a",
    "br",
    "img",
    "span",
    "table",
    "tr",
    "td",
    "li",
    "script",
    "style",
    "center",
    "h2",
    "!--",
    "/p",
    "/div",
    "/b",
]


def body_of(source: str) -> Element:
    return Tree(f"<html><body>{source}</body></html>").tags("body")[0]


def write(source: str, strip: str = "") -> LineWriter:
    return write_lines(body_of(source), strip=frozenset(strip.split()))


def texts(source: str, strip: str = "") -> list[str]:
    return [line.text for line in write(source, strip).lines]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<p>灯</p><p>书</p>", ["灯", "书"]),
        ("灯<br>书<br/>笔", ["灯", "书", "笔"]),
        ("<p>灯<br>书</p>", ["灯", "书"]),
        ("<p>灯<b>很</b>亮<span>了</span>。</p>", ["灯很亮了。"]),
        ("<p>灯<b>很<i>很</i></b>亮</p><div><p>书</p></div>尾巴", ["灯很很亮", "书", "尾巴"]),
        ("<div>灯<p>书</p>笔</div>", ["灯", "书", "笔"]),
        ("<p>\u3000\u3000灯亮\xa0</p>", ["灯亮"]),
        ("<p>a\n  b\tc</p>", ["a b c"]),
        ("<p>灯\u3000\u3000亮</p>", ["灯\u3000\u3000亮"]),
        ("<p> </p><p>&nbsp;</p><p></p>", []),
        ("", []),
        ("<table><tr><td>灯</td><td>书</td></tr></table>", ["灯", "书"]),
        ("<ul><li>灯<li>书</ul>", ["灯", "书"]),
        ("<p>灯<script>var x='书'</script>亮</p><style>p{}</style><noscript>笔</noscript>", ["灯亮"]),
        ("<p>灯<!-- 书 -->亮</p>", ["灯亮"]),
        ("<p>灯</p>尾巴<p>书</p>", ["灯", "尾巴", "书"]),
        ("<p>&#28783;&amp;&lt;p&gt;</p>", ["灯&<p>"]),
        ("<p>一<p>二<p>三", ["一", "二", "三"]),
        ("<textarea>灯</textarea><p>书</p>", ["书"]),
    ],
)
def test_lines_of_text(source: str, lines: list[str]) -> None:
    assert texts(source) == lines


@pytest.mark.parametrize(
    ("source", "strip", "lines"),
    [
        ("<p>灯</p><div class='edit x'>责编</div>尾", "edit", ["灯", "尾"]),
        ("<p>灯</p><div id='edit'>责编</div>", "edit", ["灯"]),
        ("<p>灯</p><div class='edits'>责编</div>", "edit", ["灯", "责编"]),
        ("<p>灯<span class=box_pic>图</span>亮</p>", "box_pic edit", ["灯亮"]),
        ("<p class=edit>责编</p><p>灯</p>", "edit", ["灯"]),
    ],
)
def test_what_is_named_is_left_out_and_what_follows_is_kept(source: str, strip: str, lines: list[str]) -> None:
    assert texts(source, strip) == lines


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        ("<p>灯</p><div id=x><p>书</p></div>笔", ["灯"], ["笔"]),
        ("灯<div id=x>书</div>笔", ["灯"], ["笔"]),
        ("<div>灯<p>亮</p><div id=x>书</div></div><p>笔</p>", ["灯", "亮"], ["笔"]),
        ("<div id=x>书</div>", [], []),
    ],
)
def test_the_lines_before_and_after_an_element_that_is_left_out(
    source: str, before: list[str], after: list[str]
) -> None:
    tree = Tree(f"<html><body>{source}</body></html>")
    written = write_lines(tree.root, apart=tree.select("#x")[0])
    shown = [line.text for line in written.lines]
    assert (shown[: written.before], shown[written.before :]) == (before, after)


@pytest.mark.parametrize(
    ("source", "bold"),
    [
        ("<p><b>钟启明：</b>够。</p>", 4),
        ("<p>\u3000\u3000<strong>钟启明：</strong>够。</p>", 4),
        ("<p><b>钟</b><b>启明</b>：够。</p>", 3),
        ("<p>够。<b>钟启明</b></p>", 0),
        ("<p>够。</p>", 0),
    ],
)
def test_how_much_of_a_line_is_bold(source: str, bold: int) -> None:
    assert write(source).lines[0].bold == bold


@pytest.mark.parametrize(
    "source",
    ["<p><b>主持人</b><b>&nbsp;</b></p>", "<p><b>主持人</b><b> </b></p>", "<p><b>主持人\n\n  沈嘉文</b></p>"],
)
def test_a_line_that_is_all_bold_is_no_longer_than_its_text(source: str) -> None:
    line = write(source).lines[0]
    assert line.bold == len(line.text)


@pytest.mark.parametrize(
    ("source", "flag", "value"),
    [
        ("<p>灯</p>", "paragraph", True),
        ("<p><i>灯</i></p>", "paragraph", True),
        ("<div>灯</div>", "paragraph", False),
        ("<p align=center>灯</p>", "centred", True),
        ("<p style='Text-Align : center'>灯</p>", "centred", True),
        ("<center><p>灯</p></center>", "centred", True),
        ("<div align=center><p>灯</p></div>", "centred", True),
        ("<p align=left>灯</p>", "centred", False),
        ("<p><img src=a.jpg>灯</p>", "picture", True),
        ("<p>灯</p>", "picture", False),
        ("<p><a href=x>灯</a> </p>", "link", True),
        ("<a href=x><p>灯</p></a>", "link", True),
        ("<p><a href=x>灯</a>亮</p>", "link", False),
        ("<p style='display:none'>灯</p>", "hidden", True),
        ("<div style='left:-999px'><p>灯<b>亮</b></p></div>", "hidden", True),
        ("<p hidden>灯</p>", "hidden", True),
        ("<p style='font-size:0'>灯</p>", "hidden", True),
        ("<p style='font-size:0.9em'>灯</p>", "hidden", False),
        ("<p>灯</p>", "hidden", False),
    ],
)
def test_what_is_known_of_a_line(source: str, flag: str, value: bool) -> None:
    assert getattr(write(source).lines[0], flag) is value


def test_a_flag_ends_with_its_element() -> None:
    lines = write("<p align=center style='display:none'><b>灯</b></p><p>书</p>").lines
    assert lines[1] == Line("书", 0, True)


def test_pictures_know_the_line_behind_them() -> None:
    written = write("<p>灯</p><p><img src='a.jpg' alt='夜校'></p><p>图为夜校</p><img>")
    assert written.pictures == [("a.jpg", "夜校", 1), ("", "", 2)] and [line.text for line in written.lines] == [
        "灯",
        "图为夜校",
    ]


@pytest.mark.parametrize("source", ["<div>灯" * 10_000, "<div><b>灯" * 5_000, "<table><tr><td>灯" * 3_000])
def test_thousands_of_levels_are_no_recursion(source: str) -> None:
    assert "".join(line.text for line in write(source).lines).count("灯") == source.count("灯")


def test_plain_text_is_one_line() -> None:
    assert plain(Tree("<p>\u3000 灯\n<b>亮</b>&nbsp;</p>").select("p")[0]) == "灯 亮"
    assert plain(None) == ""


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (SPACES, "a  b", "a b"),
        (HIDDEN, "display : none", "display: block"),
        (HIDDEN, "text-indent:-9999px", "text-indent:-20px"),
        (HIDDEN, "visibility:hidden", "visibility:visible"),
        (CENTRED, "TEXT-ALIGN: CENTER", "text-align: left"),
    ],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.search(match) and not pattern.search(miss)


@given(st.text(max_size=40))
def test_tidy_is_idempotent(text: str) -> None:
    shown = tidy(text)
    assert tidy(shown) == shown and shown.strip(EDGES) == shown and "\n" not in shown


PIECES = st.lists(
    st.sampled_from([f"<{tag}>" for tag in TAGS]) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    max_size=15,
)


@given(PIECES)
def test_any_html_gives_tidy_lines(pieces: list[str]) -> None:
    written = write("".join(pieces), "edit")
    assert all(line.text and line.text == line.text.strip(EDGES) and "\n" not in line.text for line in written.lines)
    assert all(line.bold >= 0 for line in written.lines)
    assert all(0 <= at <= len(written.lines) for _, _, at in written.pictures)
    assert not (written._bold or written._link or written._hidden or written._paragraph or written._centred)
