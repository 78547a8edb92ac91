"""Records out of the database, each as the line that it was loaded from."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from crawler.items import Transcript
from crawler.storage.datastore.schema import source, version


class Kept(NamedTuple):
    """A version's line, and its hall's folder."""

    line: str
    folder: Path

    def read(self) -> Transcript:
        """The record."""
        return Transcript.model_validate_json(self.line)


class Version(NamedTuple):
    """A version that there is."""

    number: int
    fetched_at: str


def kept(connection: Connection, record_id: str, number: int | None = None) -> Kept | None:
    """A version, the newest if none is named; None where there is none."""
    wanted = select(version.c.record, source.c.path).join(source, source.c.number == version.c.source)
    wanted = wanted.where(version.c.transcript_id == record_id).order_by(version.c.version.desc()).limit(1)
    if number is not None:
        wanted = wanted.where(version.c.version == number)
    row = connection.execute(wanted).one_or_none()
    return Kept(row.record, Path(row.path).parent) if row else None


def versions_of(connection: Connection, record_id: str) -> list[Version]:
    """The versions of a transcript, oldest first."""
    rows = select(version.c.version, version.c.fetched_at).where(version.c.transcript_id == record_id)
    return [Version(*row) for row in connection.execute(rows.order_by(version.c.version)).all()]
