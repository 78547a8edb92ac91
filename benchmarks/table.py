"""The figures of a run as a document, and the README's quotation of it."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from benchmarks.cost import ROOT, counts
from benchmarks.figure import COLUMNS, Figure, cells

ROW = re.compile(r"^\| ([^|\n]+) \|[^|\n]*\| ([^|\n]*) \|.*\|$", re.M)
MEASURED = re.compile(r"^Measured\b.*$", re.M)
INTRODUCTION = """\
# Benchmarks

Written by `make bench`; not to be edited.

{measured}

Less is better in every row; the ratio is ours to the peer's, 1/4 where the peer has four times as much.
{unit}
`benchmarks/` has a module for each word before the colon, which says what it measures and how, and can be run alone at
larger sizes (`python -m benchmarks.load --records 100000`). The peers are no part of the project; `make bench` installs
them in an environment of their own.

"""
COUNTED = (
    "Whole crawls are measured in instructions, which nothing else on the machine disturbs, the others in CPU time."
)
NOT_COUNTED = "All is measured in CPU time, for this machine counts no instructions, but for what says by the clock."


def document(figures: Iterable[Figure], measured: str) -> str:
    """The whole document, in Markdown; `measured` is the line of it that says when and where."""
    introduction = INTRODUCTION.format(measured=measured, unit=COUNTED if counts() else NOT_COUNTED)
    rows = [COLUMNS, ("---",) * len(COLUMNS), *map(cells, figures)]
    return introduction + "".join(f"| {' | '.join(text.replace('|', ' ') for text in row)} |\n" for row in rows)


def when_and_where() -> str:
    """When, on what, how busy, at which commit: to be asked when a run starts, for it takes minutes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = f"{processor()}, {cores} cores, {platform.system()}, Python {platform.python_version()}"
    return f"Measured {date.today()} on {machine}, load {os.getloadavg()[0]:.1f}, at commit {commit()}."


def processor() -> str:
    """The processor's name as the system says it."""
    information = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", information.read_text(), re.M) if information.exists() else None
    return " ".join((found[1] if found else platform.processor() or platform.machine()).split())


def commit() -> str:
    """The commit that is checked out."""
    command = ["git", "describe", "--always", "--dirty=, with changes", "--exclude=*"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def quoted(readme: str, table: str) -> str:
    """The README with the rows and the line of measurement that it quotes as they stand in the table."""
    rows = {(row[1], row[2]): row[0] for row in ROW.finditer(table)}
    line = MEASURED.search(table)
    readme = ROW.sub(lambda row: rows.get((row[1], row[2]), row[0]), readme)
    return MEASURED.sub(lambda old: line[0] if line else old[0], readme)
