"""Inputs made of others: a few changes drawn from a seed, so that a number tells the whole run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

# A cost that grows with the square shows at this size; larger inputs only take longer.
MOST = 1 << 16
NUMBERS = (b"0", b"-1", b"1", b"7", b"255", b"65536", b"4294967296", b"99999999999999999999", b"1e9", b"\xd9\xa3")
REPEATS = (2, 3, 10, 100, 1000, 5000)

Change = Callable[[bytes, Random, Sequence[bytes], Sequence[bytes]], bytes]


def mutated(seeds: Sequence[bytes], words: Sequence[bytes], draw: Random) -> bytes:
    """A seed with one to six changes; some are cut to a part first, so that changes meet."""
    data = draw.choice(seeds)
    if len(data) > 200 and draw.random() < 0.5:
        data = _part(data, draw, 4000)
    for _ in range(draw.randint(1, 6)):
        data = draw.choice(CHANGES)(data, draw, seeds, words)[:MOST]
    return data


def _part(data: bytes, draw: Random, most: int) -> bytes:
    start = draw.randint(0, len(data))
    return data[start : start + draw.randint(0, most)]


def _span(data: bytes, draw: Random) -> tuple[int, int]:
    start = draw.randint(0, len(data))
    return start, min(len(data), start + draw.choice((1, 2, 4, 16, 64, 500)))


def _flip(data: bytes, draw: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at, _ = _span(data, draw)
    return data[:at] + bytes([draw.randrange(256)]) + data[at + draw.randint(0, 1) :]


def _put(data: bytes, draw: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = _span(data, draw)
    word = draw.choice(words) * draw.choice((1, 1, 1, *REPEATS))
    return data[:start] + word[:MOST] + data[draw.choice((start, end)) :]


def _take(data: bytes, draw: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = _span(data, draw)
    return data[:start] + data[end:]


def _repeat(data: bytes, draw: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = _span(data, draw)
    times = min(draw.choice(REPEATS), MOST // max(1, end - start))
    return data[:start] + data[start:end] * times + data[end:]


def _move(data: bytes, draw: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = _span(data, draw)
    rest = data[:start] + data[end:]
    to = draw.randint(0, len(rest))
    return rest[:to] + data[start:end] + rest[to:]


def _splice(data: bytes, draw: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at, _ = _span(data, draw)
    return data[:at] + _part(draw.choice(seeds), draw, 2000) + data[at:]


def _number(data: bytes, draw: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at = draw.randint(0, len(data))
    digits = [i for i in range(at, min(len(data), at + 400)) if data[i : i + 1].isdigit()]
    if not digits:
        return data
    end = start = digits[0]
    while data[end : end + 1].isdigit():
        end += 1
    return data[:start] + draw.choice(NUMBERS) + data[end:]


def _lines(data: bytes, draw: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    i, j = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    return b"\n".join(lines)


CHANGES: tuple[Change, ...] = (_flip, _put, _put, _take, _repeat, _move, _splice, _number, _lines)
