"""Scrapy as a process that does not outlive the one that started it: `python -m crawler.commands._tied PID crawl …`.

A worker that is killed would leave its crawl behind, and the next worker would find the hall taken. What a kill costs,
the next run has again.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

import crawler.interrupts  # noqa: F401

SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)


def tie(parent: int) -> None:
    """Have the system end this process with its parent, where it can (Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(1)


if __name__ == "__main__":
    tie(int(sys.argv.pop(1)))
    from scrapy.cmdline import execute

    execute(["scrapy", *sys.argv[1:]])
