"""The walk over a listing: every page once, what could not be had is named, and no loop is endless."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import listing_address
from crawler.spiders.acftu import AcftuSpider
from crawler.text.listing import Item, ListingPage
from crawler.walk import BARREN, Reading, Walk, articles_of, reading

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


def take(walk: Walk, at: str, page: ListingPage, news: bool = False) -> list[str]:
    return walk.take(at, reading(SITE, page), articles_of(SITE, page.items), news)


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
            waiting += walk.miss(at, "HTTP 500")
        else:
            near = set(range(max(1, n - shown // 2), min(last, n + shown // 2) + 1)) - {n}
            waiting += take(
                walk, at, listed(n, [n * 10 + 1, n * 10 + 2], near, following=url(n + 1) if n < last else None)
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
    take(walk, url(1), listed(1, [1], {2}))
    walk.miss(url(2), "timeout")
    assert walk.missing() == {2: "timeout"}
    take(walk, url(2), listed(2, [2]))
    assert walk.missing() == {}


def test_a_declared_number_of_pages_is_walked_to_its_end() -> None:
    walk = Walk(SITE, START)
    assert take(walk, url(1), listed(1, [1], declared=3)) == [url(2)]
    assert walk.missing() == {2: "never reached", 3: "never reached"}
    assert take(walk, url(2), listed(2, [2], declared=3)) == [url(3)]
    assert take(walk, url(3), listed(3, [3], declared=3)) == [] and walk.missing() == {}


def test_the_address_behind_next_is_followed_without_numbers_and_once() -> None:
    walk = Walk(SITE, START)
    assert take(walk, "http://127.0.0.1:8042/a", listed(None, [1], following="http://127.0.0.1:8042/b")) == [
        "http://127.0.0.1:8042/b"
    ]
    assert take(walk, "http://127.0.0.1:8042/b", listed(None, [2], following="http://127.0.0.1:8042/b")) == []


def test_a_pager_that_goes_on_without_new_articles_is_a_loop() -> None:
    walk, number, waiting = Walk(SITE, START), 1, [url(1)]
    while waiting:
        waiting = take(walk, url(number), listed(number, [1, 2], {number + 1}, following=url(number + 1)))
        number += 1
        assert number < 10
    assert walk.looped and number == BARREN + 2 and walk.missing() == {}


def test_few_pages_without_a_new_article_are_no_loop() -> None:
    walk = Walk(SITE, START)
    for number, articles in enumerate([[1], [1], [1], [2], [2], [3]], 1):
        assert take(walk, url(number), listed(number, articles, declared=7)) == [url(number + 1)]
    assert not walk.looped


def test_empty_answers_in_the_middle_do_not_make_the_listing_complete() -> None:
    walk = Walk(SITE, START)
    for number, articles in enumerate([[1], [], [], []], 1):
        take(walk, url(number), listed(number, articles, declared=12))
    assert not walk.looped and walk.missing().keys() == set(range(5, 13))


def test_of_a_loop_without_numbers_the_sources_own_count_is_missing() -> None:
    walk = Walk(SITE, START)
    take(walk, url(1), listed(1, [1], {9}, declared=2))
    for n in range(BARREN):
        take(walk, f"http://127.0.0.1:8042/{n}", listed(None, [1]))
    assert walk.looped and walk.missing() == {2: "never reached"}


def test_a_page_that_failed_before_a_loop_stays_missing() -> None:
    walk = Walk(SITE, START)
    take(walk, url(1), listed(1, [1], {2, 3}))
    walk.miss(url(2), "HTTP 500")
    for number in range(3, 3 + BARREN):
        take(walk, url(number), listed(number, [1], {number + 1}))
    assert walk.looped and walk.missing().get(2) == "HTTP 500"


@given(st.integers(1, 25), st.sets(st.integers(2, 25), max_size=4))
def test_whatever_fails_is_all_that_is_missing_where_pages_are_declared(last: int, broken: set[int]) -> None:
    walk, waiting = Walk(SITE, START), [1]
    walk.asked.add(START)
    numbers = {url(n): n for n in range(1, last + 1)}
    while waiting:
        n = waiting.pop()
        new = walk.miss(url(n), "gone") if n in broken else take(walk, url(n), listed(n, [n], declared=last))
        waiting += [numbers[address] for address in new]
    in_a_row = any({n, n + 1, n + 2} <= broken for n in range(2, last))  # the walk gives up behind three misses
    failed = {n for n, reason in walk.missing().items() if reason == "gone"}
    assert failed == {n for n in broken if n <= last} if not in_a_row else failed <= broken
    assert in_a_row or walk.missing().keys() == failed


# Outside of a sweep: ten conferences a page, one every ten days, the first page newest.
TODAY = date(2018, 12, 31)


def day(number: int) -> str:
    return (TODAY - timedelta(days=10 * number)).isoformat()


def said(n: int, per_page: int = 2, last: int = 9, shift: int = 0) -> Reading:
    """Page `n` of a hall, in which `shift` conferences were put in somewhere before its end."""
    first = (n - 1) * per_page
    return Reading(f"{first}-{shift}", day(first + per_page - 1), day(first), last)


READINGS = {n: said(n) for n in range(1, 10)}


def visit(changed: dict[int, tuple[Reading, bool]], **more: Any) -> tuple[Walk, list[int]]:
    """The pages that a run asks of a hall; `changed` are those that are not as they were read, with "news"."""
    walk = Walk(SITE, START, sweep=False, today=TODAY, readings=READINGS, **more)
    waiting, visited = [walk.begin()], []
    numbers = {url(n): n for n in range(1, 11)} | {START: 1}
    while waiting:
        at = waiting.pop(0)
        n = numbers[at]
        visited.append(n)
        now, news = changed.get(n, (READINGS[n], False))
        waiting += walk.take(at, now, [f"{now.items}"] if n in changed else None, news)
    return walk, visited


def test_an_unchanged_hall_is_asked_for_its_head_and_the_edge_of_the_window() -> None:
    walk, visited = visit({}, look_back=25)
    assert visited == [1, 2] and walk.missing() == {}


def test_of_a_window_that_ends_on_the_first_page_only_that_is_asked() -> None:
    assert visit({}, look_back=5)[1] == [1]


def test_a_conference_put_in_within_the_window_moves_its_edge_and_is_found() -> None:
    """Thirty-five days reach to page 3; something put in on page 2 moves a conference onto page 3."""
    _, visited = visit({n: (said(n, shift=1), n == 2) for n in range(2, 10)}, look_back=45)
    assert visited == [1, 3, 2]


def test_news_is_followed_as_far_as_it_goes_and_through_the_window() -> None:
    _, visited = visit({1: (said(1, shift=1), True)}, look_back=25)
    assert visited == [1, 2]
    _, visited = visit({n: (said(n, shift=1), n < 5) for n in range(1, 10)}, look_back=25)
    assert visited == [1, 2, 3, 4, 5]


def test_a_page_of_the_window_that_cannot_be_had_is_named_and_the_walk_goes_on() -> None:
    walk = Walk(SITE, START, sweep=False, today=TODAY, readings=READINGS, look_back=60)
    assert take(walk, walk.begin(), listed(1, [77], {2, 9}), news=True) == [url(2)]
    assert walk.miss(url(2), "HTTP 500") == [url(3)]
    assert walk.missing() == {2: "HTTP 500"}


def test_a_head_that_cannot_be_had_is_named() -> None:
    walk = Walk(SITE, START, sweep=False, today=TODAY, readings=READINGS)
    assert walk.miss(walk.begin(), "HTTP 500") == [] and walk.missing() == {1: "HTTP 500"}


def test_the_window_counts_from_the_newest_conference_of_a_hall_that_sleeps() -> None:
    asleep = Walk(SITE, START, sweep=False, today=TODAY + timedelta(days=900), look_back=25, readings=READINGS)
    assert asleep.take(asleep.begin(), READINGS[1], None, False) == [url(2)]


def test_a_listing_without_dates_is_followed_while_there_is_news() -> None:
    walk = Walk(SITE, START, sweep=False, today=TODAY)
    assert take(walk, walk.begin(), listed(1, [5], {2, 3}), news=True) == [url(2)]
    assert take(walk, url(2), listed(2, [4], {3})) == []


def test_a_sweep_that_was_stopped_goes_on_behind_what_it_had() -> None:
    """The last page before the gap is asked again: what was taken off since then moved others onto it."""
    walk = Walk(SITE, START, readings=READINGS)
    first = walk.begin({START: 1, url(2): 2, url(3): 3, url(4): 4, url(7): 7})
    asked, waiting = [], [first]
    numbers = {url(n): n for n in range(1, 11)} | {START: 1}
    while waiting:
        n = numbers[waiting.pop(0)]
        asked.append(n)
        waiting += walk.take(url(n), READINGS[n], [str(n)], False)
    assert asked == [1, 4, 5, 6, 8, 9] and walk.missing() == {}


@given(st.sets(st.integers(2, 9)), st.integers(0, 200))
def test_whatever_has_changed_no_page_is_asked_twice_and_the_walk_ends(changed: set[int], look_back: int) -> None:
    walk, visited = visit({n: (said(n, shift=1), True) for n in changed}, look_back=look_back)
    assert len(visited) == len(set(visited)) <= 9 and not walk.looped
