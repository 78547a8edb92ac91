"""Is a short text a person's name? Both scripts, dotted and Latin names, and words that only look like one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.names import (
    COMPOUND,
    DOTTED_NAME,
    HAN_NAME,
    LATIN_NAME,
    NOT_NAME,
    OUTLET_END,
    ROLE_WORDS,
    SURNAMES,
    is_person,
    is_word,
    may_be_person,
    together,
)


@pytest.mark.parametrize(
    "name",
    [
        "钟启明",
        "鍾啟明",
        "罗佩珊",
        "羅佩珊",
        "沈涛",
        "劉青",
        "葉知秋",
        "欧阳青禾",
        "歐陽青禾",
        "司马岚",
        "阿依古丽·买买提",
        "阿依·古丽",
        "扎西•顿珠",
        "Mary Linden",
        "Jean-Paul Linden",
        "Anna M. Linden",
    ],
)
def test_names(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "钟",
        "记者",
        "記者",
        "问",
        "答",
        "主持人",
        "翻译",
        "媒体记者",
        "现场记者",
        "发言人",
        "嘉宾",
        "商务部",
        "外交部",
        "安全局",
        "工会",
        "马会",
        "地点",
        "夜校开课",
        "钟启明说",
        "钟启明问",
        "王家沟村民",
        "黄河委员会",
        "Linden",
        "mary linden",
        "2017",
        "钟启明：",
        "钟 启明",
        "欧阳",
        "钱的问题",
        "路透社",
        "方式",
        "安全措施",
    ],
)
def test_words_that_are_no_name(words: str) -> None:
    assert not is_person(words)


@pytest.mark.parametrize(
    ("words", "may_be"),
    [
        ("弥青禾", True),
        ("钟启明", True),
        ("记者", False),
        ("商务部", False),
        ("弥", False),
        ("弥青禾说", False),
        ("", False),
    ],
)
def test_a_family_name_that_the_list_lacks_may_be_one(words: str, may_be: bool) -> None:
    assert may_be_person(words) is may_be
    assert not is_person("弥青禾")


@pytest.mark.parametrize("words", ["安全", "方案", "單位", "高度", "时间"])
def test_words_that_begin_like_a_name_are_words_and_look_like_names(words: str) -> None:
    assert is_word(words) and is_person(words)


@pytest.mark.parametrize("words", ["", "钟启明", "沈嘉文", "灯下"])
def test_what_is_no_word_of_the_list(words: str) -> None:
    assert not is_word(words)


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("钟 明", "钟明"),
        ("主\u3000持\xa0人", "主持人"),
        ("欧 阳  青 禾", "欧阳青禾"),
        ("灯下网 记者", "灯下网 记者"),
        ("夜 校 今 天 开", "夜 校 今 天 开"),
        ("M L", "M L"),
        ("", ""),
    ],
)
def test_short_words_that_are_set_wide(words: str, joined: str) -> None:
    assert together(words) == joined


def test_every_family_name_begins_a_name() -> None:
    assert [surname for surname in (*SURNAMES, *COMPOUND) if not is_person(f"{surname}佩珊")] == []


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (HAN_NAME, "钟启明", "钟"),
        (HAN_NAME, "欧阳青禾", "欧阳青禾说话"),
        (DOTTED_NAME, "阿依·古丽", "阿依·"),
        (LATIN_NAME, "Mary Linden", "Mary"),
        (ROLE_WORDS, "中外记者", "中外"),
        (ROLE_WORDS, "记者甲", "记者团"),
        (ROLE_WORDS, "记者2", "记者2017"),
        (ROLE_WORDS, "新聞發言人", "新聞發言"),
    ],
)
def test_whole_words_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.fullmatch(match) and not pattern.fullmatch(miss)


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (NOT_NAME, "高温费", "费高温"),
        (NOT_NAME, "任务", "任务明"),
        (OUTLET_END, "灯下日报", "日报灯"),
        (OUTLET_END, "夜校电视台", "夜校"),
    ],
)
def test_endings_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.search(match) and not pattern.search(miss)


@given(st.text(max_size=12))
def test_any_words_are_a_name_or_not(words: str) -> None:
    assert is_person(words) in (True, False)
