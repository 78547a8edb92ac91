"""The database behind the site follows the files."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crawler.browse import archive as browse_archive
from crawler.browse import listing
from crawler.browse.archive import CACHE, Archive, open_archive
from crawler.browse.choice import Choice
from crawler.storage.datastore import WrongTarget
from tests.browse.made_archive import archive_of, talk
from tests.storage.made_records import line, write


def count(archive: Archive, **chosen: str) -> int:
    with archive.reading() as connection:
        return listing.count(connection, Choice(**chosen))


@pytest.fixture(autouse=True)
def _always_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse_archive, "PATIENCE", 0)


def test_what_is_written_while_it_runs_is_shown(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, talk(1))
    assert count(archive) == 1
    write(tmp_path / "acftu/transcripts.jsonl", talk(2), mode="ab")
    assert (count(archive), archive.generation) == (2, 2)
    assert (count(archive), archive.generation) == (2, 2)
    write(tmp_path / "mfa/transcripts.jsonl", talk(3, site="mfa", id="mfa/3"))
    assert (count(archive), count(archive, hall="mfa")) == (3, 1)


def test_a_new_version_takes_the_old_one_s_place(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, talk(1, title="旧"))
    write(
        tmp_path / "acftu/transcripts.jsonl", talk(1, 2, title="新", turns=talk(2).model_dump()["turns"][:1]), mode="ab"
    )
    with archive.reading() as connection:
        assert [(one.title, one.version, one.turns) for one in listing.listed(connection, Choice())] == [("新", 2, 1)]
        assert [one.name for one in listing.by_name(connection, "speaker", Choice())] == ["方致远"]


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, talk(1), talk(2))
    assert count(archive) == 2
    write(tmp_path / "acftu/transcripts.jsonl", talk(2, title="另一题"))
    assert count(archive) == 1


def test_the_second_start_reads_no_line_again(tmp_path: Path) -> None:
    archive_of(tmp_path, talk(1), talk(2)).close()
    again = open_archive(tmp_path)
    assert [one.lines for one in again.loaded] == [0]
    assert count(again) == 2


def test_a_torn_line_and_one_that_is_no_record_are_left_out_and_told(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, talk(1), b"{}\n", line(talk(2))[:-9])
    assert (count(archive), archive.refused, archive.loaded[0].torn > 0) == (1, 1, True)


def test_a_database_that_is_broken_or_of_other_files_is_made_anew(tmp_path: Path) -> None:
    archive_of(tmp_path, talk(1)).close()
    whole = (tmp_path / CACHE).read_bytes()
    (tmp_path / CACHE).write_bytes(whole[:100] + b"broken" * (len(whole) // 6))
    assert count(open_archive(tmp_path)) == 1
    elsewhere = tmp_path / "moved"
    elsewhere.mkdir()
    archive_of(elsewhere, talk(5), talk(6)).close()
    for path in elsewhere.glob(f"{CACHE}*"):
        path.replace(tmp_path / path.name)
    assert count(open_archive(tmp_path)) == 1


@pytest.mark.parametrize("kind", ["a note", "a database"])
def test_what_others_keep_under_its_name_is_left_alone(tmp_path: Path, kind: str) -> None:
    write(tmp_path / "acftu/transcripts.jsonl", talk(1))
    if kind == "a note":
        (tmp_path / CACHE).write_bytes(b"a note of somebody" * 1000)
    else:
        with sqlite3.connect(tmp_path / CACHE) as theirs:
            theirs.execute("CREATE TABLE diary (day)")
    before = (tmp_path / CACHE).read_bytes()
    with pytest.raises(WrongTarget, match=r"\.browse\.sqlite"):
        open_archive(tmp_path)
    assert (tmp_path / CACHE).read_bytes() == before


def test_a_folder_with_any_name(tmp_path: Path) -> None:
    home = tmp_path / "what? 100% #1"
    assert count(archive_of(home, talk(1))) == 1
    assert not list(tmp_path.glob("what"))


def test_a_hall_of_its_own_is_shown_too(tmp_path: Path) -> None:
    write(tmp_path / "acftu/transcripts.jsonl", talk(1))
    archive = open_archive(tmp_path / "acftu")
    assert count(archive) == 1
    assert (tmp_path / "acftu" / CACHE).exists()


def test_a_folder_that_must_not_be_written_gets_its_database_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "acftu/transcripts.jsonl", talk(1))
    monkeypatch.setattr(browse_archive.os, "access", lambda *_: False)
    archive = open_archive(tmp_path)
    assert not (tmp_path / CACHE).exists()
    assert (count(archive), archive.cache.name) == (1, CACHE)
    archive.close()
    browse_archive.remove(archive.cache)
    archive.cache.parent.rmdir()
