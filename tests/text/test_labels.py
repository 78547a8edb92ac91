"""Speaker labels in all their forms, and the look-alikes that are none."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Line
from crawler.text.label_forms import BRACKET, COLON, REPORTED_ANSWER, REPORTED_QUESTION, Label, candidate
from crawler.text.label_page import gather
from crawler.text.label_words import GREETING, NOT_LABEL, TITLED, asks, is_role, nameable
from crawler.text.labels import BYLINE, inside, inside_colon, leaders, leading
from crawler.text.times import TIME_TAIL, without_time

GUESTS = ("钟启明", "罗佩珊")
LABEL_TEXT = st.text(st.sampled_from("[]【】［］（）():：，。问答记者说钟启明主持人 \u30009月"), max_size=40)


def first_label(
    text: str, *others: str, guests: tuple[str, ...] = GUESTS, bold: int = 0, previous: str = ""
) -> tuple[str, str] | None:
    """(label, speech) of a line among the other lines of its page, behind a turn of the label `previous`."""
    page = gather(map(candidate, (text, *others)), guests)
    found = leading(Line(text, bold, True), candidate(text), page, previous)
    return (found.words, text[found.end :]) if found else None


@pytest.mark.parametrize(
    "name", ["钟启明", "记者", "主持人", "問", "主持人钟启明", "记者（灯下网）", "钟启明（副主席）"]
)
@pytest.mark.parametrize(
    "form", ["[{}]：", "[{}]:", "[{}]", "【{}】：", "【{}】", "［{}］：", "[ {} ]： ", "[{}] ：", "【{}】\u3000"]
)
def test_a_label_in_brackets(name: str, form: str) -> None:
    assert first_label(form.format(name) + "夜校开课了。") == (name, "夜校开课了。")


@pytest.mark.parametrize(
    "name",
    [
        "钟启明",
        "记者",
        "記者",
        "主持人",
        "主持人沈嘉文",
        "问",
        "答",
        "問",
        "媒体记者",
        "路透社记者",
        "灯下日报记者沈嘉文",
        "中央广播电视总台央视记者",
        "翻译",
        "钟启明（副主席）",
        "沈嘉文（副主席）",
        "沈嘉文(副主席)",
        "记者（灯下网）",
        "现场记者",
        "网友",
        "发言人",
    ],
)
@pytest.mark.parametrize("colon", ["：", ":", "： ", "：\u3000", " ："])
def test_a_label_before_a_colon(name: str, colon: str) -> None:
    assert first_label(name + colon + "夜校开课了。") == (name, "夜校开课了。")


def test_a_bare_name_needs_a_second_line_or_bold_print() -> None:
    text = "沈嘉文：夜校开课了。"
    assert first_label(text, guests=()) is None
    assert first_label(text, "沈嘉文：书也有了。", guests=()) == ("沈嘉文", "夜校开课了。")
    assert first_label(text, guests=(), bold=4) == ("沈嘉文", "夜校开课了。")


@pytest.mark.parametrize(
    ("text", "label"), [("[记者]：", "记者"), ("【钟启明】", "钟启明"), ("记者：", "记者"), ("[问]", "问")]
)
def test_a_label_as_a_paragraph_of_its_own(text: str, label: str) -> None:
    assert first_label(text) == (label, "")


@pytest.mark.parametrize(("text", "label"), [("主持人", "主持人"), ("钟启明", "钟启明"), ("夜校开课", None)])
def test_a_bold_paragraph_without_colon(text: str, label: str | None) -> None:
    found = first_label(text, bold=len(text))
    assert (found and found[0]) == label
    assert first_label(text) is None


def test_a_word_of_speech_that_leads_two_lines_is_no_name() -> None:
    assert first_label("于是：灯亮了。", "于是：书也到了。") is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("有记者问：灯够吗？", "记者"),
        ("记者问：灯够吗？", "记者"),
        ("有記者問，燈夠嗎？", "記者"),
        ("现场有记者提问：灯够吗？", "记者"),
        ("媒体问：灯够吗？", "媒体"),
    ],
)
def test_a_reported_question(text: str, label: str) -> None:
    assert (first_label(text) or ("", ""))[0] == label


@pytest.mark.parametrize("said", ["钟启明说，", "钟启明表示，", "钟启明回答说，", "钟启明在回答时说，"])
def test_a_reported_answer_behind_a_question(said: str) -> None:
    assert first_label(said + "夜校开课了。", previous="记者") == ("钟启明", "夜校开课了。")
    assert first_label(said + "夜校开课了。", "有记者问：灯够吗？", previous="主持人") is None


def test_a_reported_answer_goes_on_where_the_same_words_answered_before() -> None:
    text = "沈嘉文说，夜校开课了。"
    page = gather([candidate(text)], GUESTS)
    found = [leading(Line(text), candidate(text), page, previous) for previous in ("钟启明", "记者", "沈嘉文")]
    assert [label and label.words for label in found] == [None, "沈嘉文", "沈嘉文"]


@pytest.mark.parametrize("text", ["有记者问：“灯够吗？”", "记者问，“灯够吗？”"])
def test_a_reported_question_in_quotation_marks_is_news(text: str) -> None:
    assert first_label(text) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第一财经：请问灯够吗？", "第一财经"),
        ("第一财经：灯够吗？", "第一财经"),
        ("第一财经：灯够。", None),
        ("[第一财经]：灯够。", "第一财经"),
        ("[第一财经]灯够。", None),
    ],
)
def test_a_press_body_is_a_label_where_it_asks_or_in_brackets_with_a_colon(text: str, label: str | None) -> None:
    assert (first_label(text) or (None,))[0] == label


@pytest.mark.parametrize(
    ("words", "asking"),
    [
        *((words, True) for words in ("记者", "問", "网友", "路透社记者", "灯下日报", "第一财经")),
        *((words, False) for words in ("钟启明", "主持人", "答", "翻译", "问题")),
    ],
)
def test_whose_label_is_a_questioners(words: str, asking: bool) -> None:
    assert asks(words) is asking


@pytest.mark.parametrize("said", ["钟启明指出：", "钟启明答道：", "钟启明回答说:"])
def test_a_reported_answer_with_a_colon(said: str) -> None:
    assert first_label(said + "夜校开课了。", previous="记者") == ("钟启明", "夜校开课了。")


LOOK_ALIKES = [
    "【關閉】【打印】",
    "【关闭】",
    "[打印]",
    "【大 中 小】",
    "[返回]",
    "【推荐阅读】夜校",
    "[1]",
    "[2017年]夜校",
    "时间:2017年3月9日",
    "地点：灯下礼堂",
    "时间：10:00",
    "商务部:夜校有了新教室",
    "外交部：夜校有了新教室",
    "他说：夜校开课了。",
    "她表示，夜校开课了。",
    "来源：灯下网",
    "(责编:罗佩珊)",
    "责编：罗佩珊",
    "责任编辑：罗佩珊、沈嘉文",
    "各位记者：大家下午好",
    "朋友们：大家下午好",
    "文字实录：",
    "摄影：沈嘉文",
    "记者：沈嘉文 摄",
    "“夜校：灯下的课堂”",
    "《夜校》：一本书",
    "夜校的三个特点：一是灯多。",
    "第一：灯多。",
    "编者按：夜校开课了。",
    "10:00夜校开课",
    "[责任编辑：沈嘉文]",
    "【视频】夜校开课",
    "[完]",
    "主题：夜校",
]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_are_no_labels(text: str) -> None:
    assert first_label(text, "[钟启明]：夜校开课了。", "有记者问：灯够吗？") is None


@pytest.mark.parametrize("words", ["安全", "单位", "方案"])
def test_headings_that_lead_two_lines_are_no_labels(words: str) -> None:
    assert first_label(f"{words}：灯要亮。", f"{words}：线要新。", "[钟启明]：夜校开课了。") is None


def test_a_caption_in_brackets_that_ends_with_a_guests_name_is_no_label() -> None:
    assert first_label("[图为副主席罗佩珊]", "[钟启明]：夜校开课了。") is None


@pytest.mark.parametrize("text", ["发布人:副主席沈嘉文", "出席嘉賓:副主席鍾啟明"])
def test_keys_of_the_guest_list_are_no_labels(text: str) -> None:
    assert first_label(text, "[钟启明]：夜校开课了。") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[问]：灯够吗？[答]：够。[问]：书呢？", ["答", "问"]),
        ("[钟启明]：好。【罗佩珊】也好。", ["罗佩珊"]),
        ("[钟启明]：见文件[2017]，又见[附件]。", []),
        ("[钟启明]：好。[打印]", []),
    ],
)
def test_several_turns_in_one_paragraph(text: str, found: list[str]) -> None:
    page = gather([candidate(text)], GUESTS)
    assert [label.words for label in inside(text, candidate(text).end, page)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("问：灯够吗？答：够。", ["答"]),
        ("问：灯够吗？ 答:够。 问：书呢？", ["答", "问"]),
        ("问：我想问：灯够吗", []),
        ("问：请回答：够吗？", []),
    ],
)
def test_question_and_answer_in_one_line(text: str, found: list[str]) -> None:
    led = leaders(gather([candidate(text)], ()))
    assert [label.words for label in inside_colon(text, candidate(text).end, led)] == found


def test_without_labels_that_lead_lines_no_colon_is_looked_for() -> None:
    assert leaders(gather([], ())) == frozenset()


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        ("[09:25]", "09:25"),
        (" [9:25]", "09:25"),
        ("［09：25］", "09:25"),
        ("【10:05】", "10:05"),
        ("【2017-03-09 09:25】", "09:25"),
        ("[2017年3月9日 09:25]", "09:25"),
        ("\u3000［23:59］ ", "23:59"),
    ],
)
def test_the_time_at_the_end_of_a_speech(tail: str, told: str) -> None:
    assert without_time(("夜校开课了。" + tail).rstrip()) == ("夜校开课了。", told)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "夜校开课了。",
        "见[2017]",
        "见（附件）",
        "比分是（3:2）",
        "夜校开课了。（09:25）",
        "夜校开课了。(2017-03-09 09:25)",
        "夜校09:25",
        "[09:25]开课",
        "（上午09:25开课）",
        "[09:255]",
    ],
)
def test_what_is_no_time_at_the_end(text: str) -> None:
    assert without_time(text) == (text, None)


@pytest.mark.parametrize("text", ["比分是[31:28]", "男女比例【12:88】", "夜校开课了。[24:00]"])
def test_an_impossible_time_is_text(text: str) -> None:
    assert without_time(text) == (text, None)


def test_a_time_in_full_width_digits() -> None:
    assert without_time("夜校开课了。［０９：２５］")[1] == "09:25"


@pytest.mark.parametrize(
    "words",
    [
        "记者",
        "问",
        "主持人",
        "主持人钟启明",
        "路透社记者",
        "灯下日报记者罗佩珊",
        "记者（灯下网）",
        "灯下网 记者",
        "翻譯",
        "媒体记者",
    ],
)
def test_roles(words: str) -> None:
    assert is_role(words) and nameable(words)


@pytest.mark.parametrize(
    "words", ["钟启明", "记者们都", "各位记者", "我是记者", "夜校记者证", "主持", "主持人大会", "", "女记者节"]
)
def test_what_is_no_role(words: str) -> None:
    assert is_role(words) is (words == "主持")


def test_a_name_with_titles_is_nameable_and_other_words_are_not() -> None:
    assert all(map(nameable, ["钟启明（副主席）", "钟启明", "钟 启 明", "外交部发言人陆启明", "北岭大学 沈嘉文"]))
    assert not any(map(nameable, ["夜校（新楼）", "安全", "打印", "灯下网"]))


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (BRACKET, "[问]：", "[问"),
        (BRACKET, "【问】", "【" + "长" * 41 + "】"),
        (COLON, "问：", "问。："),
        (COLON, "钟启明（副主席）：", "“钟启明”："),
        (REPORTED_QUESTION, "有记者问：", "有记者说："),
        (REPORTED_ANSWER, "钟启明说，", "钟启明说话，"),
        (TIME_TAIL, "[09:25]", "[09:2]"),
    ],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.match(match) and not pattern.match(miss)


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (NOT_LABEL, "打印", "打印机"),
        (NOT_LABEL, "第三", "第三方"),
        (BYLINE, "钟启明 罗佩珊摄", "钟启明！"),
        (TITLED, "钟启明（副主席）", "钟启明（副主席"),
        (GREETING, "各位", "名位"),
    ],
)
def test_whole_words_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.fullmatch(match) and not pattern.fullmatch(miss)


@given(st.lists(LABEL_TEXT | st.text(max_size=30), min_size=1, max_size=5))
def test_any_lines_have_labels_within_them(texts: list[str]) -> None:
    page = gather(map(candidate, texts), GUESTS)
    for text in texts:
        first = leading(Line(text, 0, True), candidate(text), page)
        found = [*([first] if first else []), *inside(text, first.end if first else 0, page)]
        assert all(isinstance(label, Label) and label.words and label.words in text for label in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
        shown, said = without_time(text)
        assert text.startswith(shown) and (said is None) == (shown == text)


def test_an_open_bracket_before_many_spaces() -> None:
    assert candidate("[" + "\u3000" * 1500) is None
