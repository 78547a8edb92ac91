"""The floor: what the shipped prose must reach."""

from itertools import islice

import pytest

from benchmarks import restore as benchmark
from benchmarks.restore_forward import damage
from benchmarks.restore_measure import Tally
from benchmarks.restore_prose import TEXTS


@pytest.fixture(scope="module")
def total() -> Tally:
    return benchmark.pooled(benchmark.evaluate([benchmark.PAGE], rounds=6))


def test_damaged_places(total: Tally):
    assert total.share("exact") >= benchmark.FLOOR.exact
    assert total.share("wrong") <= benchmark.FLOOR.wrong
    assert total.share("exact", "straddled") >= benchmark.FLOOR.straddled


def test_characters(total: Tally):
    assert total.rate(total.errors_restored) <= benchmark.FLOOR.error_rate < total.rate(total.errors_stripped)
    assert total.outside == 0


def test_bytes_path():
    exact, count = benchmark.bytes_path(TEXTS[:2])
    assert exact == count


def test_false_changes():
    assert benchmark.false_changes(TEXTS)[0] == 0


def test_forward_model():
    page = damage("當地的就業", [("數", "shù"), ("當", "dāng"), ("業", "yè")], "", folded=False)
    assert page.text == "當(dāng)?shù)氐木蜆I(yè)"
    page = damage("日常化、", [], "；、", folded=True)
    assert page.text == "日?;?、"


def test_the_timings_run():
    assert len(list(islice(benchmark.timings(), 4))) == 4
