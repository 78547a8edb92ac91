"""Records into each datastore, through `scrapy load`, against a plain sqlite3 loader of the same file.

    python -m benchmarks.load [--records N] [--postgres postgresql://…]

CPU seconds of each command, its start included, and its peak memory; on a server the server's own work is not in it.
The plain loader keeps five columns of a record and five of a turn: no checks, no versions, no search.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from multiprocessing import Process
from pathlib import Path
from time import perf_counter

from benchmarks.records import write_records

SCRAPY = str(Path(sys.executable).with_name("scrapy"))


def plain(path: Path, database: Path) -> None:
    """What a first script would do."""
    made = sqlite3.connect(database)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("CREATE TABLE transcript (id TEXT PRIMARY KEY, version INT, title TEXT, hash TEXT, record TEXT)")
    made.execute("CREATE TABLE turn (id TEXT, n INT, speaker TEXT, role TEXT, text TEXT, PRIMARY KEY (id, n))")
    with path.open(encoding="utf8") as file:
        for line in file:
            one = json.loads(line)
            row = (one["id"], one["version"], one["title"], one["content_hash"], line)
            made.execute("INSERT OR REPLACE INTO transcript VALUES (?, ?, ?, ?, ?)", row)
            turns = [(one["id"], n, said["speaker"], said["role"], said["text"]) for n, said in enumerate(one["turns"])]
            made.executemany("INSERT OR REPLACE INTO turn VALUES (?, ?, ?, ?, ?)", turns)
    made.commit()


def measured(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds, seconds and peak megabytes of a command."""
    begin = perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}")
    return used.ru_utime + used.ru_stime, perf_counter() - begin, used.ru_maxrss / 1000


def measured_plain(path: Path, database: Path) -> float:
    """CPU seconds of the plain loader, in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = Process(target=plain, args=(path, database))
    process.start()
    process.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def size(folder: Path) -> float:
    """Megabytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--postgres", help="an empty database")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        source = work / "acftu" / "transcripts.jsonl"
        print(f"{options.records:,} records, {write_records(source, options.records) / 1e6:,.0f} MB")
        (work / "plain").mkdir()
        base = measured_plain(source, work / "plain" / "plain.db")
        print(f"{'':24}{'CPU s':>9}{'s':>9}{'records/s':>12}{'to plain':>10}{'MB memory':>11}{'MB disk':>9}")
        rate, disk = options.records / base, size(work / "plain")
        print(f"{'plain sqlite3 loader':24}{base:9.1f}{'':9}{rate:12,.0f}{1:10.2f}{'':11}{disk:9,.0f}")
        targets = {"sqlite": f"sqlite:///{work}/sqlite/press.db", "parquet": f"parquet:{work}/parquet"}
        if options.postgres:
            targets["postgresql"] = options.postgres
        (work / "sqlite").mkdir()
        for kind, target in targets.items():
            for what in (kind, f"{kind}, unchanged"):
                cpu, seconds, memory = measured([SCRAPY, "load", str(source.parent), target])
                room = f"{size(work / kind):9,.0f}" if (work / kind).exists() else ""
                rate = options.records / cpu
                print(f"{what:24}{cpu:9.1f}{seconds:9.1f}{rate:12,.0f}{cpu / base:10.2f}{memory:11,.0f}{room}")


if __name__ == "__main__":
    main()
