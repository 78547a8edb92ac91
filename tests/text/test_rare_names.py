"""Names that a rule for the usual ones would miss: rare family names, given names like offices, names set wide."""

import pytest

from crawler.items import Line
from crawler.text.guests import read_guests, titled_person
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from crawler.text.label_words import greets, is_role
from crawler.text.labels import leading
from crawler.text.names import is_person, may_be_person
from crawler.text.speakers import outlet_of, read_label


def first_label(text: str, *others: str, bold: int = 0, previous: str = "") -> str | None:
    page = gather(map(candidate, (text, *others)), ())
    found = leading(Line(text, bold, True), candidate(text), page, previous)
    return found and found.words


@pytest.mark.parametrize(
    "name",
    ["吴文会", "张建党", "孙保社", "王玉台", "周三省", "李学问", "张建黨", "赫连启明", "完颜青", "鲜于启明", "贝启明"],
)
def test_a_rare_name_is_one(name: str) -> None:
    assert is_person(name) and may_be_person(name)
    assert [guest.name for guest in read_guests(f"教育局副局长{name}")] == [name]
    assert first_label(f"{name}：灯亮了。", f"{name}：书到了。") == name


@pytest.mark.parametrize(
    "words", ["委员会", "共产党", "通讯社", "电视台", "浙江省", "请教问", "史学会", "林学会", "文学社"]
)
def test_an_office_is_none(words: str) -> None:
    assert not is_person(words) and not may_be_person(words)


@pytest.mark.parametrize("name", ["次央卓玛", "红珠", "永木"])
def test_bold_print_names_whom_no_family_name_tells(name: str) -> None:
    text = f"{name}：灯亮了。"
    assert first_label(text, text, bold=len(name) + 1, previous="记者") == name
    assert first_label(text, text, previous="记者") is None
    assert first_label(text, text, bold=len(name) + 1, previous="主持人") is None
    assert first_label(text, bold=len(name) + 1, previous="记者") is None


@pytest.mark.parametrize("title", ["署长", "总规划师", "参谋长", "镇长", "村支书", "列车长", "检察官"])
def test_more_offices(title: str) -> None:
    found = titled_person(f"北岭{title}钟启明")
    assert found and found.name == "钟启明"


@pytest.mark.parametrize("words", ["翻译 沈嘉文", "翻译沈嘉文"])
def test_an_interpreter_with_his_name(words: str) -> None:
    assert is_role(words) and read_label(words, []).person == "沈嘉文"


@pytest.mark.parametrize("words", ["翻译公司", "翻译人员", "翻译官", "翻译作品"])
def test_no_interpreter(words: str) -> None:
    assert not is_role(words)


@pytest.mark.parametrize("words", ["钟\u3000向", "钟 是", "那\u3000青"])
def test_a_name_set_wide_addresses_nobody(words: str) -> None:
    assert not greets(words)


@pytest.mark.parametrize(
    "text", ["有色灯报记者问：灯够吗？", "灯下有线电视记者提问：灯够吗？", "现场有记者问：灯够吗？"]
)
def test_an_outlet_with_the_word_for_some(text: str) -> None:
    words = text[: text.index("记者") + 2].removeprefix("现场有")
    assert first_label(text) == words


def test_an_outlet_in_quotation_marks_is_named() -> None:
    assert outlet_of("我来自“今日灯下”通讯社。请问灯够吗？") == "“今日灯下”通讯社"
    assert outlet_of("我是《夜校》杂志的记者，请问灯够吗？") == "《夜校》杂志"
    assert first_label("《灯下日报》：请问灯够吗？", previous="钟启明") == "《灯下日报》"
    assert first_label("《灯下公约》：灯够。", previous="钟启明") is None


def test_media_that_name_themselves() -> None:
    assert read_label("灯下全媒体", []).outlet == "灯下全媒体" and read_label("媒体", []).outlet is None
