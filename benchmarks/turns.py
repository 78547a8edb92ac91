"""Candidates measured in turn, so that what disturbs the machine disturbs all of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import process_time


def medians(tried: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each by name; a round before them warms caches and loads tables."""
    times: dict[str, list[float]] = {name: [] for name in tried}
    for round_ in range(rounds + 1):
        for name, run in tried.items():
            gc.collect()
            begin = process_time()
            run()
            if round_:
                times[name].append(process_time() - begin)
    return {name: median(each) for name, each in times.items()}
