"""Killed at any moment, or out of room: what was reported written is there, and every file is whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.storage.cdxj import index_path
from crawler.storage.warc_members import members
from crawler.storage.warc_recovery import Recovered, recover, whole_end
from tests.forking import Fork, forks, pipe
from tests.storage.warc_cases import PAGE, answer, exchange, raw, read, saved, writer, written

# Writes exchanges of up to 400 KB and reports each; `LIMIT` stands in for the size of the disk.
WRITES = """
import random, resource, sys
from pathlib import Path
from tests.storage.warc_cases import exchange, writer
folder, seed, limit = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
random = random.Random(seed)
archive = writer(folder, rotate_at=2_000_000)
try:
    for number in range(100_000):
        position = archive.write(exchange(number, random.randbytes(random.randrange(400_000))))
        print(position.file, position.offset, position.record_id, flush=True)
except OSError as error:
    archive.close()
    print("failed", error.filename.endswith(".open"), flush=True)
"""


def start(folder: Path, seed: int, limit: int = 0) -> Fork:
    return forks().start("-c", WRITES, str(folder), str(seed), str(limit), out=pipe)


def check(folder: Path, reported: list[list[str]]) -> None:
    """Every file is whole, and every response that was reported stands where it was said to be."""
    assert not list(folder.glob("*.open"))
    files = sorted(folder.glob("*.warc.gz"))
    captures, unreadable = read(*files)
    assert unreadable == []
    there = {(c.place.path.name, str(c.place.offset), c.record_id) for c in captures}
    assert {tuple(report) for report in reported} <= there
    assert sum(index_path(file).read_bytes().count(b"\n") for file in files) == len(captures)


@pytest.mark.parametrize("seed", range(20))
def test_sigkill_loses_nothing_that_was_reported(seed: int, tmp_path: Path) -> None:
    """Killed after so many reports, wherever the next write is then."""
    process = start(tmp_path, seed)
    reported = [process.stdout.readline().split() for _ in range(1 + seed * 2)]
    process.kill()
    reported += [line.split() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    process.wait()
    (left,) = recover(tmp_path)
    assert left.name in {p.name for p in tmp_path.iterdir()}
    check(tmp_path, reported)
    assert recover(tmp_path) == []


@pytest.mark.parametrize("limit", [100, 1_000, 300_000, 1_234_567])
def test_a_full_disk_leaves_a_whole_file(limit: int, tmp_path: Path) -> None:
    process = start(tmp_path, 1, limit)
    lines = process.communicate(timeout=60)[0].splitlines()
    assert process.returncode == 0
    assert lines[-1] == "failed True"
    check(tmp_path, [line.split() for line in lines[:-1]])


def torn(folder: Path, cut: int) -> tuple[Path, int]:
    """An open file of three exchanges, cut; and where its last member begins."""
    path = written(folder, *(exchange(n) for n in range(3)))
    index_path(path).unlink()
    with path.open("rb") as file:
        last = [m.start for m in members(file, lambda _: None)][-1]
    data = path.read_bytes()
    path.unlink()
    left = path.with_name(path.name + ".open")
    left.write_bytes(data[:cut] if cut >= 0 else data[: len(data) + cut])
    return left, last


@pytest.mark.parametrize("short", [1, 7, 8, 100, 200])
def test_a_torn_member_is_cut_off_and_said(short: int, tmp_path: Path) -> None:
    left, last = torn(tmp_path, -short)
    torn_size = left.stat().st_size
    assert recover(tmp_path) == [Recovered(left.name.removesuffix(".open"), torn_size - last, False)]
    path = tmp_path / left.name.removesuffix(".open")
    assert path.stat().st_size == last
    assert len(read(path)[0]) == 3
    assert index_path(path).read_bytes().count(b"\n") == 3


@pytest.mark.parametrize("left", [0, 1, 2, 11, 50])
def test_a_file_that_holds_nothing_whole_is_removed(left: int, tmp_path: Path) -> None:
    path, _ = torn(tmp_path, left)
    assert recover(tmp_path) == [Recovered(path.name.removesuffix(".open"), left, True)]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_whole_keeps_every_byte(tmp_path: Path) -> None:
    path, _ = torn(tmp_path, 1_000_000)
    data = path.read_bytes()
    (found,) = recover(tmp_path)
    assert (found.cut, (tmp_path / found.name).read_bytes()) == (0, data)


def test_damage_in_the_middle_is_no_torn_end(tmp_path: Path) -> None:
    """A bit that turned would otherwise cost everything behind it."""
    path, last = torn(tmp_path, 1_000_000)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data + b"\x1f\x8b\x08torn")
    (found,) = recover(tmp_path)
    assert found.cut == 7
    assert found.name.endswith(".warc.gz")
    assert last < (tmp_path / found.name).stat().st_size == len(data)


def test_a_compressed_page_in_a_torn_record_is_no_member(tmp_path: Path) -> None:
    """It is stored as it came: a gzip member inside of one."""
    path = written(tmp_path, exchange(1), exchange(2, gzip.compress(PAGE), headers=[(b"Content-Encoding", b"gzip")]))
    with path.open("rb") as file:
        starts = [m.start for m in members(file, lambda _: None)]
    data = path.read_bytes()
    assert gzip.compress(PAGE)[:100] in data
    path.write_bytes(data[: starts[-1] - 4])
    assert whole_end(path) == starts[-2]


def test_a_lost_index_is_written_anew(tmp_path: Path) -> None:
    path = written(tmp_path, *(exchange(n) for n in range(5)))
    before = index_path(path).read_bytes()
    index_path(path).unlink()
    assert recover(tmp_path) == []
    assert index_path(path).read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert recover(tmp_path / "none") == []


def test_the_run_after_a_full_disk_goes_on(tmp_path: Path) -> None:
    start(tmp_path, 1, 300_000).communicate(timeout=60)
    archive = writer(tmp_path)
    position = archive.write(exchange(7))
    archive.close()
    assert position.record_id in {c.record_id for c in read(*sorted(tmp_path.glob("*.gz")))[0]}


def test_members_of_another_program_are_told_apart(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.warc.gz", *(raw(answer(PAGE), number=n) for n in range(1, 5)))
    with path.open("rb") as file:
        found = list(members(file, lambda _: None))
    assert [m.fault for m in found] == [None] * 4
    assert [m.end for m in found][:-1] == [m.start for m in found][1:]
