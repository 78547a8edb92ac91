"""The ledger: queue, leases, outcomes, and what it learns from the files."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from crawler.items import Page
from crawler.spiders.acftu import AcftuSpider
from crawler.storage.catching_up import catch_up
from crawler.storage.ledger import Damaged, Ledger, Newer, SQLAlchemyError, is_damage, open_ledger, told
from crawler.storage.ledger.pages import ARTICLE, LISTING, Answer, Scope
from crawler.text.duplicates import digest_of
from crawler.text.record import page_to_record
from tests.halls import article, path_of

SITE = AcftuSpider.site
HOST = SITE.host
NOW, LATER = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
ALL = Scope((HOST,))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", "acftu", "1.0")
    yield opened
    opened.close()


def find(ledger: Ledger, number: int, host: str = HOST, **values: str) -> bool:
    url = f"http://{host}{path_of(number)}"
    return ledger.pages.found(ARTICLE, str(number), url, host, NOW, ALL, **values)


def lease(ledger: Ledger, most: int = 100, scope: Scope = ALL) -> list[str]:
    return [row.key for row in ledger.pages.lease(1, scope, most)]


def test_what_is_found_is_asked_in_its_order_and_leased_once(ledger: Ledger) -> None:
    assert [find(ledger, n) for n in (3, 1, 2, 1)] == [True, True, True, False]
    assert lease(ledger, 2) == ["3", "1"]
    assert lease(ledger) == ["2"]
    assert lease(ledger) == [] and not ledger.pages.waiting(ALL)


def test_articles_go_before_the_next_listing_page_and_known_pages_last(ledger: Ledger) -> None:
    find(ledger, 1)
    (row,) = ledger.pages.lease(1, ALL, 1)
    ledger.pages.settle(row.id, Answer("recorded", due=NOW), NOW)
    ledger.pages.queue_due(NOW, every=False)
    ledger.pages.ask(LISTING, "http://x/index2.html", HOST, NOW, ALL, number=2)
    find(ledger, 2)
    assert lease(ledger) == ["2", "http://x/index2.html", "1"]


def test_a_killed_run_s_leases_are_queued_again(ledger: Ledger, tmp_path: Path) -> None:
    find(ledger, 1), find(ledger, 2)
    first, _ = ledger.pages.lease(1, ALL, 2)
    ledger.pages.settle(first.id, Answer("recorded", due=LATER), NOW)
    ledger.close()
    again = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", "acftu", "1.0")
    assert lease(again) == []
    assert again.pages.release() == 1
    assert lease(again) == ["2"]


def test_what_failed_is_not_asked_twice_by_one_run_and_again_by_the_next(ledger: Ledger) -> None:
    find(ledger, 1)
    (row,) = ledger.pages.lease(1, ALL, 1)
    ledger.pages.settle(row.id, Answer(error="HTTP 500"), NOW)
    assert lease(ledger) == [] and ledger.pages.counts()["failed"] == 1
    ledger.pages.release()
    assert lease(ledger) == ["1"]


def test_a_failure_leaves_a_record_a_record(ledger: Ledger) -> None:
    find(ledger, 1)
    (row,) = ledger.pages.lease(1, ALL, 1)
    ledger.pages.settle(row.id, Answer("recorded", due=NOW), NOW)
    ledger.pages.queue_due(LATER, every=False)
    (row,) = ledger.pages.lease(2, ALL, 1)
    ledger.pages.settle(row.id, Answer(error="HTTP 500"), LATER)
    assert ledger.pages.counts()["recorded"] == 1
    assert list(ledger.pages.missing(ALL, "2027")) == [(ARTICLE, row.url, "HTTP 500")]


def test_days_and_hosts_bound_what_a_run_asks(ledger: Ledger) -> None:
    from datetime import date

    find(ledger, 1, day="2018-01-01"), find(ledger, 2, day="2018-06-01"), find(ledger, 3)
    find(ledger, 4, host="mirror.example")
    assert lease(ledger, scope=Scope((HOST,), since=date(2018, 5, 1))) == ["2", "3"]
    assert lease(ledger, scope=Scope((HOST,), until=date(2018, 5, 1))) == ["1"]
    assert lease(ledger, scope=Scope(("mirror.example",))) == ["4"]


def test_a_copy_at_another_host_is_asked_though_the_article_is_known(ledger: Ledger) -> None:
    find(ledger, 1, host="mirror.example")
    (row,) = ledger.pages.lease(1, Scope(("mirror.example",)), 1)
    ledger.pages.settle(row.id, Answer("recorded", due=LATER), NOW)
    assert not find(ledger, 1)
    assert [row.url for row in ledger.pages.lease(1, ALL, 1)] == [f"http://{HOST}{path_of(1)}"]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["recorded", "duplicate", "quarantined", "gone", "error", None]), max_size=12))
def test_found_is_always_the_sum_of_the_others(outcomes: list[str | None]) -> None:
    ledger = open_ledger("sqlite://", "acftu", "1.0")
    for number, outcome in enumerate(outcomes):
        find(ledger, number)
        (row,) = ledger.pages.lease(1, ALL, 1)
        answer = Answer(error="x") if outcome == "error" else Answer(outcome)
        ledger.pages.settle(row.id, answer, NOW)
        counts = ledger.pages.counts()
        assert counts["found"] == number + 1 == sum(n for key, n in counts.items() if key != "found")
    ledger.close()


def test_two_sites_share_a_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    one, other = open_ledger(url, "acftu", "1.0"), open_ledger(url, "other", "1.0")
    find(one, 1)
    one.connection.commit()
    assert find(other, 1)
    other.connection.commit()
    assert lease(one) == lease(other) == ["1"]


# Opening.


def test_a_ledger_of_a_newer_program_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    ledger.close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute("UPDATE ledger SET version = 99, program = '9.0'")
    with pytest.raises(Newer, match=r"newer version \(9\.0\)"):
        open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", "acftu", "1.0")


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    for content in (b"no database at all, but long enough to be looked at" * 100, os.urandom(8192)):
        path.write_bytes(content)
        with pytest.raises(Damaged):
            open_ledger(f"sqlite:///{path}", "acftu", "1.0")
        assert path.read_bytes() == content


def test_an_older_ledger_gets_what_it_lacks_and_keeps_what_it_has(ledger: Ledger, tmp_path: Path) -> None:
    find(ledger, 1)
    ledger.connection.commit()
    ledger.close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        for statement in ("DROP TABLE response", "ALTER TABLE page DROP COLUMN warc_record", "DROP INDEX record_shape"):
            connection.execute(statement)
    later = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", "acftu", "1.1")
    (row,) = later.pages.lease(1, ALL, 1)
    later.pages.settle(row.id, Answer("recorded", due=LATER, values={"warc_record": "urn:x"}), NOW)
    assert later.responses.earlier("http://x/") is None
    later.close()


# What the files say.


def record(number: int, text: str = "", version: int = 1) -> str:
    html = article(number, ("甲文", text or f"第{number}句。"), ("乙武", "好。"))
    page = Page("acftu", f"http://{HOST}{path_of(number)}", 200, "", NOW, html.encode("gbk"))
    return page_to_record(page, SITE).model_copy(update={"version": version}).model_dump_json() + "\n"


def test_lines_that_the_ledger_does_not_know_are_learned(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "transcripts.jsonl"
    path.write_text(record(1) + record(2), "utf8")
    assert catch_up(ledger, SITE, tmp_path) == (2, 0)
    assert catch_up(ledger, SITE, tmp_path) == (0, 0)
    with path.open("a", encoding="utf8") as file:
        file.write(record(1, "改过。", 2))
    assert catch_up(ledger, SITE, tmp_path) == (1, 0)
    known = ledger.records.latest("acftu/1")
    assert known is not None and known.version == 2
    assert ledger.pages.counts() | {"found": 2, "recorded": 2, "pending": 0} == ledger.pages.counts()
    assert lease(ledger) == []


def test_an_article_whose_line_was_written_before_a_kill_is_not_asked_again(ledger: Ledger, tmp_path: Path) -> None:
    find(ledger, 1)
    lease(ledger)
    (tmp_path / "transcripts.jsonl").write_text(record(1), "utf8")
    catch_up(ledger, SITE, tmp_path)
    ledger.pages.release()
    assert lease(ledger) == []


def test_lines_that_the_file_lost_are_asked_again(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "transcripts.jsonl"
    lines = [record(1), record(2), record(3)]
    path.write_text("".join(lines), "utf8")
    catch_up(ledger, SITE, tmp_path)
    path.write_text(lines[0], "utf8")
    assert catch_up(ledger, SITE, tmp_path) == (0, 2)
    assert lease(ledger) == ["2", "3"]
    assert ledger.records.latest("acftu/3") is None


def test_another_file_in_its_place_is_read_anew(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "transcripts.jsonl"
    path.write_text(record(1) + record(2), "utf8")
    catch_up(ledger, SITE, tmp_path)
    path.write_text(record(8) + record(7) + record(9), "utf8")
    assert catch_up(ledger, SITE, tmp_path) == (3, 2)
    assert [ledger.records.latest(f"acftu/{n}") is not None for n in (1, 2, 7, 8, 9)] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_an_archive_without_a_ledger_gets_one(ledger: Ledger, tmp_path: Path) -> None:
    url = f"http://{HOST}{path_of(2)}"
    (tmp_path / "transcripts.jsonl").write_text(record(1), "utf8")
    copy = {"url": url, "duplicate_of": "acftu/1", "content_hash": "sha256:", "fetched_at": NOW, "warc": None}
    (tmp_path / "duplicates.jsonl").write_text(json.dumps(copy) + "\n", "utf8")
    refused = [("no_turns", 3), ("gone", 4), ("incomplete", 5)]
    (tmp_path / "quarantine.jsonl").write_text(
        "".join(
            json.dumps({"url": url.replace("-2.", f"-{n}."), "reason": reason, "detail": "x", "fetched_at": NOW, "warc": None}) + "\n"
            for reason, n in refused
        ),
        "utf8",
    )  # fmt: skip
    catch_up(ledger, SITE, tmp_path)
    counts = {"found": 5, "recorded": 1, "duplicate": 1, "quarantined": 1, "gone": 1, "failed": 1, "pending": 0}
    assert ledger.pages.counts() == counts
    ledger.pages.release()
    assert lease(ledger) == ["5"]


def test_a_line_that_is_no_record_is_named(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "transcripts.jsonl"
    path.write_text(record(1), "utf8")
    catch_up(ledger, SITE, tmp_path)
    with path.open("a", encoding="utf8") as file:
        file.write('{"id": 1}\n')
    with pytest.raises(ValueError, match="line 1 after byte"):
        catch_up(ledger, SITE, tmp_path)


def test_records_are_found_by_content_and_shape(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "transcripts.jsonl").write_text(record(1) + record(2, "同样的话。") + record(3, "同样的话。"), "utf8")
    catch_up(ledger, SITE, tmp_path)
    html = article(9, ("甲文", "同样的话。"), ("乙武", "好。"), title="第2场发布会")
    page = Page("acftu", f"http://{HOST}{path_of(9)}", 200, "", NOW, html.encode("gbk"))
    assert ledger.records.of_digest(digest_of(page_to_record(page, SITE))) == "acftu/2"


def test_a_listing_page_is_remembered_by_the_program_that_read_it(ledger: Ledger) -> None:
    url = f"http://{HOST}/GB/392912/index2.html"
    ledger.pages.ask(LISTING, url, HOST, NOW, ALL, number=2)
    (row,) = ledger.pages.lease(1, ALL, 1)
    assert row.kind == LISTING
    said = {"items": "a", "oldest": None, "newest": None, "last": 3, "declared": 3, "following": None}
    ledger.pages.done(row.id, NOW, reading={"program": "1.0", "said": said}, sweep=7)
    folder = url.rpartition("/")[0] + "/"
    assert ledger.sweeps.readings(folder, "1.0")[2].last == 3
    assert ledger.sweeps.readings(folder, "1.1") == {} == ledger.sweeps.readings("http://other/", "1.0")
    assert ledger.sweeps.had(7) == {url: 2}


def test_a_column_that_holds_no_json_is_damage_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    made = open_ledger(f"sqlite:///{path}", "acftu", "0")
    made.runs.end(made.runs.begin(NOW), NOW, exit_code=0, counts={}, fields={}, sizes={})
    made.connection.execute(text("UPDATE run SET counts = '{garbage'"))
    with pytest.raises(SQLAlchemyError) as failed:
        made.runs.ended(1)
    made.close()
    assert is_damage(failed.value)
    assert told(failed.value) == "malformed JSON in a column"
