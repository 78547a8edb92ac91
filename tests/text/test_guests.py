"""Guest lists in the forms that pages print, to organisation, titles and name; nothing is invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Participant
from crawler.text.guests import (
    BETWEEN,
    BRACKETED,
    GUEST_KEY,
    ORGANISATION,
    SENTENCE,
    SOME_ORGANISATION,
    SPACE,
    TITLE_END,
    guest_line,
    read_guests,
    read_person,
    split_organisation,
    titled_person,
)

GUEST_TEXT = st.text(
    st.sampled_from("全国总工会副主席部长新闻发言人钟启明罗佩珊沈、，； \u3000（）()市委员职工大学：甲A"), max_size=40
)


def told(people: tuple[Participant, ...]) -> list[tuple[str | None, str | None, list[str]]]:
    return [(p.name, p.organisation, p.titles) for p in people]


@pytest.mark.parametrize(
    ("text", "name", "organisation", "titles"),
    [
        ("全国总工会新闻发言人、宣传教育部部长钟启明", "钟启明", "全国总工会", ["新闻发言人", "宣传教育部部长"]),
        ("全國總工會新聞發言人、宣傳教育部部長鍾啟明", "鍾啟明", "全國總工會", ["新聞發言人", "宣傳教育部部長"]),
        ("全国总工会权益保障部部长罗佩珊", "罗佩珊", "全国总工会", ["权益保障部部长"]),
        ("全国总工会副主席、书记处书记沈嘉文", "沈嘉文", "全国总工会", ["副主席", "书记处书记"]),
        ("钟启明（全国总工会新闻发言人）", "钟启明", "全国总工会", ["新闻发言人"]),
        ("鍾啟明(全國總工會新聞發言人)", "鍾啟明", "全國總工會", ["新聞發言人"]),
        ("全国总工会副主席 钟启明", "钟启明", "全国总工会", ["副主席"]),
        ("全国总工会副主席\u3000钟启明", "钟启明", "全国总工会", ["副主席"]),
        ("全国总工会副主席沈\u3000涛", "沈涛", "全国总工会", ["副主席"]),
        ("沈\u3000涛", "沈涛", None, []),
        ("钟启明", "钟启明", None, []),
        ("副主席钟启明", "钟启明", None, ["副主席"]),
        ("浙江省总工会副主席钟启明", "钟启明", "浙江省总工会", ["副主席"]),
        ("国家统计局副局长罗佩珊", "罗佩珊", "国家统计局", ["副局长"]),
        ("夜光纺织有限公司董事长沈嘉文", "沈嘉文", "夜光纺织有限公司", ["董事长"]),
        ("北岭大学教授欧阳青禾", "欧阳青禾", "北岭大学", ["教授"]),
        ("职工互助保障会理事长罗佩珊", "罗佩珊", "职工互助保障会", ["理事长"]),
        ("全国总工会副主席阿依·古丽", "阿依·古丽", "全国总工会", ["副主席"]),
    ],
)
def test_one_person(text: str, name: str, organisation: str | None, titles: list[str]) -> None:
    person = read_person(text)
    assert person == Participant(name=name, organisation=organisation, titles=titles, text=text)


@pytest.mark.parametrize(
    "text", ["", "全国总工会", "副主席", "夜校开课的消息", "欢迎大家", "2017年3月9日", "有关部门负责人"]
)
def test_words_without_a_name_are_no_person(text: str) -> None:
    assert read_person(text) is None and read_guests(text) == ()


KEYS = [
    "出席嘉宾",
    "出席嘉賓",
    "嘉宾",
    "嘉賓",
    "发布人",
    "發布人",
    "主持人",
    "主讲人",
    "主講人",
    "出席人员",
    "出席人員",
    "新闻发布人",
    "发言人",
    "主要嘉宾",
    "嘉宾名单",
    "参加人员",
    "介绍人",
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("form", ["{}：{}", "{}:{}", "【{}】：{}", "\u3000\u3000{}： {}"])
def test_a_guest_line_in_each_form(key: str, form: str) -> None:
    assert guest_line(form.format(key, "副主席钟启明")) == (key, "副主席钟启明")


def test_a_key_that_stands_alone() -> None:
    assert guest_line("出席嘉宾：") == ("出席嘉宾", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "出席嘉宾",
        "时间：2017年3月9日",
        "地点：灯下礼堂",
        "来源：灯下网",
        "商务部：夜校开课",
        "钟启明：各位下午好",
        "嘉宾们：钟启明",
        "主持人：各位媒体朋友，大家下午好！",
        "发言人：夜校已经开课。",
        "主持人：" + "钟启明 " * 200,
    ],
)
def test_what_is_no_guest_line(text: str) -> None:
    assert guest_line(text) is None


TWO = [("钟启明", "全国总工会", ["副主席"]), ("罗佩珊", "全国总工会", ["权益保障部部长"])]
ONE_TEXT, OTHER_TEXT = "全国总工会副主席钟启明", "全国总工会权益保障部部长罗佩珊"


@pytest.mark.parametrize("between", [" ", "\u3000", "\xa0", "  \u3000", "；", ";", "，", "、"])
def test_two_persons_however_they_are_divided(between: str) -> None:
    assert told(read_guests(ONE_TEXT + between + OTHER_TEXT)) == TWO


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("钟启明 罗佩珊 沈嘉文", ["钟启明", "罗佩珊", "沈嘉文"]),
        ("钟启明、罗佩珊、沈嘉文", ["钟启明", "罗佩珊", "沈嘉文"]),
        ("钟启明 沈\u3000涛 罗佩珊", ["钟启明", "沈涛", "罗佩珊"]),
        ("副主席 钟启明 部长 罗佩珊", ["钟启明", "罗佩珊"]),
        ("全国总工会副主席、书记处书记钟启明、宣传教育部部长罗佩珊", ["钟启明", "罗佩珊"]),
        ("钟启明（副主席） 罗佩珊（部长）", ["钟启明", "罗佩珊"]),
    ],
)
def test_names_of_several_on_one_line(text: str, names: list[str]) -> None:
    assert [p.name for p in read_guests(text)] == names


def test_the_text_of_each_person_is_what_the_page_prints() -> None:
    people = read_guests("全国总工会副主席沈\u3000涛 全国总工会权益保障部部长罗佩珊")
    assert [p.text for p in people] == ["全国总工会副主席沈\u3000涛", "全国总工会权益保障部部长罗佩珊"]


def test_three_persons_divided_by_commas() -> None:
    found = guest_line(f"出席嘉宾：{ONE_TEXT}，{OTHER_TEXT}，全国总工会新闻发言人沈嘉文")
    assert found and [p.name for p in read_guests(found[1])] == ["钟启明", "罗佩珊", "沈嘉文"]


def test_names_with_titles_in_brackets_joined_by_a_mark() -> None:
    assert [p.name for p in read_guests("钟启明（副主席）、罗佩珊（部长）")] == ["钟启明", "罗佩珊"]


@pytest.mark.parametrize("text", ["全国总工会副主席钟启明；夜校开课的消息", "谢谢，谢谢，请下一位"])
def test_a_line_that_is_not_all_persons_is_none(text: str) -> None:
    assert read_guests(text) == ()


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("全国总工会副主席", ("全国总工会", "副主席")),
        ("全國總工會權益保障部部長", ("全國總工會", "權益保障部部長")),
        ("人力资源和社会保障部副部长", ("人力资源和社会保障部", "副部长")),
        ("中国能源化学地质工会主席", ("中国能源化学地质工会", "主席")),
        ("副主席", (None, "副主席")),
        ("全国总工会", (None, "全国总工会")),
        ("", (None, "")),
    ],
)
def test_the_organisation_that_leads(words: str, parts: tuple[str | None, str]) -> None:
    assert split_organisation(words) == parts


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (GUEST_KEY, "出席嘉宾：", "出席嘉宾席"),
        (TITLE_END, "部长", "部门"),
        (TITLE_END, "讲解员", "研究院"),
        (ORGANISATION, "总工会", "总工程"),
        (ORGANISATION, "外交部", "外交部长"),
        (SOME_ORGANISATION, "互助会理事长", "互助会的理事长"),
        (SPACE, "\u3000\xa0 ", "、"),
        (BRACKETED, "钟启明（副主席）", "钟启明（副主席"),
    ],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.match(match) and not pattern.match(miss)


@pytest.mark.parametrize(("sentence", "miss"), [("夜校开课。", "一，二，三"), ("灯够吗？", "灯够吗")])
def test_a_sentence_and_a_near_miss(sentence: str, miss: str) -> None:
    assert SENTENCE.search(sentence) and not SENTENCE.search(miss)


@pytest.mark.parametrize("mark", "；;，,")
def test_commas_and_semicolons_divide_outside_of_brackets(mark: str) -> None:
    assert BETWEEN.split(f"钟启明{mark}罗佩珊") == ["钟启明", "罗佩珊"]
    assert not BETWEEN.search(f"钟启明（副主席{mark}书记）")


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("外交部发言人陆启明", ("陆启明", "外交部", ["发言人"])),
        ("北岭大学 沈嘉文", ("沈嘉文", "北岭大学", [])),
        ("副主席罗佩珊", ("罗佩珊", None, ["副主席"])),
        ("钟启明", None),
        ("记者", None),
        ("夜校的部长", None),
        ("灯下网 沈嘉文", None),
    ],
)
def test_a_label_with_titles_or_a_body_before_the_name(words: str, person: tuple | None) -> None:
    found = titled_person(words)
    assert (found and (found.name, found.organisation, found.titles)) == person


@given(GUEST_TEXT | st.text(max_size=40))
def test_whatever_is_read_stands_in_the_text(text: str) -> None:
    squeezed = SPACE.sub("", text)
    for person in read_guests(text):
        assert person.text in text and person.name and person.name in squeezed
        assert (person.organisation or "") in squeezed and all(title in squeezed for title in person.titles)
    guest_line(text), split_organisation(text)


def test_a_very_long_line_is_read_in_the_end() -> None:
    assert read_guests("副主席钟启明 " * 500)
    read_guests("全国总" * 3000)
