"""A Dask scheduler and its workers on this machine, for the tests of what runs on many."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.halls import ROOT


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers on this machine: its address, and the workers."""
    quiet: dict[str, Any] = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    file, module = folder / "scheduler.json", [sys.executable, "-m", "distributed.cli.dask_"]
    common = ["--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1"]
    with ExitStack() as stack:

        def started(name: str, *options: str) -> subprocess.Popen[bytes]:
            command = [*module[:2], module[2] + name, *common, *options]
            process = subprocess.Popen(command, **quiet)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        started("scheduler", "--port", "0")
        until(lambda: file.exists() and file.read_text().rstrip().endswith("}"))
        hands = [
            started("worker", "--no-nanny", "--nthreads", "1", "--local-directory", str(folder)) for _ in range(workers)
        ]
        address = json.loads(file.read_text())["address"]
        until(lambda: present(address) == workers)
        yield address, hands


def present(address: str) -> int:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        return len(client.scheduler_info(n_workers=-1)["workers"])


def until(true: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)
