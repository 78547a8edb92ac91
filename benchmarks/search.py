"""Search in a loaded SQLite datastore: milliseconds of the first 20 hits, against `LIKE` on the turns' text.

    python -m benchmarks.search [--records N] [--queries N]

Queries are stretches of one to six characters of the records, half of them in the other script where they have one.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Connection, text

from benchmarks.records import variations, write_records
from crawler.demo.script import traditional
from crawler.storage.datastore import close, load, read_target
from crawler.storage.datastore.finding import find, open_to_read
from crawler.storage.search import Query, key, read_terms

LIKE = text("SELECT number FROM turn WHERE text LIKE :part ORDER BY number DESC LIMIT 20")


def queries(count: int) -> list[str]:
    """Words to look for, the same in each run."""
    chance = random.Random(7)
    texts = [said.text for record in variations(2000) for said in record.turns]
    found: list[str] = []
    while len(found) < count:
        said, length = chance.choice(texts), chance.randint(1, 6)
        at = chance.randrange(max(1, len(said) - length))
        word = said[at : at + length]
        if key(word) and not any(c.isspace() or c == '"' for c in word):
            found.append(traditional(word) if len(found) % 2 else word)
    return found


def timed(run: Callable[[str], object], word: str) -> float:
    """Milliseconds."""
    begin = perf_counter()
    run(word)
    return (perf_counter() - begin) * 1000


def report(name: str, times: list[float]) -> None:
    """A row."""
    times.sort()
    print(f"{name:24}{median(times):10.1f}{times[int(len(times) * 0.95)]:10.1f}{times[-1]:10.1f}")


def look(connection: Connection, word: str) -> None:
    """Through the index: either script."""
    list(find(connection, Query(read_terms(word))))


def scan(connection: Connection, word: str) -> None:
    """What there is without an index: one script, no width."""
    connection.execute(LIKE, {"part": f"%{word}%"}).all()


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source, database = Path(name) / "acftu" / "transcripts.jsonl", Path(name) / "press.db"
        write_records(source, options.records)
        load([source], read_target(f"sqlite:///{database}"))
        words = queries(options.queries)
        connection = open_to_read(database)
        print(f"{options.records:,} records, {database.stat().st_size / 1e6:,.0f} MB; {len(words)} queries")
        print(f"{'':24}{'median ms':>10}{'95 % ms':>10}{'most ms':>10}")
        report("search", [timed(partial(look, connection), word) for word in words])
        report("LIKE", [timed(partial(scan, connection), word) for word in words])
        close(connection)


if __name__ == "__main__":
    main()
