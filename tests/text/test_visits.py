"""When a page is asked again: after half of the time for which it has stood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.text.times import utc_text
from crawler.visits import moment, next_visit, standing_since, sweep_is_due

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_what_was_published_yesterday_is_asked_tomorrow() -> None:
    assert next_visit(NOW, NOW - timedelta(days=1), 1) == "2026-02-01T12:00:00Z"


def test_what_has_stood_for_forty_days_is_asked_in_twenty() -> None:
    assert next_visit(NOW, NOW - timedelta(days=40), 1) == "2026-02-20T12:00:00Z"


def test_what_has_stood_for_years_is_asked_once_a_year() -> None:
    assert next_visit(NOW, NOW - timedelta(days=4000), 1) == "2027-01-31T12:00:00Z"


def test_the_least_may_be_nothing() -> None:
    assert next_visit(NOW, NOW, 0) == utc_text(NOW)


@given(st.integers(0, 100_000), st.integers(1, 30))
def test_intervals_grow(hours: int, least: int) -> None:
    """A page that stays as it is is asked less and less often."""
    changed = NOW - timedelta(hours=hours)
    first = moment(next_visit(NOW, changed, least))
    second = moment(next_visit(first, changed, least))
    assert timedelta(days=least) <= first - NOW <= second - first <= timedelta(days=365)


def test_a_text_stands_since_its_last_change_else_its_publication() -> None:
    changed = "2026-01-20T08:00:00Z"
    assert standing_since("2016-12-22T16:51:00+08:00", changed, NOW) == moment(changed)
    assert standing_since("2016-12-22", None, NOW) == datetime(2016, 12, 22, tzinfo=UTC)
    assert standing_since(None, None, NOW) == NOW
    assert standing_since("2030-01-01", None, NOW) == NOW


def test_a_sweep_is_due_a_week_after_the_last() -> None:
    assert sweep_is_due(None, NOW, 7)
    assert sweep_is_due("2026-01-24T12:00:00Z", NOW, 7)
    assert not sweep_is_due("2026-01-24T12:00:01Z", NOW, 7)
