"""The fold that makes copies of one text equal, the content hash, and the script that a text is written in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.script import Content, content_hash, fold, language

HANS, HANT = "职工大学开课，学费由工会补贴", "職工大學開課，學費由工會補貼"
HASH = re.compile(r"sha256:[0-9a-f]{64}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HANS, HANT),
        ("发展", "發展"),
        ("后台", "後臺"),
        ("干部", "幹部"),
        ("Ａ１２％", "A12%"),
        ("您好，请问：", "您好,请问:"),
        ("（工会）！？；", "(工会)!?;"),
        ("“夜校”", "「夜校」"),
        ("〈灯〉", "〈灯〉"),
        ("阿依·古丽", "阿依‧古丽"),
        ("十—二十", "十―二十"),
        ("夜 校\u3000开\xa0课\n了", "夜校开课了"),
    ],
)
def test_what_copies_of_one_text_differ_in_folds_away(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("夜校", "学校"), ("3.5", "35"), ("去，年", "去年"), ("𠮷", "吉"), ("“灯”", "灯")]
)
def test_what_is_another_text_stays_another(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_fold_is_idempotent_on_every_character_of_the_plane() -> None:
    plane = "".join(chr(n) for n in range(0x10000) if not 0xD800 <= n < 0xE000)
    assert fold(fold(plane)) == fold(plane)


@given(st.text(st.characters(), max_size=80))
def test_fold_takes_any_text_twice_as_once_and_leaves_no_space(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded and not any(c.isspace() for c in folded)


@given(one=st.text(max_size=30), other=st.text(max_size=30))
def test_fold_works_character_by_character(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


def test_fold_takes_lone_surrogates() -> None:
    assert fold("灯\ud800") == "灯\ud800"


def test_the_hash_is_equal_for_both_scripts_and_widths() -> None:
    one = content_hash("夜校开课", [("记者", HANS + "？"), ("沈嘉文", "3 年。")])
    other = content_hash("夜校開課", [("記者", HANT + "?"), ("沈嘉文", "３年。")])
    assert one == other and HASH.fullmatch(one)


@pytest.mark.parametrize(
    ("title", "turns"),
    [
        ("夜校开课了", [("记者", "请问")]),
        ("夜校开课", [("记者", "请问"), ("答", "")]),
        ("夜校开课", [("记", "者请问")]),
        ("夜校开课", [("记者", "请"), ("问", "")]),
        ("夜校", [("开课", ""), ("记者", "请问")]),
        ("夜校开课", [("记者请", "问")]),
        ("夜校开课", []),
    ],
)
def test_the_hash_tells_words_that_moved(title: str, turns: list[tuple[str, str]]) -> None:
    assert content_hash(title, turns) != content_hash("夜校开课", [("记者", "请问")])


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (HANS, "zh-Hans"),
        (HANT, "zh-Hant"),
        ("人口", "zh-Hans"),
        ("Wages of night school teachers", "en"),
        ("", "und"),
        ("2016 —— 12", "und"),
        ("工会主办的夜校开课了，" * 3 + "裏", "zh-Hans"),
        ("工會主辦的夜校開課了，" * 3 + "这", "zh-Hant"),
        ("WTO与APEC的关系", "zh-Hans"),
    ],
)
def test_the_script_of_a_text(text: str, tag: str) -> None:
    assert language(text) == tag


def test_english_that_quotes_a_chinese_name_is_english() -> None:
    assert (
        language(
            "A spokesman of the night school (夜校联谊会) said that fees would be paid by the union in the new year."
        )
        == "en"
    )


@given(st.text(st.characters(), max_size=60))
def test_any_text_has_one_of_four_tags(text: str) -> None:
    assert language(text) in {"zh-Hans", "zh-Hant", "en", "und"}


@pytest.mark.parametrize("char", ["\ufffd", "\ue000", "\uf8ff"])
def test_characters_that_no_page_means(char: str) -> None:
    assert Content(HANS + char + HANT, ()).means_nothing() and Content("", [("", char)]).means_nothing()


@pytest.mark.parametrize("text", ["", HANS, HANT, "\ud7ff", "\uf900", "\ufffc", "𠮷\U0001f600", "　\n"])
def test_near_misses_of_characters_that_no_page_means(text: str) -> None:
    assert not Content(text, ()).means_nothing()
