"""Sources that are none, or partly none: the same words and exit codes from every command that reads records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.items import Transcript
from tests.halls import scrapy
from tests.storage.made_records import line, record, write

# A file that can be opened and not be read, for whoever asks.
NO_FILE = Path("/proc/self/mem")
WORDS = ("load", "search", "export", "report", "browse")


def nothing(folder: Path) -> Path:
    return folder / "nowhere"


def empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


def a_folder(folder: Path) -> Path:
    (folder / "acftu/transcripts.jsonl").mkdir(parents=True)
    return folder


def unreadable(folder: Path) -> Path:
    (folder / "acftu").mkdir(parents=True)
    (folder / "acftu/transcripts.jsonl").symlink_to(NO_FILE)
    return folder


def dangling(folder: Path) -> Path:
    (folder / "acftu").mkdir(parents=True)
    (folder / "acftu/transcripts.jsonl").symlink_to("elsewhere.jsonl")
    return folder


def a_circle(folder: Path) -> Path:
    folder.mkdir()
    (folder / "transcripts.jsonl").symlink_to("transcripts.jsonl")
    return folder


def without_records(folder: Path) -> Path:
    write(folder / "acftu/transcripts.jsonl")
    return folder


def one_torn_line(folder: Path) -> Path:
    write(folder / "acftu/transcripts.jsonl", line(record(1))[:40])
    return folder


def too_high(folder: Path) -> Path:
    write(folder / "demo/acftu/transcripts.jsonl", record(1))
    return folder


def a_file(folder: Path) -> Path:
    return write(folder, record(1))


def damaged(folder: Path) -> Path:
    write(folder / "acftu/transcripts.jsonl", record(1), b'{"id": 1}\n', line(record(2))[:40])
    return folder


SOURCES: dict[Callable[[Path], Path], tuple[int, str]] = {
    nothing: (2, "nowhere is not there"),
    empty: (4, "here"),
    a_folder: (1, "Is a directory"),
    unreadable: (1, "Input/output error"),
    dangling: (1, "cannot read"),
    a_circle: (1, "cannot read"),
    without_records: (4, "no records in"),
    one_torn_line: (4, "no records in"),
    too_high: (4, "; did you mean"),
    damaged: (1, "id: Input should be"),
}


def command(word: str, source: Path, tmp_path: Path) -> tuple[str, ...]:
    """A command that reads a source."""
    return {
        "load": ("load", str(source), f"sqlite:///{tmp_path}/press.db"),
        "search": ("search", str(source), "劳动"),
        "export": ("export", str(source), "--to", "csv", "-o", str(tmp_path / "x.csv")),
        "report": ("report", str(source), "-o", str(tmp_path / "x.html")),
        "browse": ("browse", str(source), "--port", "0"),
    }[word]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("make", SOURCES, ids=lambda make: make.__name__)
def test_an_odd_source_ends_alike(make: Callable[[Path], Path], word: str, tmp_path: Path) -> None:
    if make is unreadable and not NO_FILE.exists():
        pytest.skip("no such file on this system")
    if (make, word) == (damaged, "browse"):
        pytest.skip("it serves what there is: tests/browse/test_command.py")
    code, words = SOURCES[make]
    result = scrapy(*command(word, make(tmp_path / "here"), tmp_path))
    assert (result.returncode, words in result.stderr) == (code, True), result.stderr
    assert "Traceback" not in result.stderr and "[Errno" not in result.stderr
    said = make is damaged or (make, word) == (one_torn_line, "report")
    assert ("a torn last line" in result.stderr) == said
    if not said:
        assert len(result.stderr.splitlines()) == 1, result.stderr
    if make is too_high:
        assert result.stderr.endswith(f"did you mean {tmp_path}/here/demo?\n")
    if code != 1 and not (word == "report" and "no records" in words):  # a report tells of what else there is
        assert list(tmp_path.glob("*.*")) == []


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (record(2, said="劳动\0"), "a NUL character in a text"),
        (record(2, id="acftu/" + "9" * 1000), "an id of more than 1,000 bytes"),
        (record(2, version=10**30), "version is out of range"),
    ],
)
def test_what_no_database_takes_is_left_out_everywhere(odd: Transcript, why: str, tmp_path: Path) -> None:
    path = write(tmp_path / "out/acftu/transcripts.jsonl", record(1), odd)
    for word in ("load", "search", "export", "report"):
        result = scrapy(*command(word, tmp_path / "out", tmp_path))
        assert result.returncode == 1 and odd.id not in result.stdout
        assert f"{path}, byte {len(line(record(1)))}: " in result.stderr
        assert result.stderr.endswith(f": {why}\n") and result.stderr.count("\n") == 1
    assert "1 transcripts" in scrapy(*command("export", tmp_path / "out", tmp_path)).stdout


def test_many_lines_that_are_none_are_counted(tmp_path: Path) -> None:
    write(tmp_path / "out/acftu/transcripts.jsonl", record(1), *[b"{}\n"] * 50)
    for word in ("load", "search", "export", "report"):
        said = scrapy(*command(word, tmp_path / "out", tmp_path)).stderr.splitlines()
        assert len(said) == 21 and said[-1].startswith("30 more lines are ")


def test_a_database_is_no_source(tmp_path: Path) -> None:
    write(tmp_path / "out/acftu/transcripts.jsonl", record(1))
    scrapy(*command("load", tmp_path / "out", tmp_path))
    for word in ("load", "export"):
        result = scrapy(*command(word, tmp_path / "press.db", tmp_path))
        assert (result.returncode, result.stderr.count("\n")) == (2, 1) and "is a database" in result.stderr


@pytest.mark.parametrize("word", ["load", "browse"])
def test_a_folder_whose_name_is_no_text_cannot_be_kept(word: str, tmp_path: Path) -> None:
    write(tmp_path / "a\udcff/acftu/transcripts.jsonl", record(1))
    result = scrapy(*command(word, tmp_path / "a\udcff", tmp_path))
    assert (result.returncode, result.stderr.count("\n")) == (2, 1), result.stderr
    assert "is not UTF-8" in result.stderr


def test_a_search_in_files_and_one_in_a_database_find_the_same(tmp_path: Path) -> None:
    write(tmp_path / "out/acftu/transcripts.jsonl", record(1), record(2, said="劳动\0"), b"{}\n")
    scrapy(*command("load", tmp_path / "out", tmp_path))
    found = [scrapy("search", str(place), "劳动").stdout for place in (tmp_path / "out", tmp_path / "press.db")]
    assert found[0] == found[1] != ""
