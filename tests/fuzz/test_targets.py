"""What fuzzing has found, each once more; and a short run of each target, the same inputs every time.

By count and not by time: `make fuzz` runs by the clock.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from fuzzing.findings import Findings
from fuzzing.mutation import MOST
from fuzzing.running import inputs
from fuzzing.target import Target
from fuzzing.targets import TARGETS
from fuzzing.trying import allowed, tried

CASES = sorted(path for path in (Path(__file__).parent / "cases").glob("*/*") if path.is_file())
# Inputs of a target; those that write files, and the restorer, are a tenth as fast.
MANY, FEW = 150, 25
SLOW = {"warc", "ledger", "restore", "parse"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: "/".join(case.parts[-2:]))
def test_what_was_found_stays_mended(case: Path) -> None:
    TARGETS[case.parent.name].check(case.read_bytes())


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_a_short_run_finds_nothing(target: Target) -> None:
    seeds = len(list(target.seeds()))
    for data in islice(inputs(target, 0), seeds + (FEW if target.name in SLOW else MANY)):
        target.check(data)


def test_the_cases_are_small_and_of_targets() -> None:
    assert sum(case.stat().st_size for case in CASES) < 300_000
    assert {case.parent.name for case in CASES} <= TARGETS.keys()


def test_inputs_are_the_same_for_the_same_number_and_small() -> None:
    target = TARGETS["jsonl"]
    first, again, other = ([*islice(inputs(target, seed), 40)] for seed in (1, 1, 2))
    assert first == again != other
    assert max(map(len, first)) <= MOST


def broken(data: bytes) -> None:
    assert b"{{" not in data, "two brackets"
    if data.count(b"[") > 3:
        raise KeyError("brackets")


def endless(data: bytes) -> None:
    while True:
        pass


def test_a_target_that_breaks_is_found_once_made_small_and_kept(tmp_path: Path) -> None:
    target = Target("broken", broken, lambda: iter(()), ())
    findings = Findings(tmp_path)
    assert tried(target, b"{[") is None
    assert findings.add(target, tried(target, b"{[" * 9)) is True  # type: ignore[arg-type]
    (case,) = (path for path in (tmp_path / "broken").iterdir() if not path.suffix)
    assert case.read_bytes() == b"[[[["
    assert findings.add(target, tried(target, b"[" * 9)) is False  # type: ignore[arg-type]
    assert findings.add(target, tried(target, b"x{{x")) is True  # type: ignore[arg-type]


def test_what_comes_out_of_a_file_is_a_part_of_its_size() -> None:
    plain = b"WARC/1.1\r\n" + bytes(50_000)
    assert allowed(TARGETS["warc"], TARGETS["warc"].size(b"\x01" + plain)) > allowed(TARGETS["warc"], 5000)
    assert TARGETS["jsonl"].size(plain) == len(plain)


def test_one_without_an_end_is_stopped() -> None:
    found = tried(Target("endless", endless, lambda: iter(()), (), base=0.01), b"")
    assert found and found.key.startswith("slow")
