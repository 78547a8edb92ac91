"""The whole crawl of the bundled hall over HTTP on this machine, against the records that a person read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.demo.hall import Hall, build_hall
from crawler.items import Transcript
from tests.halls import crawl, lines, manifest, serving

#: What an expected record does not foresee: it hangs on the run, not on the page.
RUN = {"schema", "version", "content_hash", "provenance", "cleaning", "damage"}


@pytest.fixture(scope="module")
def hall() -> Hall:
    return build_hall()


@pytest.fixture(scope="module")
def crawled(hall: Hall, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The hall crawled twice, its files before and after the second crawl."""
    output = tmp_path_factory.mktemp("demo")
    with serving(hall, gzip=True) as server:
        first = crawl(server.url + hall.start, output)
        asked = dict(server.requests)
        server.requests.clear()
        files = {p.name: p.read_bytes() for p in (output / "acftu").glob("*.jsonl")}
        second = crawl(server.url + hall.start, output)
        again = {p.name: p.read_bytes() for p in (output / "acftu").glob("*.jsonl")}
        second_asked = list(server.requests)
    return {
        "output": output, "first": first, "second": second, "asked": asked, "second_asked": second_asked,
        "files": files, "again": again,
    }  # fmt: skip


def test_the_run_is_complete_and_says_so(crawled: Any) -> None:
    assert crawled["first"].returncode == 0, crawled["first"].stderr
    assert "acftu: complete (exit 0)" in crawled["first"].stdout
    assert "Traceback" not in crawled["first"].stderr


def test_each_conference_once(hall: Hall, crawled: Any) -> None:
    ids = [record["id"] for record in lines(crawled["output"] / "acftu/transcripts.jsonl")]
    assert sorted(ids) == sorted(str(record["id"]) for record in hall.expected)


def test_every_field_of_every_record(hall: Hall, crawled: Any) -> None:
    records = {record["id"]: record for record in lines(crawled["output"] / "acftu/transcripts.jsonl")}
    wrong = [
        (expected["id"], key, records[expected["id"]][key], value)
        for expected in hall.expected
        for key, value in expected.items()
        if key not in RUN and records[expected["id"]][key] != value
    ]
    assert not wrong[:3]


def test_spam_blocks_are_cut_exactly_and_recorded(hall: Hall, crawled: Any) -> None:
    records = {record["id"]: record for record in lines(crawled["output"] / "acftu/transcripts.jsonl")}
    assert sum(bool(record["cleaning"]) for record in records.values()) >= 15
    for expected in hall.expected:
        changes = records[expected["id"]]["cleaning"]
        assert [c["before"].strip() for c in changes] == [c["before"].strip() for c in expected["cleaning"]]
        assert all(change["kind"] == "spam_block" and change["after"] == "" for change in changes)


def test_records_are_valid_and_in_the_contract_s_order(crawled: Any) -> None:
    for line in (crawled["output"] / "acftu/transcripts.jsonl").read_text("utf8").splitlines():
        assert Transcript.model_validate_json(line).model_dump_json() == line


def test_copies_and_refused_pages_are_kept_with_their_reason(hall: Hall, crawled: Any) -> None:
    folder = crawled["output"] / "acftu"
    copies = {urlsplit(o["url"]).path: o["duplicate_of"] for o in lines(folder / "duplicates.jsonl")}
    refused = {urlsplit(o["url"]).path: o["reason"] for o in lines(folder / "quarantine.jsonl")}
    assert copies == dict(hall.duplicates)
    assert refused == dict(hall.quarantine)


def test_found_is_the_sum_of_what_became_of_it(crawled: Any) -> None:
    counts = manifest(crawled["output"])["counts"]
    assert counts["found"] == sum(n for key, n in counts.items() if key != "found")
    assert counts["pending"] == counts["failed"] == 0


def test_every_address_is_asked_once(crawled: Any) -> None:
    assert {path: n for path, n in crawled["asked"].items() if n > 1} == {}


def test_a_second_run_asks_for_news_only_and_adds_nothing(hall: Hall, crawled: Any) -> None:
    assert crawled["second"].returncode == 0
    assert crawled["again"] == crawled["files"]
    assert crawled["second_asked"] == ["/robots.txt", hall.start]


def test_the_traditional_listing_gives_the_same_conferences(hall: Hall, crawled: Any, tmp_path: Path) -> None:
    """The BIG5 gateway's copies have the ids and the content hashes of the Simplified pages."""
    with serving(hall) as server:
        result = crawl(server.url + hall.start.replace("/GB/", "/BIG5/"), tmp_path)
    assert result.returncode == 0, result.stdout
    simplified = {r["id"]: r for r in lines(crawled["output"] / "acftu/transcripts.jsonl")}
    traditional = {r["id"]: r for r in lines(tmp_path / "acftu/transcripts.jsonl")}
    assert traditional.keys() == simplified.keys()
    for number, record in traditional.items():
        assert record["language"] == "zh-Hant"
        assert record["url"] == simplified[number]["url"]
        assert record["content_hash"] == simplified[number]["content_hash"], number
