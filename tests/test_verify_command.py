"""`scrapy verify` as a user meets it: lines, the summary, exit codes; and what it packs."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.halls import scrapy
from tests.storage.verify_cases import archive, drop, warc


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "acftu"))


def test_a_whole_archive_is_one_line_and_exit_0(whole: Path) -> None:
    result = scrapy("verify", str(whole))
    assert (result.returncode, result.stderr) == (0, "")
    (line,) = result.stdout.splitlines()
    assert line.startswith(f"{whole}: whole (6 files, ")
    assert " 6 transcripts, 5 other lines, " in line


def test_damage_is_a_line_each_and_exit_6(copy: Path) -> None:
    drop(copy / "duplicates.jsonl", 0)
    os.truncate(warc(copy), warc(copy).stat().st_size - 3)
    result = scrapy("verify", str(copy))
    assert result.returncode == 6
    *lines, last = result.stdout.splitlines()
    assert last.startswith(f"{copy}: {len(lines)} problems (")
    assert any(f"{copy}/warc/{warc(copy).name}, offset " in line and "cut off" in line for line in lines)


def test_several_halls(whole: Path, copy: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "second")
    drop(copy / "quarantine.jsonl", 0)
    result = scrapy("verify", str(tmp_path))
    assert result.returncode == 6
    assert f"{tmp_path}/second: whole (" in result.stdout
    assert f"{copy}: 2 problems (" in result.stdout


def test_repair_says_what_it_did_and_checks_again(copy: Path) -> None:
    drop(copy / "duplicates.jsonl", 0)
    (copy / "ledger.sqlite").unlink()
    result = scrapy("verify", str(copy), "--repair")
    assert result.returncode == 0, result.stdout
    lines = result.stdout.splitlines()
    assert lines[0] == f"repaired: {copy}/duplicates.jsonl: 1 lost lines written again"
    assert lines[1] == f"repaired: {copy}/ledger.sqlite: made of the files"
    assert lines[2].startswith(f"{copy}: whole (")


def test_while_a_crawl_writes(copy: Path) -> None:
    for options in ((), ("--repair",)):
        with (copy / ".lock").open("ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            result = scrapy("verify", str(copy), *options)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr == f"scrapy verify: a crawl is writing to {copy}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "wanted is one folder"),
        (("a", "b"), "wanted is one folder"),
        (("nowhere",), "nowhere is no folder"),
        (("tests",), "tests is no archive, and no folder of archives"),
        (("tests", "--mend"), "unknown option --mend"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(arguments: tuple[str, ...], said: str) -> None:
    result = scrapy("verify", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"scrapy verify: {said}")
    assert len(result.stderr.splitlines()) == 1


def test_an_unknown_site(copy: Path) -> None:
    for name in ("runs", "transcripts.jsonl"):
        path = copy / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    other = copy.rename(copy.with_name("elsewhere"))
    result = scrapy("verify", str(other))
    assert result.returncode == 2
    assert result.stderr.startswith("scrapy verify: unknown site 'elsewhere'")


def test_a_damaged_archive_is_not_packed(copy: Path, tmp_path: Path) -> None:
    drop(copy / "quarantine.jsonl", 0)
    target = tmp_path / "hall.wacz"
    result = scrapy("verify", str(copy), "--wacz", str(target))
    assert result.returncode == 6
    assert "hall.wacz is not written: the archive is damaged" in result.stderr
    assert not target.exists()


def test_packing(whole: Path, tmp_path: Path) -> None:
    target = tmp_path / "hall.wacz"
    result = scrapy("verify", str(whole), "--wacz", str(target))
    assert result.returncode == 0
    assert result.stdout.splitlines()[-1] == f"{target}: {target.stat().st_size} bytes"
    result = scrapy("verify", str(whole), "--wacz", str(tmp_path / "none/hall.wacz"))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
