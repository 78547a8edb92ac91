"""Records into databases: equal to the file whatever was there, whatever happens, however often."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, text

from crawler.items import Transcript
from crawler.storage.datastore import DatastoreError, Loaded, close, connect, load, read_target, statements
from crawler.storage.datastore import loading as loading_module
from crawler.storage.datastore import sources as sources_module
from crawler.storage.datastore.reading import read_transcripts
from crawler.storage.datastore.rows import LONGEST_KEY, Unfit, day_of, read_record, turn_number
from crawler.storage.datastore.schema import PARTS, VERSION, metadata, rejected, source, transcript, turn, version
from crawler.storage.upgrading import upgrade
from tests.forking import forks
from tests.storage.made_records import any_record, line, newest, record, write
from tests.storage.postgres import running

SLOW = settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],  # a smaller example is not worth minutes of databases
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty datastore."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/press.db"
    address: str = request.getfixturevalue("server")
    empty(address)
    return address


def empty(address: str) -> None:
    """Take all tables away."""
    if address.startswith("sqlite"):
        for path in Path(address.removeprefix("sqlite:///")).parent.glob("press.db*"):
            path.unlink()
        return
    connection = connect(read_target(address).url)
    metadata.drop_all(connection)
    connection.commit()
    close(connection)


def load_one(path: Path, target: str) -> Loaded:
    return load([path], read_target(target))[0]


def dump(target: str) -> dict[str, list[Any]]:
    """All rows of all tables."""
    connection = connect(read_target(target).url)
    tables = {
        name: sorted(map(tuple, connection.execute(select(table))), key=str) for name, table in metadata.tables.items()
    }
    close(connection)
    return tables


def shown(target: str) -> list[Transcript]:
    """The records as the tables have them."""
    connection = connect(read_target(target).url)
    found = list(read_transcripts(connection))
    assert_whole(connection)
    close(connection)
    return found


def assert_whole(connection: Connection) -> None:
    """No row hangs on what is not there; the index has as many turns as there are."""
    if connection.dialect.name == "sqlite":
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        connection.exec_driver_sql("INSERT INTO turn_search (turn_search) VALUES ('integrity-check')")
        every = "role : (host OR official OR reporter OR interpreter OR unknown)"
        indexed = connection.scalar(
            text("SELECT count(*) FROM turn_search WHERE turn_search MATCH :every"), {"every": every}
        )
        assert indexed == connection.scalar(select(func.count()).select_from(turn))


def test_records_come_back_as_they_were(target: str, tmp_path: Path) -> None:
    records = [record(n) for n in range(1, 6)]
    loaded = load_one(write(tmp_path / "acftu/transcripts.jsonl", *records), target)
    assert (loaded.lines, loaded.transcripts, loaded.versions, loaded.refused) == (5, 5, 5, ())
    assert shown(target) == records
    assert [one.model_dump_json() for one in shown(target)] == [one.model_dump_json() for one in records]


@SLOW
@given(records=st.lists(any_record, min_size=1, max_size=6))
def test_any_record_comes_back_and_loading_twice_is_loading_once(
    target: str, tmp_path: Path, records: list[Transcript]
) -> None:
    empty(target)
    path = write(tmp_path / "acftu/transcripts.jsonl", *records)
    load_one(path, target)
    assert shown(target) == newest(records)
    once = dump(target)
    assert load_one(path, target).lines == 0
    assert dump(target) == once
    forget_places(target)
    again = load_one(path, target)
    assert (again.lines, again.transcripts) == (len(records), 0)
    assert dump(target) == once


def forget_places(target: str) -> None:
    """As if the files had never been loaded, but for their records."""
    connection = connect(read_target(target).url)
    connection.execute(source.update().values(offset=0, digest=""))
    connection.commit()
    close(connection)


def test_a_new_version_is_shown_and_the_old_one_is_kept(target: str, tmp_path: Path) -> None:
    path = write(tmp_path / "transcripts.jsonl", record(1), record(2))
    load_one(path, target)
    changed = record(1, 2, said="先签后谈。", title="更正")
    write(path, changed, mode="ab")
    loaded = load_one(path, target)
    assert (loaded.lines, loaded.transcripts, loaded.versions) == (1, 0, 1)
    assert shown(target) == [changed, record(2)]
    kept = {(row[0], row[1]): row[-1] for row in dump(target)["version"]}
    assert kept["acftu/1", 1] == record(1).model_dump_json()
    assert kept["acftu/1", 2] == changed.model_dump_json()
    assert len(dump(target)["turn"]) == 6


def test_an_old_version_behind_a_new_one_is_not_shown(target: str, tmp_path: Path) -> None:
    load_one(write(tmp_path / "transcripts.jsonl", record(1, 2, said="新"), record(1, 1)), target)
    assert shown(target) == [record(1, 2, said="新")]
    assert len(dump(target)["version"]) == 2


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_a_killed_load_goes_on_where_it_stopped(target: str, tmp_path: Path, batch: int, monkeypatch: Any) -> None:
    records = [record(n % 7 + 1, n // 7 + 1, said=f"第{n}句") for n in range(30)]
    path = write(tmp_path / "transcripts.jsonl", *records)
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from crawler.storage.datastore import load, read_target, loading, sources\n"
        f"sources.MOST_LINES = {batch}\n"
        "left, real = int(sys.argv[1]), loading.upsert\n"
        "def upsert(*arguments):\n"
        "    global left\n"
        "    left -= 1\n"
        "    if left < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    real(*arguments)\n"
        "loading.upsert = upsert\n"
        "load([Path(sys.argv[2])], read_target(sys.argv[3]))\n"
    )
    for left in (0, 1, 3):
        killed = forks().run("-c", script, str(left), str(path), target)
        assert killed.returncode in (-signal.SIGKILL, 0), killed.stderr
    load_one(path, target)
    assert shown(target) == newest(records)
    assert len(dump(target)["version"]) == len(records)


def test_many_records_loaded_again_and_after_a_kill(target: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(sources_module, "MOST_LINES", 800)
    records = [record(n, said=f"第{n}号。") for n in range(1, 1_701)]
    path = write(tmp_path / "acftu/transcripts.jsonl", *records)
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from crawler.storage.datastore import load, read_target, loading, sources\n"
        "sources.MOST_LINES = 800\n"
        "real, batches = loading._store, []\n"
        "def store(*arguments):\n"
        "    real(*arguments)\n"
        "    batches.append(1)\n"
        "    if len(batches) == 2: os.kill(os.getpid(), signal.SIGKILL)\n"
        "loading._store = store\n"
        "load([Path(sys.argv[1])], read_target(sys.argv[2]))\n"
    )
    killed = forks().run("-c", script, str(path), target)
    assert killed.returncode == -signal.SIGKILL
    loaded = load_one(path, target)
    assert (loaded.lines, loaded.transcripts) == (900, 900)  # the first batch was committed
    wanted = newest(records)
    assert shown(target) == wanted
    before = counted(target)
    again = load_one(path, target)
    assert (again.lines, again.transcripts, again.versions, counted(target)) == (0, 0, 0, before)
    write(path, record(800, 2, said="新的一句。"), mode="ab")
    assert load_one(path, target).versions == 1
    wanted[wanted.index(records[799])] = record(800, 2, said="新的一句。")
    assert shown(target) == wanted


def counted(target: str) -> dict[str, Any]:
    """How many rows each table has, and the last writer of each row of two of them where the database tells."""
    connection = connect(read_target(target).url)
    found: dict[str, Any] = {
        name: connection.scalar(select(func.count()).select_from(table)) for name, table in metadata.tables.items()
    }
    if target.startswith("postgresql"):
        for name in ("turn", "version"):
            found[f"{name} by"] = connection.exec_driver_sql(f"SELECT sum(xmin::text::bigint) FROM {name}").scalar()
    close(connection)
    return found


def test_lines_that_are_none_are_told_and_the_others_are_loaded(target: str, tmp_path: Path) -> None:
    nul = line(record(2, said="零\0字"))
    lone = line(record(3)).replace("先谈后签".encode(), b"\\ud800")
    path = write(tmp_path / "transcripts.jsonl", record(1), nul, lone, b'{"id": 1}\n', b"\xff\n", record(4))
    loaded = load_one(path, target)
    assert shown(target) == [record(1), record(4)]
    assert [reason.split(":")[0] for _, reason in loaded.refused][:1] == ["a NUL character in a text"]
    assert loaded.refused[0][0] == len(line(record(1)))
    assert len(loaded.refused) == 4 == len(dump(target)["rejected"])
    assert all("\n" not in reason for _, reason in loaded.refused)
    again = load_one(path, target)
    assert (again.lines, again.refused) == (0, loaded.refused)


def test_a_torn_last_line_is_left_until_it_is_whole(target: str, tmp_path: Path) -> None:
    whole = line(record(2))
    path = write(tmp_path / "transcripts.jsonl", record(1), whole[:50])
    loaded = load_one(path, target)
    assert (loaded.lines, loaded.torn, loaded.refused) == (1, 50, ())
    write(path, whole[50:], mode="ab")
    assert load_one(path, target).torn == 0
    assert shown(target) == [record(1), record(2)]


def test_a_file_that_was_changed_is_noticed_and_followed(target: str, tmp_path: Path) -> None:
    path = write(tmp_path / "transcripts.jsonl", record(1), record(1, 2, said="二"), record(2), b"{}\n", record(3))
    load_one(path, target)
    write(path, record(1), record(3, said="改"))
    loaded = load_one(path, target)
    assert (loaded.changed, loaded.lines, loaded.removed, loaded.refused) == (True, 2, 2, ())
    assert shown(target) == [record(1), record(3, said="改")]
    assert not load_one(path, target).changed


def test_one_datastore_holds_several_halls(target: str, tmp_path: Path) -> None:
    other = record(1, id="scio/1", site="scio")
    paths = [write(tmp_path / "acftu/transcripts.jsonl", record(1)), write(tmp_path / "scio/transcripts.jsonl", other)]
    load(paths, read_target(target))
    load(paths, read_target(target))
    assert shown(target) == [record(1), other]


def test_an_enormous_text(target: str, tmp_path: Path) -> None:
    large = record(1, said="工会" * 2_500_000, summary="a" * 5_000_000)
    load_one(write(tmp_path / "transcripts.jsonl", record(2), large, record(3)), target)
    assert shown(target) == [large, record(2), record(3)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "acftu/" + "9" * LONGEST_KEY}, "an id of more than"),
        ({"version": 2**40}, "version is out of range"),
        ({"damage": {"unresolved": 2**31}}, "unresolved is out of range"),
    ],
)
def test_what_no_database_takes_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unfit, match=reason):
        read_record(line(record(1, **changes)))


def test_a_backslash_before_u0000_is_no_nul() -> None:
    said = record(1, said="\\u0000 \\\\u0000")
    assert read_record(line(said)) == said


def test_an_older_datastore_gets_what_it_lacks(target: str, tmp_path: Path) -> None:
    path = write(tmp_path / "transcripts.jsonl", record(1), record(2))
    load_one(path, target)
    connection = connect(read_target(target).url)
    connection.exec_driver_sql("ALTER TABLE transcript DROP COLUMN summary")
    connection.exec_driver_sql("DROP TABLE image")
    connection.exec_driver_sql("DROP INDEX transcript_day")
    connection.commit()
    close(connection)
    load_one(path, target)
    assert shown(target) == [record(1), record(2)]


def test_a_datastore_of_the_first_version_gets_the_events(target: str, tmp_path: Path) -> None:
    event = {"id": "acftu/2018-05-08", "editions": [{"language": "en", "url": "http://en.example.org/1"}]}
    records = [record(1, event=event), record(2)]
    path = write(tmp_path / "transcripts.jsonl", *records)
    load_one(path, target)
    connection = connect(read_target(target).url)
    connection.exec_driver_sql("DROP INDEX transcript_event")
    connection.exec_driver_sql("ALTER TABLE transcript DROP COLUMN event_id")
    connection.exec_driver_sql("DROP TABLE edition")
    connection.exec_driver_sql("UPDATE datastore SET version = 1")
    connection.commit()
    close(connection)
    load_one(path, target)
    assert shown(target) == records
    assert [row[0] for row in dump(target)["datastore"]] == [VERSION]
    once = dump(target)
    assert load_one(path, target).lines == 0
    assert dump(target) == once


def test_upgrading_what_is_whole_does_nothing(target: str) -> None:
    connection = connect(read_target(target).url)
    assert upgrade(connection, metadata) == []
    close(connection)


def test_a_newer_datastore_is_refused(target: str) -> None:
    connection = connect(read_target(target).url)
    connection.exec_driver_sql("UPDATE datastore SET version = 99")
    connection.commit()
    close(connection)
    with pytest.raises(DatastoreError, match="newer version"):
        connect(read_target(target).url)
    if target.startswith("postgresql"):
        engine_free(target)


def engine_free(target: str) -> None:
    """Make the server's database ours again."""
    from sqlalchemy import create_engine

    engine = create_engine(read_target(target).url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
    engine.dispose()


def test_tables_of_others_are_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "theirs.db") as theirs:
        theirs.execute("CREATE TABLE transcript (x)")
    with pytest.raises(DatastoreError, match="'transcript' is there that is not ours"):
        connect(read_target(f"sqlite:///{tmp_path}/theirs.db").url)
    with sqlite3.connect(tmp_path / "theirs.db") as theirs:
        assert theirs.execute("SELECT sql FROM sqlite_master").fetchall() == [("CREATE TABLE transcript (x)",)]


def test_no_database(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no database at all, but of some length\n" * 50)
    for address in (f"sqlite:///{tmp_path}/note.txt", f"sqlite:///{tmp_path}/no/such/folder/x.db"):
        with pytest.raises(DatastoreError) as error:
            connect(read_target(address).url)
        assert "\n" not in str(error.value)


def test_a_password_is_never_told() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(DatastoreError) as error:
        connect(read_target("postgresql://me:secret@127.0.0.1:9/none").url)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "wrong", ["", "press.db", "sqlite://", "sqlite:///", "mysql://h/d", "parquet:", "postgresql+psycopg2x://:x:/"]
)
def test_no_target(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"target|folder"):
        read_target(wrong)


def test_the_statements_make_the_tables(target: str, tmp_path: Path) -> None:
    sql = statements(read_target(target).url)
    assert "of the transcript's newest" not in sql and "the newest, whose text this is" in sql
    if target.startswith("sqlite"):
        with sqlite3.connect(target.removeprefix("sqlite:///")) as made:
            made.executescript(sql)
    else:
        connection = connect(read_target(target).url)
        metadata.drop_all(connection)
        connection.exec_driver_sql(sql)
        connection.commit()
        close(connection)
    load_one(write(tmp_path / "transcripts.jsonl", record(1)), target)
    assert shown(target) == [record(1)]


def test_another_table_of_scripts_makes_the_index_anew(tmp_path: Path, monkeypatch: Any) -> None:
    target = f"sqlite:///{tmp_path}/press.db"
    path = write(tmp_path / "transcripts.jsonl", record(1))
    load_one(path, target)
    connection = connect(read_target(target).url)
    connection.exec_driver_sql("UPDATE datastore SET folds = 'older'")
    connection.exec_driver_sql("INSERT INTO turn_search (turn_search) VALUES ('delete-all')")
    connection.commit()
    close(connection)
    connection = connect(read_target(target).url)
    count = "SELECT count(*) FROM turn_search WHERE turn_search MATCH 'text : \"工 会\"'"
    assert connection.exec_driver_sql(count).scalar() == 1
    close(connection)


def test_turns_are_numbered_by_day_and_then_in_order() -> None:
    early, late = day_of(record(1, event={"date": "2010-01-01"})), day_of(record(2))
    keys = [turn_number(day, n, p) for day in (None, early, late) for n in (1, 2) for p in (3, 2, 1)]
    assert keys == sorted(keys) and keys[-1] < 2**63


def test_every_table_and_column_that_needs_it_says_what_it_is() -> None:
    assert all(table.comment for table in metadata.tables.values())
    assert {transcript, version, source, rejected, *PARTS} <= set(metadata.tables.values())


def test_the_batches_are_committed_one_by_one(tmp_path: Path, monkeypatch: Any) -> None:
    from crawler.storage.datastore import sources

    monkeypatch.setattr(sources, "MOST_LINES", 2)
    path = write(tmp_path / "transcripts.jsonl", *(record(n) for n in range(1, 6)))
    target = f"sqlite:///{tmp_path}/press.db"
    real, calls = loading_module.current.show, []

    def failing(connection: Connection, records: list[Transcript]) -> None:
        calls.append(len(records))
        if len(calls) == 3:
            raise OverflowError("a test")
        real(connection, records)

    monkeypatch.setattr(loading_module.current, "show", failing)
    with pytest.raises(DatastoreError, match="a test"):
        load_one(path, target)
    assert shown(target) == [record(n) for n in range(1, 5)]
    assert load_one(path, target).lines == 1
