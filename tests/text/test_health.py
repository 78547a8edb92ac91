"""What a person should look at after a run."""

from __future__ import annotations

from datetime import date, timedelta

from crawler.health import emptied_fields, fewer_records, shrunk_listing, silence


def test_a_listing_that_ends_sooner_is_said_and_counts_as_incomplete() -> None:
    (warning,) = shrunk_listing(11, 12)
    assert "11 pages" in warning.text and "12" in warning.text and warning.incomplete
    assert shrunk_listing(12, 12) == shrunk_listing(13, 12) == shrunk_listing(1, None) == []


def test_fewer_records_than_the_run_before_are_said() -> None:
    (warning,) = fewer_records(59, 60)
    assert "59" in warning.text and "60" in warning.text and not warning.incomplete
    assert fewer_records(60, 60) == fewer_records(1, None) == []


def fields(records: int, **filled: int) -> dict[str, int]:
    return {"records": records, **filled}


def test_a_field_that_is_filled_half_as_often_is_said() -> None:
    before = [fields(30, source=30, summary=3), fields(10, source=8, summary=1)]
    (warning,) = emptied_fields(fields(10, source=4, summary=0), before)
    assert warning.text == "source is there in 40% of the new records; before it was in 95%"


def test_few_records_or_a_rare_field_say_nothing() -> None:
    assert emptied_fields(fields(4, source=0), [fields(40, source=40)]) == []
    assert emptied_fields(fields(10, source=0), [fields(19, source=19)]) == []
    assert emptied_fields(fields(10, summary=0), [fields(40, summary=15)]) == []
    assert emptied_fields(fields(10, source=5), [fields(40, source=38)]) == []


TODAY = date(2026, 6, 30)
MONTHLY = [(TODAY - timedelta(days=30 * n)).isoformat() for n in range(20)]


def test_silence_much_longer_than_any_gap_is_said() -> None:
    later = TODAY + timedelta(days=61)
    (warning,) = silence(MONTHLY, "2020-01-01T00:00:00Z", later)
    assert warning.text == "nothing new for 61 days; the last 20 conferences were 30 days apart (median)"
    assert silence(MONTHLY, "2020-01-01T00:00:00Z", TODAY + timedelta(days=60)) == []


def test_silence_counts_from_when_the_hall_is_watched() -> None:
    """The archive of a hall that fell silent years ago is no news."""
    later = TODAY + timedelta(days=2000)
    assert silence(MONTHLY, later.isoformat(), later) == []
    assert silence(MONTHLY, None, later) == []


def test_a_few_conferences_make_no_rhythm() -> None:
    assert silence(MONTHLY[:9], "2020-01-01T00:00:00Z", TODAY + timedelta(days=900)) == []
