"""`scrapy load`, `search` and `export` as a user meets them, and a crawl that loads as it goes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from crawler.settings import EXTENSIONS
from tests.forking import forks, pipe, terminal
from tests.halls import LISTING, TinyHall, article, crawl, limited, listing, path_of, scrapy, serving
from tests.storage.made_records import record, write

LOADING = {**EXTENSIONS, "crawler.extensions.loading.Loading": 160}
MISTAKES = {
    "load nothing": ("load",),
    "load nowhere": ("load", "tests"),
    "load what is not there": ("load", "nosuch", "sqlite:///x.db"),
    "load into what": ("load", "tests", "mysql://user:secret@host/db"),
    "load with an unknown option": ("load", "tests", "sqlite:///x.db", "--bogus"),
    "the schema of files": ("load", "--schema", "parquet:x"),
    "search nothing": ("search", "tests"),
    "search for nothing": ("search", "tests", " "),
    "search what is not there": ("search", "nosuch.db", "工会"),
    "search what is no database": ("search", "README.md", "工会"),
    "search a server": ("search", "postgresql://h/d", "工会"),
    "search an unknown role": ("search", "tests", "工会", "--role", "chair"),
    "search no date": ("search", "tests", "工会", "--since", "2016"),
    "search dates the wrong way round": ("search", "tests", "x", "--since", "2017-01-01", "--until", "2016-01-01"),
    "search no number": ("search", "tests", "工会", "--limit", "many"),
    "export nowhere": ("export", "tests", "--to", "csv"),
    "load a schema of nothing": ("load", "--schema"),
    "load into what cannot be": ("load", "tests", "sqlite:///a%00b.db"),
    "load into a query": ("load", "tests", "sqlite:////tmp/a b%20?c#d 中.db"),
    "load into no text": ("load", "tests", "sqlite:///\udcff.db"),
    "search in a query": ("search", "sqlite:///x.db?c", "工会"),
    "search for no text": ("search", "tests", "a\udced\udca0\udc80"),
    "search for no name": ("search", "tests", "工会", "--speaker", "a\udcff"),
    "search for too many": ("search", "tests", "工会", "--limit", "9999999999"),
    "export to what": ("export", "tests", "--to", "docx", "-o", "x.docx"),
    "export to nothing": ("export", "tests", "--to", "csv", "-o", ""),
    "export a corpus to standard output": ("export", "tests", "--to", "tei", "-o", "-"),
    "export a table to a folder": ("export", "tests", "--to", "csv", "-o", "tests"),
    "export too deep": ("export", "tests", "--to", "csv", "-o", "/nosuch/dir/x.csv"),
    "export a corpus too deep": ("export", "tests", "--to", "tei", "-o", "nosuch/dir/x"),
    "report too deep": ("report", "tests", "-o", "nosuch/dir/x.html"),
    "export what is not there": ("export", "nosuch", "--to", "csv", "-o", "x.csv"),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_one_line_and_exit_code_2(what: str) -> None:
    result = scrapy(*MISTAKES[what])
    assert (result.returncode, result.stdout) == (2, ""), result.stderr
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert result.stderr.startswith(f"scrapy {MISTAKES[what][0]}: ") and "secret" not in result.stderr


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("load a schema of nothing", "scrapy load --schema postgresql://"),
        ("search for too many", "from 1 to 999999999"),
        ("export to what", "tei, csv and text"),
    ],
)
def test_a_mistake_says_what_is_right(what: str, words: str) -> None:
    assert words in scrapy(*MISTAKES[what]).stderr


def test_an_address_is_decoded_and_a_path_is_not(tmp_path: Path) -> None:
    write(tmp_path / "acftu/transcripts.jsonl", record(1))
    address = f"sqlite:///{tmp_path}/a%20b%3Fc%2520 中.db"
    assert scrapy("load", str(tmp_path), address).returncode == 0
    assert (tmp_path / "a b?c%20 中.db").exists()
    found = [scrapy("search", place, "劳动").stdout for place in (address, f"{tmp_path}/a b?c%20 中.db")]
    assert found[0] == found[1] != ""


def test_a_hall_s_ledger_is_refused_with_one_line(tmp_path: Path) -> None:
    write(tmp_path / "acftu/transcripts.jsonl", record(1))
    with sqlite3.connect(tmp_path / "acftu/ledger.sqlite") as ledger:
        ledger.execute("CREATE TABLE page (id)")
    before = (tmp_path / "acftu/ledger.sqlite").read_bytes()
    result = scrapy("load", str(tmp_path), f"sqlite:///{tmp_path}/acftu/ledger.sqlite")
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "'page' is there that is not ours" in result.stderr
    assert (tmp_path / "acftu/ledger.sqlite").read_bytes() == before


def test_load_search_and_export_an_archive(tmp_path: Path) -> None:
    write(tmp_path / "out/acftu/transcripts.jsonl", record(1), record(2, said="\x1b[2J勞動"))
    target = f"sqlite:///{tmp_path}/press.db"
    assert scrapy("load", str(tmp_path / "out"), target).stdout.endswith(
        "2 lines read, 2 new transcripts, 2 new versions\n"
    )
    assert scrapy("load", str(tmp_path / "out"), target).stdout.endswith(
        "0 lines read, 0 new transcripts, 0 new versions\n"
    )
    for place in (f"{tmp_path}/press.db", target, str(tmp_path / "out"), str(tmp_path / "out/acftu")):
        hits = [json.loads(line) for line in scrapy("search", place, "劳动").stdout.splitlines()]
        assert {(hit["id"], hit["turn"]) for hit in hits} == {("acftu/1", "t2"), ("acftu/2", "t2"), ("acftu/2", "t3")}
        assert "\x1b" not in scrapy("search", place, "劳动").stdout
    assert scrapy("search", f"{tmp_path}/press.db", "没有的词").stdout == ""
    for form, name in (("csv", "x.csv"), ("text", "x.txt"), ("tei", "tei")):
        result = scrapy("export", str(tmp_path / "out"), "--to", form, "-o", str(tmp_path / name))
        assert result.returncode == 0 and (tmp_path / name).exists(), result.stderr
    piped = scrapy("export", str(tmp_path / "out"), "--to", "csv", "-o", "-")
    assert piped.stdout.encode() == (tmp_path / "x.csv").read_bytes().replace(b"\r\n", b"\n")


def test_a_reader_of_a_pipe_that_has_had_enough(tmp_path: Path) -> None:
    write(tmp_path / "acftu/transcripts.jsonl", *(record(n, said="劳动" * 5000) for n in range(1, 60)))
    for command in (
        ("search", str(tmp_path), "劳动", "--limit", "900"),
        ("export", str(tmp_path), "--to", "csv", "-o", "-"),
        ("schema",),
    ):
        process = forks().start(*command, out=pipe)
        assert process.stdout.readline()
        process.stdout.close()
        assert process.wait() == 0
        assert process.stderr.read() == ""
        process.stderr.close()


def test_a_terminal_is_not_turned_and_a_pipe_has_the_text(tmp_path: Path) -> None:
    write(tmp_path / "acftu/transcripts.jsonl", record(1, said="劳动\u202e\u2066合同"))
    command = ("export", str(tmp_path), "--to", "csv", "-o", "-")
    assert "劳动\u202e\u2066合同" in scrapy(*command).stdout
    assert r"劳动\u202e\u2066合同" in forks().run(*command, out=terminal).stdout


def test_a_folder_is_made_one_level_deep(tmp_path: Path) -> None:
    write(tmp_path / "acftu/transcripts.jsonl", record(1))
    place = tmp_path / "made/x.csv"
    assert scrapy("export", str(tmp_path), "--to", "csv", "-o", str(place)).returncode == 0 and place.exists()


@pytest.mark.parametrize("form", ["csv", "text", "tei"])
def test_a_full_disk_leaves_no_part_of_a_file(form: str, tmp_path: Path) -> None:
    write(tmp_path / "in/acftu/transcripts.jsonl", *(record(n) for n in range(1, 99)))
    result = limited(2000, "export", str(tmp_path / "in"), "--to", form, "-o", str(tmp_path / "out/x"))
    assert (result.returncode, result.stderr.count("\n")) == (1, 1), result.stderr
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


def test_a_line_that_is_no_record_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    path = write(tmp_path / "transcripts.jsonl", record(1), b'{"id": 1}\n', b'{"torn')
    for command in (
        ("load", str(tmp_path), f"sqlite:///{tmp_path}/press.db"),
        ("load", str(tmp_path), f"sqlite:///{tmp_path}/press.db"),
        ("search", str(tmp_path), "合同"),
        ("export", str(tmp_path), "--to", "csv", "-o", str(tmp_path / "x.csv")),
    ):
        result = scrapy(*command)
        assert result.returncode == 1 and result.stdout
        assert f"{path}, byte " in result.stderr and "Traceback" not in result.stderr


def test_an_archive_without_records(tmp_path: Path) -> None:
    result = scrapy("load", str(tmp_path), f"sqlite:///{tmp_path}/press.db")
    assert (result.returncode, len(result.stderr.splitlines())) == (4, 1)
    assert not (tmp_path / "press.db").exists()


def test_the_schema_is_printed_for_each_database() -> None:
    for target in ("sqlite:///x.db", "postgresql://h/d"):
        result = scrapy("load", "--schema", target)
        assert result.returncode == 0 and "CREATE TABLE transcript" in result.stdout
    assert not Path("x.db").exists()


def test_help_of_each_command() -> None:
    for command in ("load", "search", "export"):
        assert scrapy(command, "--help").returncode == 0


def hall() -> TinyHall:
    """Two transcripts."""
    numbers = (1001, 1002)
    return TinyHall({LISTING: listing(*map(path_of, numbers)), **{path_of(n): article(n) for n in numbers}})


def loaded_ids(database: Path) -> list[str]:
    """What is in a datastore."""
    with sqlite3.connect(database) as opened:
        return [row[0] for row in opened.execute("SELECT id FROM transcript ORDER BY id")]


def test_a_crawl_feeds_a_datastore(tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path}/press.db"
    with serving(hall()) as server:
        options = ("-s", f"EXTENSIONS={json.dumps(LOADING)}", "-s", f"LOAD_INTO={target}")
        result = crawl(server.url + LISTING, tmp_path / "out", *options)
    assert result.returncode == 0, result.stderr
    assert loaded_ids(tmp_path / "press.db") == ["acftu/1001", "acftu/1002"]


def test_what_is_no_datastore_ends_the_crawl_before_it_begins(tmp_path: Path) -> None:
    with serving(hall()) as server:
        result = crawl(server.url + LISTING, tmp_path / "out", "-s", "LOAD_INTO=nonsense")
        assert not server.requests
    assert result.returncode == 2
    assert result.stderr.startswith("scrapy crawl: LOAD_INTO: 'nonsense' is no target")


@pytest.mark.parametrize("target", ["sqlite:////no/such/folder/x.db", ""])
def test_a_datastore_that_fails_does_not_touch_the_crawl(tmp_path: Path, target: str) -> None:
    with serving(hall()) as server:
        options = ("-s", f"EXTENSIONS={json.dumps(LOADING)}", "-s", f"LOAD_INTO={target}")
        result = crawl(server.url + LISTING, tmp_path / "out", *options)
    assert result.returncode == 0, result.stderr
    said = [line for line in result.stderr.splitlines() if "ERROR" in line]
    assert len(said) == bool(target) and "Traceback" not in result.stderr
    assert len((tmp_path / "out/acftu/transcripts.jsonl").read_bytes().splitlines()) == 2
