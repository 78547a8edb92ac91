"""The thinking behind the pages: scripts, pieces, choices, bars. No site, no file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.browse.choice import Choice, read_choice
from crawler.browse.listing import Value
from crawler.browse.pieces import Piece, cut, edits_at, paragraphs
from crawler.browse.scripts import convert
from crawler.browse.timeline import by_month, by_year
from crawler.items import Change
from crawler.text.script import fold

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PAIRS = {
    "工会发布会上的干部": "工會發布會上的幹部",
    "采访以后，头发和里面": "採訪以後，頭髮和裡面",
    "制造业联系群众": "製造業聯繫群眾",
    "皇后若干公里": "皇后若干公里",
}


@pytest.mark.parametrize(("simplified", "traditional"), PAIRS.items())
def test_a_text_is_read_in_either_script(simplified: str, traditional: str) -> None:
    assert convert(simplified, "hant") == traditional
    assert convert(traditional, "hans") == simplified
    assert convert(simplified, None) == simplified


def test_words_that_have_the_other_character_keep_it() -> None:
    assert convert("著名學者說著話", "hans") == "著名学者说着话"


@given(text | st.sampled_from(list(PAIRS)), st.sampled_from(["hans", "hant"]))
def test_a_place_stays_the_same_place_and_a_character_the_same_word(words: str, script: str) -> None:
    found = convert(words, script)
    assert len(found) == len(words)
    for a, b in zip(words, found):
        rare = max(a, b) > "\uffff"  # which the search's table of scripts leaves out
        assert fold(a) == fold(b) or rare or a in "幺么乾麽苹蘋餬"


def plain(pieces: list[Piece], *, before: bool) -> str:
    out = "restored" if before else "removed"
    return "".join(piece.text for piece in pieces if piece.kind != out)


def change(at: str, before: str, after: str, *, certain: bool = True) -> Change:
    return Change(kind="pinyin", at=at, before=before, after=after, certain=certain)


def test_a_change_is_shown_where_it_stands() -> None:
    edits = edits_at("t1", [change("t1:2", "(huì)", ""), change("t1:3", "?", "员", certain=False)], "工会的员")
    assert cut("工会的员", [], edits) == [
        Piece("工会"), Piece("(huì)", "removed", why="pinyin"), Piece("的"),
        Piece("?", "removed", why="pinyin, chosen"), Piece("员", "restored", why="pinyin, chosen"),
    ]  # fmt: skip


@given(text, st.lists(st.tuples(st.integers(-5, 70), text, text), max_size=5), st.data())
def test_no_word_is_lost_whatever_the_places(said: str, made: list[tuple[int, str, str]], data: st.DataObject) -> None:
    edits = edits_at("t1", [change(f"t1:{at}", before, after) for at, before, after in made], said)
    ends = st.integers(0, len(said))
    marks = [sorted(one) for one in data.draw(st.lists(st.tuples(ends, ends), max_size=4))]
    pieces = cut(said, marks, edits)
    assert plain(pieces, before=False) == said
    marked = {n for a, b in marks for n in range(a, b)}
    place, found = 0, set()
    for piece in pieces:
        if piece.kind != "removed":
            found |= set(range(place, place + len(piece.text))) if piece.mark else set()
            place += len(piece.text)
    assert found == marked
    assert "".join(
        piece.text for line in paragraphs(pieces) for piece in line if piece.kind != "removed"
    ) == said.replace("\n", "")


def test_what_stands_at_no_place_is_passed_over() -> None:
    changes = [change(at, "x", "y") for at in ("t1", "t1:", "t1:-1", "t1:٣", "t2:0", "nonsense", "t1:99999999999999")]
    assert edits_at("t1", changes, "工会") == []


def test_a_choice_is_written_as_it_is_read() -> None:
    choice = read_choice({"q": " 工会 ", "year": "2018", "speaker": "林", "page": "2", "cleaning": "1", "other": "x"})
    assert choice == Choice(q="工会", year="2018", speaker="林", page=2, cleaning=True)
    assert choice.query(page=1, cleaning=False) == "?q=%E5%B7%A5%E4%BC%9A&speaker=%E6%9E%97&year=2018"
    assert choice.query("version") == "?"


WRONG = [
    {"page": "0"}, {"page": "-1"}, {"page": "²"}, {"page": "9" * 30}, {"year": "20x8"}, {"month": "2018-13"},
    {"month": "2018"}, {"role": "king"}, {"script": "latin"}, {"version": "1.5"}, {"q": "工" * 201},
]  # fmt: skip


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_choice_says_what_is_wrong(query: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_choice(query)


@given(st.dictionaries(st.sampled_from(["q", "hall", "year", "month", "role", "page", "script", "version"]), text))
def test_any_query_is_a_choice_or_an_error(query: dict[str, str]) -> None:
    try:
        choice = read_choice(query)
    except ValueError:
        return
    assert choice.query().startswith("?")


def test_bars_have_all_years_between_and_the_largest_is_whole() -> None:
    bars = by_year([Value("2018", "2018", 40, False), Value("2015", "2015", 1, True), Value("undated", "", 3, False)])
    assert [(bar.value, bar.many, bar.height) for bar in bars] == [
        ("2015", 1, 4), ("2016", 0, 0), ("2017", 0, 0), ("2018", 40, 100),
    ]  # fmt: skip
    assert by_year([]) == []
    assert len(by_year([Value("0001", "", 1, False), Value("9999", "", 1, False)])) < 200


def test_a_year_has_twelve_bars() -> None:
    bars = by_month("2018", [Value("2018-05", "2018-05", 2, True)])
    assert [bar.short for bar in bars if bar.many] == ["May"]
    assert len(bars) == 12
