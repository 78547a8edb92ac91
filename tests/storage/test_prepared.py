"""A statement that is made once: the rows, faults and transactions of SQLAlchemy's own, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from crawler.storage.ledger import Ledger, open_ledger, told
from crawler.storage.ledger.pages import ARTICLE, Answer, Scope
from crawler.storage.ledger.schema import page
from crawler.storage.warc_record import Earlier
from crawler.text.duplicates import digest_of, shape_of
from tests.storage.made_records import record
from tests.storage.postgres import running

NOW = "2026-01-01T00:00:00Z"
SCOPE = Scope(("h",))
FIRST = Earlier("sha1:A", "http://h/文.html", NOW, "<urn:uuid:1>")
CHANGED = FIRST._replace(payload_digest="sha1:B", record_id="<urn:uuid:2>")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as url:
        yield url.replace("postgresql:", "postgresql+psycopg:")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/l.sqlite" if request.param == "sqlite" else request.getfixturevalue("server")


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    opened = open_ledger(url, "acftu", "1.0")
    yield opened
    opened.roll_back()
    opened.close()


def test_what_is_kept_is_found_and_what_is_kept_again_takes_its_place(ledger: Ledger) -> None:
    assert ledger.responses.earlier(FIRST.url) is None
    ledger.responses.keep(FIRST)
    assert ledger.responses.earlier(FIRST.url) == FIRST
    ledger.responses.keep(CHANGED)
    assert ledger.responses.earlier(FIRST.url) == CHANGED
    ledger.roll_back()
    assert ledger.responses.earlier(FIRST.url) is None


def test_a_record_is_known_by_id_text_and_shape(ledger: Ledger) -> None:
    one, two = record(1), record(1, 2, said="另一篇。")
    for place, each in enumerate((one, two)):
        ledger.records.add(each, 1000 * place)
    known = ledger.records.latest(one.id)
    assert known is not None and (known.version, known.digest, known.offset) == (2, digest_of(two), 1000)
    assert ledger.records.of_digest(digest_of(one)) == ledger.records.of_shape(shape_of(two)) == one.id
    assert ledger.records.of_digest(b"\1" * 32) is ledger.records.of_shape(b"\1" * 16) is None


def test_what_is_settled_is_seen_by_others_with_all_that_was_written_for_it(ledger: Ledger, url: str) -> None:
    reader = open_ledger(url, "acftu", "1.0")
    ledger.pages.found(ARTICLE, "1", "http://h/1", "h", NOW, SCOPE)
    (row,) = ledger.pages.lease(1, SCOPE, 1)
    ledger.responses.keep(FIRST)
    assert reader.responses.earlier(FIRST.url) is None
    reader.roll_back()
    values = {"status": 200, "warc_offset": 1 << 40, "reading": {"said": None}}
    ledger.pages.settle(row.id, Answer("recorded", due=NOW, values=values), NOW)
    assert reader.responses.earlier(FIRST.url) == FIRST
    columns = page.c.outcome, page.c.queued, page.c.warc_offset, page.c.reading
    (found,) = reader.connection.execute(select(*columns).where(page.c.key == "1")).all()
    assert tuple(found) == ("recorded", None, 1 << 40, {"said": None})
    reader.close()


def test_a_fault_of_the_database_is_one_of_sqlalchemy(ledger: Ledger) -> None:
    ledger.connection.execute(text("DROP TABLE response"))
    with pytest.raises(SQLAlchemyError) as caught:
        ledger.responses.earlier("http://h/")
    assert "response" in told(caught.value) and "SELECT" not in told(caught.value).split("LINE")[0]
    ledger.roll_back()


def test_a_locked_file_is_an_operational_error(tmp_path: Path) -> None:
    ours, other = (open_ledger(f"sqlite:///{tmp_path}/l.sqlite?timeout=0", "acftu", "1.0") for _ in range(2))
    other.responses.keep(FIRST)
    with pytest.raises(OperationalError, match="locked"):
        ours.responses.keep(FIRST)
    ours.close()
    other.close()
