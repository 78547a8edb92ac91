"""The whole crawl against an ordinary Scrapy project on the same hall.

    python -m benchmarks.crawl [--size N] [--rounds N] [--memory]

Gzip responses over loopback, the server in a process of its own. CPU seconds and peak memory are of the crawling
process alone, the two in turn in every round, medians. `--memory` crawls 1,000 and 10,000 pages.
"""

from __future__ import annotations

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

SCRAPY = str(Path(sys.executable).with_name("scrapy"))
ROOT = Path(__file__).parent.parent


class Cost(NamedTuple):
    """What one process cost: CPU seconds, peak resident memory in MB, records it wrote."""

    cpu: float
    peak: float
    records: int


def cost(command: Sequence[str], output: Path) -> Cost:
    """Run a command to its end; its records are the lines of `output`."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.read_bytes().count(b"\n"))


def ours(start: str, folder: Path) -> Cost:
    """This project's crawl, as a user runs it."""
    command = [SCRAPY, "crawl", "acftu", "-a", f"start={start}", "-s", f"OUTPUT_DIR={folder}"]
    return cost([*command, "-s", "ALLOW_PRIVATE_ADDRESSES=1"], folder / "acftu/transcripts.jsonl")


def ordinary(start: str, folder: Path) -> Cost:
    """The ordinary project's crawl."""
    output = folder / "ordinary.jsonl"
    return cost([sys.executable, "-m", "benchmarks.ordinary", start, str(output)], output)


def serve(size: int) -> tuple[subprocess.Popen[str], str]:
    """The bundled hall, grown to `size` conferences, in a process of its own; its listing's address."""
    command = [sys.executable, "-m", "crawler.demo.server", "--size", str(size), "--gzip"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    return server, server.stdout.readline().strip()


def compare(size: int, rounds: int) -> None:
    """Both crawls in turn."""
    server, start = serve(size)
    costs: dict[str, list[Cost]] = {"ordinary Scrapy project": [], "this crawl": []}
    try:
        for _ in range(rounds):
            for name, run in zip(costs, (ordinary, ours), strict=True):
                with tempfile.TemporaryDirectory() as folder:
                    costs[name].append(run(start, Path(folder)))
    finally:
        server.kill()
    base = median(c.records / c.cpu for c in costs["ordinary Scrapy project"])
    print(
        f"{size} conferences, gzip, {rounds} rounds\n"
        f"{'':26}{'records':>9}{'CPU s':>8}{'a CPU s':>9}{'ratio':>7}{'peak MB':>9}"
    )
    for name, each in costs.items():
        rate = median(c.records / c.cpu for c in each)
        cpu, peak = median(c.cpu for c in each), max(c.peak for c in each)
        print(f"{name:26}{each[0].records:9}{cpu:8.2f}{rate:9.1f}{rate / base:7.2f}{peak:9.0f}")


def memory(sizes: Sequence[int]) -> None:
    """Peak memory of this crawl by size of the hall."""
    for size in sizes:
        server, start = serve(size)
        try:
            with tempfile.TemporaryDirectory() as folder:
                found = ours(start, Path(folder))
        finally:
            server.kill()
        print(
            f"{size:7} conferences: {found.records} records, {found.cpu:.1f} CPU s, peak {found.peak:.0f} MB",
            flush=True,
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    # As after a first run, also where the environment forbids that one to leave its bytecode.
    compileall.compile_dir(ROOT / "crawler", quiet=1)
    if options.memory:
        memory((1000, 10_000))
    else:
        compare(options.size, options.rounds)


if __name__ == "__main__":
    main()
