"""What a report counts of the records, and how it reads files that a crawl writes or somebody damaged."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from crawler.storage.report.content import Content, Tally
from crawler.storage.report.files import read_files, read_quarantine, warc_day
from crawler.storage.report.records import read_records
from tests.storage.made_records import any_record, line, newest, record, write

TALLIES = "layouts speakers speaker_turns outlets outlet_turns changes changed chosen flags".split()


def counted(content: Content) -> dict[str, object]:
    """The counts that are not zero, of records and not of lines."""
    found: dict[str, object] = {
        name: getattr(content, name) for name in ("records", "cleaned", "unresolved", "damaged")
    }
    found |= {name: +getattr(content, name).counts for name in TALLIES}
    found |= {name: +getattr(content, name) for name in ("roles", "languages")}
    return found | {"fields": {year: +counts for year, counts in content.fields.items() if +counts}}


@given(st.lists(any_record, max_size=8))
def test_only_the_newest_version_of_each_transcript_counts(records: list) -> None:
    with TemporaryDirectory() as folder:
        read = read_records(write(Path(folder) / "transcripts.jsonl", *records))
    alone = Content()
    for one in newest(records):
        alone.add(one)
    assert counted(read) == counted(alone)
    assert read.lines.total() == len(records)


def test_who_speaks_is_counted_by_conferences_and_by_turns(tmp_path: Path) -> None:
    content = read_records(write(tmp_path / "a.jsonl", record(1), record(2), record(2, 2, said="改了。")))
    assert content.speakers.most(9) == [("方致远", 2), ("林知秋", 2)]
    assert content.outlets.most(9) == [("海湾晚报", 2)]
    assert (content.records, content.lines) == (2, {"2026-01-01": 2, "2026-01-02": 1})
    assert (content.unresolved, content.damaged, content.cleaned) == (2, 2, 2)
    assert content.changes.most(9) == [("pinyin", 2)]
    assert content.fields["2018"]["records"] == 2
    assert content.samples == {"acftu/1": ("工?",), "acftu/2": ("工?",)}


def test_a_line_that_is_no_record_is_counted_and_a_torn_one_left_out(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl", record(1), b'{"id": "\\ud800"}\n', b"\x00\xff\n", record(2), line(record(3))[:-9]
    )
    content = read_records(path)
    assert (content.records, len(content.left_out), content.torn) == (2, 2, len(line(record(3))) - 9)
    assert content.left_out[0][0] == len(line(record(1)))


def test_names_beyond_the_limit_are_counted_together(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("crawler.storage.report.content.MOST_NAMES", 2)
    tally = Tally()
    for name in ("a", "b", "c", "b", "c"):
        tally.add(name, 1)
    assert (tally.most(9), tally.others) == ([("b", 2), ("a", 1)], 2)


def test_the_quarantine_keeps_the_newest_examples_of_each_reason(tmp_path: Path) -> None:
    rows = [b'{"url":"u%d","reason":"gone","detail":"d","fetched_at":"t"}\n' % n for n in range(5)]
    path = tmp_path / "quarantine.jsonl"
    path.write_bytes(b"".join(rows) + b'no JSON\n{"url": 1}\n[1]\n{"reason": "torn')
    groups, unreadable = read_quarantine(path)
    first, second = groups.sorted()
    assert (first.reason, first.count, [e.url for e in first.examples]) == ("gone", 5, ["u2", "u3", "u4"])
    assert (second.reason, unreadable, groups.total) == ("no reason given", 2, 6)


def test_reasons_without_end_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "quarantine.jsonl"
    path.write_text("".join(f'{{"url":"u","reason":"{n}"}}\n' for n in range(3000)), "utf8")
    groups, _ = read_quarantine(path)
    assert (len(groups.found), groups.others, groups.total) == (1000, 2000, 3000)


def test_an_archive_file_has_its_day_in_its_name(tmp_path: Path) -> None:
    assert warc_day("acftu-20260102T030405678901Z-00001.warc.gz") == "2026-01-02"
    assert warc_day("acftu-20261302T030405678901Z-00001.warc.gz") == warc_day("mine.warc.gz") == ""
    warc = tmp_path / "warc"
    warc.mkdir()
    (warc / "a-20260102T030405678901Z-00001.warc.gz").write_bytes(b"12345")
    (warc / "a-20260103T030405678901Z-00001.warc.gz.open").write_bytes(b"123")
    (warc / "a-20260102T030405678901Z-00001.cdxj").write_bytes(b"1\n2\n")
    found = read_files(tmp_path)
    assert (found.warc_bytes, found.warc_files, found.warc_open, found.responses) == (8, 2, 1, 2)
    assert found.warc_days == {"2026-01-02": 5, "2026-01-03": 3}
