"""Crawls of halls side by side, each a process of its own: its log goes on to standard error, its end is a line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from crawler.storage.reparsing.cluster import WorkError, connected, finished
from crawler.verdict import COMPLETE, DAMAGED, INCOMPLETE, NOTHING, PROGRAM_ERROR, REFUSED, WRONG_USAGE

ROOT = Path(__file__).parent.parent.parent
# A crawl that is killed goes on where it was; one that is killed three times has a reason.
TRIES = 3
# Exit codes, the mildest first.
MILDEST = (COMPLETE, INCOMPLETE, NOTHING, REFUSED, WRONG_USAGE, DAMAGED, PROGRAM_ERROR)

_running: set[subprocess.Popen[str]] = set()
_stopped = threading.Event()


class Ended(NamedTuple):
    """The end of a hall's crawl: its exit code, and the line that says it."""

    site: str
    code: int
    line: str


def worst(codes: Sequence[int]) -> int:
    """The exit code of all crawls together."""
    return max(codes, key=lambda code: MILDEST.index(code) if code in MILDEST else len(MILDEST), default=COMPLETE)


def crawl_hall(site: str, options: Sequence[str]) -> Ended:
    """Crawl a hall in a process of its own, again if that is killed."""
    ended = Ended(site, INCOMPLETE, f"{site}: not started")
    for _ in range(TRIES):
        if _stopped.is_set():
            break
        ended = _crawled(site, options)
        if ended.code >= 0:
            return ended
    if ended.code >= 0:
        return ended
    # Told to end before it could listen, it ended by the signal itself.
    code = INCOMPLETE if _stopped.is_set() else PROGRAM_ERROR
    return Ended(site, code, f"{site}: killed (signal {-ended.code})")


def _crawled(site: str, options: Sequence[str]) -> Ended:
    command = [sys.executable, "-m", "crawler.commands._tied", str(os.getpid()), "crawl", site, *options]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, text=True, errors="replace", **pipes) as process:
        _running.add(process)
        said: list[str] = []
        assert process.stdout and process.stderr
        reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
        reader.start()
        last = ""
        for line in process.stderr:
            sys.stderr.write(f"{site}: {line}")
            last = line.strip() or last
        reader.join()
        code = process.wait()
        _running.discard(process)
    line = next((each.strip() for each in said if each.startswith(f"{site}: ")), "")
    return Ended(site, code, line or f"{site}: exit {code}{', ' + last if last else ''}")


def crawl_here(sites: Sequence[str], options: Sequence[str], workers: int) -> Iterator[Ended]:
    """Crawl halls on this machine, so many at a time; each end as it comes. SIGTERM is handed on."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        with ThreadPoolExecutor(workers) as pool:
            futures = [pool.submit(crawl_hall, site, options) for site in sites]
            while True:
                try:
                    for future in as_completed(futures):
                        futures.remove(future)
                        yield future.result()
                    return
                except KeyboardInterrupt:  # the crawls had it as well, and end
                    _stopped.set()
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: Any) -> None:
    _stopped.set()
    for process in list(_running):
        with suppress(OSError):
            process.terminate()


def crawl_there(sites: Sequence[str], options: Sequence[str], scheduler: str) -> Iterator[Ended]:
    """Crawl halls on the workers of a Dask scheduler. A hall whose worker died goes to another. Raises `WorkError`."""
    with connected(scheduler) as client:
        futures = {client.submit(crawl_hall, site, options, pure=False): site for site in sites}
        for site, ended in finished(client, futures):
            yield Ended(site, PROGRAM_ERROR, f"{site}: {ended}") if isinstance(ended, WorkError) else ended
