"""Jobs done by processes of this machine, or by a Dask cluster's: each file once, and a lost worker's again."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path

from crawler import __version__
from crawler.storage.reparsing.cluster import WorkError, connected, finished
from crawler.storage.reparsing.shard import Job, make_shard

# Workers that die three times over the same files: it is the files.
TRIES = 3


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work_here(jobs: Sequence[Job], workers: int) -> None:
    """Do the jobs in so many processes. Raises `WorkError`."""
    todo = sorted(jobs, key=_size, reverse=True)
    for tried in range(TRIES):
        todo = [job for job in todo if not job.shard.exists()]
        if not todo:
            return
        try:
            if not tried and (workers == 1 or len(todo) == 1):
                _lean()
                for job in todo:
                    make_shard(job)
                continue
            with ProcessPoolExecutor(min(workers, len(todo)), initializer=_lean) as pool:
                list(pool.map(make_shard, todo))
        except BrokenProcessPool:
            continue
        except OSError as error:
            raise WorkError(f"cannot write: {error}") from error
    if todo := [job for job in todo if not job.shard.exists()]:
        raise WorkError(f"workers died {TRIES} times, the last while reading {todo[0].warc}")


def _size(job: Job) -> int:
    with suppress(OSError):
        return job.warc.stat().st_size
    return 0


def _lean() -> None:
    """What is loaded stays; a page leaves thousands of objects that its own end frees."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def work_there(jobs: Sequence[Job], scheduler: str) -> None:
    """Do the jobs on the workers of a Dask scheduler; paths must mean the same on all hosts. Raises `WorkError`."""
    with connected(scheduler) as client:
        futures = {client.submit(_checked, job, pure=False): str(job.warc) for job in jobs}
        for warc, result in finished(client, futures):
            if isinstance(result, WorkError):
                raise WorkError(f"{warc}: {result}")
    for job in jobs:
        if not job.shard.exists():
            raise WorkError(
                f"{job.shard} was written by a worker and is not here: the folder must be one for all hosts"
            )


def _checked(job: Job) -> Path:
    if job.program != __version__:
        raise WorkError(f"a worker has version {__version__}, not {job.program}")
    return make_shard(job)
