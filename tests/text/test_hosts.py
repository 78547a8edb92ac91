"""A host is named once as such, and by the name alone later on."""

import pytest

from crawler.spiders.scio import ScioSpider
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from crawler.text.label_words import host_name
from tests.text.test_roles import read


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("主持人沈嘉文", "沈嘉文"),
        ("主持人 沈嘉文", "沈嘉文"),
        ("主持人：沈嘉文".replace("：", "　"), "沈嘉文"),
        ("主持人（沈嘉文）", "沈嘉文"),
        ("沈嘉文（主持人）", "沈嘉文"),
        ("灯下网主持人 沈嘉文", "沈嘉文"),
        ("主持人、夜校办公室主任沈嘉文", "沈嘉文"),
        ("夜校办公室主任沈嘉文（主持人）", "沈嘉文"),
        ("主持人那青", "那青"),
        ("主持人", None),
        ("主持人大会", None),
        ("沈嘉文", None),
        ("沈嘉文（主任）", None),
    ],
)
def test_the_name_in_a_host_s_label(words: str, name: str | None) -> None:
    assert host_name(words) == name


@pytest.mark.parametrize(
    "first", ["主持人 沈嘉文", "主持人沈嘉文", "沈嘉文（主持人）", "主持人、夜校办公室主任 沈嘉文"]
)
@pytest.mark.parametrize("lead", [(), ("出席嘉宾：", "教育局副局长 钟启明", "教育局处长 罗佩珊")])
@pytest.mark.parametrize("often", [1, 2])
def test_his_name_alone_is_the_host_s_as_well(first: str, lead: tuple[str, ...], often: int) -> None:
    rows = [
        *lead,
        f"{first}：大家好。",
        "教育局副局长 钟启明：夜校开课了。",
        "沈嘉文：请提问。",
        "灯下网记者：灯够吗？",
    ]
    rows += ["罗佩珊：够。", *["沈嘉文：再见。"] * (often - 1), "教育局处长 罗佩珊：再见。"]
    turns = read(*rows, title="发布会", site=ScioSpider.site).turns
    assert [turn.role for turn in turns if turn.speaker == "沈嘉文"] == ["host"] * (often + 1)
    assert {turn.role for turn in turns if turn.speaker in ("钟启明", "罗佩珊")} == {"official"}


def test_a_name_that_a_host_s_label_has_is_confirmed() -> None:
    assert "沈嘉文" in gather(map(candidate, ["主持人 沈嘉文：大家好。"]), ()).bracketed
    assert "沈嘉文" not in gather(map(candidate, ["沈嘉文：大家好。"]), ()).bracketed
