"""Dates and times in the forms that the pages print, and numbers that are neither."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.times import CLOCK, DATE, DAY, GAP, clock, find_date, find_day, find_moment, published_at

CLOCK_TEXT = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
DATED_TEXT = st.text(st.sampled_from("0123456789年月日时點半分:：-/.上下午晚中凌晨（）() ,，\u3000x"), max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        "2017年3月9日",
        "2017年03月09日",
        "2017 年 3 月 9 日",
        "2017年3月9號",
        "2017年3月9号",
        "2017-03-09",
        "2017-3-9",
        "2017.03.09",
        "2017/3/9",
        "[2017-03-09]",
        "(2017-03-09)",
        "夜校2017年3月9日开课",
        "来源：灯下网\u3000\u30002017年03月09日08:18",
    ],
)
def test_full_dates(text: str) -> None:
    found = find_date(text)
    assert found and found[0] == "2017-03-09"


@pytest.mark.parametrize(
    "text",
    ["", "2017年", "2017年3月", "12017年3月9日", "2017-03/09", "2017-03-091", "2017年2月30日", "2017-13-01", "3月9日"],
)
def test_what_is_no_full_date(text: str) -> None:
    assert find_date(text) is None


def test_an_impossible_date_does_not_hide_the_next() -> None:
    assert find_date("2017年2月30日、2017年3月9日") == ("2017-03-09", 20)


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("3月9日，夜校开课", "2017-03-09", "2017-03-09"),
        ("3月8日上午", "2017-03-09T10:00:00+08:00", "2017-03-08"),
        ("12月30日，夜校开课", "2017-01-03", "2016-12-30"),
        ("2月29日", "2016-03-01", "2016-02-29"),
        ("3月9號", "2017-03-10", "2017-03-09"),
    ],
)
def test_a_day_without_a_year_takes_the_year_of_publication(text: str, published: str, day: str) -> None:
    found = find_day(text, published)
    assert found and found[0] == day


@pytest.mark.parametrize(
    ("text", "published"),
    [("3月9日", None), ("2月29日", "2017-03-01"), ("去年3月9日", "2017-03-10"), ("夜校", "2017-03-09")],
)
def test_what_is_no_day(text: str, published: str | None) -> None:
    assert find_day(text, published) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10:00", "10:00"),
        ("9：30", "09:30"),
        ("上午9时", "09:00"),
        ("上午10时30分", "10:30"),
        ("下午3时", "15:00"),
        ("下午3时15分", "15:15"),
        ("下午3:00", "15:00"),
        ("15时", "15:00"),
        ("上午10点半", "10:30"),
        ("下午3點半", "15:30"),
        ("晚上8点", "20:00"),
        ("晚8时", "20:00"),
        ("晚间7时30分", "19:30"),
        ("中午12时", "12:00"),
        ("中午1点", "13:00"),
        ("下午12:30", "12:30"),
        ("早上8点", "08:00"),
        ("凌晨2时", "02:00"),
        ("10:00-11:30", "10:00"),
        ("上午10：00—11：00", "10:00"),
        ("15:00至16:00", "15:00"),
        ("08:18:42", "08:18"),
        ("00:00", "00:00"),
        ("（星期四）上午10时", "10:00"),
        ("(星期四)10:00", "10:00"),
        ("，10:00", "10:00"),
        ("\u300016:51", "16:51"),
        ("下午15:00", "15:00"),
    ],
)
def test_times_of_day(text: str, said: str) -> None:
    assert clock(text) == said


@pytest.mark.parametrize(
    "text",
    ["", "上午", "24:00", "25时", "10:60", "3时间", "2时代", "1时期", "夜校10:00", "10", "3:2", "10:000", "12人"],
)
def test_what_is_no_time_of_day(text: str) -> None:
    assert clock(text) is None


def test_a_time_anywhere_behind_the_start() -> None:
    assert clock("夜校定于下午3时开课", anywhere=True) == "15:00"
    assert clock("10:00夜校下午3时开课", 5, anywhere=True) == "15:00"


@pytest.mark.parametrize(("text", "said"), [("凌晨12点", "00:00"), ("凌晨12:30", "00:30")])
def test_twelve_in_the_small_hours_is_midnight(text: str, said: str) -> None:
    assert clock(text) == said


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017年3月9日(星期四)10:00，夜校开课", ("2017-03-09", "10:00")),
        ("2017年3月9日（周四）下午3时", ("2017-03-09", "15:00")),
        ("2017年3月9日 10:00-11:00", ("2017-03-09", "10:00")),
        ("3月9日上午10点", ("2017-03-09", "10:00")),
        ("2017年3月9日，夜校10:00开课", ("2017-03-09", None)),
        ("夜校", (None, None)),
    ],
)
def test_a_date_with_its_time(text: str, moment: tuple[str | None, str | None]) -> None:
    assert find_moment(text, "2017-03-10") == moment


@pytest.mark.parametrize("text", ["2017年3月9日 星期四 10:00", "2017年3月9日星期四上午10时", "2017-03-09 周四 10:00"])
def test_a_weekday_without_brackets_between_date_and_time(text: str) -> None:
    assert find_moment(text) == ("2017-03-09", "10:00")


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2017年03月09日08:18\xa0\xa0来源：灯下网", "2017-03-09T08:18:00+08:00"),
        ("2017-03-09 08:18:42", "2017-03-09T08:18:42+08:00"),
        ("2024年04月24日23:52 | 来源：灯下网", "2024-04-24T23:52:00+08:00"),
        ("来源：灯下网 2017年03月09日", "2017-03-09"),
        ("2017-03-09", "2017-03-09"),
        ("2017年03月09日 29:99", "2017-03-09"),
        ("灯下网", None),
        ("", None),
    ],
)
def test_when_a_page_was_published(text: str, stamp: str | None) -> None:
    assert published_at(text, "+08:00") == stamp


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [
        (DATE, "2017年3月9日", "2017年3月"),
        (DATE, "2017-03-09", "2017-03.09"),
        (DAY, "3月9日", "3月份9日"),
        (CLOCK, "上午9时", "上午9吨"),
        (CLOCK, "9:30", "9:3"),
    ],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.match(match) and not pattern.search(miss)


def test_the_gap_between_date_and_time_holds_brackets_and_no_words() -> None:
    assert GAP.fullmatch("（星期四） ，") and not GAP.fullmatch("，夜校")


@given(text=st.text(max_size=60) | DATED_TEXT, published=st.dates().map(date.isoformat) | st.none())
def test_a_moment_is_valid_or_null(text: str, published: str | None) -> None:
    day, said = find_moment(text, published)
    assert day is None or date.fromisoformat(day).isoformat() == day
    assert said is None or CLOCK_TEXT.fullmatch(said)
    anywhere = clock(text, anywhere=True)
    assert anywhere is None or CLOCK_TEXT.fullmatch(anywhere)


@given(DATED_TEXT)
def test_a_stamp_is_a_date_or_a_time_with_offset(text: str) -> None:
    stamp = published_at(text, "+08:00")
    assert stamp is None or re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:[0-5]\d:[0-5]\d\+08:00)?", stamp, re.ASCII)


@given(st.dates(), st.times())
def test_every_printed_moment_is_read_back(day: date, at: object) -> None:
    text = f"{day.year:04}年{day.month}月{day.day}日（星期一）{at:%H:%M}"
    assert find_moment(text) == (day.isoformat(), f"{at:%H:%M}")


def test_a_long_run_of_spaces() -> None:
    assert published_at("2017-03-09" + "\u3000" * 8000 + "灯", "+08:00") == "2017-03-09"
