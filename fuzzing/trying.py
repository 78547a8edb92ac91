"""One input tried: what it breaks, or that it costs more than an input of its size may."""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple

from fuzzing.target import Target

# Every check reads its input two or three times, and an instrumented program is slower.
SLACK = 3.0
OURS = ("/crawler/", "/fuzzing/")


class TooSlow(BaseException):
    """An input's time is up. No `Exception`: nothing that expects one may take it for its own."""


class Finding(NamedTuple):
    """What an input breaks: `key` is the same for inputs that break the same."""

    target: str
    key: str
    told: str
    data: bytes


def tried(target: Target, data: bytes) -> Finding | None:
    """What an input breaks, None for nothing. Slowness counts when it comes twice."""
    seconds = allowed(target, target.size(data))
    try:
        with within(seconds):
            target.check(data)
    except TooSlow:
        return _slow_again(target, data, seconds)
    except Exception as error:
        return Finding(target.name, _key(error), "".join(traceback.format_exception(error)), data)
    return None


def allowed(target: Target, size: int) -> float:
    """The CPU seconds that an input may take."""
    return SLACK * target.base + SLACK * target.per_kb / 1000 * size / 1024


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises `TooSlow` in what takes more CPU time."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def _slow_again(target: Target, data: bytes, seconds: float) -> Finding | None:
    began = time.process_time()
    try:
        with within(seconds):
            target.check(data)
    except TooSlow as slow:
        place = _place(slow)
        took = time.process_time() - began
        told = f"{len(data)} bytes: more than {took:.1f} s of CPU, where it was stopped\n"
        return Finding(target.name, f"slow {place}", told + "".join(traceback.format_exception(slow)), data)
    except Exception:
        return None
    return None


def _key(error: Exception) -> str:
    if isinstance(error, AssertionError):
        return f"AssertionError {_place(error)}"
    return f"{type(error).__name__} {_place(error)}"


def _place(error: BaseException) -> str:
    """The innermost function of ours that it came through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if any(part in f.filename for part in OURS)]
    frames = [f for f in frames if not f.filename.endswith("trying.py")]
    if not frames:
        return "?"
    path = frames[-1].filename.rpartition("/crawler/" if "/crawler/" in frames[-1].filename else "/fuzzing/")[2]
    return f"{path}:{frames[-1].lineno}"
