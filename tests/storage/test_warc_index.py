"""The index beside a file: the lines of `cdxj-indexer --sort`."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.storage.cdxj import index_lines, index_path, reindex, url_key
from tests.storage.warc_cases import BEGAN, PAGE, answer, exchange, raw, saved, written

# Read off cdxj-indexer 1.5.0.
KEYS = {
    "http://press.example/n1/2026/0301/c1-7.html": "example,press)/n1/2026/0301/c1-7.html",
    "https://www.press.example/": "example,press)/",
    "http://www2.press.example": "example,press)/",
    "http://press.example?": "example,press)/",
    "http://127.0.0.1:8080/GB/index.html": "1,0,0,127:8080)/gb/index.html",
    "http://PRESS.example:80/A/B?b=2&a=1": "example,press)/a/b?a=1&b=2",
    "https://press.example:80/x": "example,press:80)/x",
    "http://user:word@press.example/x/": "example,press)/x",
    "http://press.example/a/../b//c/./d": "example,press)/b/c/d",
    "http://press.example/a%20b%41#f": "example,press)/a%20ba",
    "http://press.example/%E4%B8%AD中": "example,press)/%e4%b8%ad%e4%b8%ad",
    "http://例子.example/": "example,xn--fsqu00a)/",
    "http://press.example/a?q=%2F%26%3D+x": "example,press)/a?=+x&q=/",
    "http://press.example/%zz%": "example,press)/%25zz%25",
    "http://press.example/a?&&": "example,press)/a?&&",
}  # fmt: skip


@pytest.mark.parametrize(("url", "key"), KEYS.items())
def test_keys(url: str, key: str) -> None:
    assert url_key(url) == key


@pytest.mark.parametrize("url", ["http://[::1/", "http://a:b/", "urn:中 文", ""])
def test_an_address_that_is_none(url: str) -> None:
    assert url_key(url).isascii()
    assert " " not in url_key(url)


def exchanges() -> list[object]:
    later = BEGAN + timedelta(days=1)
    return [
        exchange(1),
        exchange(2, gzip.compress(PAGE), headers=[(b"content-encoding", b"gzip"), (b"content-type", b"text/html")]),
        exchange(3, b"", status=301, headers=[(b"Location", b"/")]),
        exchange(4, b"x", status=404, headers=[(b"Content-Type", "文本;a".encode("gbk"))]),
        exchange(1, date=later),
        exchange(2, b"", date=later, status=304, headers=[]),
        exchange(5, url="http://press.example/b?z=1&a=2"),
    ]


def test_a_line(tmp_path: Path) -> None:
    path = written(tmp_path, exchange(1))
    (line,) = index_path(path).read_text("ascii").splitlines()
    key, moment, values = line.split(" ", 2)
    assert (key, moment) == ("example,press)/n1/2026/0301/c1-1.html", "20260301080001")
    said = json.loads(values)
    assert list(said) == ["url", "mime", "status", "digest", "length", "offset", "filename"]
    assert (said["mime"], said["status"], said["filename"]) == ("text/html", "200", path.name)
    at, length = int(said["offset"]), int(said["length"])
    assert b"WARC-Type: response" in gzip.decompress(path.read_bytes()[at : at + length])


def test_what_the_writer_notes_is_what_the_file_says(tmp_path: Path) -> None:
    path = written(tmp_path, *exchanges())  # type: ignore[arg-type]
    lines = index_path(path).read_bytes()
    assert lines.count(b"\n") == 7
    assert lines.count(b"warc/revisit") == 2
    reindex(path)
    assert index_path(path).read_bytes() == lines


def test_files_of_others(tmp_path: Path) -> None:
    records = (
        raw(b"software: x\r\n", kind="warcinfo", Content_Type="application/warc-fields"),
        raw(answer(PAGE), number=2),
        raw(PAGE, kind="resource", number=3, Content_Type="text/plain"),
        raw(b"a: b\r\n", kind="metadata", number=4, Content_Type="application/warc-fields"),
    )
    lines = list(index_lines(saved(tmp_path / "a.warc.gz", *records)))
    assert [json.loads(line.split(b" ", 2)[2])["mime"] for line in lines] == ["text/html", "text/plain"]


def test_wget_s_files_that_are_not_compressed(tmp_path: Path) -> None:
    """Addresses between angle brackets; the length of a record is without its end, as cdxj-indexer has it."""
    record = raw(answer(PAGE), WARC_Target_URI="<http://press.example/1.html>")
    (line,) = index_lines(saved(tmp_path / "a.warc", record, how="plain"))
    key, _, values = line.split(b" ", 2)
    assert key == b"example,press)/1.html"
    assert json.loads(values)["url"] == "http://press.example/1.html"
    assert json.loads(values)["length"] == str(len(record) - 4)
