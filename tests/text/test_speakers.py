"""Who a label means; the outlet that a reporter names; who hosts. Nobody is invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Participant
from crawler.text.label_forms import Label
from crawler.text.speakers import (
    ANSWER,
    HOST,
    HOSTING,
    INTERPRETER,
    REPORTER,
    SAYS_REPORTER,
    looks_like_reporter,
    opening_host,
    outlet_of,
    read_label,
)
from crawler.text.turns import Speech

GUEST = Participant(name="钟启明", organisation="全国总工会", titles=["副主席"], text="全国总工会副主席钟启明")
OTHER = Participant(name="罗佩珊", organisation="全国总工会", titles=["部长"], text="全国总工会部长罗佩珊")


def speech(words: str, text: str) -> Speech:
    return Speech(Label(words, 0, 0, "bracket"), [], None, [text])


@pytest.mark.parametrize(
    ("words", "role", "person", "outlet"),
    [
        ("记者", "reporter", None, None),
        ("記者", "reporter", None, None),
        ("问", "reporter", None, None),
        ("問", "reporter", None, None),
        ("媒体记者", "reporter", None, None),
        ("现场记者", "reporter", None, None),
        ("记者甲", "reporter", None, None),
        ("提问", "reporter", None, None),
        ("路透社记者", "reporter", None, "路透社"),
        ("中央广播电视总台央视记者", "reporter", None, "中央广播电视总台央视"),
        ("灯下日报记者沈嘉文", "reporter", "沈嘉文", "灯下日报"),
        ("燈下日報記者沈嘉文", "reporter", "沈嘉文", "燈下日報"),
        ("记者（新华社）", "reporter", None, "新华社"),
        ("记者（沈嘉文）", "reporter", "沈嘉文", None),
        ("答", "official", None, None),
        ("发言人", "official", None, None),
        ("新闻发言人", "official", None, None),
        ("主持人", "host", None, None),
        ("主持人沈嘉文", "host", "沈嘉文", None),
        ("主持人（沈嘉文）", "host", "沈嘉文", None),
        ("主持人 沈嘉文", "host", "沈嘉文", None),
        ("翻译", "interpreter", None, None),
        ("翻譯", "interpreter", None, None),
        ("口译", "interpreter", None, None),
        ("钟启明", None, "钟启明", None),
        ("副主席钟启明", None, "钟启明", None),
        ("钟启明（副主席）", None, "钟启明", None),
        ("沈嘉文", None, "沈嘉文", None),
        ("沈嘉文（工程师）", None, "沈嘉文", None),
        ("弥青禾", None, "弥青禾", None),
        ("夜校联谊会", None, None, None),
    ],
)
def test_what_a_label_says_by_itself(words: str, role: str | None, person: str | None, outlet: str | None) -> None:
    who = read_label(words, [GUEST, OTHER])
    assert (who.role, who.person, who.outlet) == (role, person, outlet)


@pytest.mark.parametrize(
    ("words", "guest"),
    [("钟启明", GUEST), ("主持人钟启明", GUEST), ("罗佩珊（部长）", OTHER), ("沈嘉文", None), ("记者", None)],
)
def test_the_guest_whom_a_label_means(words: str, guest: Participant | None) -> None:
    assert read_label(words, [GUEST, OTHER]).guest == guest


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("我来自央广网，请问灯够吗？", "央广网"),
        ("我是来自中国工业报的记者，请问灯够吗？", "中国工业报"),
        ("我是新华社记者，请问灯够吗？", "新华社"),
        ("我是北岭电视台的记者。", "北岭电视台"),
        ("您好，我是灯下网记者沈嘉文，请问灯够吗？", "灯下网"),
        ("谢谢主持人，灯下日报记者。请问灯够吗？", "灯下日报"),
        ("我來自央廣網，請問燈夠嗎？", "央廣網"),
        ("谢谢。我来自灯下网。请问灯够吗？", "灯下网"),
        ("我是灯下网的。请问灯够吗？", "灯下网"),
        ("各位好，这里是北岭广播电台记者，请问灯够吗？", "北岭广播电台"),
        ("我来自北岭放送协会。请问灯够吗？", "北岭放送协会"),
        ("我来自北岭广播公司，请问灯够吗？", "北岭广播公司"),
        ("我来自灯下之音。请问灯够吗？", "灯下之音"),
        ("我来自北岭国际广播。请问灯够吗？", "北岭国际广播"),
        ("我来自彭博。请问灯够吗？", "彭博"),
        ("我来自半岛。请问灯够吗？", "半岛"),
    ],
)
def test_the_outlet_that_a_reporter_names(text: str, outlet: str) -> None:
    assert outlet_of(text) == outlet


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请问灯够吗？",
        "我是一名记者，请问灯够吗？",
        "我是记者，请问灯够吗？",
        "我是沈嘉文，请问灯够吗？",
        "我想问的是灯。",
        "灯下网报道说灯不够。",
        "请问灯够吗？" * 30 + "我来自灯下网。",
    ],
)
def test_where_no_outlet_is_named(text: str) -> None:
    assert outlet_of(text) is None


@pytest.mark.parametrize(
    "text", ["我是第一次来夜校的记者，请问灯够吗？", "和在座的很多记者，都关心灯。", "今天来的都是记者，请问灯够吗？"]
)
def test_words_before_reporter_that_are_no_outlet(text: str) -> None:
    assert outlet_of(text) is None


@pytest.mark.parametrize("place", ["北岭", "北岭大学", "职工夜校协会", "灯下公司", "东北岭半岛", "沈嘉文", "基层"])
def test_a_place_is_no_outlet(place: str) -> None:
    assert outlet_of(f"我来自{place}，请问灯够吗？") is None


@pytest.mark.parametrize(
    ("texts", "lead", "host"),
    [
        ([("沈嘉文", "下面请钟启明副主席介绍。"), ("钟启明", "好。")], "", "沈嘉文"),
        ([("沈嘉文", "各位好，欢迎大家提问。"), ("钟启明", "好。")], "", "沈嘉文"),
        ([("沈嘉文", "各位好。"), ("钟启明", "好。"), ("沈嘉文", "今天就到这里，谢谢。")], "", "沈嘉文"),
        ([("沈嘉文", "各位好。"), ("钟启明", "好。")], "会由沈嘉文主持。", "沈嘉文"),
        ([("沈嘉文", "各位好。"), ("钟启明", "好。")], "", None),
        ([("沈嘉文", "下面请大家提问。")], "", None),
        ([("记者", "灯够吗？"), ("沈嘉文", "下面请大家提问。"), ("钟启明", "好。")], "", None),
        ([("沈嘉文", "下面请大家提问。"), ("钟启明", "好。"), ("主持人", "谢谢。")], "", None),
        ([("主持人", "各位好。"), ("沈嘉文", "下面请大家提问。"), ("钟启明", "好。")], "", None),
    ],
)
def test_the_named_speaker_who_opens_and_hosts(texts: list[tuple[str, str]], lead: str, host: str | None) -> None:
    whos = {words: read_label(words, [GUEST]) for words, _ in texts}
    assert opening_host([speech(*each) for each in texts], whos, lead) == host


@pytest.mark.parametrize(
    ("text", "is_reporter"),
    [("我来自灯下网，请问灯够吗？", True), ("我是灯下网记者，请问。", True), ("我是夜校的校长。", False)],
)
def test_an_unknown_name_that_begins_as_a_reporter_does(text: str, is_reporter: bool) -> None:
    assert looks_like_reporter(speech("沈嘉文", text)) is is_reporter


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (HOST, "主持人", "住持"),
        (INTERPRETER, "翻译", "翻页"),
        (REPORTER, "记者", "记住"),
        (REPORTER, "问", "问题"),
        (SAYS_REPORTER, "記者", "笔者"),
        (ANSWER, "答", "答案"),
        (ANSWER, "嘉宾", "嘉宾钟启明"),
        (HOSTING, "下面请钟启明介绍", "下面的灯"),
        (HOSTING, "欢迎各位记者提问", "欢迎各位"),
    ],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.search(match) and not pattern.search(miss)


@given(
    st.text(st.sampled_from("记者主持人翻译问答（）()钟启明灯下网我是来自的，。 "), min_size=1, max_size=20)
    | st.text(min_size=1, max_size=20)
)
def test_whoever_is_named_stands_in_the_label(words: str) -> None:
    who = read_label(words, [GUEST])
    assert (who.person or "") in "".join(words.split()) and (who.outlet or "") in words
    assert who.person != "" and who.outlet != ""
    assert (outlet_of(words) or "") in words
