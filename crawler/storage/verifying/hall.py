"""A hall's folder, and the checks in their order: each builds on what the one before has gathered."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import from_json
from sqlalchemy.exc import SQLAlchemyError

from crawler.manifest import FILES
from crawler.site import Site
from crawler.storage.jsonl import read_at
from crawler.storage.ledger import told
from crawler.storage.verifying.archive import check_archive
from crawler.storage.verifying.findings import Checked, Finding, Note, Problem
from crawler.storage.verifying.ledger_rows import LedgerRows, open_to_read
from crawler.storage.verifying.lines import RECORDS, Known, check_lines
from crawler.storage.verifying.manifests import RUNS, check_manifests
from crawler.storage.verifying.members import Members

LEDGER = "ledger.sqlite"
SIGNS = (*FILES, LEDGER, RUNS, "warc")


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall's folder and its site; `ledger` is the address of its database if that is not in the folder."""

    folder: Path
    site: Site
    ledger: str = ""


def find_halls(path: Path) -> list[Path]:
    """The folder itself if it is a hall's, else the halls' folders in it."""
    return [path] if _is_hall(path) else sorted(each for each in path.glob("*/") if _is_hall(each))


def _is_hall(path: Path) -> bool:
    return any(os.path.lexists(path / sign) for sign in SIGNS)


def name_of(folder: Path) -> str:
    """The site of a hall's folder, which may be a copy under another name: as a manifest or a record says."""
    for path in sorted((folder / RUNS).glob("*.json"), reverse=True):
        try:
            return str(json.loads(path.read_bytes())["site"])
        except (ValueError, TypeError, KeyError):
            continue
    try:
        return str(from_json(read_at(folder / RECORDS, 0))["site"])
    except (OSError, ValueError, TypeError, KeyError):
        return folder.resolve().name


def size_of(folder: Path) -> int:
    """How many bytes a check reads, about."""
    lines = sum((folder / name).stat().st_size for name in FILES if (folder / name).exists())
    return 2 * (lines + sum(path.stat().st_size for path in (folder / "warc").glob("*.warc.gz*")))


def check_hall(
    hall: Hall, checked: Checked, members: Members | None = None, known: Known | None = None
) -> Iterator[Finding]:
    """All that is wrong with a hall, and what there is to say. Changes nothing.

    Fills `members` and `known`. Raises `OSError` where a file cannot be read.
    """
    members, known = members or Members(), known or Known()
    for finding in _findings(hall, checked, members, known):
        checked.problems += isinstance(finding, Problem)
        yield finding


def _findings(hall: Hall, checked: Checked, members: Members, known: Known) -> Iterator[Finding]:
    folder = hall.folder
    yield from check_archive(folder / "warc", members, checked)
    yield from check_lines(folder, hall.site, members, known, checked)
    yield from check_ledger(hall, members, known, checked)
    yield from check_manifests(folder, checked)
    for file, number in sorted(members.absent.items()):
        yield Problem(folder / "warc" / file, "", f"is not there; {number} positions point into it")
    if not members.files and not members.absent:
        yield Note(f"{folder}: no archive of responses: there is nothing to hold the records against")


def check_ledger(hall: Hall, members: Members, known: Known, checked: Checked) -> Iterator[Finding]:
    """The ledger against what stands in the files."""
    path = hall.folder / (LEDGER if not hall.ledger else "ledger")
    if not hall.ledger and not path.exists():
        yield Note(f"{hall.folder}: no ledger; the next crawl or --repair makes one")
        return
    checked.files += not hall.ledger
    try:
        connection = open_to_read(path, hall.ledger)
    except SQLAlchemyError as error:
        yield Problem(path, "", f"cannot be read: {told(error)}{'' if hall.ledger else '; --repair makes it anew'}")
        return
    rows = LedgerRows(connection, path, hall.site.name, members, known, checked)
    try:
        yield from rows.check()
    finally:
        rows.close()
