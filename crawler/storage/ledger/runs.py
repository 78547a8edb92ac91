"""The runs: when, with which end, what they had. What a run is compared with."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update

from crawler.storage.ledger.schema import inserted, run


class Run(NamedTuple):
    """A run that ended; `fields` counts the records it wrote ("records") and those of them that have each field."""

    started_at: str
    finished_at: str
    exit_code: int
    counts: dict[str, int]
    fields: dict[str, int]
    sizes: dict[str, int]


class Runs:
    """The runs of one site."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self.site = site

    def begin(self, now: str) -> int:
        """A new run's number."""
        number = inserted(self.connection, run.insert(), {"site": self.site, "started_at": now})
        self.connection.commit()
        return number

    def end(self, number: int, now: str, **values: Any) -> None:
        """Note how a run ended."""
        self.connection.execute(update(run).where(run.c.id == number).values(finished_at=now, **values))
        self.connection.commit()

    def ended(self, most: int) -> list[Run]:
        """The latest runs that ended, newest first."""
        columns = (run.c[name] for name in Run._fields)
        wanted = run.c.site == self.site, run.c.finished_at.is_not(None)
        rows = select(*columns).where(*wanted).order_by(run.c.id.desc()).limit(most)
        return [Run(*row) for row in self.connection.execute(rows)]

    def first(self) -> str | None:
        """When the first run began."""
        return self.connection.execute(select(func.min(run.c.started_at)).where(run.c.site == self.site)).scalar()
