"""`python -m benchmarks`: every benchmark in turn, each in a process of its own, and all figures in one table.

The table is `docs/benchmarks.md`; the rows of it that the README quotes are made new there too. A benchmark that
fails, or whose peer is not installed, is a row that says so, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.cost import ROOT
from benchmarks.figure import Figure, show
from benchmarks.running import measured
from benchmarks.table import document, quoted, when_and_where

TABLE = ROOT / "docs/benchmarks.md"
README = ROOT / "README.md"


class Run(NamedTuple):
    """A module, and its sizes for the whole run and for the quick one."""

    whole: Mapping[str, object]
    quick: Mapping[str, object]


# Some ten minutes in all on two cores.
RUNS = {
    "parse": Run({"pages": 60, "rounds": 5}, {"pages": 2, "rounds": 1}),
    "crawl": Run({"size": 1000, "rounds": 3}, {"size": 4, "rounds": 1}),
    "capture": Run({"pages": 100, "rounds": 5}, {"pages": 2, "rounds": 1}),
    "reparse": Run({"pages": 400, "rounds": 3}, {"pages": 4, "rounds": 1}),
    "memory": Run({"small": 1000, "large": 10_000}, {"small": 2, "large": 4}),
    "frontier": Run({"pages": 1_000_000, "size": 200}, {"pages": 100, "size": 4}),
    "load": Run({"records": 100_000}, {"records": 20}),
    "search": Run({"records": 100_000, "queries": 60}, {"records": 20, "queries": 4}),
    "reading": Run({"records": 20_000, "pages": 100}, {"records": 300, "pages": 2}),
    "restore": Run({"rounds": 6}, {"rounds": 1, "kilobytes": (2,), "texts": 1}),
    "spam": Run({"size": 200_000}, {"size": 2000}),
}


def all_of(names: Iterable[str], quick: bool) -> Iterator[Figure]:
    """Each in turn, printed as it is had."""
    for name in names:
        began = time.monotonic()
        found = measured(name, RUNS[name].quick if quick else RUNS[name].whole)
        print(f"\n{name}, {time.monotonic() - began:.0f} s", flush=True)
        show(found)
        yield from found


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="benchmark", help=f"those alone: {' '.join(RUNS)}; they are printed only"
    )
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that all run; figures mean nothing")
    parser.add_argument("-o", "--output", type=Path, help="write the table here, and leave the README alone")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in RUNS]:
        parser.error(f"no benchmark {unknown[0]}; there are {', '.join(RUNS)}")
    told = when_and_where()
    found = list(all_of(options.names or RUNS, options.quick))
    if options.output:
        options.output.write_text(document(found, told), "utf8")
    elif not options.names and not options.quick:
        TABLE.write_text(document(found, told), "utf8")
        README.write_text(quoted(README.read_text("utf8"), TABLE.read_text("utf8")), "utf8")
    return int(not all(figure.whole for figure in found))


if __name__ == "__main__":
    sys.exit(main())
