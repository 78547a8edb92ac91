from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.retry_after import retry_after

NOW = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("007", 7.0),
        ("Mon, 02 Mar 2026 12:02:00 GMT", 120.0),
        # A host that has no zone but Peking's, and the two forms that the RFC calls obsolete.
        ("Mon, 02 Mar 2026 20:02:00 +0800", 120.0),
        ("Monday, 02-Mar-26 12:02:00 GMT", 120.0),
        ("Mon Mar  2 12:02:00 2026", 120.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
    ],
)
def test_seconds_and_dates(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "value",
    ["", "soon", "-5", "+5", "1e3", "0x10", "５", "Mon, 02 Mar", "Mon, 45 Mar 2026 12:02:00 GMT", "1 2", "nan", "inf"],
)
def test_what_is_neither_is_none(value: str) -> None:
    assert retry_after(value, NOW) is None


def test_more_seconds_than_a_float_can_hold_are_a_very_long_time() -> None:
    assert retry_after("9" * 400, NOW) == float("inf")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_a_date_never_comes_early(moment: datetime) -> None:
    """Waiting so many seconds from now leads to the date itself, which has whole seconds."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    found = retry_after(format_datetime(moment, usegmt=True), NOW)
    assert found is not None
    assert NOW + timedelta(seconds=found) >= moment


@given(
    st.text(max_size=60)
    | st.from_regex(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{1,6} [0-9:]{1,12} ?[A-Z+0-9-]{0,6}")
)
def test_no_value_is_an_exception(value: str) -> None:
    found = retry_after(value, NOW)
    assert found is None or found >= 0
