"""Outlets of Latin letters, and English sentences with a colon, on a page where one person answers all."""

import pytest

from crawler.text.names import is_press
from tests.text.test_roles import cast, read

TITLE = "Foreign Ministry Spokesperson Ye Tinglan's Regular Press Conference on November 3, 2020"
OUTLETS = ["NHK", "Reef News", "The Harbour", "Al Reef", "dpa", "Reef TV", "Voice of the Reef", "CCTV-4K", "Reef & Sea"]
PHRASES = [
    "An old saying goes",
    "One more word",
    "Let me add",
    "My answer",
    "First",
    "Secondly",
    "Finally",
    "In short",
    "On your second question",
    "The reason is simple",
    "To sum up",
    "I would add",
    "He once wrote",
    "Question two",
]


@pytest.mark.parametrize("outlet", OUTLETS)
@pytest.mark.parametrize("form", ["{}:", "<strong>{}:</strong>", "<strong>{}</strong>:"])
def test_an_outlet_asks(outlet: str, form: str) -> None:
    assert is_press(outlet)
    rows = (f"{form.format(outlet)} When is it?", "Ye Tinglan: Soon.", "NHK: Where?", "Ye Tinglan: Here.")
    assert cast(read(*rows, title=TITLE))[0] == (outlet, None, "reporter", outlet)


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("form", ["{}:", "<strong>{}:</strong>"])
def test_a_phrase_that_an_answer_repeats_is_no_label(phrase: str, form: str) -> None:
    said = f"{form.format(phrase)} a near neighbour is a friend. Who would not agree?"
    rows = ("NHK: When?", "Ye Tinglan: Soon.", said, "Reef News: Where?", "Ye Tinglan: Here.", said)
    assert [turn.label for turn in read(*rows, title=TITLE).turns] == ["NHK", "Ye Tinglan", "Reef News", "Ye Tinglan"]
