"""What a reader and the person who runs the crawl wait for: pages of `scrapy browse`, and `scrapy report`.

    python -m benchmarks.reading [--records N] [--pages N]

Milliseconds of a page, asked for over HTTP on 127.0.0.1 from a site that is running, and what the site's process spends
on one (Linux); CPU seconds and peak memory of each command. The first start loads the records, the second finds them.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, urlsplit

from benchmarks.load import SCRAPY, measured
from benchmarks.records import write_records
from benchmarks.search import queries, report


def browsing(folder: Path) -> tuple[subprocess.Popen[str], HTTPConnection]:
    """The site of a folder, when it answers."""
    command = [SCRAPY, "browse", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("http://"):
            return process, HTTPConnection("127.0.0.1", urlsplit(line.split()[0]).port or 0)
    raise SystemExit("scrapy browse ended")


def ended(process: subprocess.Popen[str]) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a site that is told to end."""
    process.send_signal(signal.SIGINT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def asked(site: HTTPConnection, address: str) -> float:
    """Milliseconds until a page is there."""
    begin = perf_counter()
    site.request("GET", address)
    answer = site.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")
    return (perf_counter() - begin) * 1000


def spent(process: subprocess.Popen[str]) -> float:
    """CPU milliseconds of a process so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        hall = Path(name) / "acftu"
        size = write_records(hall / "transcripts.jsonl", options.records)
        print(f"{options.records:,} records, {size / 1e6:,.0f} MB")
        numbers = [chance.randrange(options.records) for _ in range(options.pages)]
        kinds = {
            "a transcript": [f"/acftu/{n}" for n in numbers],
            "a page of the list": [f"/?page={n % 50 + 1}" for n in numbers],
            "a page of hits": [f"/search?q={quote(word)}" for word in queries(options.pages)],
        }
        first = ended(browsing(hall)[0])
        process, site = browsing(hall)
        print(f"{'':24}{'median ms':>10}{'95 % ms':>10}{'most ms':>10}")
        for what, addresses in kinds.items():
            before = spent(process)
            report(what, [asked(site, address) for address in addresses])
            print(f"{'  CPU of each':24}{(spent(process) - before) / len(addresses):10.1f}")
        second = ended(process)
        cpu, _, memory = measured([SCRAPY, "report", str(hall), "-o", f"{name}/report.html"])
        print(f"{'':24}{'CPU s':>10}{'MB memory':>11}")
        for what, used in (("browse, first start", first), ("browse, those pages", second), ("report", (cpu, memory))):
            print(f"{what:24}{used[0]:10.1f}{used[1]:11,.0f}")
        print(f"report: {Path(name, 'report.html').stat().st_size / 1000:,.0f} KB")


if __name__ == "__main__":
    main()
