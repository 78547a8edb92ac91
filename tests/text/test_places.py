"""Where a change stands in the record: the change's words must be found there."""

import pytest

from crawler.items import OUTSIDE, TITLE, Draft, Edit, Line, Page
from crawler.text.label_forms import Label
from crawler.text.places import changes
from crawler.text.turns import Speech, Split

PAGE = Page("acftu", "http://acftu.people.com.cn/", 200, "text/html", "2017-03-10T00:00:00Z", b"")
LINES = ("夜校开课的消息", "[问]：灯够吗？", "还有书吗？", "[答]：都有。[问]：谢谢。", "责编：罗佩珊")


def speech(words: str, *pieces: tuple[int, int, int]) -> Speech:
    return Speech(Label(words, 0, 0, "bracket"), list(pieces), None, [LINES[i][a:b] for i, a, b in pieces])


SORTED = Split(
    head=[0],
    speeches=[speech("问", (1, 4, 8), (2, 0, 5)), speech("答", (3, 4, 7)), speech("问", (3, 11, 14))],
    fields=[4],
)


def draft(*edits: Edit) -> Draft:
    lines = tuple(Line(text) for text in LINES)
    return Draft(PAGE, "x", "utf-8", "夜校开课", (), "", "", "", lines=lines, edits=edits)


def place_of(edit: Edit, used: frozenset[int] = frozenset()) -> str:
    return next(changes(draft(edit), SORTED, LINES[0], used))["at"]


@pytest.mark.parametrize(
    ("line", "offset", "after", "at"),
    [
        (0, 2, "开", "summary:2"),
        (1, 4, "灯", "t1:0"),
        (1, 5, "够", "t1:1"),
        (2, 2, "书", "t1:7"),
        (3, 4, "都", "t2:0"),
        (3, 6, "。", "t2:2"),
        (3, 11, "谢", "t3:0"),
        (3, 13, "。", "t3:2"),
        (1, 1, "问", "line 2:1"),
        (4, 3, "罗", "line 5:3"),
        (TITLE, 2, "开", "title:2"),
        (OUTSIDE, 7, "", "page:7"),
        (1, 8, "", "t1:4"),
    ],
)
def test_where_a_change_stands(line: int, offset: int, after: str, at: str) -> None:
    assert place_of(Edit(line, offset, "pinyin", "x", after)) == at


def test_a_change_in_the_label_behind_a_turn_is_no_part_of_the_turn() -> None:
    assert place_of(Edit(3, 7, "label", "【", "[")) == "line 4:7"


def test_a_line_of_the_head_that_became_a_field_is_no_summary() -> None:
    assert place_of(Edit(0, 2, "pinyin", "x", "开"), frozenset({0})) == "line 1:2"


def test_a_second_line_of_the_lead_counts_the_line_break() -> None:
    found = changes(draft(Edit(2, 2, "pinyin", "x", "书")), Split(head=[0, 2]), "\n".join(LINES[0:3:2]), frozenset())
    assert next(found)["at"] == f"summary:{len(LINES[0]) + 1 + 2}"


def test_a_change_keeps_its_words() -> None:
    assert list(changes(draft(Edit(1, 4, "byte_shift", "�", "灯", False)), SORTED, "", frozenset())) == [
        {"kind": "byte_shift", "at": "t1:0", "before": "�", "after": "灯", "certain": False, "margin": None}
    ]


def test_no_change_is_no_line() -> None:
    assert list(changes(draft(), SORTED, "", frozenset())) == []


@pytest.mark.parametrize("line", range(len(LINES)))
def test_the_words_of_a_change_to_a_turn_are_found_at_its_place(line: int) -> None:
    texts = {f"t{n}": s.text for n, s in enumerate(SORTED.speeches, 1)} | {"summary": LINES[0]}
    for offset, char in enumerate(LINES[line]):
        place, _, at = place_of(Edit(line, offset, "pinyin", "x", char)).rpartition(":")
        assert place not in texts or texts[place][int(at)] == char
