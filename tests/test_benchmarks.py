"""Every benchmark runs at a tiny size, and what it says becomes one table that the README quotes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from benchmarks import __main__ as entry
from benchmarks import cost, table
from benchmarks.figure import Figure, cells
from benchmarks.running import measured
from benchmarks.soak import LongHall
from benchmarks.soak_page import COLUMNS, Part, Sample, page, row, speeds
from crawler.items import Page
from crawler.spiders.acftu import AcftuSpider
from crawler.text.record import page_to_record
from tests.halls import ROOT, scrapy

# Not installed where the tests run.
PEERS = {"trafilatura", "news-please", "read, decode, trafilatura"}
ROWS = [
    Figure("parse: a page", 2.0, "CPU ms", "lxml", 1.0, most_ratio=1.5),
    Figure("parse: a page", 2.0, "CPU ms", "trafilatura", 21.0),
    Figure("search: late", 9.1, "ms", most=50),
]


def forked(command: Sequence[str]) -> cost.Cost:
    """A scrapy command without its start; what it costs is made up."""
    if command[0] != cost.SCRAPY:
        return cost.cost(command)
    result = scrapy(*command[1:])
    assert result.returncode == 0, result.stderr
    return cost.Cost(1.0, 100.0)


# Seconds each, of what others here do too: `make bench QUICK=--quick` runs them all.
COSTLY = {"memory", "frontier", "reading", "restore"}


@pytest.mark.parametrize("name", entry.RUNS)
def test_each_benchmark_takes_its_sizes(name: str) -> None:
    for sizes in entry.RUNS[name]:
        signature(import_module(f"benchmarks.{name}").figures).bind(**sizes)


@pytest.mark.parametrize("name", sorted(entry.RUNS.keys() - COSTLY))
def test_each_benchmark_has_its_figures(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module(f"benchmarks.{name}")
    if hasattr(module, "cost"):
        monkeypatch.setattr(module, "cost", forked)
    found = list(module.figures(**entry.RUNS[name].quick))
    assert found
    for figure in found:
        assert figure.what.startswith(f"{name}: ")
        assert figure.whole or figure.peer in PEERS
        assert figure.ours is not None and figure.ours >= 0


def test_the_entry_writes_one_table(tmp_path: Path) -> None:
    output = tmp_path / "table.md"
    command = [sys.executable, "-m", "benchmarks", "--quick", "capture", "-o", str(output)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    written = output.read_text("utf8")
    assert table.MEASURED.search(written)
    assert [found[2] for found in table.ROW.finditer(written)][2:] == ["warcio alone"] * 2


def test_a_benchmark_that_fails_is_a_row_and_the_rest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "RUNS", {"parse": entry.RUNS["parse"], "nothing_of_the_kind": entry.Run({}, {})})
    monkeypatch.setattr(entry, "measured", lambda name, sizes: ROWS if name == "parse" else measured(name, sizes))
    assert entry.main(["-o", str(tmp_path / "table.md")]) == 1
    assert entry.main(["parse"]) == 0
    written = (tmp_path / "table.md").read_text("utf8")
    assert "| parse: a page | 2.00 CPU ms | lxml | 1.00 CPU ms | 2 | ratio 1.5 (missed) |" in written
    assert "| nothing_of_the_kind: all of it | not measured: ModuleNotFoundError: " in written


def test_a_peer_that_is_not_installed_is_said() -> None:
    figure = Figure("parse: a page", 2.0, "CPU ms", "trafilatura", None)
    assert not figure.whole
    assert cells(figure)[3] == "not installed"


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (0.0519, "0.0519"), (2.5, "2.50"), (41.23, "41.2"), (1234.5, "1,234"), (154073, "154,073")],
)
def test_numbers(value: float, said: str) -> None:
    assert cells(Figure("x", value))[1] == said


def test_the_readme_quotes_the_rows_that_it_names() -> None:
    told = table.when_and_where()
    old = "Measured then.\n\n| parse: a page | 3 | trafilatura | 9 | 1/3 |  |\n| key | other table |  |  |  |  |\n"
    assert table.quoted(old, table.document(ROWS, told)) == (
        f"{told}\n\n"
        "| parse: a page | 2.00 CPU ms | trafilatura | 21.0 CPU ms | 1/10.5 |  |\n| key | other table |  |  |  |  |\n"
    )


def test_what_a_command_costs() -> None:
    used = cost.cost([sys.executable, "-c", "bytearray(200 << 20).find(1)"])
    assert used.cpu > 0
    assert used.peak > 200
    assert cost.cost([sys.executable, "-c", ""]).peak < 100
    with pytest.raises(RuntimeError, match=r"exit code 3: told$"):
        cost.cost([sys.executable, "-c", "import sys; print('told', file=sys.stderr); sys.exit(3)"])


def test_instructions_are_read_from_what_perf_writes() -> None:
    assert cost.read_count("# started\n\n2500000000,,instructions:u,1,100.00,,\n") == 2.5
    assert cost.read_count("<not supported>,,instructions:u,0,100.00,,\n") is None
    assert cost.work([cost.Cost(1, 1, 3.0), cost.Cost(2, 1, 5.0), cost.Cost(9, 1, 4.0)]) == (4.0, "G instructions")
    assert cost.work([cost.Cost(1, 1, 3.0), cost.Cost(2, 1, None)]) == (1.5, "CPU s")


def test_an_edition_of_the_soak_s_hall_changes_the_text_of_some_pages() -> None:
    hall, site = LongHall(60), AcftuSpider.site

    def bodies() -> dict[str, bytes]:
        found = {str(one["url"]): hall.find(str(one["url"]).partition(site.host)[2]) for one in hall.hall.expected}
        return {url: answer.body for url, answer in found.items() if answer}

    def said(url: str, body: bytes) -> str:
        return page_to_record(Page(site.name, url, 200, "", "2026-01-01T00:00:00Z", body), site).content_hash

    before = bodies()
    hall.edition = 2
    edited = {url: body for url, body in bodies().items() if body != before[url]}
    assert 1 <= len(edited) <= 10
    for url, body in edited.items():
        assert said(url, body) != said(url, before[url])


def test_a_soak_s_page() -> None:
    samples = tuple(Sample(2.0 * n, 100 + n, 19, n, 200 * n, n / 10) for n in range(12))
    killed, whole = Part("first crawl", samples, True, -9), Part("news only", samples[:1], False, 0)
    assert row(killed) == (
        "first crawl", "killed", "0.4", "2,200", "11", "102 → 110", "19 → 19", "200 → 200", "1.1",
    )  # fmt: skip
    assert len(row(whole)) == len(COLUMNS)
    assert speeds(samples, 6) == (pytest.approx([5 / 60, 11 / 60, 17 / 60]), [200.0] * 3)
    assert "| news only | exit 0 |" in page([killed, whole], "Measured.", "acftu: whole", "1,500", "soak.svg")
