"""Sentences and notes that look like a questioner's label and are none; and the labels that look like them."""

import pytest

from crawler.items import Line
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from crawler.text.label_words import greets
from crawler.text.labels import leading
from crawler.text.names import is_outlet
from tests.text.test_roles import cast, read


def labels(*rows: str) -> list[str]:
    return [turn.label for turn in read(*rows).turns]


@pytest.mark.parametrize(
    "row",
    [
        "下面请各位记者提问，请举手。",
        "欢迎记者提问，一人一问。",
        "下面开始记者提问：先请后排。",
        "现在进入记者提问，请举手。",
        "接下来由我们请记者提问，请举手。",
        "谢谢记者提问，这很重要。",
        "请灯下网记者提问：后排那位。",
        "下面请灯下网记者：",
    ],
)
def test_a_host_s_call_for_questions_is_his(row: str) -> None:
    rows = ("主持人：欢迎。", row, "灯下网记者：灯够吗？", "叶听澜：够。")
    assert labels(*rows) == ["主持人", "灯下网记者", "叶听澜"]
    assert labels(rows[0], "叶听澜：灯亮了。", *rows[1:]) == ["主持人", "叶听澜", "灯下网记者", "叶听澜"]


@pytest.mark.parametrize(
    "label",
    ["灯下网记者", "现代灯报记者", "有色灯报记者", "首都灯报记者", "灯谜杂志记者", "现场记者"],
)
def test_an_outlet_s_reporter_who_asks_is_a_questioner(label: str) -> None:
    assert len(labels("主持人：欢迎。", f"{label}提问：灯够吗？", "叶听澜：够。")) == 3


@pytest.mark.parametrize(
    "row",
    [
        "服务热线：12351，全天有人接听。",
        "投诉热线：010-12345",
        "新闻热线：欢迎来电。",
        "灯下工程网：www.lamp.example",
        "灯下工程网：https://lamp.example/",
        "灯下新闻：010-65960000，下班后请留言。",
        "主流媒体：责任重大。",
        "电视台：要守灯。",
        "通讯社：要合作。",
        "早报：这是旧闻。",
        "夜校校报：要办好。",
    ],
)
@pytest.mark.parametrize("form", ["{}", "<strong>{}</strong>"])
def test_a_note_is_no_question(row: str, form: str) -> None:
    rows = ("记者：灯够吗？", "叶听澜：够。", form.format(row), "记者：书够吗？", "叶听澜：够。")
    assert labels(*rows) == ["记者", "叶听澜", "记者", "叶听澜"]


@pytest.mark.parametrize("text", ["2020年以来灯够吗？", "1000亿盏灯够吗？", "12351这个号码够吗？"])
@pytest.mark.parametrize("outlet", ["灯下早报", "灯下电视台", "灯下热线记者", "灯下通讯社"])
def test_an_outlet_asks_even_of_numbers(outlet: str, text: str) -> None:
    turns = cast(read("记者：灯够吗？", "叶听澜：够。", f"{outlet}：{text}", "叶听澜：够。"))
    assert turns[2] == (outlet, None, "reporter", outlet.removesuffix("记者"))


@pytest.mark.parametrize("words", ["热线", "服务热线", "媒体", "主流媒体", "电视台", "早报", "夜校校报", "新闻网"])
def test_what_any_is_called_is_no_outlet(words: str) -> None:
    assert not is_outlet(words)


@pytest.mark.parametrize("words", ["灯下媒体", "灯下电视台", "灯下早报", "夜校日报", "灯下新闻网"])
def test_with_a_name_before_it_it_is_one(words: str) -> None:
    assert is_outlet(words)


def test_what_a_speaker_tells_of_the_host_is_his_own() -> None:
    rows = ("主持人：欢迎。", "灯下网记者：灯够吗？", "叶听澜：够。", "主持人刚才讲到：灯要省着用。")
    record = read(*rows)
    assert [turn.label for turn in record.turns] == ["主持人", "灯下网记者", "叶听澜"]
    assert record.turns[-1].text.endswith("主持人刚才讲到：灯要省着用。")


def test_a_sentence_of_a_speech_that_names_its_source_is_kept() -> None:
    rows = (
        "主持人：欢迎。",
        "灯下网记者：灯够吗？",
        "叶听澜：够。",
        "来源：夜校的账本，一共四百盏。",
        "主持人：谢谢。",
    )
    assert read(*rows).turns[2].text == "够。\n来源：夜校的账本，一共四百盏。"


@pytest.mark.parametrize("row", ["来源：灯下网", "（来源：灯下网）"])
def test_the_page_s_source_behind_the_speeches_is_none_of_them(row: str) -> None:
    record = read("主持人：欢迎。", "灯下网记者：灯够吗？", "叶听澜：够。", row)
    assert (record.turns[-1].text, record.source) == ("够。", "灯下网")


def test_a_source_in_brackets_is_the_page_s_wherever_it_stands() -> None:
    record = read("主持人：欢迎。", "（来源：灯下网）", "灯下网记者：灯够吗？", "叶听澜：够。")
    assert record.turns[0].text == "欢迎。"


def test_a_centred_heading_that_begins_with_a_family_name_is_no_label() -> None:
    page = gather([candidate("谈就业：灯下有岗位")], [])
    heading = Line("谈就业：灯下有岗位", 9, True, True)
    assert leading(heading, candidate(heading.text), page) is None
    assert leading(heading._replace(centred=False), candidate(heading.text), page) is not None


def test_a_name_that_begins_with_na_is_no_address() -> None:
    assert not greets("那顺孟和") and greets("那天")
