"""The peer of `scrapy load`: what a first script would do. `python -m benchmarks.plain_loader RECORDS DATABASE`.

It keeps five columns of a record and five of a turn: no checks, no versions, no search.
"""

from __future__ import annotations

import json
import sqlite3
import sys


def main(records: str, database: str) -> None:
    """Load a file of records into a new database."""
    made = sqlite3.connect(database)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("CREATE TABLE transcript (id TEXT PRIMARY KEY, version INT, title TEXT, hash TEXT, record TEXT)")
    made.execute("CREATE TABLE turn (id TEXT, n INT, speaker TEXT, role TEXT, text TEXT, PRIMARY KEY (id, n))")
    with open(records, encoding="utf8") as file:
        for line in file:
            one = json.loads(line)
            row = (one["id"], one["version"], one["title"], one["content_hash"], line)
            made.execute("INSERT OR REPLACE INTO transcript VALUES (?, ?, ?, ?, ?)", row)
            turns = [(one["id"], n, said["speaker"], said["role"], said["text"]) for n, said in enumerate(one["turns"])]
            made.executemany("INSERT OR REPLACE INTO turn VALUES (?, ?, ?, ?, ?)", turns)
    made.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
