"""A target for some time: guided by coverage where atheris is installed, by chance where it is not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

from fuzzing.findings import Findings
from fuzzing.mutation import mutated
from fuzzing.target import Target
from fuzzing.trying import tried


def inputs(target: Target, seed: int) -> Iterator[bytes]:
    """The seeds as they are, then changed ones without an end; the same for the same number."""
    seeds = list(target.seeds())
    yield from seeds
    for number in count():
        yield mutated(seeds, target.words, Random(f"{target.name} {seed} {number}"))


def run(target: Target, seconds: float, seed: int, findings: Findings, current: Path) -> int:
    """Try inputs for so many seconds; returns how many. The one in work stands in `current`, should it end us."""
    end = time.monotonic() + seconds
    for number, data in enumerate(inputs(target, seed)):
        if time.monotonic() >= end:
            return number
        current.write_bytes(data)
        finding = tried(target, data)
        if finding and findings.add(target, finding):
            print(f"{target.name}: {finding.key}", flush=True)
    return 0
