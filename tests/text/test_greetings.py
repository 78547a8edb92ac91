"""Names, offices and outlets with a character that also begins an address (向, 对, 是, 那, …); and addresses."""

import pytest

from crawler.items import Line
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from crawler.text.label_words import greets
from crawler.text.labels import leading
from crawler.text.names import is_person

NAMES = ["钟向东", "向晚晴", "那青", "那日图", "苏合·那图", "向阳春", "沈求是"]
OFFICES = ["贸易部对外合作司司长", "北岭对外友好协会副会长", "向阳区区长", "那曲市副市长", "灯下网采访部主任"]
OUTLETS = [
    "对外文摘",
    "向前网",
    "求是杂志社",
    "那曲日报",
    "方向周刊",
    "双向电台",
    "我苏网",
    "《我爱夜校》杂志",
    "灯下台",
]
ADDRESSES = [
    "他对记者说",
    "他对记者",
    "我向大家说明",
    "我向各位记者",
    "下面请钟向东",
    "下面请副主席钟向东",
    "这是钟启明",
    "就是钟启明",
    "主要是钟启明",
    "还有钟启明",
    "请灯下网记者",
    "对外国记者",
    "向全国记者",
    "面向全国记者",
    "面对记者",
    "记者采访钟启明",
    "我是灯下网记者",
    "各位记者",
    "那天记者",
    "我请记者钟向东",
    "他告诉灯下网记者",
]


def first_label(text: str, *others: str, guests: tuple[str, ...] = (), bold: int = 0, previous: str = "") -> str | None:
    page = gather(map(candidate, (text, *others)), guests)
    found = leading(Line(text, bold, True), candidate(text), page, previous)
    return found and found.words


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_label_where_any_other_name_is_one(name: str) -> None:
    text = f"{name}：夜校开课了。"
    assert first_label(text, guests=(name, "钟启明")) == name
    assert first_label(text, text) == name
    assert first_label(text, bold=len(name) + 1) == name
    assert first_label(text, previous="记者") == name
    assert first_label(text) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("before", [*OFFICES, "灯下网记者", "主持人"])
@pytest.mark.parametrize("space", ["", " "])
def test_an_office_with_a_name(name: str, before: str, space: str) -> None:
    words = f"{before}{space}{name}"
    assert first_label(f"{words}：夜校开课了。") == words
    assert first_label(f"{words}：夜校开课了。", guests=(name,)) == words
    assert first_label(f"{name}（{before}）：夜校开课了。") == f"{name}（{before}）"


@pytest.mark.parametrize("outlet", OUTLETS)
@pytest.mark.parametrize("form", ["{}记者", "{}记者钟向东", "{}记者 向晚晴", "{}记者那青"])
def test_an_outlet_s_reporter(outlet: str, form: str) -> None:
    assert first_label(form.format(outlet) + "：灯够吗？") == form.format(outlet)


@pytest.mark.parametrize("words", ADDRESSES)
def test_whoever_is_addressed_does_not_speak(words: str) -> None:
    text = f"{words}：夜校开课了。"
    assert greets(words)
    assert first_label(text, text, guests=("钟启明", "钟向东"), previous="记者", bold=len(words)) is None


@pytest.mark.parametrize("words", ["那一年", "那时候", "那么多", "向大家", "向全国", "向我们", "向前看", "那些人"])
def test_what_begins_like_such_a_name_is_none(words: str) -> None:
    assert not is_person(words)
    assert first_label(f"{words}：夜校开课了。", f"{words}：灯亮了。", previous="记者") is None
