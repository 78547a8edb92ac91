"""When each host may be asked again. No Scrapy, and no sleeping: whoever asks the host waits."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

# 2 ** 30 seconds are longer than any limit, and no float overflows.
MOST_DOUBLINGS = 30


class Pauses:
    """Pauses, paces and ends by host (`urlsplit(url).netloc`). Seconds on `clock`.

    `delay` is our own pace for every host; back-off goes `first`, twice that, … up to `most` seconds.
    """

    def __init__(
        self, delay: float = 0.0, first: float = 1.0, most: float = 300.0, clock: Callable[[], float] = monotonic
    ) -> None:
        self._delay, self._first, self._most, self._clock = delay, first, most, clock
        self._until: dict[str, float] = {}
        self._paces: dict[str, float] = {}
        self._asked: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._stopped: dict[str, str] = {}

    def wait(self, host: str) -> float:
        """Seconds until the host may be asked; 0.0: now."""
        until = self._until.get(host, 0.0)
        if host in self._asked:
            until = max(until, self._asked[host] + self._paces.get(host, self._delay))
        return max(0.0, until - self._clock()) if until else 0.0

    def pause(self, host: str, seconds: float) -> None:
        """Not before so many seconds from now. A longer pause stays."""
        self._until[host] = max(self._until.get(host, 0.0), self._clock() + seconds)

    def pace(self, host: str, seconds: float) -> None:
        """At least so many seconds between two requests, and never less than our own delay."""
        self._paces[host] = max(seconds, self._delay)

    def asked(self, host: str) -> None:
        """The host is asked, or has just answered: the pace counts from here."""
        self._asked[host] = self._clock()

    def failed(self, host: str) -> float:
        """One more failure in a row: the seconds of its back-off. Failures of one moment count once."""
        if self._until.get(host, 0.0) > self._clock():
            return self._until[host] - self._clock()
        failures = self._failures.get(host, 0)
        self._failures[host] = failures + 1
        return float(min(self._first * 2 ** min(failures, MOST_DOUBLINGS), self._most))

    def answered(self, host: str) -> None:
        """The host is well: its next back-off begins at `first`."""
        self._failures.pop(host, None)

    def stop(self, host: str, reason: str) -> None:
        """The host is asked no more. The first reason stays."""
        self._stopped.setdefault(host, reason)

    def stopped(self, host: str) -> str | None:
        """Why the host is asked no more; None if it may be."""
        return self._stopped.get(host)
