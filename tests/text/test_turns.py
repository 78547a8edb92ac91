"""Lines sorted into head, speeches, captions and fields; the page's own lines left out."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Line
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from crawler.text.turns import CAPTION, EDITOR_LINE, FURNITURE, SOURCE_LINE, Split, is_caption, is_field, split

GUESTS = ("钟启明", "罗佩珊")
Sorted = tuple[Split, list[tuple[str, str]]]


def sort(
    *lines: str | Line, guests: tuple[str, ...] = GUESTS, pictures: tuple[int, ...] = (), fields: tuple[int, ...] = ()
) -> Sorted:
    made = [line if isinstance(line, Line) else Line(line, 0, True) for line in lines]
    candidates = [candidate(line.text) for line in made]
    done = split(made, candidates, gather(candidates, guests), pictures, fields)
    return done, [(speech.label.words, speech.text) for speech in done.speeches]


def test_head_turns_and_fields() -> None:
    done, turns = sort(
        "夜校今天开课。", "[主持人]：各位好。", "[记者]：灯够吗？", "[钟启明]：够。", "来源：灯下网", "（责编：沈嘉文）"
    )
    assert turns == [("主持人", "各位好。"), ("记者", "灯够吗？"), ("钟启明", "够。")]
    assert (done.head, done.fields) == ([0], [4, 5])


def test_an_unlabelled_paragraph_continues_the_turn_before_it() -> None:
    assert sort("[钟启明]：第一点，灯。", "第二点，书。", "第三点：笔。", "[记者]：谢谢。")[1] == [
        ("钟启明", "第一点，灯。\n第二点，书。\n第三点：笔。"),
        ("记者", "谢谢。"),
    ]


def test_labelled_paragraphs_of_one_speaker_are_turns_of_their_own() -> None:
    assert sort("[钟启明]：第一点，灯。", "[钟启明]：第二点，书。")[1] == [
        ("钟启明", "第一点，灯。"),
        ("钟启明", "第二点，书。"),
    ]


def test_a_label_alone_is_said_by_the_next_line() -> None:
    assert sort("[记者]：", "灯够吗？", Line("钟启明", 3, True), "够。")[1] == [
        ("记者", "灯够吗？"),
        ("钟启明", "够。"),
    ]


def test_several_turns_in_one_paragraph() -> None:
    assert sort("[记者]：灯够吗？[钟启明]：够。[记者]：谢谢。")[1] == [
        ("记者", "灯够吗？"),
        ("钟启明", "够。"),
        ("记者", "谢谢。"),
    ]


def test_the_words_before_a_label_in_the_middle_belong_to_the_turn_before() -> None:
    assert sort("[记者]：灯够吗？", "书够吗？[钟启明]：够。")[1] == [("记者", "灯够吗？\n书够吗？"), ("钟启明", "够。")]


def test_questions_and_answers_in_one_line() -> None:
    assert sort("问：灯够吗？答：够。问：书呢？", guests=())[1] == [
        ("问", "灯够吗？"),
        ("答", "够。"),
        ("问", "书呢？"),
    ]


@pytest.mark.parametrize(
    ("tail", "told"), [(" [09:25]", "09:25"), ("【09:25】", "09:25"), ("（09:25）", None), ("", None), ("[附件]", None)]
)
def test_the_time_that_ends_a_turn_leaves_its_text(tail: str, told: str | None) -> None:
    done, turns = sort("[钟启明]：够。" + tail)
    assert done.speeches[0].time == told and turns[0][1] == ("够。" if told else "够。" + tail)


def test_white_space_at_the_ends_of_a_turn_is_no_text_of_it() -> None:
    assert sort("[钟启明]：\u3000\xa0够。 \u3000", "\u3000\u3000真的。 ")[1] == [("钟启明", "够。\n真的。")]


def test_pieces_tell_where_the_text_stands() -> None:
    lines = ["[记者]：\u3000灯够吗？ [09:25]", "书呢？[钟启明]：够。"]
    for speech in sort(*lines)[0].speeches:
        assert "\n".join(lines[i][a:b] for i, a, b in speech.pieces) == speech.text


FURNITURE_LINES = [
    "【关闭】【打印】",
    "【關閉】 【打印】",
    "[打印]",
    "【大 中 小】",
    "[1] [2] [3]",
    "[上一页] [下一页]",
    "上一页",
    "下一頁",
    "分享让更多人看到",
    "打印本页",
    "相关新闻：",
    "推荐阅读",
    "返回顶部",
    "微信扫一扫，分享到朋友圈",
]


@pytest.mark.parametrize("text", FURNITURE_LINES)
def test_the_pages_own_lines_are_no_text(text: str) -> None:
    assert sort("[钟启明]：够。", text, "[记者]：谢谢。")[1] == [("钟启明", "够。"), ("记者", "谢谢。")]


@pytest.mark.parametrize(
    "text", ["打印机也是夜校的。", "下一页讲灯。", "[附件]见后。", "【关闭】了夜校的三盏灯。", "相关新闻我也看了。"]
)
def test_lines_that_only_begin_like_the_pages_own_are_text(text: str) -> None:
    assert sort("[钟启明]：够。", text)[1] == [("钟启明", f"够。\n{text}")]


@pytest.mark.parametrize(
    "text",
    [
        "来源：灯下网",
        "（来源：灯下网）",
        "稿件来源: 灯下网",
        "责编：沈嘉文",
        "（责编:沈嘉文、罗佩珊）",
        "(責任編輯：沈嘉文)",
        "编辑：沈嘉文",
    ],
)
def test_source_and_editors_are_fields(text: str) -> None:
    done, turns = sort("[钟启明]：够。", text)
    assert done.fields == [1] and turns == [("钟启明", "够。")]


def test_a_speech_about_sources_is_text() -> None:
    text = "收入来源：一是学费，二是补贴，" + "三是捐赠，" * 30
    assert sort("[钟启明]：够。", text)[1] == [("钟启明", f"够。\n{text}")]


def test_counties_in_a_speech_are_text() -> None:
    text = "夜校办到了青石县、白水县、南坪区、北岭市。"
    assert sort("[钟启明]：够。", text)[1][0][1].endswith(text)


@pytest.mark.parametrize(
    ("line", "behind", "labelled", "caption"),
    [
        (Line("图为夜校的灯。", picture=True), False, False, True),
        (Line("图为夜校的灯。"), True, False, True),
        (Line("图：夜校的灯"), True, False, True),
        (Line("夜校的灯 沈嘉文摄"), True, False, True),
        (Line("夜校的灯（沈嘉文 摄）"), True, False, True),
        (Line("夜校的灯", centred=True), True, False, True),
        (Line("夜校的灯"), True, False, False),
        (Line("[钟启明]：够。", centred=True), True, True, False),
        (Line("夜校的灯亮了，" * 10, centred=True), True, False, False),
        (Line("记者：灯够吗？", picture=True), False, True, False),
    ],
)
def test_captions_stand_with_a_picture(line: Line, behind: bool, labelled: bool, caption: bool) -> None:
    assert is_caption(line, behind, labelled) is caption


def test_a_caption_between_two_turns_is_text_of_neither() -> None:
    done, turns = sort("[钟启明]：够。", Line("图为夜校的灯。", 0, True, True), "还有书。", pictures=(1,))
    assert done.captions == [1] and turns == [("钟启明", "够。\n还有书。")]


def test_words_of_a_caption_without_a_picture_are_text() -> None:
    assert sort("[钟启明]：够。", "图为夜校的灯。")[1] == [("钟启明", "够。\n图为夜校的灯。")]


def test_a_list_of_links_behind_the_paragraphs_is_no_text() -> None:
    links = [Line("推荐"), Line("夜校的书", link=True), Line("夜校的笔", link=True)]
    assert sort("[钟启明]：够。", *links)[1] == [("钟启明", "够。")]


def test_a_link_within_the_paragraphs_is_text() -> None:
    assert sort("[钟启明]：见", Line("夜校章程", 0, True, link=True), "[记者]：谢谢。")[1][0] == (
        "钟启明",
        "见\n夜校章程",
    )


def test_fields_of_the_head_are_left_out_of_the_lead() -> None:
    assert sort("时间：10:00", "夜校开课。", "[钟启明]：够。", fields=(0,))[0].head == [1]


def test_a_page_without_labels_has_no_turns() -> None:
    done, turns = sort("夜校开课。", "“灯够吗？”他说：“够。”", guests=())
    assert turns == [] and done.head == [0, 1]


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (FURNITURE, "[打印]", "[打印机]"),
        (SOURCE_LINE, "来源：灯下网", "来源灯下网"),
        (EDITOR_LINE, "责编：沈嘉文", "责编沈嘉文"),
        (CAPTION, "图为夜校", "图书馆里的夜校"),
        (CAPTION, "夜校的灯（沈嘉文摄）", "夜校的灯在摄氏十度下"),
    ],
)
def test_whole_lines_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.fullmatch(match) and not pattern.fullmatch(miss)


TEXTS = st.text(st.sampled_from("[]【】：:，。问答记者钟启明图为责编来源 \u300009"), max_size=25) | st.text(max_size=15)
LINES = st.lists(st.builds(lambda t, *flags: Line(t.strip(), 0, *flags), TEXTS, *[st.booleans()] * 4), max_size=8)


@given(LINES, st.sets(st.integers(0, 8)))
def test_any_lines_are_sorted_and_none_is_said_twice(lines: list[Line], pictures: set[int]) -> None:
    done, _ = sort(*lines, pictures=tuple(pictures))
    spans = sorted(piece for speech in done.speeches for piece in speech.pieces)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(spans))
    assert not set(done.captions) & {i for i, _, _ in spans} and not set(done.fields) & {i for i, _, _ in spans}
    for speech in done.speeches:
        assert [lines[i].text[a:b] for i, a, b in speech.pieces] == speech.texts


def test_a_row_of_buttons_is_read_in_one_way_only() -> None:
    """Each of them fits in several; all combinations of a row were tried where its end was no button."""
    assert is_field("[关闭 窗口 ]  " * 6)
    assert not is_field("[关闭 窗口 ]  " * 6 + "谢谢")
