"""`scrapy reparse` as a user runs it: the crawl's own archive gives the crawl's own files; mistakes are one line."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.hall import build_hall
from tests.clusters import cluster, until
from tests.halls import LISTING, ROOT, TinyHall, article, crawl, lines, listing, path_of, scrapy, serving
from tests.storage.reparse_cases import archived, contents, later, two_pages
from tests.storage.warc_cases import saved

CLUSTER = importlib.util.find_spec("distributed")


def written(folder: Path) -> dict[str, list[Any]]:
    """The files' lines."""
    return {name: lines(folder / f"{name}.jsonl") for name in ("transcripts", "duplicates", "quarantine")}


def archive(folder: Path) -> list[str]:
    return [str(path) for path in sorted(folder.glob("warc/*.warc.gz"))]


def reparse(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return scrapy("reparse", *map(str, arguments))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the bundled hall, crawled over gzip."""
    hall, output = build_hall(), tmp_path_factory.mktemp("demo")
    with serving(hall, gzip=True) as server:
        assert crawl(server.url + hall.start, output).returncode == 0
    return output / "acftu"


def test_the_crawl_s_archive_gives_the_crawl_s_files(demo: Path, tmp_path: Path) -> None:
    result = reparse(demo / "warc", "--site", "acftu", "-o", tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("acftu: complete (exit 0), 1 files\n")
    assert written(tmp_path) == written(demo)


def test_and_so_after_runs_that_found_other_texts_copies_and_nothing(tmp_path: Path) -> None:
    """Three runs: a page that changes, one that goes, one that fails at first, one of two pages, a copy, a 304."""
    second = path_of(1003).replace(".html", "-2.html")
    pages: dict[str, Any] = {path_of(n): article(n) for n in (1001, 1002, 1004)}
    pages |= {
        path_of(1003): two_pages(1003),
        second: article(1003, ("林知秋", "第二页。")),
        path_of(1005): article(1001),
    }
    pages[path_of(1006)] = (302, {"Location": path_of(1002)}, b"")
    pages[LISTING] = listing(*(path_of(n) for n in range(1001, 1007)))
    for n in (1001, 1002):  # with a validator, so that the next run gets a 304
        pages[path_of(n)] = (200, {"Content-Type": "text/html", "ETag": f'"{n}"'}, article(n).encode("gbk"))
    every = ("-s", "RECHECK_DAYS=0", "-a", "full=1", "-s", "LOOK_BACK_DAYS=9999")
    with serving(TinyHall(pages)) as server:
        crawl(server.url + LISTING, tmp_path / "out", *every)
        crawl(server.url + LISTING, tmp_path / "out", *every)
        pages[path_of(1001)] = article(1001, ("方致远", "换了。"), ("记者", "我来自海湾晚报。为什么？"))
        pages[second] = article(1003, ("林知秋", "第二页，也换了。"))
        del pages[path_of(1004)]
        crawl(server.url + LISTING, tmp_path / "out", *every)
    folder = tmp_path / "out/acftu"
    assert len(archive(folder)) == 3
    result = reparse(*reversed(archive(folder)), "--site", "acftu", "-o", tmp_path / "new")
    assert result.returncode == 0, result.stderr
    found = written(tmp_path / "new")
    assert found == written(folder)
    assert sorted((r["id"], r["version"]) for r in found["transcripts"]) == [
        ("acftu/1001", 1), ("acftu/1001", 2), ("acftu/1002", 1), ("acftu/1003", 1), ("acftu/1003", 2), ("acftu/1004", 1),
    ]  # fmt: skip


def test_diff_shows_what_a_change_of_the_parser_changes(demo: Path, tmp_path: Path) -> None:
    old = lines(demo / "transcripts.jsonl")
    old[0]["title"] = "Anderer Titel\x1b[31m"
    old[1]["turns"][2]["role"] = "unknown"
    old[1]["turns"][3]["role"] = "unknown"
    old[2]["editors"] = [*old[2]["editors"], "甲乙"]
    old[3]["id"] = "acftu/1"
    old[4]["provenance"]["fetched_at"] = "2020-01-01T00:00:00Z"
    before = tmp_path / "old.jsonl"
    before.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in old), "utf8")
    tree = sorted(demo.rglob("*"))
    result = reparse(*archive(demo), "--site", "acftu", "--diff", before)
    assert result.returncode == 0, result.stderr
    out = result.stdout
    assert "\x1b" not in out
    assert f"records: {len(old) - 4} same, 3 changed, 1 new, 1 gone\n" in out
    for field in ("title", "turns.role", "editors"):
        assert f"  {field:10}  1\n" in out
    assert "title  [-Anderer Titel\\x1b[31m-]{+" in out
    assert f"turns.role[2]  [-unknown-]{{+{lines(demo / 'transcripts.jsonl')[1]['turns'][2]['role']}+}}" in out
    assert "- acftu/1  " in out
    assert sorted(demo.rglob("*")) == tree
    assert sorted(tmp_path.iterdir()) == [before]


def test_damage_is_said_and_makes_it_incomplete(demo: Path, tmp_path: Path) -> None:
    (whole,) = archive(demo)
    torn = tmp_path / "torn.warc.gz"
    torn.write_bytes(Path(whole).read_bytes()[:-200])
    result = reparse(torn, "--site", "acftu", "-o", tmp_path / "out")
    assert result.returncode == 3
    assert f"{torn}, offset " in result.stderr
    assert "1 damaged" in result.stdout


class TestMistakes:
    def said(self, *arguments: str | Path, code: int = 2) -> str:
        result = reparse(*arguments)
        assert result.returncode == code, result.stdout + result.stderr
        assert len(result.stderr.splitlines()) == 1
        return result.stderr

    @pytest.fixture
    def warc(self, tmp_path: Path) -> Path:
        return saved(tmp_path / "a.warc.gz", archived(1001, day="2026-03-01"))

    def test_arguments(self, warc: Path, tmp_path: Path) -> None:
        assert "a site" in self.said(warc, "-o", tmp_path / "x")
        assert "wanted are WARC files" in self.said("--site", "acftu", "-o", tmp_path / "x")
        assert "unknown site 'nowhere'" in self.said(warc, "--site", "nowhere", "-o", tmp_path / "x")
        assert "a folder (-o)" in self.said(warc, "--site", "acftu")
        assert "--workers 0" in self.said(warc, "--site", "acftu", "-o", tmp_path / "x", "--workers", "0")
        assert "unknown option --wat" in self.said(warc, "--wat", "--site", "acftu", "-o", tmp_path / "x")
        assert "--cluster needs a folder" in self.said(
            warc, "--site", "acftu", "--diff", warc, "--cluster", "tcp://127.0.0.1:9"
        )

    def test_files(self, warc: Path, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_text("<html>")
        out = "--site", "acftu", "-o", tmp_path / "x"
        assert f"{page} is no WARC file" in self.said(warc, page, *out)
        assert "No such file" in self.said(tmp_path / "nothing.warc.gz", *out)
        empty = tmp_path / "empty"
        empty.mkdir()
        assert "no WARC file in" in self.said(empty, *out)
        assert "line 1" in self.said(warc, "--site", "acftu", "--diff", page)
        assert "no such file" in self.said(warc, "--site", "acftu", "--diff", tmp_path / "old.jsonl")
        assert not (tmp_path / "x").exists()

    def test_a_folder_with_records(self, warc: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        assert reparse(warc, "--site", "acftu", "-o", out).returncode == 0
        before = contents(out)
        assert f"{out} has transcripts.jsonl already" in self.said(warc, "--site", "acftu", "-o", out)
        assert contents(out) == before

    def test_nothing_found(self, tmp_path: Path) -> None:
        warc = saved(tmp_path / "a.warc.gz", archived(1001, day="2026-03-01", url="http://press.example/"))
        result = reparse(warc, "--site", "acftu", "-o", tmp_path / "out")
        assert (result.returncode, result.stderr) == (4, "")

    @pytest.mark.skipif(CLUSTER is not None, reason="distributed is there")
    def test_no_cluster(self, warc: Path, tmp_path: Path) -> None:
        said = self.said(warc, "--site", "acftu", "-o", tmp_path / "x", "--cluster", "tcp://127.0.0.1:9")
        assert "requirements-cluster.txt" in said

    @pytest.mark.skipif(CLUSTER is None, reason="distributed is not installed")
    def test_no_scheduler(self, warc: Path, tmp_path: Path) -> None:
        for address in ("tcp://127.0.0.1:9", "nonsense", "foo://127.0.0.1:1"):
            said = self.said(warc, "--site", "acftu", "-o", tmp_path / "x", "--cluster", address)
            assert f"the scheduler {address} cannot be reached" in said


@pytest.mark.skipif(CLUSTER is None, reason="distributed is not installed")
class TestCluster:
    @pytest.fixture
    def warcs(self, tmp_path: Path) -> list[Path]:
        """Ten files of articles of two pages, whose second pages stand in the next file."""
        turns = [("方致远" if n % 2 else "记者", "职工夜校今年开设的课程比去年多。" * 8) for n in range(40)]
        paths = []
        for n in range(10):
            first = [
                archived(a, two_pages(a, *turns), day=f"2026-03-{n + 1:02}") for a in range(1000 + n * 9, 1009 + n * 9)
            ]
            second = [
                archived(a, article(a), url=later(a, 2), day=f"2026-03-{n + 1:02}")
                for a in range(991 + n * 9, 1000 + n * 9)
            ]
            paths.append(
                saved(
                    tmp_path / f"{n}.warc.gz",
                    *first,
                    *second,
                    *(archived(a, day="2026-03-20") for a in range(2000, 2030)),
                )
            )
        return paths

    def test_a_worker_is_killed_and_nothing_is_missing_or_twice(self, warcs: list[Path], tmp_path: Path) -> None:
        alone = reparse(*warcs, "--site", "acftu", "-o", tmp_path / "alone", "--workers", "1")
        assert alone.returncode == 3  # nine articles whose first page, nine whose second is in no file
        out = tmp_path / "out"
        with cluster(tmp_path, 2) as (address, (victim, _)):
            command = [str(Path(sys.executable).with_name("scrapy")), "reparse", *map(str, warcs)]
            running = subprocess.Popen(
                [*command, "--site", "acftu", "-o", str(out), "--cluster", address],
                cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            until(lambda: list((out / ".reparse").glob("*.shard")) or running.poll() is not None)
            made = len(list((out / ".reparse").glob("*.shard")))
            os.kill(victim.pid, signal.SIGKILL)
            assert 0 < made < len(warcs), running.communicate(timeout=60)
            stdout, stderr = running.communicate(timeout=120)
        assert (running.returncode, stderr) == (3, alone.stderr), stderr
        assert stdout == alone.stdout
        assert contents(out) == contents(tmp_path / "alone")
        assert sorted(path.name for path in out.iterdir()) == sorted([*contents(out), ".lock"])

    def test_no_worker(self, warcs: list[Path], tmp_path: Path) -> None:
        with cluster(tmp_path, 0) as (address, _):
            result = reparse(*warcs, "--site", "acftu", "-o", tmp_path / "x", "--cluster", address)
        assert (result.returncode, result.stderr) == (2, f"scrapy reparse: the scheduler {address} has no workers\n")


def test_the_demo_s_folder_stays_as_it_is(demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(demo, copy)
    assert reparse(*archive(copy), "--site", "acftu", "-o", copy).returncode == 2
    assert contents(copy) == contents(demo)
