"""Search: either script, any length, the same turns from the index as from reading everything."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from crawler.demo.script import traditional
from crawler.storage.datastore import DatastoreError, close, load, read_target
from crawler.storage.datastore.finding import find, find_in_files, match, open_to_read
from crawler.storage.latest import Place, find_places
from crawler.storage.search import Hit, Query, has_all, is_indexed, key, read_terms, snippet
from crawler.text.script import fold
from tests.storage.made_records import record, write

EVERY = 10**6
SAID = (
    "维护职工的劳动经济权益。", "維護職工的勞動經濟權益。", "工，会", "我们要“开门”办事。\n第二行有工会。", "ＧＤＰ增长3.5％",
    "trade Unions in 2016", "会工会工会", "龙", "ß und İ", "𠮷野家开店", "甲\u3000乙 丙",
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, list[Place]]]:
    """A loaded datastore, and the same records in their file."""
    folder = tmp_path_factory.mktemp("archive")
    records = [
        record(n, said=said, event={"date": f"201{n % 9}-0{n % 7 + 1}-11" if n else None}, published_at=None)
        for n, said in enumerate(SAID)
    ]
    records += [record(0, 2, said="只有新的", published_at=None, event={}), record(99, site="scio", id="scio/99")]
    path = write(folder / "transcripts.jsonl", *records)
    load([path], read_target(f"sqlite:///{folder}/press.db"))
    connection = open_to_read(folder / "press.db")
    yield connection, find_places([path]).newest()
    close(connection)


def found(archive: tuple[Connection, list[Place]], words: str, **filters: object) -> list[Hit]:
    """The hits, the same from both."""
    query = Query(read_terms(words), limit=EVERY, **filters)  # type: ignore[arg-type]
    hits = list(find(archive[0], query))
    assert hits == find_in_files(archive[1], query)
    return hits


@pytest.mark.parametrize("words", ["职", "職", "职工", "職工", "劳动经济", "勞動經濟", "维护职工的劳动", "职工 权益"])
def test_a_character_a_word_and_a_phrase_in_either_script(archive: tuple[Connection, list[Place]], words: str) -> None:
    assert {hit.id for hit in found(archive, words)} == {"acftu/1"}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("工会", {"acftu/3", "acftu/6", "scio/99"}),  # not `工，会`
        ("工，会", {"acftu/2"}),
        ("gdp", {"acftu/4"}),
        ("3.5%", {"acftu/4"}),
        ('"trade unions"', {"acftu/5"}),
        ("unions trade", {"acftu/5"}),
        ("nion", {"acftu/5"}),
        ("“开", {"acftu/3"}),
        ("「开", {"acftu/3"}),
        ("龍", {"acftu/7"}),
        ("İ", {"acftu/8"}),
        ("𠮷野", {"acftu/9"}),
        ("𠮷", {"acftu/9"}),
        ("甲乙丙", {"acftu/10"}),
        ("％", {"acftu/4"}),
        ("只有", {"acftu/0"}),
        ("OR", set()),
        ("NEAR(", set()),
        ("*", set()),
        ("text:工", set()),
    ],
)
def test_what_is_found(archive: tuple[Connection, list[Place]], words: str, ids: set[str]) -> None:
    ours = {hit.id for hit in found(archive, words) if hit.turn == "t3"}
    assert ours == ids


def test_by_speaker_role_date_and_hall(archive: tuple[Connection, list[Place]]) -> None:
    assert {hit.turn for hit in found(archive, "的", speaker="林知秋")} <= {"t3"}
    assert {hit.turn for hit in found(archive, "发布会", speaker="遠")} == {"t1"}
    assert {hit.label for hit in found(archive, "合同", role="reporter")} == {"记者"}
    assert {hit.site for hit in found(archive, "开始", site="scio")} == {"scio"}
    days = {hit.day for hit in found(archive, "开始", since=date(2012, 3, 11), until=date(2014, 5, 11))}
    assert days == {"2012-03-11", "2013-04-11", "2014-05-11"}
    assert None in {hit.day for hit in found(archive, "开始", until=date(2012, 3, 11))}
    assert found(archive, "开始", site="scio", role="official") == []


def test_newest_first_and_no_more_than_wanted(archive: tuple[Connection, list[Place]]) -> None:
    days = [hit.day or "" for hit in found(archive, "开始")]
    assert days == sorted(days, reverse=True)
    query = Query(("开始",), limit=3)
    assert list(find(archive[0], query)) == find_in_files(archive[1], query) == found(archive, "开始")[:3]


def test_two_hundred_queries_find_what_a_plain_reading_finds(archive: tuple[Connection, list[Place]]) -> None:
    chance = random.Random(3)
    turns = [(place.id, said.id, said.text) for place in archive[1] for said in place.read().turns]
    for _ in range(200):
        said = chance.choice(turns)[2]
        length = chance.randint(1, 6)
        at = chance.randrange(max(1, len(said) - length))
        word = "".join(said[at : at + length].split()).replace('"', "")
        if not word:
            continue
        word = chance.choice([word, traditional(word)])
        plainly = {(id_, turn) for id_, turn, said in turns if key(word) in key(said)}
        assert {(hit.id, hit.turn) for hit in found(archive, word)} == plainly, word


def test_a_snippet_marks_its_matches(archive: tuple[Connection, list[Place]]) -> None:
    for words in ("勞動", "工会", "第二行 工会", "甲乙", "unions"):
        for hit in found(archive, words):
            assert hit.marks
            keys = Query(read_terms(words)).keys
            assert all(key(hit.snippet[begin:end]) in keys for begin, end in hit.marks)
            assert "\n" not in hit.snippet


@given(st.text(max_size=30), st.text(max_size=3))
def test_a_key_has_a_place_for_each_character_that_shows(said: str, word: str) -> None:
    shows = [c for c in said if not (c.isspace() or c == "\0")]
    assert len(key(said)) == len(shows)
    assert key(said + word) == key(said) + key(word)
    words, marks = snippet(said, [key(word)] if key(word) else [])
    assert bool(marks) == bool(key(word) and has_all(said, [key(word)]))
    assert all(0 <= begin < end <= len(words) for begin, end in marks)


def test_the_record_is_not_folded_only_what_is_compared() -> None:
    assert key("職工Ａ") == key("职工a") == fold("职工a")


def test_a_long_text_is_cut_around_its_first_match() -> None:
    words, marks = snippet("前" * 500 + "工会" + "后" * 500, [key("工會")])
    assert len(words) < 100 and words.startswith("…") and words.endswith("…")
    assert [words[begin:end] for begin, end in marks] == ["工会"]


@pytest.mark.parametrize("nothing", ["", "  ", '""', '" "'])
def test_nothing_to_search_for(nothing: str) -> None:
    with pytest.raises(ValueError, match="nothing"):
        read_terms(nothing)


def test_every_word_goes_to_the_index_in_quotes() -> None:
    asked = match(Query(('a"b', "NOT"), speaker="王", role="host", site="x"))
    assert asked == 'text : "a "" b" AND text : "n o t" AND name : "王" AND role : "host" AND site : "x"'
    assert not is_indexed("。！") and match(Query(("。",))) == ""


def test_no_datastore_to_search(tmp_path: Path) -> None:
    import sqlite3

    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE x (y)").connection.close()
    (tmp_path / "text.db").write_text("no database\n" * 100)
    for name in ("other.db", "text.db"):
        with pytest.raises(DatastoreError):
            open_to_read(tmp_path / name)
