"""Archived pages through today's parser: what a crawl would have decided, whatever order the archive is in."""

from __future__ import annotations

import os
import random
import signal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import __version__
from crawler.storage.reparsing import workers
from crawler.storage.reparsing.cluster import WorkError
from crawler.storage.reparsing.reparse import is_warc, reparse
from crawler.storage.reparsing.shard import Job, make_shard
from tests.halls import article, path_of
from tests.storage.reparse_cases import HOST, SITE, archived, contents, later, revisit, run, two_pages
from tests.storage.test_warc_reader import HOW, chunked
from tests.storage.warc_cases import saved

OTHER = (("方致远", "今天的题目换了。"), ("记者", "我来自海湾晚报。为什么？"), ("林知秋", "因为有新的安排。"))


def ids(files: dict[str, Any]) -> list[tuple[str, int]]:
    return [(record["id"], record["version"]) for record in files["transcripts"]]


def reasons(files: dict[str, Any]) -> list[tuple[str, str]]:
    return [(entry["reason"], entry["detail"]) for entry in files["quarantine"]]


def texts(record: dict[str, Any]) -> list[str]:
    return [turn["text"] for turn in record["turns"]]


def test_the_same_bytes_in_whatever_order_and_by_however_many(tmp_path: Path) -> None:
    """Four files whose pages interleave in time: versions, copies, a joined article, damage."""
    files = [
        saved(tmp_path / "a.warc.gz", archived(1001, day="2026-03-01"), archived(1002, two_pages(1002), day="2026-03-04")),
        saved(tmp_path / "b.warc.gz", archived(1001, article(1001, *OTHER), day="2026-03-02"), archived(1002, article(1002, *OTHER), url=later(1002, 2), day="2026-03-05")),
        saved(tmp_path / "c.warc", archived(1003, article(1001), day="2026-03-03"), b"torn", how="plain"),
        saved(tmp_path / "d.warc.gz", archived(1004, day="2026-02-01"), archived(1005, "<p>no", day="2026-02-02")),
    ]  # fmt: skip
    expected = None
    for n, order in enumerate(permutations(files)):
        folder = tmp_path / str(n)
        run(folder, order, workers=1 + n % 3)
        expected = expected or contents(folder)
        assert contents(folder) == expected
    _, found = run(tmp_path / "twice", [*files, *files])
    assert contents(tmp_path / "twice") == expected
    assert ids(found) == [("acftu/1004", 1), ("acftu/1001", 1), ("acftu/1001", 2), ("acftu/1002", 1)]
    assert [entry["duplicate_of"] for entry in found["duplicates"]] == ["acftu/1001"]


def test_provenance_is_that_of_the_archive(tmp_path: Path) -> None:
    first = archived(1001, day="2026-03-01")
    path = saved(tmp_path / "a.warc.gz", first, archived(1002, day="2026-03-01T08:00:05.750000Z"))
    _, found = run(tmp_path / "out", [path])
    provenance = found["transcripts"][1]["provenance"]
    assert provenance["fetched_at"] == "2026-03-01T08:00:05Z"
    assert provenance["fetched_url"] == HOST + path_of(1002)
    assert provenance["warc"]["file"] == "a.warc.gz"
    assert provenance["warc"]["offset"] == len(saved(tmp_path / "first", first).read_bytes())
    assert provenance["warc"]["record_id"].startswith("<urn:uuid:")
    assert provenance["crawler"] == f"press-conference-archive/{__version__}"


@pytest.mark.parametrize("how", HOW)
def test_other_people_s_files(how: str, tmp_path: Path) -> None:
    """However compressed, bodies in chunks or not, addresses between angle brackets, no record id, no digest."""
    body = article(1002).encode("gbk")
    path = saved(
        tmp_path / "a.warc",
        archived(1001, day="2026-03-01", url=f"<{HOST}{path_of(1001)}>"),
        archived(1002, chunked(body), day="2026-03-02", http=("Transfer-Encoding: chunked",)),
        archived(1003, day="2026-03-03", WARC_Record_ID=""),
        how=how,
    )
    done, found = run(tmp_path / "out", [path])
    assert ids(found) == [("acftu/1001", 1), ("acftu/1002", 1), ("acftu/1003", 1)]
    assert [record["provenance"]["warc"] is None for record in found["transcripts"]] == [False, False, True]
    assert not done.damaged


def test_only_articles_of_the_hall(tmp_path: Path) -> None:
    """Its own hosts and mirrors; no listing, no robots.txt, no other channel of the family."""
    addresses = {
        1001: HOST + path_of(1001),
        1002: f"https://mirror.example/BIG5{path_of(1002)}?from=x#top",
        1003: "http://finance.people.com.cn" + path_of(1003),
        1004: HOST + "/GB/392912/index.html",
        1005: HOST + "/robots.txt",
        1006: "http://[::bad" + path_of(1006),
    }
    pages = [archived(n, day="2026-03-01", url=url) for n, url in addresses.items()]
    done, found = run(tmp_path / "out", [saved(tmp_path / "a.warc.gz", *pages)])
    assert [record["id"] for record in found["transcripts"]] == ["acftu/1001", "acftu/1002"]
    assert (done.answers, done.others) == (2, 4)
    assert found["quarantine"] == []


class TestLaterPages:
    def test_are_joined_from_any_file(self, tmp_path: Path) -> None:
        one = saved(tmp_path / "b.warc.gz", archived(1001, two_pages(1001), day="2026-03-01"))
        two = saved(tmp_path / "a.warc.gz", archived(1001, article(1001, *OTHER), url=later(1001, 2), day="2026-03-02"))
        _, found = run(tmp_path / "out", [one, two])
        (record,) = found["transcripts"]
        assert [turn["label"] for turn in record["turns"]] == ["方致远", "记者", "林知秋"] * 2
        assert texts(record)[3:] == [text for _, text in OTHER]
        assert record["provenance"]["fetched_at"] == "2026-03-01T00:00:00Z"

    def test_belong_to_the_first_page_before_them(self, tmp_path: Path) -> None:
        """Each fetch of the article with the second page that was fetched for it; none with an older one."""
        second = [article(1001, ("林知秋", f"第二页，第{n}次。")) for n in range(3)]
        first = two_pages(1001)
        path = saved(
            tmp_path / "a.warc.gz",
            archived(1001, second[0], url=later(1001, 2), day="2026-02-01"),
            archived(1001, first, day="2026-03-01"),
            archived(1001, second[1], url=later(1001, 2), day="2026-03-02"),
            archived(1001, two_pages(1001, *OTHER), day="2026-03-15"),
            archived(1001, first, day="2026-04-01"),
            archived(1001, second[2], url=later(1001, 2), day="2026-04-02"),
            archived(1001, two_pages(1001, *OTHER), day="2026-05-01"),
        )
        _, found = run(tmp_path / "out", [path])
        assert [texts(record)[-1] for record in found["transcripts"]] == ["第二页，第1次。", "第二页，第2次。"]
        (entry,) = found["quarantine"]  # the same page for the same reason is said once
        assert (entry["reason"], entry["detail"]) == ("incomplete", "page 2 could not be had: it is not in the archive")
        assert entry["fetched_at"] == "2026-03-15T00:00:00Z"

    def test_of_the_same_second(self, tmp_path: Path) -> None:
        pages = archived(1001, article(1001, *OTHER), url=later(1001, 2), day="2026-03-01"), archived(1001, two_pages(1001), day="2026-03-01")  # fmt: skip
        _, found = run(tmp_path / "out", [saved(tmp_path / "a.warc.gz", *pages)])
        assert ids(found) == [("acftu/1001", 1)]

    @pytest.mark.parametrize(
        ("answer", "detail"),
        [
            ({"status": "404 Not Found"}, "HTTP 404"),
            ({"status": "302 Found", "http": ("Location: /GB/392912/index.html",)}, f"redirected to {HOST}/GB/392912/index.html"),
        ],
    )  # fmt: skip
    def test_that_were_not_had(self, answer: dict[str, Any], detail: str, tmp_path: Path) -> None:
        wrong = archived(1001, url=later(1001, 2), day="2026-03-02", **answer)
        path = saved(tmp_path / "a.warc.gz", archived(1001, two_pages(1001), day="2026-03-01"), wrong)
        _, found = run(tmp_path / "out", [path])
        assert found["transcripts"] == []
        assert reasons(found) == [("incomplete", f"page 2 could not be had: {detail}")]

    def test_after_a_failed_try(self, tmp_path: Path) -> None:
        path = saved(
            tmp_path / "a.warc.gz",
            archived(1001, two_pages(1001), day="2026-03-01T00:00:01Z"),
            archived(1001, url=later(1001, 2), status="503 Busy", day="2026-03-01T00:00:02Z"),
            archived(1001, article(1001, *OTHER), url=later(1001, 2), day="2026-03-01T00:00:03Z"),
        )
        _, found = run(tmp_path / "out", [path])
        assert ids(found) == [("acftu/1001", 1)]

    def test_without_a_first(self, tmp_path: Path) -> None:
        _, found = run(
            tmp_path / "out", [saved(tmp_path / "a.warc", archived(1001, url=later(1001, 2), day="2026-03-01"))]
        )
        assert reasons(found) == [("incomplete", "page 1 is not in the archive")]

    def test_of_other_copies_stay_theirs(self, tmp_path: Path) -> None:
        mirror = later(1001, 2).replace(HOST, "http://mirror.example")
        pages = archived(1001, two_pages(1001), day="2026-03-01"), archived(1001, url=mirror, day="2026-03-02")
        _, found = run(tmp_path / "out", [saved(tmp_path / "a.warc.gz", *pages)])
        assert [reason for reason, _ in reasons(found)] == ["incomplete", "incomplete"]

    def test_without_end(self, tmp_path: Path) -> None:
        first = article(1001).replace('<div class="edit">', f'<a href="{later(1001, 999)}">9</a><div class="edit">')
        _, found = run(tmp_path / "out", [saved(tmp_path / "a.warc.gz", archived(1001, first, day="2026-03-01"))])
        assert reasons(found) == [("incomplete", "page 999 could not be had: more than 200 pages")]


class TestRevisits:
    def test_of_the_same_page_are_unchanged(self, tmp_path: Path) -> None:
        original = archived(1001, day="2026-03-01", WARC_Record_ID="<urn:x:1>")
        again = revisit(1001, day="2026-04-01", WARC_Refers_To="<urn:x:1>")
        one, two = saved(tmp_path / "b.warc.gz", original), saved(tmp_path / "a.warc.gz", again)
        done, found = run(tmp_path / "out", [two, one])
        assert ids(found) == [("acftu/1001", 1)]
        assert done.counts["unchanged"] == 1
        assert found["duplicates"] == found["quarantine"] == []

    def test_of_an_older_text_are_a_version(self, tmp_path: Path) -> None:
        path = saved(
            tmp_path / "a.warc.gz",
            archived(1001, day="2026-03-01", WARC_Record_ID="<urn:x:1>"),
            archived(1001, article(1001, *OTHER), day="2026-04-01"),
            revisit(1001, day="2026-05-01", WARC_Refers_To="<urn:x:1>"),
        )
        _, found = run(tmp_path / "out", [path])
        assert ids(found) == [("acftu/1001", 1), ("acftu/1001", 2), ("acftu/1001", 3)]
        assert [r["provenance"]["fetched_at"][:10] for r in found["transcripts"]] == [
            "2026-03-01",
            "2026-04-01",
            "2026-05-01",
        ]

    def test_of_another_address_are_read_there(self, tmp_path: Path) -> None:
        digest = {"WARC_Payload_Digest": "sha1:AAAA"}
        path = saved(
            tmp_path / "a.warc.gz",
            archived(1001, day="2026-03-01", **digest),
            revisit(1002, day="2026-04-01", **digest),
        )
        _, found = run(tmp_path / "out", [path])
        assert ids(found) == [("acftu/1001", 1)]
        (copy,) = found["duplicates"]
        assert (copy["url"], copy["duplicate_of"]) == (HOST + path_of(1002), "acftu/1001")

    def test_of_later_pages(self, tmp_path: Path) -> None:
        second = article(1001, *OTHER)
        path = saved(
            tmp_path / "a.warc.gz",
            archived(1001, two_pages(1001), day="2026-03-01"),
            archived(1001, second, url=later(1001, 2), day="2026-03-02", WARC_Record_ID="<urn:x:2>"),
            archived(1001, two_pages(1001, *OTHER), day="2026-04-01"),
            revisit(1001, url=later(1001, 2), day="2026-04-02", WARC_Refers_To="<urn:x:2>"),
        )
        _, found = run(tmp_path / "out", [path])
        assert ids(found) == [("acftu/1001", 1), ("acftu/1001", 2)]

    def test_of_nothing_are_said(self, tmp_path: Path) -> None:
        path = saved(tmp_path / "a.warc.gz", revisit(1001, day="2026-03-01", WARC_Refers_To="<urn:x:9>"))
        _, found = run(tmp_path / "out", [path])
        assert reasons(found) == [("damaged", "its original is in none of the files")]


class TestAnswersThatAreNone:
    def test_a_page_that_was_had_at_the_second_try(self, tmp_path: Path) -> None:
        busy = [archived(1001, status="503 Busy", day=f"2026-03-01T00:00:0{n}Z") for n in range(3)]
        path = saved(tmp_path / "a.warc.gz", *busy, archived(1001, day="2026-03-01T00:00:05Z"))
        _, found = run(tmp_path / "out", [path])
        assert (ids(found), found["quarantine"]) == ([("acftu/1001", 1)], [])

    def test_a_page_that_was_not_had(self, tmp_path: Path) -> None:
        busy = [archived(1001, status="503 Busy", day=f"2026-03-01T00:00:0{n}Z") for n in range(3)]
        _, found = run(tmp_path / "out", [saved(tmp_path / "a.warc.gz", *busy)])
        assert reasons(found) == [("http_error", "HTTP 503")]
        assert found["quarantine"][0]["fetched_at"] == "2026-03-01T00:00:02Z"

    def test_a_page_that_is_gone_later(self, tmp_path: Path) -> None:
        path = saved(tmp_path / "a.warc.gz", archived(1001, day="2026-03-01"), archived(1001, status="404 Not Found", day="2026-04-01"))  # fmt: skip
        _, found = run(tmp_path / "out", [path])
        assert (ids(found), reasons(found)) == ([("acftu/1001", 1)], [("gone", "HTTP 404")])

    def test_redirects(self, tmp_path: Path) -> None:
        refresh = '<html><head><meta http-equiv="refresh" content="0; url=/other.html"></head><body></body></html>'
        path = saved(
            tmp_path / "a.warc.gz",
            archived(1001, "moved", status="301 Moved", http=(f"Location: {path_of(1002)}",), day="2026-03-01"),
            archived(1002, refresh, day="2026-03-02"),
            archived(1003, " ", status="304 Not Modified", day="2026-03-03"),
        )
        done, found = run(tmp_path / "out", [path])
        assert (done.answers, found["transcripts"], found["quarantine"]) == (3, [], [])

    def test_a_page_that_refreshes_itself(self, tmp_path: Path) -> None:
        html = article(1001).replace("<head>", '<head><meta http-equiv="refresh" content="30">')
        _, found = run(tmp_path / "out", [saved(tmp_path / "a.warc.gz", archived(1001, html, day="2026-03-01"))])
        assert ids(found) == [("acftu/1001", 1)]

    def test_pages_without_a_transcript(self, tmp_path: Path) -> None:
        path = saved(tmp_path / "a.warc.gz", archived(1001, "<p>kurz</p>", day="2026-03-01"), archived(1002, b"%PDF-1.4", day="2026-03-02"))  # fmt: skip
        _, found = run(tmp_path / "out", [path])
        assert [reason for reason, _ in reasons(found)] == ["no_turns", "not_html"]

    def test_a_fault_of_the_parser(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(page: Any, site: Any) -> Any:
            raise RuntimeError("no such case")

        monkeypatch.setattr("crawler.text.articles.page_to_record", broken)
        _, found = run(tmp_path / "out", [saved(tmp_path / "a.warc.gz", archived(1001, day="2026-03-01"))])
        assert reasons(found) == [("error", "RuntimeError: no such case")]


def test_a_lost_character_comes_from_the_other_copy(tmp_path: Path) -> None:
    own, damaged = article(1001), article(1001).replace("1001项", "1\ufffd01项").encode()
    mirror = archived(
        1002, damaged.replace(b"GB2312", b"utf-8"), url="http://mirror.example" + path_of(1002), day="2026-03-02"
    )
    _, alone = run(tmp_path / "alone", [saved(tmp_path / "m.warc.gz", mirror)])
    assert alone["transcripts"][0]["damage"]["unresolved"] == 1
    both = [saved(tmp_path / "o.warc.gz", archived(1001, own, day="2026-03-01")), tmp_path / "m.warc.gz"]
    _, found = run(tmp_path / "both", both)
    assert ids(found) == [("acftu/1001", 1)]
    assert [entry["duplicate_of"] for entry in found["duplicates"]] == ["acftu/1001"]


class TestDamage:
    def test_is_said_with_its_place_and_the_rest_is_read(self, tmp_path: Path) -> None:
        records = [archived(n, day="2026-03-01") for n in (1001, 1002, 1003)]
        path = saved(tmp_path / "a.warc.gz", *records)
        whole = path.read_bytes()
        second = len(saved(tmp_path / "first", records[0]).read_bytes())
        path.write_bytes(whole[: second + 200] + b"\0" + whole[second + 201 :])
        done, found = run(tmp_path / "out", [path])
        assert [record["id"] for record in found["transcripts"]] == ["acftu/1001", "acftu/1003"]
        assert done.damaged[0].file == path
        assert done.damaged[0].offset == second
        (entry, *_) = found["quarantine"]
        assert (entry["url"], entry["reason"]) == ("warc:a.warc.gz", "damaged")
        assert entry["detail"].startswith(f"offset {second}: ")
        assert entry["warc"]["offset"] == second

    @pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08\0garbage", b"WARC/1.0\r\n"])
    def test_of_a_whole_file(self, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / "a.warc.gz"
        path.write_bytes(content)
        assert is_warc(path)
        done, found = run(tmp_path / "out", [path])
        assert len(done.damaged) == 1
        assert [entry["reason"] for entry in found["quarantine"]] == ["damaged"]

    @pytest.mark.parametrize(
        "day", ["", "\x00\x01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "yesterday"]
    )
    def test_of_dates(self, day: str, tmp_path: Path) -> None:
        path = saved(
            tmp_path / "a.warc.gz", archived(1001, day="2026-03-01", WARC_Date=day), archived(1002, day="2026-03-01")
        )
        done, found = run(tmp_path / "out", [path])
        assert ids(found) == [("acftu/1002", 1)]
        assert [damaged.reason for damaged in done.damaged] == ["no WARC-Date"]

    @given(seed=st.integers(0, 1 << 32), how=st.sampled_from(HOW))
    @settings(max_examples=25)
    def test_anywhere_ends_in_lines(self, tmp_path_factory: pytest.TempPathFactory, seed: int, how: str) -> None:
        """Bits flipped, pieces cut out or put in: no exception, no invented record, and the same again."""
        tmp_path, chance = tmp_path_factory.mktemp("damage"), random.Random(seed)
        numbers = range(1001, 1005)
        path = saved(tmp_path / "a.warc", *(archived(n, two_pages(n), day="2026-03-01") for n in numbers), how=how)
        data = bytearray(path.read_bytes())
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] ^= 1 << chance.randrange(8)
                case 1:
                    del data[at : at + chance.randrange(200)]
                case 2:
                    data[at:at] = chance.randbytes(chance.randrange(200))
        path.write_bytes(data)
        _, found = run(tmp_path / "out", [path])
        run(tmp_path / "again", [path])
        assert contents(tmp_path / "out") == contents(tmp_path / "again")
        assert found["transcripts"] == []
        assert all(entry["reason"] in ("incomplete", "damaged") for entry in found["quarantine"])


class TestWork:
    def test_nothing_is_left_in_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "out/.reparse").mkdir(parents=True)
        (tmp_path / "out/.reparse/000000.shard").write_bytes(b"left by a run that was killed")
        path = saved(tmp_path / "a.warc.gz", archived(1001, day="2026-03-01"))
        done = reparse([path], SITE, tmp_path / "out", lambda jobs: workers.work_here(jobs, 1))
        assert done.counts["records"] == 1
        assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(contents(tmp_path / "out"))

    def test_a_shard_is_whole_or_not_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = saved(tmp_path / "a.warc.gz", archived(1001, day="2026-03-01"))

        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.replace", full)
        with pytest.raises(OSError, match="No space"):
            make_shard(Job(path, tmp_path / "x.shard", SITE, __version__))
        assert [p.name for p in tmp_path.iterdir()] == ["a.warc.gz"]

    def test_a_worker_that_is_killed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its file is read again; a file that kills each worker is named."""
        paths = [saved(tmp_path / f"{n}.warc.gz", archived(n, day="2026-03-01")) for n in range(1001, 1005)]
        run(tmp_path / "whole", paths)
        monkeypatch.setattr(workers, "make_shard", dies_once)
        run(tmp_path / "killed", paths, workers=2)
        assert (tmp_path / "1003.died").exists()
        assert contents(tmp_path / "killed") == contents(tmp_path / "whole")
        monkeypatch.setattr(workers, "make_shard", dies_always)
        with pytest.raises(WorkError, match="workers died 3 times"):
            run(tmp_path / "always", paths, workers=2)


def dies_once(job: Job) -> Path:
    mark = job.warc.parent / "1003.died"
    if job.warc.name == "1003.warc.gz" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return make_shard(job)


def dies_always(job: Job) -> Path:
    os.kill(os.getpid(), signal.SIGKILL)
    return job.shard
