from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.politeness.pauses import Pauses

HOST, OTHER = "hall.example", "hall.example:8080"


class Clock:
    """Begins at an odd moment, as a monotonic clock does."""

    def __init__(self) -> None:
        self.now = 1_234.5

    def __call__(self) -> float:
        return self.now


def pauses(clock: Clock, **options: float) -> Pauses:
    return Pauses(**options, clock=clock)


def test_a_host_that_was_never_asked_may_be_asked() -> None:
    assert pauses(Clock(), delay=120).wait(HOST) == 0.0


def test_a_pause_ends() -> None:
    clock = Clock()
    some = pauses(clock)
    some.pause(HOST, 10)
    assert some.wait(HOST) == 10
    assert some.wait(OTHER) == 0.0
    clock.now += 10
    assert some.wait(HOST) == 0.0


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    some = pauses(Clock())
    some.pause(HOST, 100)
    some.pause(HOST, 1)
    assert some.wait(HOST) == 100


def test_the_pace_counts_from_the_last_time() -> None:
    clock = Clock()
    some = pauses(clock)
    some.asked(HOST)
    assert some.wait(HOST) == 0.0
    some.pace(HOST, 5)
    clock.now += 2
    assert some.wait(HOST) == 3
    some.asked(HOST)
    assert some.wait(HOST) == 5


def test_our_own_delay_is_the_least() -> None:
    some = pauses(Clock(), delay=7)
    some.asked(HOST)
    assert some.wait(HOST) == 7
    some.pace(HOST, 2)
    assert some.wait(HOST) == 7
    some.pace(HOST, 20)
    assert some.wait(HOST) == 20


def test_back_off_doubles_to_its_most_and_begins_again_when_the_host_is_well() -> None:
    some = pauses(Clock(), first=1, most=10)
    assert [some.failed(HOST) for _ in range(6)] == [1, 2, 4, 8, 10, 10]
    assert some.failed(OTHER) == 1
    some.answered(HOST)
    assert some.failed(HOST) == 1


def test_failures_of_one_moment_count_once() -> None:
    """Eight requests at a time that fail together are one failure of the host."""
    clock = Clock()
    some = pauses(clock)
    some.pause(HOST, some.failed(HOST))
    assert [some.failed(HOST) for _ in range(7)] == [1] * 7
    clock.now += 1
    assert some.failed(HOST) == 2


def test_the_first_reason_of_an_end_stays() -> None:
    some = pauses(Clock())
    assert some.stopped(HOST) is None
    some.stop(HOST, "captcha page")
    some.stop(HOST, "later")
    assert some.stopped(HOST) == "captcha page"
    assert some.stopped(OTHER) is None


@given(st.integers(0, 5_000), st.floats(0.001, 60), st.floats(60, 100_000))
def test_back_off_is_never_longer_than_its_most(failures: int, first: float, most: float) -> None:
    some = pauses(Clock(), first=first, most=most)
    last = 0.0
    for _ in range(min(failures, 60)):
        seconds = some.failed(HOST)
        assert last <= seconds <= most
        last = seconds


@given(
    st.lists(st.tuples(st.sampled_from(["pause", "pace", "asked", "failed", "pass"]), st.floats(0, 1_000)), max_size=30)
)
def test_waiting_so_long_is_always_enough(steps: list[tuple[str, float]]) -> None:
    clock = Clock()
    some = pauses(clock, delay=3)
    for step, seconds in steps:
        if step == "pass":
            clock.now += seconds
        elif step in ("pause", "pace"):
            getattr(some, step)(HOST, seconds)
        else:
            getattr(some, step)(HOST)
        assert some.wait(HOST) >= 0
    clock.now += some.wait(HOST) + 1e-6
    assert some.wait(HOST) == 0.0
