"""Search in a loaded SQLite datastore: milliseconds of the first 20 hits, against `LIKE` on the turns' text.

    python -m benchmarks.search [--records N] [--queries N]

By the clock. Queries are stretches of one to six characters of the records, half of them in the other script where they
have one.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Connection, text

from benchmarks.figure import Figure, alone
from benchmarks.records import variations, write_records
from crawler.demo.script import traditional
from crawler.storage.datastore import close, load, read_target
from crawler.storage.datastore.finding import find, open_to_read
from crawler.storage.search import Query, key, read_terms

LIKE = text("SELECT number FROM turn WHERE text LIKE :part ORDER BY number DESC LIMIT 20")
UNIT = "ms by the clock"


def words_to_find(count: int) -> list[str]:
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


def look(connection: Connection, word: str) -> float:
    """Through the index, in either script: milliseconds."""
    begin = perf_counter()
    list(find(connection, Query(read_terms(word))))
    return (perf_counter() - begin) * 1000


def scan(connection: Connection, word: str) -> float:
    """What there is without an index, in one script and one width: milliseconds."""
    begin = perf_counter()
    connection.execute(LIKE, {"part": f"%{word}%"}).all()
    return (perf_counter() - begin) * 1000


def late(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def figures(records: int, queries: int) -> Iterator[Figure]:
    """The index against the scan."""
    with tempfile.TemporaryDirectory() as name:
        source, database = Path(name) / "acftu" / "transcripts.jsonl", Path(name) / "press.db"
        write_records(source, records)
        load([source], read_target(f"sqlite:///{database}"))
        words = words_to_find(queries)
        connection = open_to_read(database)
        try:
            ours, theirs = ([run(connection, word) for word in words] for run in (look, scan))
        finally:
            close(connection)
    what = f"search: {len(words)} queries in {records:,} records"
    yield Figure(f"{what}, median", median(ours), UNIT, "LIKE", median(theirs))
    yield Figure(f"{what}, 95th percentile", late(ours), UNIT, "LIKE", late(theirs), most=50)


if __name__ == "__main__":
    alone(__doc__, figures, records=100_000, queries=200)
