"""A long run: a large hall crawled, killed, resumed, asked again, edited, crawled again, and what it takes.

    python -m benchmarks.soak [--size N] [--kills N] [--editions N] [--chart docs/soak.svg]

Every few seconds: resident memory, open files, CPU, requests answered and the ledger's size of the crawling process.
Says for each part the first and the last third of it, which are to be alike; ends with `scrapy verify`. Beside the
chart goes a page of the same name that tells of it, `docs/soak.md`.
"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import psutil

from benchmarks.cost import ROOT, SCRAPY
from benchmarks.soak_page import Part, Sample, chart, page, row
from benchmarks.table import when_and_where
from crawler.demo.hall import build_hall
from crawler.demo.model import Resource
from crawler.demo.server import HallServer, serve

EVERY = 2.0
# An edition changes one page in so many, by a figure at the end of a paragraph.
EDITED = 50
PARAGRAPH = re.compile(rb"[^>\s](?=</p>)")


class LongHall:
    """The bundled hall, grown. Each `edition` gives some of its pages another text."""

    def __init__(self, size: int) -> None:
        self.hall = build_hall(size)
        self.start = self.hall.start
        self.edition = 0

    def find(self, path: str) -> Resource | None:
        """The page as the present edition has it."""
        found = self.hall.find(path)
        number = crc32(path.encode()) % EDITED + 1
        if found is None or number > self.edition:
            return found
        ends = [match.end() for match in PARAGRAPH.finditer(found.body)]
        if not ends:
            return found
        at = ends[len(ends) // 2]
        return replace(found, body=found.body[:at] + str(number).encode() + found.body[at:])


class Soak:
    """Runs the crawls on one folder and samples each of their processes."""

    def __init__(self, server: HallServer, start: str, folder: Path) -> None:
        self.server, self.start, self.folder = server, start, folder
        self.began = time.monotonic()
        self.parts: list[Part] = []

    def run(self, name: str, *arguments: str, until: Callable[[], bool] = lambda: False) -> None:
        """One crawl, killed once `until` is true."""
        options = ["-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={self.folder}", "-s", "LOG_LEVEL=ERROR"]
        command = [SCRAPY, "crawl", "acftu", "-a", f"start={self.server.url}{self.start}", *options, *arguments]
        process = psutil.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        samples: list[Sample] = []
        killed = False
        while process.poll() is None:
            samples.append(self._sample(process))
            killed = until()
            if killed:
                process.send_signal(signal.SIGKILL)
            try:
                process.wait(EVERY)
            except psutil.TimeoutExpired:
                continue
        part = Part(name, tuple(samples), killed, process.returncode)
        self.parts.append(part)
        print(process.stdout.read() + " | ".join(row(part)), flush=True)

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


def soak(size: int, kills: int, editions: int, folder: Path) -> list[Part]:
    """All parts in turn."""
    hall = LongHall(size)
    server = serve(hall)
    try:
        run = Soak(server, hall.start, folder)
        for kill in range(kills):
            at = size * (kill + 1) // (kills + 1)
            run.run("first crawl", until=lambda at=at: server.requests.total() >= at)  # type: ignore[misc]
        run.run("first crawl")
        run.run("every page again", "-a", "full=1")
        for hall.edition in range(1, editions + 1):
            run.run("every page, some edited", "-a", "full=1")
        run.run("news only")
    finally:
        server.stop()
    return run.parts


def main() -> int:
    """Run, say, draw; the exit code of the worst crawl that was not killed, or of `scrapy verify`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=50_000, help="conferences (50000)")
    parser.add_argument("--kills", type=int, default=3, help="of the first crawl (3)")
    parser.add_argument("--editions", type=int, default=8, help="how often pages are edited, and all asked again (8)")
    parser.add_argument("--chart", type=Path, help="an SVG file; the page goes beside it")
    options = parser.parse_args()
    told = when_and_where()
    with tempfile.TemporaryDirectory() as folder:
        parts = soak(options.size, options.kills, options.editions, Path(folder))
        checked = subprocess.run(
            [SCRAPY, "verify", f"{folder}/acftu"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
        )
    verified = checked.stdout.replace(f"{folder}/", "").strip()
    print(verified)
    if options.chart:
        chart(parts, options.chart)
        text = page(parts, told, verified, f"{options.size:,}", options.chart.name)
        options.chart.with_suffix(".md").write_text(text, "utf8")
    return max(checked.returncode, *(part.code for part in parts if not part.killed))


if __name__ == "__main__":
    sys.exit(main())
