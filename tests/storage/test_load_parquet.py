"""Records into Parquet files: the same rows as in a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.storage.datastore import WrongTarget, close, connect, load, read_target
from crawler.storage.datastore.schema import PARTS, VERSION, transcript
from tests.storage.made_records import line, record, write

duckdb = pytest.importorskip("duckdb")


def rows(folder: Path, table: str) -> list[tuple[Any, ...]]:
    """What the files of a table have."""
    found: list[tuple[Any, ...]] = duckdb.sql(f"SELECT * FROM '{folder}/{table}/*.parquet' ORDER BY ALL").fetchall()
    return found


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file was written, and its size."""
    return {str(one): (one.stat().st_mtime_ns, one.stat().st_size) for one in folder.rglob("*") if one.is_file()}


def test_the_rows_are_those_of_a_database(tmp_path: Path) -> None:
    records = [record(1), record(2), record(1, 3, said="三"), record(1, 2, said="二"), record(2, said="又")]
    path = write(tmp_path / "acftu/transcripts.jsonl", *records)
    load([path], read_target(f"parquet:{tmp_path}/pq"))
    load([path], read_target(f"sqlite:///{tmp_path}/press.db"))
    connection = connect(read_target(f"sqlite:///{tmp_path}/press.db").url)
    for table in (transcript, *PARTS):
        expected = sorted(map(tuple, connection.execute(table.select())), key=str)
        assert sorted(rows(tmp_path / "pq", table.name), key=str) == expected, table.name
    close(connection)
    kept = {row[0:2]: row[-1] for row in rows(tmp_path / "pq", "version")}
    assert kept == {(one.id, one.version): one.model_dump_json() for one in records}


def test_a_reload_writes_nothing_and_a_new_version_is_taken_in(tmp_path: Path) -> None:
    target = read_target(f"parquet:{tmp_path}/pq")
    path = write(tmp_path / "acftu/transcripts.jsonl", record(1), line(record(2))[:40])
    assert load([path], target)[0].torn == 40
    once = files(tmp_path / "pq")
    assert (load([path], target)[0].lines, load([path], target)[0].torn) == (0, 40)
    assert files(tmp_path / "pq") == once
    write(path, line(record(2))[40:], b"{}\n", record(1, 2, said="新"), mode="ab")
    loaded = load([path], target)[0]
    assert (loaded.transcripts, loaded.versions, len(loaded.refused)) == (1, 2, 1)
    assert load([path], target)[0].refused == loaded.refused
    assert [row[2] for row in rows(tmp_path / "pq", "transcript")] == [2, 1]


def test_halls_have_files_of_their_own(tmp_path: Path) -> None:
    target = read_target(f"parquet:{tmp_path}/pq")
    paths = [write(tmp_path / f"{hall}/transcripts.jsonl", record(n)) for n, hall in enumerate(("acftu", "scio"), 1)]
    load(paths, target)
    assert len(rows(tmp_path / "pq", "transcript")) == 2
    write(paths[0], record(1, said="改"))
    assert load(paths, target)[0].changed
    assert len(rows(tmp_path / "pq", "turn")) == 6
    assert not list((tmp_path / "pq").glob(".load-*"))


def test_files_of_older_tables_are_written_again(tmp_path: Path) -> None:
    target = read_target(f"parquet:{tmp_path}/pq")
    path = write(tmp_path / "acftu/transcripts.jsonl", record(1))
    load([path], target)
    state = tmp_path / "pq/acftu.json"
    state.write_text(state.read_text("utf8").replace(f'"tables": {VERSION},', ""), "utf8")
    assert load([path], target)[0].lines == 1
    assert load([path], target)[0].lines == 0


def test_a_file_is_no_place_for_them(tmp_path: Path) -> None:
    path = write(tmp_path / "acftu/transcripts.jsonl", record(1))
    with pytest.raises(WrongTarget, match="it is no folder"):
        load([path], read_target(f"parquet:{path}"))


def test_no_id_and_no_folder_s_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    hall = tmp_path / "home" / "a '..[x]* hall"
    away = record(1).model_copy(update={"id": "acftu/../../../away"})
    load([write(hall / "transcripts.jsonl", away)], read_target(f"parquet:{tmp_path}/in/pq"))
    assert {one.name for one in tmp_path.iterdir()} == {"home", "in"}
    assert [one.name for one in (tmp_path / "in").iterdir()] == ["pq"]
    assert {one.stem for one in (tmp_path / "in/pq").rglob("*") if one.is_file()} == {hall.name}
