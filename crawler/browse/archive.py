"""The archive that is shown: files of records, and the database that follows them.

The database is a cache: one that is broken, or about files that are no longer there, is made anew. What another
program keeps under its name is left alone.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Literal

from sqlalchemy import Connection, Engine, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from crawler.browse import shelf
from crawler.storage.datastore import DatastoreError, WrongTarget, close, connect, find_sources
from crawler.storage.datastore.errors import told
from crawler.storage.datastore.loading import Loaded, load_file
from crawler.storage.datastore.ownership import is_marked
from crawler.storage.datastore.schema import source, version
from crawler.storage.read_only import read_only

CACHE = ".browse.sqlite"
# Seconds for which the files' sizes are not looked at again.
PATIENCE = 1.0
State = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Archive:
    """A folder and its database. `generation` counts what was loaded: what was read before it may be out of date."""

    folder: Path
    cache: Path
    generation: int = 0
    loaded: list[Loaded] = field(default_factory=list)
    _state: State = ()
    _looked: float = 0
    _lock: Lock = field(default_factory=Lock)
    _engine: Engine | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that changes nothing, to what the files have now."""
        self.look()
        if self._engine is None:
            self._engine = read_only(self.cache, followed=True)
        with self._engine.connect() as connection:
            yield connection

    def look(self) -> None:
        """Load what was written since; if that is being done already, show what there is."""
        if time.monotonic() - self._looked < PATIENCE or not self._lock.acquire(blocking=False):
            return
        try:
            if self._state != state_of(find_sources(self.folder)):
                self.load()
            self._looked = time.monotonic()
        finally:
            self._lock.release()

    @property
    def refused(self) -> int:
        """How many lines of the files are no records."""
        return sum(len(one.refused) for one in self.loaded)

    def load(self) -> None:
        """Bring the database up to date. Raises `DatastoreError`, `OSError`."""
        paths = find_sources(self.folder)
        state = state_of(paths)  # taken before: what is written meanwhile is loaded the next time
        connection = connect(_address(self.cache))
        try:
            loaded = [load_file(connection, path) for path in paths]
            shelf.follow(connection)
        except (SQLAlchemyError, OverflowError) as error:
            raise DatastoreError(f"{self.cache}: {told(error)}") from None
        finally:
            close(connection)
        self._state = state
        self.generation += 1
        self.loaded = loaded

    def close(self) -> None:
        """Idempotent."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def open_archive(folder: Path) -> Archive:
    """The archive of a folder, loaded. Raises `WrongTarget` where another's file has the cache's name,

    `DatastoreError`, `OSError`.
    """
    archive = Archive(folder, place_of_cache(folder))
    if archive.cache.exists() and not is_of(archive.cache, find_sources(folder)):
        remove(archive.cache)
    try:
        archive.load()
    except DatastoreError:
        if archive.cache.exists():
            check_marked(archive.cache)
        remove(archive.cache)
        archive.load()
    return archive


def place_of_cache(folder: Path) -> Path:
    """In the folder; in the system's own for temporary files where the folder must not be written."""
    if os.access(folder, os.W_OK):
        return folder / CACHE
    return Path(tempfile.mkdtemp(prefix="browse-")) / CACHE


def is_of(cache: Path, paths: list[Path]) -> bool:
    """Whether a cache is about these files: what it has of others would be shown as well. Raises `WrongTarget`."""
    here = {str(path.resolve()) for path in paths}
    try:
        connection = connect(_address(cache))
    except WrongTarget:
        raise
    except DatastoreError:
        return check_marked(cache)
    try:
        filled = select(source.c.path).where(source.c.number.in_(select(version.c.source)))
        return set(connection.scalars(filled)) <= here
    except SQLAlchemyError:
        return check_marked(cache)
    finally:
        close(connection)


def check_marked(cache: Path) -> Literal[False]:
    """A broken database is made anew if it is ours. Raises `WrongTarget`."""
    if not is_marked(cache):
        raise WrongTarget(f"{cache} is not of this program; it is left as it is")
    return False


def remove(cache: Path) -> None:
    """Take a cache away with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        cache.with_name(cache.name + suffix).unlink(missing_ok=True)


def state_of(paths: list[Path]) -> State:
    """By what a change of the files is seen."""
    found = []
    for path in paths:
        stat = path.stat()
        found.append((str(path), stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def _address(cache: Path) -> URL:
    return URL.create("sqlite", database=str(cache.resolve()))
