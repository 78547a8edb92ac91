"""The walk over a listing: every page once, what could not be had is named, and no loop is endless."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.address import listing_address
from crawler.spiders.acftu import AcftuSpider
from crawler.text.listing import Item, ListingPage
from crawler.walk import BARREN, Walk

SITE = AcftuSpider.site
START = "http://127.0.0.1:8042/GB/392912/index.html"


def url(number: int) -> str:
    return listing_address(SITE, START, number)


def listed(
    number: int | None,
    articles: list[int],
    pages: set[int] = frozenset(),
    declared: int | None = None,
    following: str | None = None,
):
    items = tuple(Item(f"http://127.0.0.1:8042/n1/2017/0309/c67502-{n}.html", "夜校", None) for n in articles)
    return ListingPage(number, items, frozenset(pages), declared, following)


def walk_over(last: int, broken: set[int] = frozenset(), shown: int = 6) -> tuple[Walk, list[int]]:
    """Walk a hall of `last` pages, of which some answer with an error; a page's pager shows a few numbers about its own."""
    walk = Walk(SITE, START)
    walk.asked.add(START)
    waiting, visited = [START], []
    numbers = {url(n): n for n in range(1, last + 2)}
    while waiting:
        at = waiting.pop(0)
        n = numbers[at]
        visited.append(n)
        if n in broken or n > last:
            waiting += walk.miss(at, n, "HTTP 500")
        else:
            near = set(range(max(1, n - shown // 2), min(last, n + shown // 2) + 1)) - {n}
            waiting += walk.take(
                at, listed(n, [n * 10 + 1, n * 10 + 2], near, following=url(n + 1) if n < last else None)
            )
    return walk, visited


@pytest.mark.parametrize("last", [1, 2, 7, 30])
def test_every_page_is_visited_once(last: int) -> None:
    walk, visited = walk_over(last)
    assert visited == list(range(1, last + 1)) and walk.missing() == {} and not walk.looped


def test_pages_that_fail_are_walked_past_and_named() -> None:
    walk, visited = walk_over(12, {4, 9})
    assert sorted(visited) == list(range(1, 13))
    assert walk.missing() == {4: "HTTP 500", 9: "HTTP 500"}


def test_a_first_page_that_fails_is_named() -> None:
    assert walk_over(5, {1})[0].missing() == {1: "HTTP 500"}


def test_a_failed_page_that_is_had_later_is_not_missing() -> None:
    walk = Walk(SITE, START)
    walk.take(url(1), listed(1, [1], {2}))
    walk.miss(url(2), 2, "timeout")
    assert walk.missing() == {2: "timeout"}
    walk.take(url(2), listed(2, [2]))
    assert walk.missing() == {}


def test_a_declared_number_of_pages_is_walked_to_its_end() -> None:
    walk = Walk(SITE, START)
    assert walk.take(url(1), listed(1, [1], declared=3)) == [url(2)]
    assert walk.missing() == {2: "never reached", 3: "never reached"}
    assert walk.take(url(2), listed(2, [2], declared=3)) == [url(3)]
    assert walk.take(url(3), listed(3, [3], declared=3)) == [] and walk.missing() == {}


def test_the_address_behind_next_is_followed_without_numbers_and_once() -> None:
    walk = Walk(SITE, START)
    assert walk.take("http://127.0.0.1:8042/a", listed(None, [1], following="http://127.0.0.1:8042/b")) == [
        "http://127.0.0.1:8042/b"
    ]
    assert walk.take("http://127.0.0.1:8042/b", listed(None, [2], following="http://127.0.0.1:8042/b")) == []


def test_a_pager_that_goes_on_without_new_articles_is_a_loop() -> None:
    walk, number, waiting = Walk(SITE, START), 1, [url(1)]
    while waiting:
        waiting = walk.take(url(number), listed(number, [1, 2], {number + 1}, following=url(number + 1)))
        number += 1
        assert number < 10
    assert walk.looped and number == BARREN + 2 and walk.missing() == {}


def test_few_pages_without_a_new_article_are_no_loop() -> None:
    walk = Walk(SITE, START)
    for number, articles in enumerate([[1], [1], [1], [2], [2], [3]], 1):
        assert walk.take(url(number), listed(number, articles, declared=7)) == [url(number + 1)]
    assert not walk.looped


def test_empty_answers_in_the_middle_do_not_make_the_listing_complete() -> None:
    walk = Walk(SITE, START)
    for number, articles in enumerate([[1], [], [], []], 1):
        walk.take(url(number), listed(number, articles, declared=12))
    assert not walk.looped and walk.missing().keys() == set(range(5, 13))


def test_of_a_loop_without_numbers_the_sources_own_count_is_missing() -> None:
    walk = Walk(SITE, START)
    walk.take(url(1), listed(1, [1], {9}, declared=2))
    for n in range(BARREN):
        walk.take(f"http://127.0.0.1:8042/{n}", listed(None, [1]))
    assert walk.looped and walk.missing() == {2: "never reached"}


def test_a_page_that_failed_before_a_loop_stays_missing() -> None:
    walk = Walk(SITE, START)
    walk.take(url(1), listed(1, [1], {2, 3}))
    walk.miss(url(2), 2, "HTTP 500")
    for number in range(3, 3 + BARREN):
        walk.take(url(number), listed(number, [1], {number + 1}))
    assert walk.looped and walk.missing().get(2) == "HTTP 500"


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(1, 25), st.sets(st.integers(2, 25), max_size=4))
def test_whatever_fails_is_all_that_is_missing_where_pages_are_declared(last: int, broken: set[int]) -> None:
    walk, waiting = Walk(SITE, START), [1]
    walk.asked.add(START)
    numbers = {url(n): n for n in range(1, last + 1)}
    while waiting:
        n = waiting.pop()
        new = walk.miss(url(n), n, "gone") if n in broken else walk.take(url(n), listed(n, [n], declared=last))
        waiting += [numbers[address] for address in new]
    assert walk.missing().keys() == {n for n in broken if n <= last}
