"""Who found an article: the listing counts before a sitemap, a sitemap before a feed, whatever came first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.storage.ledger import Ledger, open_ledger
from crawler.storage.ledger.links import BATCH, FEED, FINDERS, Link
from crawler.storage.ledger.pages import ARTICLE, LISTING, MAP, Answer, Scope
from crawler.storage.ledger.schema import page

HOST = "hall.example"
NOW = "2026-01-01T00:00:00Z"
ALL = Scope((HOST,))


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    opened = open_ledger("sqlite://", "acftu", "1.0")
    yield opened
    opened.close()


def link(number: int, day: str | None = None) -> Link:
    return Link(str(number), f"http://{HOST}/c1-{number}.html", HOST, day)


def write(ledger: Ledger, finder: str, *numbers: int, day: str | None = None) -> tuple[int, set[str]]:
    return ledger.links.write([link(n, day) for n in numbers], f"http://{HOST}/{finder}", finder, NOW, ALL)


def found_by(ledger: Ledger) -> dict[str, tuple[str | None, str | None]]:
    rows = ledger.connection.execute(page.select().where(page.c.kind == ARTICLE).order_by(page.c.id))
    return {row.key: (row.found_by, row.day) for row in rows}


def test_links_are_queued_in_their_order_each_once(ledger: Ledger) -> None:
    assert write(ledger, LISTING, 3, 1, 2, 1) == (3, {"1", "2", "3"})
    assert write(ledger, LISTING, 4, 1) == (1, {"4"})
    assert [row.key for row in ledger.pages.lease(1, ALL, 9)] == ["3", "1", "2", "4"]


def test_more_links_than_a_statement_may_have_values(ledger: Ledger) -> None:
    numbers = range(2 * BATCH + 1)
    assert write(ledger, LISTING, *numbers).new == len(numbers)
    assert write(ledger, LISTING, *numbers) == (0, set())
    assert ledger.pages.counts()["found"] == len(numbers)


def test_what_a_sitemap_had_is_news_to_the_listing_once_and_no_new_article(ledger: Ledger) -> None:
    write(ledger, MAP, 1)
    assert write(ledger, LISTING, 1) == (0, {"1"})
    assert write(ledger, LISTING, 1) == (0, set()) == write(ledger, MAP, 1)


def test_a_page_of_an_older_ledger_is_the_listing_s_if_a_page_of_it_is_named(ledger: Ledger) -> None:
    ledger.pages.found(ARTICLE, "1", link(1).url, HOST, NOW, ALL, found_on="http://hall.example/index.html")
    ledger.pages.recorded("2", link(2).url, HOST, NOW)
    write(ledger, MAP, 1, 2)
    assert ledger.links.unlisted() == {MAP: 1}
    assert [finder for finder, _ in found_by(ledger).values()] == [None, MAP]


def test_the_day_of_a_page_that_was_had_is_its_own(ledger: Ledger) -> None:
    write(ledger, MAP, 1, day="2018-01-01")
    (row,) = ledger.pages.lease(1, ALL, 1)
    ledger.pages.settle(row.id, Answer("recorded", values={"day": "2018-02-02"}), NOW)
    write(ledger, LISTING, 1, day="2018-03-03")
    assert found_by(ledger) == {"1": (LISTING, "2018-02-02")}


FOUND = st.tuples(st.sampled_from([LISTING, MAP, FEED]), st.integers(1, 3))


@given(st.lists(FOUND, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(found: list[tuple[str, int]], random: object) -> None:
    """Each finder says a day of its own; the best one's counts."""
    days = {LISTING: "2018-01-01", MAP: "2018-01-02", FEED: None}
    ends = []
    for _ in range(2):
        ledger = open_ledger("sqlite://", "acftu", "1.0")
        new = sum(write(ledger, finder, number, day=days[finder])[0] for finder, number in found)
        ends.append(dict(sorted(found_by(ledger).items())))
        assert new == len({number for _, number in found}) == ledger.pages.counts()["found"]
        ledger.close()
        random.shuffle(found)  # type: ignore[attr-defined]
    assert ends[0] == ends[1]
    best = {str(n): min((f for f, m in found if m == n), key=FINDERS.index) for _, n in found}
    assert {number: finder for number, (finder, _) in ends[0].items()} == best
