"""A Dask cluster: `distributed` is an optional requirement, and imported only where it is asked for."""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

# Seconds: in which a scheduler must answer; how long to wait for a worker where the last one died.
REACHED_IN, WITHOUT_WORKERS = 10, 60
ADDRESS = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}")
CHATTER = ("distributed", "distributed.core", "distributed.client", "distributed.comm", "tornado.application")


class WorkError(Exception):
    """The work could not be done; the message is one line."""


def connected(scheduler: str) -> Any:
    """A client of a scheduler that has workers. Raises `WorkError`."""
    if not ADDRESS.fullmatch(scheduler):
        raise WorkError(f"the scheduler {scheduler} cannot be reached: its address is to be tcp://host:port")
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise WorkError("--cluster needs Dask: pip install -r requirements-cluster.txt") from None
    for name in CHATTER:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(scheduler, timeout=REACHED_IN, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        why = " ".join(str(error).split())[:200]
        raise WorkError(f"the scheduler {scheduler} cannot be reached: {why or type(error).__name__}") from None
    if not client.scheduler_info(n_workers=-1)["workers"]:
        client.close()
        raise WorkError(f"the scheduler {scheduler} has no workers")
    return client


def finished(client: Any, futures: Mapping[Any, str]) -> Iterator[tuple[str, Any]]:
    """What each future is for with its result, or with the `WorkError` that it has in its place, as they come.

    Raises `WorkError` where no worker is left.
    """
    wait = importlib.import_module("distributed").wait
    waiting = set(futures)
    while waiting:
        try:
            with client.as_current():
                done = wait(waiting, timeout=WITHOUT_WORKERS, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            if not client.scheduler_info(n_workers=-1)["workers"]:
                raise WorkError("all workers of the cluster are gone") from None
            continue
        waiting -= done
        for future in done:
            yield futures[future], _result(future)


def _result(future: Any) -> Any:
    try:
        return future.result()
    except WorkError as error:
        return error
    except Exception as error:
        return WorkError(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
