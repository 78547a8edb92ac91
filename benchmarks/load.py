"""Records into each datastore, through `scrapy load`, against a plain sqlite3 loader of the same file.

    python -m benchmarks.load [--records N]
    python -m benchmarks.load --postgres postgresql://…

CPU milliseconds a record, each command's start included, and its peak memory; on a server, which is to have an empty
database, the server's own work is not in it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cost import SCRAPY, cost
from benchmarks.figure import Figure, alone
from benchmarks.records import write_records

PEER = "a plain sqlite3 loader"


def into(kind: str, target: str, source: Path, records: int, plain: float) -> Iterator[Figure]:
    """A datastore loaded, and loaded again. `plain` is the peer's milliseconds."""
    first, again = (cost([SCRAPY, "load", str(source.parent), target]) for _ in range(2))
    milliseconds = [1000 * each.cpu / records for each in (first, again)]
    sqlite = kind == "SQLite"
    yield Figure(
        f"load: a record into {kind}, {records:,} of them",
        milliseconds[0],
        "CPU ms",
        PEER,
        plain,
        most=0.2 if sqlite else None,
    )
    yield Figure(
        f"load: again into {kind}, nothing new", milliseconds[1], "CPU ms", "the first load", milliseconds[0],
        most=0.05 if sqlite else None,
    )  # fmt: skip
    yield Figure(f"load: into {kind}, peak memory", first.peak, "MB")


def figures(records: int, postgres: str = "") -> Iterator[Figure]:
    """Each datastore, in turn."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        source = work / "acftu" / "transcripts.jsonl"
        write_records(source, records)
        plain = cost([sys.executable, "-m", "benchmarks.plain_loader", str(source), f"{work}/plain.db"]).cpu
        targets = {"SQLite": f"sqlite:///{work}/press.db", "Parquet": f"parquet:{work}/parquet"}
        if postgres:
            targets = {"PostgreSQL": postgres}
        for kind, target in targets.items():
            yield from into(kind, target, source, records, 1000 * plain / records)


if __name__ == "__main__":
    alone(__doc__, figures, records=100_000, postgres="")
