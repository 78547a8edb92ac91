"""What stands before the first turn: guests, time and place; when and where the conference was held."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Event, Line
from crawler.text.guests import GUEST_KEY
from crawler.text.head import FIELD, FIRST, MARKER, PLACE, Head, event, read_head
from crawler.text.label_forms import candidate
from crawler.text.lines import EDGES


def head_of(*texts: str) -> Head:
    return read_head([Line(text, 0, True) for text in texts], [candidate(text) for text in texts])


def event_of(
    *texts: str, lead: str = "", title: str = "", published: str | None = "2017-03-10T08:00:00+08:00"
) -> Event:
    return event(head_of(*texts), lead, title, published)


def test_guests_time_place_and_marker_of_a_head() -> None:
    head = head_of(
        "夜校今天开课。",
        "时间：2017年3月9日上午10时",
        "地点：灯下礼堂",
        "主持人：全国总工会新闻发言人沈嘉文",
        "出席嘉宾：全国总工会副主席钟启明 全国总工会部长罗佩珊",
        "文字实录",
        "[沈嘉文]：各位好。",
    )
    assert [g.name for g in head.guests] == ["沈嘉文", "钟启明", "罗佩珊"]
    assert (head.hosts, head.place, head.used) == (["沈嘉文"], "灯下礼堂", {1, 2, 3, 4, 5})
    assert event(head, "", "", None) == Event(date="2017-03-09", time="10:00", place="灯下礼堂")


def test_persons_on_the_lines_behind_a_key_that_stands_alone() -> None:
    head = head_of(
        "出席嘉宾：", "全国总工会副主席钟启明", "全国总工会部长罗佩珊", "夜校今天开课，灯很亮。", "副主席沈嘉文"
    )
    assert [g.name for g in head.guests] == ["钟启明", "罗佩珊"] and head.used == {0, 1, 2}


def test_nobody_is_listed_twice() -> None:
    assert len(head_of("主持人：副主席钟启明", "出席嘉宾：副主席钟启明 部长罗佩珊").guests) == 2


@pytest.mark.parametrize("end", ["[沈嘉文]：各位好。", "文字实录：", "【文字实录】", "——以下为文字实录——"])
def test_the_head_ends_at_a_label_or_a_marker(end: str) -> None:
    assert head_of("夜校开课。", end, "地点：灯下礼堂").place is None


def test_what_a_host_says_is_no_guest_list() -> None:
    assert head_of("主持人：各位朋友，大家下午好！", "记者：灯够吗？").guests == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["时间：2017年3月9日（星期四）10:00"], ("2017-03-09", "10:00", None)),
        (["时间：2017年3月9日下午3时—4时"], ("2017-03-09", "15:00", None)),
        (["時間：2017年3月9日上午10點半", "地點：燈下禮堂"], ("2017-03-09", "10:30", "燈下禮堂")),
        (["【时间】：2017年3月9日", "【地点】：灯下礼堂"], ("2017-03-09", None, "灯下礼堂")),
        (["时间：2017年3月9日10:00 地点：灯下礼堂"], ("2017-03-09", "10:00", "灯下礼堂")),
        (["时间：2017年3月9日10:00；地点：灯下礼堂；"], ("2017-03-09", "10:00", "灯下礼堂")),
        (["时间：3月9日上午9：30"], ("2017-03-09", "09:30", None)),
        (["发布时间：2017-03-09 10:00"], ("2017-03-09", "10:00", None)),
        (["地点："], (None, None, None)),
        (["夜校开课。"], (None, None, None)),
    ],
)
def test_the_event_from_field_lines(texts: list[str], expected: tuple[str | None, ...]) -> None:
    found = event_of(*texts)
    assert (found.date, found.time, found.place) == expected


@pytest.mark.parametrize(
    ("lead", "title", "expected"),
    [
        ("2017年3月9日(星期四)10:00，夜校在灯下礼堂举行发布会。", "", ("2017-03-09", "10:00", "灯下礼堂")),
        ("3月9日上午10时，夜校开课。", "", ("2017-03-09", "10:00", None)),
        ("12月30日，夜校开课。", "", ("2016-12-30", None, None)),
        ("夜校开课。", "2017年3月8日夜校发布会", ("2017-03-08", None, None)),
        ("夜校开课。", "夜校3月8日发布会", ("2017-03-08", None, None)),
        ("会议在全总机关二楼会议室召开。", "", (None, None, "全总机关二楼会议室")),
        ("夜校开课。", "夜校发布会", (None, None, None)),
    ],
)
def test_the_event_from_lead_and_title(lead: str, title: str, expected: tuple[str | None, ...]) -> None:
    found = event_of(lead=lead, title=title)
    assert (found.date, found.time, found.place) == expected


def test_fields_count_before_the_lead() -> None:
    found = event_of("时间：2017年3月9日10:00", "地点：灯下礼堂", lead="2017年3月1日9:00，夜校在南楼大厅举行。")
    assert (found.date, found.time, found.place) == ("2017-03-09", "10:00", "灯下礼堂")


def test_a_time_alone_takes_the_leads_date() -> None:
    found = event_of("时间：上午10:00", lead="3月9日，夜校开课。")
    assert (found.date, found.time) == ("2017-03-09", "10:00")


def test_a_day_without_year_is_null_where_publication_is_unknown() -> None:
    assert event_of(lead="3月9日，夜校开课。", published=None).date is None


def test_a_time_line_with_a_weekday() -> None:
    assert event_of("时间：2017年3月9日 星期四 上午10:00").time == "10:00"


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (FIELD, "地点：灯下", "地点灯下"),
        (FIELD, "【时间】：", "时间表："),
        (PLACE, "在灯下礼堂举行", "在灯下礼堂，举行"),
        (PLACE, "在灯下礼堂召開", "在家举行"),
    ],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.search(match) and not pattern.search(miss)


@pytest.mark.parametrize(
    ("marker", "miss"), [("文字实录", "文字"), ("以下是文字实录：", "以下是文字实录的摘要"), ("（文字實錄）", "實話")]
)
def test_markers_with_a_near_miss(marker: str, miss: str) -> None:
    assert MARKER.fullmatch(marker) and not MARKER.fullmatch(miss)


TEXTS = st.text(
    st.sampled_from("时间地点：出席嘉宾主持人钟启明副主席2017年3月9日文字实录[]在举行 ，"), max_size=30
) | st.text(max_size=20)


@given(st.lists(TEXTS, max_size=8))
def test_any_lines_have_a_head(texts: list[str]) -> None:
    head = head_of(*texts)
    assert all(0 <= i < len(texts) for i in head.used)
    event(head, "\n".join(texts), "".join(texts), "2017-03-10")


@given(st.from_regex(FIELD) | st.from_regex(GUEST_KEY))
def test_a_field_and_a_guest_line_begin_with_one_of_the_letters_that_are_tried(text: str) -> None:
    text = text.strip(EDGES)  # as a line is
    found = FIELD.match(text) or GUEST_KEY.match(text)
    assert found is None or text[0] in FIRST or text[0].isspace()


@pytest.mark.parametrize("bracket", ["［］", "【】", "[]"])
def test_a_long_bracketed_label_ends_the_head_in_each_kind_of_brackets(bracket: str) -> None:
    label = (
        f"{bracket[0]}主持人{bracket[1]}：各位好，今天请来的都是夜校的老师，先请他们介绍这一年的灯和书，再请大家提问。"
    )
    head = head_of(label, "时间：上午九点", "地点：夜校礼堂")
    assert (head.time_text, head.place) == ("", None)
