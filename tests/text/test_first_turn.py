"""A first turn whose label is a paragraph of its own, and keys of a guest list that look like it."""

from itertools import product

import pytest

from crawler.spiders.scio import ScioSpider
from crawler.text.guests import guest_line
from tests.text.test_head import head_of
from tests.text.test_roles import read

HEADS = [(), ("时间：2017年3月9日10:00", "地点：灯下礼堂"), ("出席嘉宾：", "教育局副局长 钟启明", "教育局处长 罗佩珊")]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("label", ["主持人", "发言人", "新闻发言人", "嘉宾", "主持"])
def test_the_words_below_are_its_speech(head: tuple[str, ...], label: str) -> None:
    forms = ("{}：", "<strong>{}：</strong>", "{}: ")
    for form, said in product(forms, ("欢迎来到直播间。", "好", "下面请钟启明介绍", "两件事：一是灯。")):
        rows = (*head, form.format(label), said, "钟启明：", "夜校开课了。", form.format("记者"), "灯够吗？")
        record = read(*rows, title="发布会", site=ScioSpider.site)
        assert (record.turns[0].label, record.turns[0].text) == (label, said), form
        assert [turn.label for turn in record.turns] == [label, "钟启明", "记者"], (form, said)
        assert record.summary is None, (form, said)


@pytest.mark.parametrize("key", ["主持人", "发言人", "嘉宾", "出席嘉宾", "发布人"])
def test_persons_below_a_key_are_its_list(key: str) -> None:
    head = head_of(f"{key}：", "教育局副局长 钟启明", "教育局处长 罗佩珊")
    assert [guest.name for guest in head.guests] == ["钟启明", "罗佩珊"] and head.used == {0, 1, 2}


@pytest.mark.parametrize(
    "said",
    [
        "谢谢",
        "下面有请教育局副局长钟启明",
        "感谢教育局副局长钟启明",
        "请钟启明",
        "现在请罗佩珊",
        "欢迎大家",
        "好，钟启明",
    ],
)
def test_few_words_of_a_host_are_no_guest_list(said: str) -> None:
    assert guest_line(f"主持人：{said}") is None and not head_of(f"主持人：{said}").guests
