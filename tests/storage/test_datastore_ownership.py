"""A datastore is made where there is room for it, and never beside or over what others keep."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from crawler.storage.datastore import DatastoreError, WrongTarget, close, connect, load, read_target
from crawler.storage.datastore.finding import find, open_to_read
from crawler.storage.datastore.ownership import is_marked
from crawler.storage.datastore.schema import metadata
from crawler.storage.ledger import open_ledger
from crawler.storage.search import Query
from tests.storage.made_records import record, write
from tests.storage.postgres import running


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as address:
        yield address


def opened(path: Path) -> None:
    close(connect(read_target(f"sqlite:///{path}").url))


@pytest.mark.parametrize("made", ["CREATE TABLE diary (day)", "CREATE VIEW seen AS SELECT 1", "CREATE TABLE turn (x)"])
def test_a_file_of_others_is_left_to_the_byte(tmp_path: Path, made: str) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute(made)
    before = path.read_bytes()
    with pytest.raises(WrongTarget, match="that is not ours"):
        opened(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["theirs.db"]


def test_a_crawl_s_ledger_is_no_datastore(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    open_ledger(f"sqlite:///{path}", "acftu", "test").close()
    before = path.read_bytes()
    with pytest.raises(WrongTarget, match="'ledger' is there that is not ours"):
        opened(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", None])
def test_an_empty_file_or_database_is_room(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "press.db"
    if content is None:
        with sqlite3.connect(path) as made:
            made.execute("CREATE TABLE x (y)")
            made.execute("DROP TABLE x")
    else:
        path.write_bytes(content)
    opened(path)
    opened(path)
    assert is_marked(path)


def test_a_datastore_without_the_mark_is_known_by_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    opened(path)
    with sqlite3.connect(path) as ours:
        ours.execute("PRAGMA application_id = 0")
        ours.execute("CREATE TABLE notes (of_a_reader)")  # beside ours, which is his own affair
    opened(path)
    assert is_marked(path)


@pytest.mark.parametrize("kind", ["folder", "text", "nowhere"])
def test_no_place_for_a_datastore(tmp_path: Path, kind: str) -> None:
    path = {"folder": tmp_path, "text": tmp_path / "note.txt", "nowhere": tmp_path / "no/such/x.db"}[kind]
    (tmp_path / "note.txt").write_text("no database at all, but of some length\n" * 50)
    with pytest.raises(WrongTarget) as error:
        opened(path)
    assert "\n" not in str(error.value)
    assert (tmp_path / "note.txt").stat().st_size == 39 * 50


@pytest.mark.parametrize("wrong", ["sqlite:///a%00b", "sqlite:///x.db?timeout=%00", "sqlite:///x.db?mode=ro",
                                   "sqlite://host/x.db", "postgresql://u%00@h/d", "postgresql://h/d%00"])  # fmt: skip
def test_an_address_that_none_can_be(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no target"):
        read_target(wrong)


def test_a_path_with_marks_of_an_address(tmp_path: Path) -> None:
    path = tmp_path / "50% #1.db"
    load([write(tmp_path / "transcripts.jsonl", record(1))], read_target(f"sqlite:///{path}".replace("%", "%25")))
    for name in ("50% #1.db", "who?.db", "a#b?mode=rwc"):
        moved = path.rename(tmp_path / name)
        connection = open_to_read(moved)
        assert len(list(find(connection, Query(("劳动",))))) == 1
        close(connection)
        path = moved
    assert {one.name for one in tmp_path.iterdir()} == {"transcripts.jsonl", path.name}


@pytest.mark.parametrize(
    ("made", "taken"),
    [
        ("CREATE TABLE change (x integer)", "change"),
        ("CREATE VIEW image AS SELECT 1", "image"),
        ("CREATE TABLE x (y integer); CREATE INDEX turn_place ON x (y)", "turn_place"),
        ("CREATE SEQUENCE version", "version"),
    ],
)
def test_in_postgresql_only_a_name_that_is_taken_is_refused(server: str, made: str, taken: str) -> None:
    url = read_target(server).url
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        connection.execute(text(made))
    with pytest.raises(WrongTarget, match=f"'{taken}' is there that is not ours"):
        connect(url)
    with engine.begin() as connection:
        left = "SELECT count(*) FROM pg_class WHERE relname IN ('transcript', 'datastore')"
        assert connection.execute(text(left)).scalar() == 0
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        connection.execute(text("CREATE TABLE accounts (id integer)"))
    close(connect(url))
    close(connect(url))
    with engine.begin() as connection:
        metadata.drop_all(connection)
        assert connection.execute(text("SELECT count(*) FROM accounts")).scalar() == 0
    engine.dispose()


def test_a_table_of_others_in_an_older_datastore_is_not_changed(server: str) -> None:
    url = read_target(server).url
    close(connect(url))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE edition; CREATE TABLE edition (isbn text)"))
        connection.execute(text("UPDATE datastore SET version = 1"))
    with pytest.raises(DatastoreError, match="the table 'edition' is there that is not ours"):
        connect(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    engine.dispose()
