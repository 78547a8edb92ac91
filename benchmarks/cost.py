"""What a command costs: CPU seconds, peak memory, and instructions where this machine counts them.

A process that is forked begins with its parent's peak of memory, so that this file is run as a small process between.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

SCRAPY = str(Path(sys.executable).with_name("scrapy"))
ROOT = Path(__file__).parent.parent
COUNT = ("perf", "stat", "-x,", "-e", "instructions:u", "-o")


class Cost(NamedTuple):
    """CPU seconds, peak resident memory in MB, and 10⁹ instructions in user space (None: not counted)."""

    cpu: float
    peak: float
    instructions: float | None = None


def cost(command: Sequence[str]) -> Cost:
    """Run a command to its end. Raises `RuntimeError` where that is not a good one."""
    with tempfile.NamedTemporaryFile("r") as counted:
        before = [*COUNT, counted.name, "--"] if counts() else []
        done = subprocess.run(
            [sys.executable, "-I", "-S", __file__, *before, *command],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [""])[-1]
            raise RuntimeError(f"{Path(command[0]).name} {command[1]}: exit code {done.returncode}: {last}")
        return Cost(*json.loads(done.stdout), read_count(counted.read()) if before else None)


def work(costs: Sequence[Cost]) -> tuple[float, str]:
    """The median of what is steadiest, with its unit: instructions where all have them, CPU seconds otherwise."""
    counted = [each.instructions for each in costs if each.instructions is not None]
    if len(counted) == len(costs):
        return median(counted), "G instructions"
    return median(each.cpu for each in costs), "CPU s"


@functools.cache
def counts() -> bool:
    """Does this machine count instructions? Many virtual ones do not."""
    if not shutil.which(COUNT[0]):
        return False
    with tempfile.NamedTemporaryFile("r") as counted:
        subprocess.run([*COUNT, counted.name, "--", "true"], capture_output=True, check=False)
        return read_count(counted.read()) is not None


def read_count(said: str) -> float | None:
    """10⁹ instructions out of what perf wrote: a line `1234,,instructions:u,…`."""
    for line in said.splitlines():
        value, _, event, *_ = [*line.split(","), "", "", ""]
        if event == COUNT[4] and value.isdigit():
            return int(value) / 1e9
    return None


def lines(path: Path) -> int:
    """How many lines a file has."""
    return path.read_bytes().count(b"\n")


def main(command: Sequence[str]) -> int:
    """Run it, print CPU seconds and peak MB; its exit code."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    peak = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    print(json.dumps([usage.ru_utime + usage.ru_stime, peak]))
    process.returncode = os.waitstatus_to_exitcode(status)
    return abs(process.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
