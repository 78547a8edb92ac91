"""A hall's figures, from all that lies in its folder. What is not there, or cannot be read, is said and is no error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from crawler.storage.ledger import told
from crawler.storage.report.content import Content
from crawler.storage.report.figures import Files, Groups, LedgerFigures, Runs
from crawler.storage.report.files import LEDGER, count_lines, read_files, read_quarantine
from crawler.storage.report.ledger import read_ledger
from crawler.storage.report.records import read_records
from crawler.storage.report.runs import read_runs, with_ledger

T = TypeVar("T")


@dataclass(slots=True)
class Hall:
    """All figures of a hall. `unread` says what cannot be read, a line each."""

    name: str
    folder: str
    now: datetime
    content: Content = field(default_factory=Content)
    runs: Runs = field(default_factory=Runs)
    ledger: LedgerFigures | None = None
    files: Files = field(default_factory=Files)
    quarantine: Groups = field(default_factory=Groups)
    copies: int = 0
    unread: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The site's name, with the folder's where that is another."""
        folder = Path(self.folder).name
        return self.name if folder in ("", self.name) else f"{self.name} ({folder})"


def gather(folder: Path, name: str, now: datetime, ledger: str = "") -> Hall:
    """The figures of a hall's folder at a moment; `ledger` is its database's address if that is not in the folder."""
    hall = Hall(name, str(folder.resolve()), now)
    hall.files = _had(hall, "sizes", lambda: read_files(folder), hall.files)
    hall.ledger = _had(hall, LEDGER, lambda: read_ledger(folder / LEDGER, ledger, name, now), None)
    hall.runs = _had(hall, "runs", lambda: read_runs(folder / "runs"), hall.runs)
    if hall.ledger:
        hall.runs = with_ledger(hall.runs, hall.ledger.runs, hall.files.running)
    hall.content = _had(hall, "transcripts.jsonl", lambda: read_records(folder / "transcripts.jsonl"), hall.content)
    empty = Groups(), 0
    hall.quarantine, lines = _had(hall, "quarantine.jsonl", lambda: read_quarantine(folder / "quarantine.jsonl"), empty)
    if lines:
        hall.unread.append(f"quarantine.jsonl: {lines} lines are none of this file")
    copies = folder / "duplicates.jsonl"
    hall.copies = _had(hall, copies.name, lambda: count_lines(copies) if copies.exists() else 0, 0)
    return hall


def _had(hall: Hall, what: str, read: Callable[[], T], instead: T) -> T:
    try:
        return read()
    except OSError as error:
        hall.unread.append(f"{what} cannot be read: {error.strerror or error}")
    except SQLAlchemyError as error:
        hall.unread.append(f"{what} cannot be read: {told(error)}")
    return instead
