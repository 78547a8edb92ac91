"""The file of records: whole lines only, whatever happened before."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.storage.jsonl import BLOCK, JsonLines, cut_torn_line, read_objects

OBJECTS = [
    {"id": "acftu/1", "text": "夜校开课"},
    {"id": "acftu/2", "text": "第一行\n第二行\u2028"},
    {"id": "acftu/3", "n": None},
]


def written(path: Path) -> bytes:
    file = JsonLines(path)
    for values in OBJECTS:
        file.append_object(values)
    file.close()
    return path.read_bytes()


def test_one_object_a_line_in_utf8_without_escapes(tmp_path: Path) -> None:
    body = written(tmp_path / "a.jsonl")
    assert body.count(b"\n") == 3 and body.endswith(b"\n")
    assert "夜校开课".encode() in body and b"\\u591c" not in body
    assert [json.loads(line) for line in body.decode().split("\n")[:-1]] == OBJECTS


def test_objects_come_back_in_order(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl")
    assert list(read_objects(tmp_path / "a.jsonl")) == OBJECTS


def test_a_folder_is_made_and_a_missing_file_has_no_objects(tmp_path: Path) -> None:
    assert list(read_objects(tmp_path / "none.jsonl")) == []
    JsonLines(tmp_path / "deep" / "er" / "a.jsonl").close()
    assert (tmp_path / "deep" / "er" / "a.jsonl").read_bytes() == b""


def test_opening_again_appends(tmp_path: Path) -> None:
    first = written(tmp_path / "a.jsonl")
    assert written(tmp_path / "a.jsonl") == first * 2


def test_closing_twice_is_no_error(tmp_path: Path) -> None:
    file = JsonLines(tmp_path / "a.jsonl")
    file.close()
    file.close()


def test_a_kill_at_any_byte_leaves_the_whole_lines_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    body = written(path)
    for size in range(len(body) + 1):
        path.write_bytes(body[:size])
        kept = body[: body[:size].rfind(b"\n") + 1]
        file = JsonLines(path)
        assert file.torn == size - len(kept) and path.read_bytes() == kept
        file.append_object({"id": "acftu/4"})
        file.close()
        assert list(read_objects(path)) == [*OBJECTS[: kept.count(b"\n")], {"id": "acftu/4"}]


@pytest.mark.parametrize("length", [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7])
@pytest.mark.parametrize("before", [b"", b"{}\n"])
def test_a_torn_line_longer_than_a_block(tmp_path: Path, length: int, before: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(before + b"x" * length)
    assert cut_torn_line(path) == length
    assert path.read_bytes() == before
    assert cut_torn_line(path) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_cutting_any_bytes_keeps_what_ends_in_a_line_break(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "b.jsonl"
    path.write_bytes(body)
    assert cut_torn_line(path) == len(body) - (body.rfind(b"\n") + 1)
    assert path.read_bytes() == body[: body.rfind(b"\n") + 1]


@pytest.mark.parametrize(
    "line", [b"", b"[1]", b"12", b'{"a": ', b'{"a": 1}{', b"\xff", b'{"a": NaN}', b'{"a": -Infinity}']
)
def test_a_line_that_is_no_object_is_named_by_number(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n' + line + b"\n")
    with pytest.raises(ValueError, match="line 2"):
        list(read_objects(path))


class FullDisk:
    """A file that takes a few bytes of a write, and then either says so or fails."""

    def __init__(self, path: Path, error: bool) -> None:
        self.file, self.error = path.open("ab", buffering=0), error

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)

    def write(self, data: bytes) -> int:
        self.file.write(data[:5])
        if self.error:
            raise OSError(28, "No space left on device")
        return 5


@pytest.mark.parametrize("error", [True, False])
def test_a_full_disk_raises_and_leaves_nothing_half_written(tmp_path: Path, error: bool) -> None:
    path = tmp_path / "a.jsonl"
    body = written(path)
    file = JsonLines(path)
    file._file.close()
    file._file = FullDisk(path, error)
    with pytest.raises(OSError, match=r"No space|could be written"):
        file.append(b'{"id": "acftu/9"}')
    assert path.read_bytes() == body
    file.close()
