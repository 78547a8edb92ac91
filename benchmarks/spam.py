"""How fast spam blocks are found: a clean page, a page with a block, and pages made to be slow.

    python -m benchmarks.spam [--size CHARACTERS]

Each hostile page is measured at two sizes: twice the text must cost about twice the time.
"""

from __future__ import annotations

import random
import timeit
from collections.abc import Callable, Iterator
from time import process_time

from benchmarks.figure import Figure, alone
from crawler.text.gazetteer import load
from crawler.text.spam import find_blocks

PROSE = "各级工会组织要把困难群众的问题了解透，推动政策的实施，同时发挥作用，让好的政策真正惠及到省、市、县一线的职工。"
CLEAN = ["首页 | 新闻 | 专题 | 北京 | 上海 | 关于我们"] + [PROSE[n % 20 : n % 20 + 40] for n in range(299)]
NAMES = [
    "丰镇市",
    "乌审旗",
    "阿坝县",
    "台南市",
    "宁都县",
    "大化",
    "博湖县",
    "龙陵县",
    "静海县",
    "海宁市",
    "遂昌县",
    "石台县",
    "罗定市",
    "额敏县",
    "房山区",
    "剑河县",
]


def _random_names(size: int) -> list[str]:
    rng = random.Random(7)
    return [rng.choice(NAMES) for _ in range(size // 4)]


def _interleaved(size: int) -> list[str]:
    """Short names and short furniture in turn: many parts that could be one block."""
    return [each for name in _random_names(size) for each in (name, name, "返回")]


HOSTILE: dict[str, Callable[[int], list[str]]] = {
    "bars": lambda size: ["|" * size],
    "bars after a name": lambda size: ["丰镇市|" * 9 + "|" * size],
    "spaces after names": lambda size: ["丰镇市 宁都县 静海县 " + " " * size + "。"],
    "names and bars": lambda size: ["|".join(_random_names(size))],
    "names in prose": lambda size: ["、".join(_random_names(size)) + "等地"],
    "names without separators": lambda size: ["".join(_random_names(size))],
    "names by line": _random_names,
    "names and furniture": _interleaved,
    "betting words": lambda size: ["百家乐_" * (size // 4)],
    "betting words by line": lambda size: ["百家乐_葡京_老虎机_六合彩"] * (size // 14),
    "unfinished words": lambda size: ["久无码久" * (size // 4)],
    "sentences and bars": lambda size: ["丰镇市。|" * (size // 5)],
}


def _once(lines: list[str]) -> float:
    """CPU seconds for one page, the best of five; of two where one takes long."""

    def times(repeat: int) -> list[float]:
        return timeit.repeat(lambda: find_blocks(lines), timer=process_time, number=1, repeat=repeat)

    (first,) = times(1)
    return min(first, *times(4 if first < 0.5 else 1))


def hostile(size: int) -> Iterator[tuple[str, float, float]]:
    """Pages made to be slow: name, CPU seconds at half of the size and at the whole."""
    for name, make in HOSTILE.items():
        yield name, _once(make(size // 2)), _once(make(size))


def figures(size: int) -> Iterator[Figure]:
    """Loading, a clean page, one with a block; of the hostile pages the slowest, and the one that grows the most."""
    load.cache_clear()
    yield Figure("spam: the gazetteer loaded", timeit.timeit(load, timer=process_time, number=1) * 1000, "CPU ms")
    clean = min(timeit.repeat(lambda: find_blocks(CLEAN), process_time, number=20, repeat=5)) / 20 * 1000
    blocked = _once([*CLEAN, "| ".join(NAMES * 2)]) * 1000
    what = f"{len(CLEAN)} lines"
    yield Figure(f"spam: a clean page of {what}", clean, "CPU ms")
    yield Figure("spam: the same with a block", blocked, "CPU ms", "clean", clean)
    found = list(hostile(size))
    name, _, slowest = max(found, key=lambda each: each[2])
    yield Figure(f"spam: the slowest page of {size:,} characters ({name})", slowest, "CPU s")
    name, half, whole = max(found, key=lambda each: each[2] / each[1])
    what = f"spam: the page that grows the most ({name})"
    yield Figure(what, whole, "CPU s", "half of it", half, most_ratio=3)


if __name__ == "__main__":
    alone(__doc__, figures, size=1_000_000)
