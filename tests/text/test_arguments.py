"""The spider's arguments: what is understood, and mistakes named in one line."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.arguments import Wanted, read_arguments

NAMES = ["since", "until", "limit", "full", "start"]


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ({}, Wanted()),
        ({"since": "2017-03-09"}, Wanted(since=date(2017, 3, 9))),
        ({"since": "2017-03-09", "until": "2017-03-09"}, Wanted(since=date(2017, 3, 9), until=date(2017, 3, 9))),
        ({"limit": "12"}, Wanted(limit=12)),
        ({"full": "1"}, Wanted(full=True)),
        ({"full": "0"}, Wanted()),
        ({"start": "http://127.0.0.1:8000/GB/"}, Wanted(start="http://127.0.0.1:8000/GB/")),
        ({"start": "https://hall.example/"}, Wanted(start="https://hall.example/")),
    ],
)
def test_arguments_that_are_understood(given_: dict[str, str], wanted: Wanted) -> None:
    assert read_arguments(given_) == wanted


MISTAKES = [
    (
        "since",
        ["", "2017", "2017-3-9", "2017-02-30", "20170309", "09.03.2017", "2017-03-09T10", "yesterday", " 2017-03-09"],
    ),
    ("until", ["2017-13-01", "0000-01-01"]),
    ("limit", ["", "0", "-1", "1.5", "many", "１２", "1e3", "²"]),
    ("full", ["", "yes", "2", "true"]),
    (
        "start",
        [
            "",
            "hall.example",
            "ftp://hall.example/",
            "http://",
            "file:///etc",
            "http://ha ll.example/",
            "http://[::1",
            "http://h:99999/",
        ],
    ),
]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in MISTAKES for text in texts])
def test_a_mistake_is_one_line_that_names_the_argument(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=name) as error:
        read_arguments({name: text})
    assert "\n" not in str(error.value)


def test_a_week_date_is_no_day() -> None:
    with pytest.raises(ValueError, match="since"):
        read_arguments({"since": "2017-W10-4"})


def test_a_limit_of_thousands_of_digits_is_named() -> None:
    with pytest.raises(ValueError, match="limit="):
        read_arguments({"limit": "9" * 5000})


def test_an_unknown_argument_is_named() -> None:
    with pytest.raises(ValueError, match="sinse"):
        read_arguments({"sinse": "2017-03-09"})


def test_since_after_until_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"since.*until"):
        read_arguments({"since": "2017-03-10", "until": "2017-03-09"})


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2017, 3, 8), False),
        (date(2017, 3, 9), True),
        (date(2017, 3, 11), True),
        (date(2017, 3, 12), False),
        (None, True),
    ],
)
def test_days_between_since_and_until_inclusive_are_wanted(day: date | None, held: bool) -> None:
    assert Wanted(since=date(2017, 3, 9), until=date(2017, 3, 11)).holds(day) is held


def test_without_bounds_every_day_is_wanted() -> None:
    assert Wanted().holds(date.min) and Wanted().holds(None)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=12)))
def test_any_words_are_understood_or_a_value_error(words: dict[str, str]) -> None:
    with contextlib.suppress(ValueError):
        read_arguments(words)
