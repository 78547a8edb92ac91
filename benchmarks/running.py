"""A benchmark of this folder, run in a process of its own: none finds what another has loaded or left."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.figure import Figure


def measured(name: str, sizes: Mapping[str, object]) -> list[Figure]:
    """Its figures; one row that says so where it fails."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(figures, name, sizes).result()
        except Exception as error:
            told = " ".join(str(error).split())[:200]
            return [Figure(f"{name}: all of it", missing=f"{type(error).__name__}: {told}")]


def figures(name: str, sizes: Mapping[str, object]) -> list[Figure]:
    """In this process."""
    logging.disable(logging.CRITICAL)
    return list(importlib.import_module(f"benchmarks.{name}").figures(**sizes))
