"""What a reader and the person who runs the crawl wait for: pages of `scrapy browse`, and `scrapy report`.

    python -m benchmarks.reading [--records N] [--pages N]

Pages are asked for over HTTP on 127.0.0.1 from a site that is running; their cost is what its process spends on them
(Linux). The first start loads the records, the second finds them. CPU seconds and peak memory of each command.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, urlsplit

from benchmarks.cost import SCRAPY, cost
from benchmarks.figure import Figure, alone
from benchmarks.records import write_records
from benchmarks.search import UNIT, late, words_to_find


@contextmanager
def browsing(folder: Path) -> Iterator[tuple[int, HTTPConnection]]:
    """The site of a folder, when it answers: its process, and a connection to it."""
    command = [SCRAPY, "browse", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = next((line.split()[0] for line in process.stdout if line.startswith("http://")), None)
        if address is None:
            raise RuntimeError("scrapy browse ended")
        try:
            yield process.pid, HTTPConnection("127.0.0.1", urlsplit(address).port or 0)
        finally:
            process.send_signal(signal.SIGINT)


def asked(site: HTTPConnection, address: str) -> float:
    """Milliseconds until a page is there."""
    begin = perf_counter()
    site.request("GET", address)
    answer = site.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")
    return (perf_counter() - begin) * 1000


def spent(process: int) -> float:
    """CPU milliseconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def peak(process: int) -> float:
    """Peak resident MB of a process so far."""
    (line,) = (each for each in Path(f"/proc/{process}/status").read_text().splitlines() if each.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def figures(records: int, pages: int) -> Iterator[Figure]:
    """The site's start, its pages, and the report."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        hall = Path(name) / "acftu"
        write_records(hall / "transcripts.jsonl", records)
        with browsing(hall) as (process, _):
            first, memory = spent(process) / 1000, peak(process)
        with browsing(hall) as (process, site):
            yield Figure("reading: browse, started again", spent(process) / 1000, "CPU s", "its first start", first)
            yield Figure(f"reading: browse, its first start on {records:,} records, peak memory", memory, "MB")
            numbers = [chance.randrange(records) for _ in range(pages)]
            yield from each(process, site, "a transcript", [f"/acftu/{n}" for n in numbers])
            yield from each(process, site, "a page of the list", [f"/?page={n % 5 + 1}" for n in numbers])
            yield from each(process, site, "a page of hits", [f"/search?q={quote(w)}" for w in words_to_find(pages)])
        report = cost([SCRAPY, "report", str(hall), "-o", f"{name}/report.html"])
    yield Figure(f"reading: report of {records:,} records", report.cpu, "CPU s")
    yield Figure("reading: report, peak memory", report.peak, "MB")


def each(process: int, site: HTTPConnection, what: str, addresses: Sequence[str]) -> Iterator[Figure]:
    """Pages of one kind."""
    before = spent(process)
    times = [asked(site, address) for address in addresses]
    yield Figure(f"reading: {what}", (spent(process) - before) / len(addresses), "CPU ms")
    yield Figure(f"reading: {what}, 95th percentile", late(times), UNIT)


if __name__ == "__main__":
    alone(__doc__, figures, records=100_000, pages=200)
