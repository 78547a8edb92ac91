"""A long run: a large hall crawled, killed, resumed, asked again, edited, crawled again, and what it takes.

    python -m benchmarks.soak [--size N] [--kills N] [--chart docs/soak.svg]

Every few seconds: resident memory, open files, CPU, requests answered and the ledger's size of the crawling process.
Says for each part the first and the last third of it, which are to be alike; ends with `scrapy verify`.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import NamedTuple
from zlib import crc32

import psutil

from benchmarks.crawl import ROOT, SCRAPY
from crawler.demo.hall import build_hall
from crawler.demo.model import Resource
from crawler.demo.server import HallServer, serve

EVERY = 5.0
# One page in so many is edited, by a figure at the end of a paragraph.
EDITED = 50


class Sample(NamedTuple):
    """The process: seconds since the start, MB, open files, CPU seconds, requests answered, MB of ledger."""

    at: float
    memory: float
    files: int
    cpu: float
    requests: int
    ledger: float


class LongHall:
    """The bundled hall, grown; once `edited`, some of its pages have another text."""

    def __init__(self, size: int) -> None:
        self.hall = build_hall(size)
        self.start = self.hall.start
        self.edited = False

    def find(self, path: str) -> Resource | None:
        found = self.hall.find(path)
        if not self.edited or found is None or crc32(path.encode()) % EDITED:
            return found
        at = found.body.find(b"</p>", len(found.body) // 2)
        return replace(found, body=found.body[:at] + b"2" + found.body[at:]) if at > 0 else found


class Soak:
    """Runs the crawls on one folder and samples each of their processes."""

    def __init__(self, server: HallServer, start: str, folder: Path) -> None:
        self.server, self.start, self.folder = server, start, folder
        self.began = time.monotonic()
        self.samples: dict[str, list[Sample]] = {}

    def run(self, name: str, *arguments: str, until: Callable[[], bool] = lambda: False) -> int:
        """One crawl, killed once `until` is true; its exit code."""
        options = ["-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={self.folder}", "-s", "LOG_LEVEL=WARNING"]
        command = [SCRAPY, "crawl", "acftu", "-a", f"start={self.server.url}{self.start}", *options, *arguments]
        process = psutil.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        samples = self.samples.setdefault(name, [])
        while True:
            try:
                process.wait(EVERY)
                break
            except psutil.TimeoutExpired:
                samples.append(self._sample(process))
                if until():
                    process.send_signal(signal.SIGKILL)
        said = process.stdout.read()
        print(f"{name}: exit {process.returncode}, {samples[-1].cpu if samples else 0:.0f} CPU s", flush=True)
        print(said, end="", flush=True)
        return int(process.returncode)

    def _sample(self, process: psutil.Popen) -> Sample:
        with process.oneshot():
            cpu = process.cpu_times()
            return Sample(
                time.monotonic() - self.began,
                process.memory_info().rss / 1e6,
                process.num_fds(),
                cpu.user + cpu.system,
                self.server.requests.total(),
                sum(path.stat().st_size for path in self.folder.glob("acftu/ledger.sqlite*")) / 1e6,
            )


def thirds(samples: Sequence[Sample]) -> str:
    """The first and the last third of a part: memory, files, requests a CPU second."""
    part = max(2, len(samples) // 3)
    if len(samples) < 2 * part:
        return "too short"
    first, last = samples[:part], samples[-part:]
    return (
        f"memory {fmean(s.memory for s in first):.0f} to {fmean(s.memory for s in last):.0f} MB,"
        f" files {max(s.files for s in first)} to {max(s.files for s in last)},"
        f" requests a CPU second {_rate(first):.0f} to {_rate(last):.0f}"
    )


def _rate(samples: Sequence[Sample]) -> float:
    return (samples[-1].requests - samples[0].requests) / ((samples[-1].cpu - samples[0].cpu) or 1)


def chart(parts: dict[str, list[Sample]], path: Path) -> None:
    """The samples as four small charts, SVG."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "soak"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(4, 1, sharex=True, figsize=(8, 9), layout="constrained")
    for name, samples in parts.items():
        minutes = [s.at / 60 for s in samples]
        pairs = pairwise(samples)
        speed = [(b.requests - a.requests) / (b.cpu - a.cpu) if b.cpu > a.cpu else 0.0 for a, b in pairs]
        axes[0].plot(minutes, [s.memory for s in samples], label=name)
        axes[1].plot(minutes, [s.files for s in samples])
        axes[2].plot(minutes, [s.ledger for s in samples])
        axes[3].plot(minutes[1:], speed)
    for axis, title in zip(axes, ("memory, MB", "open files", "ledger, MB", "requests a CPU second"), strict=True):
        axis.set_title(title, loc="left", fontsize=10)
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    axes[3].set_xlabel("minutes")
    figure.legend(loc="outside lower center", ncols=4, fontsize=8)
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def soak(size: int, kills: int, folder: Path) -> dict[str, list[Sample]]:
    """All parts in turn."""
    hall = LongHall(size)
    server = serve(hall)
    try:
        run = Soak(server, hall.start, folder)
        for kill in range(kills):
            at = size * (kill + 1) // (kills + 1)
            run.run(f"crawl, kill {kill + 1}", until=lambda at=at: server.requests.total() >= at)  # type: ignore[misc]
        run.run("crawl, to its end")
        run.run("again, every page", "-a", "full=1")
        hall.edited = True
        run.run("edited, every page", "-a", "full=1")
        run.run("again, news only")
    finally:
        server.stop()
    return run.samples


def main() -> None:
    """Run, say, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--chart", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        samples = soak(options.size, options.kills, Path(folder))
        for name, each in samples.items():
            print(f"{name:24}{thirds(each)}")
        checked = subprocess.run([SCRAPY, "verify", f"{folder}/acftu"], cwd=ROOT, check=False)
        print(f"verify: exit {checked.returncode}")
    if options.chart:
        chart(samples, options.chart)


if __name__ == "__main__":
    main()
