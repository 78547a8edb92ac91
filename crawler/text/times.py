"""Dates and times as these pages print them. All are local times of the hall."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from datetime import date as Date
from typing import NamedTuple

DATE = re.compile(
    r"(?<![0-9])([0-9]{4})\s*(?:年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号號]|([-./])([0-9]{1,2})\4([0-9]{1,2})(?![0-9]))",
    re.A,
)
DAY = re.compile(r"(?<![0-9-])(?<![0-9]年)(?<![去前明后後]年)([0-9]{1,2})月([0-9]{1,2})[日号號]")
CLOCK = re.compile(
    r"(?:(?P<half>上午|下午|中午|晚上?|早上|凌晨|晚间|晚間)\s{0,4})?(?<![0-9:：])(?P<h>[0-9]{1,2})"
    r"(?:\s*[:：]\s*(?P<m>[0-9]{2})(?![0-9])(?:[:：](?P<s>[0-5][0-9])(?![0-9]))?|\s*[时時点點](?:\s*(?P<half_hour>半)|"
    r"\s*(?P<m2>[0-9]{1,2})\s*分)?(?!间|間|候|代|期))"
)
AFTERNOON = frozenset({"下午", "晚", "晚上", "晚间", "晚間"})
# Between a date and its time stand a weekday in brackets, a space, a comma at most.
GAP = re.compile(r"\s{0,8}(?:[（(][^（()）]{1,6}[）)]|(?:星期|周|週|礼拜|禮拜)[一二三四五六日天])?[\s,，]{0,8}")


WIDE_DIGIT = re.compile("[０-９]")
NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def _narrow(text: str) -> str:
    """Text with ASCII digits; offsets stay."""
    return text.translate(NARROW) if WIDE_DIGIT.search(text) else text


class Moment(NamedTuple):
    """A date (ISO) and a time of day (`HH:MM`), each as far as it is said."""

    date: str | None
    time: str | None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return Date(year, month, day).isoformat()
    except ValueError:
        return None


def find_date(text: str) -> tuple[str, int] | None:
    """The first full date in a text and the offset after it."""
    for found in DATE.finditer(_narrow(text)):
        iso = _iso(int(found[1]), int(found[2] or found[5]), int(found[3] or found[6]))
        if iso:
            return iso, found.end()
    return None


def find_day(text: str, published: str | None) -> tuple[str, int] | None:
    """The first date without a year, in the year of publication (the year before, if it would lie in the future)."""
    found = DAY.search(_narrow(text))
    if not found or not published:
        return None
    year, month, day = int(published[:4]), int(found[1]), int(found[2])
    if (month, day) > (int(published[5:7]), int(published[8:10])):
        year -= 1
    iso = _iso(year, month, day)
    return (iso, found.end()) if iso else None


def clock(text: str, start: int = 0, *, anywhere: bool = False) -> str | None:
    """The time of day, `HH:MM`, that stands at `start` behind a gap, or anywhere after it; of a span its start."""
    text = _narrow(text)
    at = GAP.match(text, start)
    found = CLOCK.search(text, start) if anywhere else CLOCK.match(text, at.end() if at else start)
    if not found:
        return None
    hour, minute = int(found["h"]), 30 if found["half_hour"] else int(found["m"] or found["m2"] or 0)
    half = found["half"]
    if half == "凌晨" and hour == 12:
        hour = 0
    if half in AFTERNOON and hour < 12 or half == "中午" and hour < 3:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def find_moment(text: str, published: str | None = None) -> Moment:
    """The first date of a text with the time that stands behind it."""
    dated = find_date(text) or find_day(text, published)
    if not dated:
        return Moment(None, None)
    return Moment(dated[0], clock(text, dated[1]))


def published_at(text: str, utc_offset: str) -> str | None:
    """`2016-12-22T16:51:00+08:00` from `2016年12月22日16:51  来源：…`; the date alone where no time is printed."""
    dated = find_date(text)
    if not dated:
        return None
    time = clock(text, dated[1])
    seconds = CLOCK.search(text, dated[1])
    return f"{dated[0]}T{time}:{(seconds and seconds['s']) or '00'}{utc_offset}" if time else dated[0]


def utc_text(moment: datetime) -> str:
    """`2026-01-01T00:00:00Z`: a moment of the crawl's own, as records and manifests have it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


TIME_TAIL = re.compile(
    r"[ \xa0\u3000]{0,8}[\[［【]\s{0,4}(?:[0-9]{4}[-年./][0-9]{1,2}[-月./][0-9]{1,2}日?\s{0,4})?"
    r"(?P<time>(?:[01]?[0-9]|2[0-3])[：:][0-5][0-9](?:[：:][0-5][0-9])?)\s{0,4}[\]］】]\s{0,4}$"
)
NARROW = str.maketrans("０１２３４５６７８９：", "0123456789:")


def without_time(text: str) -> tuple[str, str | None]:
    """A speech without the time `[09:25]` that ends it, and that time as `HH:MM`."""
    start = max(0, len(text) - 30)
    found = TIME_TAIL.search(text[:start] + text[start:].translate(NARROW), start)
    if not found:
        return text, None
    hour, _, rest = found["time"].partition(":")
    return text[: found.start()], f"{int(hour):02}:{rest}"
