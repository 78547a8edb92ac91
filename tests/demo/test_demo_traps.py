"""Every trap is really in the hall: read from the bytes it serves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from crawler.demo.hall import Hall
from crawler.demo.model import Conference, Resource
from crawler.demo.spam import spam
from crawler.demo.traps import extras
from tests.demo.demo_reading import article, bare, conferences, decoded, html, path_of

LAYOUTS = {
    "old": ['id="p_title"', 'id="p_publishtime"', 'id="p_origin"', 'id="p_content"', 'id="p_editor"', "（责任编辑："],
    "cpc": ['class="text_c"><h1>', '<p class="sou">', 'class="show_text"', '<div class="edit">(责编：', 'class="x_nav'],
    "cpc_show": ['class="text_c"><h1>', 'id="p_publishtime"', 'class="text_show"', 'class="edit"', 'class="path"'],
    "cpc_d2": ['class="text_c"><h1>', 'id="p_publishtime"', 'class="d2txt_1"', 'class="x_nav'],
    "mid": ["text_title", 'class="box01"><div class="fl">', 'class="box_con" id="rwb_zw"', 'id="rwb_navpath"'],
    "recent": ["rm_txt cf", 'class="channel cf"><div class="col-1-1', 'class="rm_txt_con', 'class="bza"', "paper_num"],
    "recent_new": ['id="rm_txt_zw"', 'class="box_pic"', 'id="paper_num"', 'class="edit'],
    "health": ['class="articleCont"', 'class="title"><h2>', 'class="artOri"', 'class="artDet"', 'class="subNav'],
    "picture": ['class="path clearfix"><div class="fl">', 'id="picG"', 'class="editor"'],
    "plain": ["<section>", 'class="when"'],
}
FORMS = {
    "square": r"<p>\[[^\]]+\]:|\[[^\]]+\]:[^ ]",
    "square_wide": r"\[\w+\]：",
    "square_bare": r"\[\w{2,4}\][^:：\s]",
    "square_spaced": r"\[[^\]]+\]:( |</p>)",
    "square_full": r"［\w+］：",
    "lenticular": r"【\w+】：",
    "lenticular_half": r"【\w+】:",
    "lenticular_bare": r"【\w{2,4}】[^:：\s]",
    "bare": r"(记者\w{0,4}|提问)(（\w+）)?：|问：",
    "bare_half": r"(记者|提问)(（\w+）)?:( |</p>)",
    "strong": r"<strong>\w+：</strong>",
    "strong_inner": r"<strong>\w+</strong>：",
    "said": r"\w{2,4}说，",
}


def of(hall: Hall, test: Callable[[Conference], object]) -> list[Conference]:
    """The conferences that fit."""
    found = [made for made in conferences(hall) if test(made)]
    assert found
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(hall: Hall, layout: str) -> None:
    for made in of(hall, lambda c: c.slot.layout == layout):
        text = article(hall, made)
        assert all(mark in text for mark in LAYOUTS[layout]), made.path


@pytest.mark.parametrize("form", FORMS)
def test_label_form(hall: Hall, form: str) -> None:
    for made in of(hall, lambda c: c.slot.form == form):
        assert re.search(FORMS[form], article(hall, made)), made.path


@pytest.mark.parametrize(
    ("wire", "codec", "meta", "header"),
    [
        ("gbk", "gbk", b"charset=GB2312", "text/html"),
        ("gbk-latin1", "gbk", b"charset=GB2312", "text/html; charset=ISO-8859-1"),
        ("gbk-header", "gbk", b"charset=GB2312", "text/html; charset=GBK"),
        ("utf8", "utf-8", b"charset=utf-8", "text/html"),
        ("utf8-header", "utf-8", b"charset=utf-8", "text/html; charset=utf-8"),
        ("utf8-gb2312", "utf-8", b"charset=GB2312", "text/html"),
    ],
)
def test_encoding(hall: Hall, wire: str, codec: str, meta: bytes, header: str) -> None:
    for made in of(hall, lambda c: c.slot.wire == wire):
        page = hall.resources[made.path]
        assert meta in page.body
        assert page.headers["Content-Type"] == header
        assert made.title in decoded(page.body, codec)


def test_characters_outside_gb2312_in_gbk_pages(hall: Hall) -> None:
    texts = [article(hall, made) for made in of(hall, lambda c: c.slot.wire.startswith("gbk"))]
    assert sum("镕" in text for text in texts) >= 2
    assert sum("喆" in text for text in texts) >= 2
    for character in "镕喆":
        with pytest.raises(UnicodeEncodeError):
            character.encode("gb2312")


def test_traditional_copies(hall: Hall) -> None:
    copies = [path for path in hall.resources if path.startswith("/BIG5/")]
    assert len(copies) > 80
    text = decoded(hall.resources["/BIG5/392912/index.html"].body, "gbk")
    assert "發布會" in text
    assert "发布会" not in text
    assert "charset=GB2312" in text
    assert re.search(r'href="/BIG5/n1/\d{4}/', text)
    real = [path for path in copies if b"charset=big5" in hall.resources[path].body]
    assert len(real) == 1
    assert "東海職工聯合總會" in decoded(hall.resources[real[0]].body, "big5")


def test_articles_of_several_pages(hall: Hall) -> None:
    long = of(hall, lambda c: c.slot.pages > 1)
    assert sorted(made.slot.pages for made in long) == [2, 3, 3, 4]
    for made in long:
        assert f'href="{made.path.removesuffix(".html")}-2.html">[2]' in html(hall, made.path)
        assert '<div class="zdfy' in html(hall, made.path)
    shy = [made for made in long if "next_only" in made.slot.traps]
    assert all("[3]" not in html(hall, made.path) and "下一页" in html(hall, made.path) for made in shy)


def test_a_turn_goes_on_over_the_page_break(hall: Hall) -> None:
    made = of(hall, lambda c: "split_turn" in c.slot.traps)[0]
    second = html(hall, made.path.replace(".html", "-2.html"))
    turn = next(turn for turn in made.turns if len(turn.parts) > 2)
    assert turn.parts[0] not in second
    assert turn.parts[1] in second


def test_several_turns_in_one_paragraph(hall: Hall) -> None:
    for made in of(hall, lambda c: c.slot.flow == "joined"):
        assert re.search(r"[\]】]：[^<>]+[\[【]\w+[\]】]：", article(hall, made))


def test_times_behind_turns(hall: Hall) -> None:
    for made in of(hall, lambda c: c.slot.flow == "timed"):
        assert len(re.findall(r" \[1\d:\d\d\]</p>", article(hall, made))) == len(made.turns)


def test_labels_in_paragraphs_of_their_own(hall: Hall) -> None:
    for made in of(hall, lambda c: c.slot.flow == "alone"):
        assert re.search(r"(记者[^<]{0,12}|\w)[：:\]】］]?(</strong>)?[：:]?</p>", article(hall, made))


def test_unlabelled_paragraphs_and_line_breaks(hall: Hall) -> None:
    assert of(hall, lambda c: c.slot.flow == "flow" and any(len(t.parts) > 1 for t in c.turns))
    for made in of(hall, lambda c: c.slot.flow == "break"):
        assert "<br/>" in article(hall, made)


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        ("【关闭】【打印】", 2),
        (r"<p[^>]*>\s*　*时间：", 5),
        (r"<p[^>]*>\s*　*地点：", 5),
        (r"<p[^>]*>\s*　*发布人：", 5),
        (r"<p[^>]*>\s*　*出席嘉宾[：:]", 10),
        (r"<p[^>]*>\s*　*来源：", 3),
        (r"\(责编：", 20),
        (r"<p[^>]*>\s*　*他说：“", 2),
        ("有人会问：", 2),
        (r"<p[^>]*>\s*　*人社部门：", 2),
        ("有记者问：", 2),
        ("[^有]记者问：", 2),
        (r"<p[^>]*>\s*　*问：", 2),
        (r"<p[^>]*>\s*　*(<strong>)?答：", 2),
        ("媒体记者：", 1),
        (r"\w+报记者：", 3),
        (r"记者（\w+）", 3),
        (r"主持人（\w+）：", 1),
        (r"主持人\w{2,4}：", 2),
        (r"\w{2,4}（\w+部长）：", 1),
        (r"\w{2,4}\(\w+部长\): ", 1),
        ("提问[：:\\]】］]", 1),
        (r"\[翻译\]", 1),
        ("卜海生", 1),
        (r'text-align: center;">图[为：]', 3),
        (r"部长\w　\w<|主任\w　\w<|总监\w　\w<", 2),
        ("四川省阿坝县、德格县", 2),
        ("更多发布会实录请看专题&gt;&gt;</a></p>", 2),
        ('<div class="clearfix relate">', 10),
    ],
)
def test_look_of_lines(hall: Hall, pattern: str, least: int) -> None:
    assert sum(bool(re.search(pattern, article(hall, made))) for made in conferences(hall)) >= least


def test_no_cleaning_marks_are_left_on_clean_pages(hall: Hall) -> None:
    assert all(
        not record["cleaning"] for record, c in zip(hall.expected, conferences(hall), strict=True) if not c.slot.spam
    )


@pytest.mark.parametrize("kind", ["no_turns", "gone", "empty", "not_html", "cut_off"])
def test_pages_for_the_quarantine(hall: Hall, kind: str) -> None:
    found = {path: hall.resources[path] for path, reason in hall.quarantine.items() if reason == kind}
    assert found
    assert all(CHECKS[kind](hall, path, page) for path, page in found.items())


CHECKS: dict[str, Callable[[Hall, str, Resource], bool]] = {
    "no_turns": lambda hall, path, page: "记者：" not in bare(decoded(page.body).split("网友留言")[0]),
    "gone": lambda hall, path, page: page.status == 404 or "已被删除" in decoded(page.body),
    "empty": lambda hall, path, page: page.status == 200 and page.body == b"",
    "not_html": lambda hall, path, page: page.headers["Content-Type"] == "application/pdf",
    "cut_off": lambda hall, path, page: b"</body>" not in page.body and b"</p>" in page.body,
}


def test_both_ways_of_being_gone(hall: Hall) -> None:
    assert {hall.resources[path].status for path, reason in hall.quarantine.items() if reason == "gone"} == {200, 404}


def test_copies_are_the_same_text(hall: Hall) -> None:
    assert len(hall.duplicates) == 4
    for path, number in hall.duplicates.items():
        original = next(record for record in hall.expected if record["id"] == number)
        assert hall.record(path)["turns"] == original["turns"]
        assert hall.record(path)["id"] != number
        assert hall.listed.index(str(original["url"]).removeprefix("http://acftu.people.com.cn")) < hall.listed.index(
            path
        )


def test_one_transcript_under_two_different_blocks(hall: Hall) -> None:
    twins = [path for path in hall.duplicates if hall.record(path)["cleaning"]]
    assert len(twins) == 2
    for path in twins:
        original = next(record for record in hall.expected if record["id"] == hall.duplicates[path])
        assert original["cleaning"]
        assert original["cleaning"] != hall.record(path)["cleaning"]


def test_a_refresh_leads_to_an_article_that_is_not_listed(hall: Hall) -> None:
    extra = next(e for e in extras(hall.size) if e.kind == "refresh")
    target = path_of(hall, extra.of)
    assert f'http-equiv="refresh" content="0;url={target}"' in html(hall, extra.path)
    assert extra.path in hall.listed
    assert target not in hall.listed


SPAM = [
    "own",
    "glued",
    "several",
    "words",
    "hidden",
    "offscreen",
    "truncated",
    "comma",
    "underscore",
    "wide",
    "traditional",
    "betting",
    "head",
    "outside",
    "dash",
]


@pytest.mark.parametrize("form", SPAM)
def test_spam_block(hall: Hall, form: str) -> None:
    for made in of(hall, lambda c: c.slot.spam == form):
        block, text = spam(form, made.index), article(hall, made)
        assert all(line in text for line in block.before.split("\n"))
        assert hall.expected[made.index]["cleaning"] == [{"kind": "spam_block", "before": block.before}]
        assert len(re.findall(r"[县縣市旗]", block.before)) >= 15


def test_where_spam_blocks_stand(hall: Hall) -> None:
    text = {made.slot.spam: article(hall, made) for made in of(hall, lambda c: c.slot.spam)}
    blocks = {made.slot.spam: spam(str(made.slot.spam), made.index).before for made in of(hall, lambda c: c.slot.spam)}
    assert re.search(r"[。！]" + re.escape(blocks["glued"]) + "</p>", text["glued"])
    assert re.search("display:none.>" + re.escape(blocks["hidden"]), text["hidden"])
    assert re.search("-9999px[^>]*>" + re.escape(blocks["offscreen"]), text["offscreen"])
    assert "平台简介</a></div><div>" + blocks["words"] in text["words"]
    assert text["head"].index(blocks["head"]) < text["head"].index("东总新闻中心")
    assert text["outside"].index(blocks["outside"]) > text["outside"].index("版 权 所 有")
    assert blocks["truncated"].endswith("| 土默特左")
    assert blocks["several"].count("\n") >= 2
    assert "棋牌" in blocks["betting"]
    assert re.search("縣", blocks["traditional"])


def test_a_simplified_block_in_a_traditional_page(hall: Hall) -> None:
    made = of(hall, lambda c: c.slot.spam == "own")[0]
    assert spam("own", made.index).before in html(hall, "/BIG5" + made.path)


def test_furniture(hall: Hall) -> None:
    for made in conferences(hall):
        text = html(hall, made.path)
        assert "首页</a> | <a" in text
        assert "地方频道" in text
        assert "<script" in text
        assert "Copyright" in text
