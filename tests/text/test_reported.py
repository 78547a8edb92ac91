"""Answers that are told (`周可说，`) and not labelled: on pages with 问：, and where one person answers all."""

import pytest

from crawler.items import Line
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from crawler.text.labels import leading


def labels(*texts: str, guests: tuple[str, ...] = (), one: str | None = None) -> list[str | None]:
    """The label of each line, as `split` finds them one after the other."""
    candidates = [candidate(text) for text in texts]
    page = gather(candidates, [*guests, *([one] if one else [])], one, texts)
    found: list[str | None] = []
    previous = ""
    for text, label in zip(texts, candidates, strict=True):
        led = leading(Line(text, 0, True), label, page, previous)
        found.append(led and led.words)
        previous = (led and led.words) or previous
    return found


@pytest.mark.parametrize("asked", ["问：", "有记者问：", "记者：", "灯下网记者："])
@pytest.mark.parametrize("said", ["说，", "表示，", "回答说：", "强调，"])
@pytest.mark.parametrize("one", ["陆启明", None])
def test_told_answers(asked: str, said: str, one: str | None) -> None:
    rows = [f"{asked}灯够吗？", f"陆启明{said}够。", f"{asked}书够吗？", f"陆启明{said}也够。"]
    assert labels(*rows, one=one)[1::2] == ["陆启明", "陆启明"]


def test_the_one_who_is_told_of_goes_on_and_nobody_else() -> None:
    rows = ["问：灯够吗？", "陆启明说，够。", "陆启明强调，书也够。", "沈嘉文说，他看到了。"]
    assert labels(*rows, one="陆启明") == ["问", "陆启明", "陆启明", None]


def test_a_quotation_in_a_question_is_no_answer() -> None:
    assert labels("问：灯够吗？", "沈嘉文说，不够。您怎么看？", "陆启明说，够。", one="陆启明") == [
        "问",
        None,
        "陆启明",
    ]
    assert labels("问：灯够吗？", "蓝礁国总统说，不够。您怎么看？")[1] is None


@pytest.mark.parametrize("label", ["答：", "发言人：", "陆启明：", "副主席陆启明：", "[陆启明]"])
def test_where_answers_are_labelled_none_is_told(label: str) -> None:
    rows = ["问：灯够吗？", f"{label}够。", "问：书够吗？", "陆启明说，够。", "问：椅子呢？", "陆启明说，够。"]
    assert labels(*rows, one="陆启明")[3::2] == [None, None]
