"""Records of a file into a folder of Parquet files, through DuckDB: `<table>/<hall>.parquet` for each hall.

The tables are the database's, without its own bookkeeping: lists of words are arrays. Parquet files cannot be changed:
a hall with anything new is written again, beside what is there, and put in its place when it is whole.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from pydantic_core import from_json, to_json
from sqlalchemy import Boolean, Date, Float, Integer, Table
from sqlalchemy.types import TypeEngine

from crawler.storage.datastore.errors import DatastoreError, WrongTarget, told
from crawler.storage.datastore.loading import Loaded
from crawler.storage.datastore.opening import missing
from crawler.storage.datastore.rows import Row, Unfit, part_rows, read_record, transcript_row
from crawler.storage.datastore.schema import PARTS, VERSION, Words, transcript, version
from crawler.storage.datastore.sources import Source, line_digest
from crawler.storage.whole import whole

# DuckDB's readers hold two of the longest row; what it has no memory for goes to files.
ROW, MEMORY = 1 << 20, "320MB"
# A database's own bookkeeping.
LEFT_OUT = {(version.name, "source")}


def write_parquet(folder: Path, path: Path) -> Loaded:
    """Bring the Parquet files of a hall up to date with its file. Raises `DatastoreError`."""
    try:
        import duckdb
    except ModuleNotFoundError:
        raise missing("duckdb") from None
    if folder.exists() and not folder.is_dir():
        raise WrongTarget(f"parquet:{folder}: it is no folder")
    try:
        return _write(folder, path, duckdb.connect)
    except (duckdb.Error, OSError) as error:
        raise DatastoreError(f"parquet:{folder}: {told(error)}") from None


def _write(folder: Path, path: Path, connect: Any) -> Loaded:
    hall = path.parent.resolve().name
    state = _State(folder / f"{hall}.json")
    file = Source(path)
    loaded = Loaded(path)
    same = state.path == str(path.resolve()) and file.skip(state.offset, state.digest)
    loaded.changed = bool(state.path) and not same
    if file.offset and not _has_more(file):
        loaded.torn, loaded.refused = file.torn, state.refused
        return loaded
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".load-", dir=folder) as place:
        whole = Source(path)
        staged = _Staged(Path(place), whole)
        staged.fill(loaded, state.counts)
        made = staged.as_parquet(connect)
        for table, made_of in made.items():
            (folder / table).mkdir(exist_ok=True)
            os.replace(made_of, folder / table / f"{hall}.parquet")
        state.save(path, whole, staged.counts, loaded.refused)
    return loaded


def _has_more(file: Source) -> bool:
    """Whether a whole line follows; else notes what is torn."""
    place = file.offset
    more = next(file.batches(), None) is not None
    file.offset = place
    return more


class _State:
    """What is in the Parquet files of a hall, in a file beside them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        said = from_json(place.read_bytes()) if place.exists() else {}
        if said.get("tables") != VERSION:  # older files lack what is new in the tables
            said = {}
        self.path: str = said.get("path", "")
        self.offset: int = said.get("offset", 0)
        self.digest: str = said.get("digest", "")
        self.counts: tuple[int, int] = (said.get("transcripts", 0), said.get("versions", 0))
        self.refused = tuple((one["offset"], one["reason"]) for one in said.get("rejected", []))

    def save(self, path: Path, file: Source, counts: tuple[int, int], refused: tuple[tuple[int, str], ...]) -> None:
        """Note what was written, last of all."""
        said = {
            "tables": VERSION, "path": str(path.resolve()), "offset": file.offset, "digest": file.digest,
            "transcripts": counts[0], "versions": counts[1],
            "rejected": [{"offset": offset, "reason": reason} for offset, reason in refused],
        }  # fmt: skip
        with whole(self.place) as part:
            part.write_bytes(to_json(said, indent=1))


@dataclass
class _Staged:
    """The rows of all lines of a file, as JSON Lines for DuckDB, each with the number of its line."""

    place: Path
    file: Source
    counts: tuple[int, int] = (0, 0)
    longest: int = ROW
    # Lines that are not the last of their version, and lines that are not of the newest version.
    replaced: set[int] = field(default_factory=set)
    old: set[int] = field(default_factory=set)
    open: dict[str, IO[bytes]] = field(default_factory=dict)

    def fill(self, loaded: Loaded, before: tuple[int, int]) -> None:
        """Write the rows down, and what there is of them into `loaded`."""
        tables = (transcript, *PARTS, version)
        self.open = {table.name: (self.place / f"{table.name}.jsonl").open("wb") for table in tables}
        numbers: dict[str, int] = {}
        versions: dict[tuple[str, int], int] = {}
        newest: dict[str, tuple[int, int]] = {}
        refused = []
        count = 0
        for batch in self.file.batches():
            for line in batch:
                count += 1
                try:
                    record = read_record(line.text)
                except Unfit as error:
                    refused.append((line.offset, str(error)))
                    continue
                number = numbers.setdefault(record.id, len(numbers) + 1)
                self.replaced.add(versions.get((record.id, record.version), 0))
                versions[record.id, record.version] = count
                last = newest.get(record.id, (0, 0))
                newest[record.id] = max(last, (record.version, count))
                self.old.add(min(last, (record.version, count))[1])
                self._put(transcript, count, transcript_row(record, number))
                for table, row in part_rows(record, number):
                    self._put(table, count, row)
                text = line.text.rstrip(b"\r\n").decode()
                self._put(version, count, (record.id, record.version, record.content_hash,
                          record.provenance.fetched_at, 0, line.offset, line_digest(line.text), text))  # fmt: skip
        for file in self.open.values():
            file.close()
        self.counts = (len(numbers), len(versions))
        loaded.lines, loaded.torn, loaded.refused = count, self.file.torn, tuple(refused)
        loaded.transcripts, loaded.versions = (max(0, now - then) for now, then in zip(self.counts, before))

    def _put(self, table: Table, line: int, row: Row) -> None:
        values = dict(zip(_names(table), row)) | {"line": line}
        text = to_json(values)
        self.longest = max(self.longest, len(text) + 2)
        self.open[table.name].write(text + b"\n")

    def as_parquet(self, connect: Any) -> dict[str, Path]:
        """The Parquet files, by table."""
        with connect() as duck:
            duck.execute(f"SET memory_limit = '{MEMORY}'; SET threads = 1; SET preserve_insertion_order = false")
            duck.execute(f"SET temp_directory = '{_quoted(self.place)}'")
            return {table.name: self._copy(duck, table) for table in (transcript, *PARTS, version)}

    def _copy(self, duck: Any, table: Table) -> Path:
        made = self.place / f"{table.name}.parquet"
        columns = ", ".join(
            _column(column.name, column.type) for column in table.columns if (table.name, column.name) not in LEFT_OUT
        )
        without = ", ".join(map(str, sorted(self.replaced if table is version else self.old) or [0]))
        rows = f"{self._rows(table)} WHERE line NOT IN ({without})"
        order = ", ".join(f'"{column.name}"' for column in table.primary_key)
        # Whole lines are too much to sort.
        chosen = f"SELECT {columns} FROM {rows}" + (f" ORDER BY {order}" if table is not version else "")
        duck.execute(f"COPY ({chosen}) TO '{_quoted(made)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)")
        return made

    def _rows(self, table: Table) -> str:
        types = {column.name: _type(column.type) for column in table.columns} | {"line": "BIGINT"}
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        path = _quoted(self.place / f"{table.name}.jsonl")
        return (
            f"read_json('{path}', format = 'newline_delimited', columns = {{{columns}}},"
            f" maximum_object_size = {self.longest})"
        )


@cache
def _names(table: Table) -> tuple[str, ...]:
    return tuple(str(column.name) for column in table.columns)  # plain text: SQLAlchemy's own is slow to serialise


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _type(kind: TypeEngine[Any]) -> str:
    """DuckDB's word for a column's type."""
    kinds = ((Boolean, "BOOLEAN"), (Date, "DATE"), (Float, "DOUBLE"), (Integer, "BIGINT"))
    return next((word for one, word in kinds if isinstance(kind, one)), "VARCHAR")


def _column(name: str, kind: TypeEngine[Any]) -> str:
    return f'"{name}"::JSON::VARCHAR[] AS "{name}"' if kind is Words else f'"{name}"'
