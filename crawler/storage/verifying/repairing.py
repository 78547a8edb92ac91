"""What can be put right without touching a WARC member or a written record, and what was done for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from crawler import __version__
from crawler.manifest import FILES, sizes, write_manifest, written
from crawler.storage.catching_up import catch_up
from crawler.storage.cdxj import index_path, reindex
from crawler.storage.jsonl import JsonLines, cut_torn_line
from crawler.storage.ledger import LedgerError, SQLAlchemyError, open_ledger
from crawler.storage.verifying.archive import check_archive
from crawler.storage.verifying.findings import Checked, Problem
from crawler.storage.verifying.hall import LEDGER, Hall, check_ledger
from crawler.storage.verifying.lines import RECORDS, Known, check_lines
from crawler.storage.verifying.manifests import REPAIRS
from crawler.storage.verifying.members import Members
from crawler.storage.verifying.rebuilding import rebuild
from crawler.storage.verifying.restoring import lost_lines, unexplained
from crawler.storage.warc_recovery import recover

DUPLICATES = "duplicates.jsonl"


def repair(hall: Hall, now: datetime) -> Iterator[str]:
    """Mend a hall; what was done, and what cannot be done here, a line each. Raises `OSError`.

    Files that are changed are listed in repairs/<time>.json, which stands in for what earlier manifests say of them.
    """
    changed: set[str] = set()
    members, known = Members(), Known()
    yield from _torn(hall.folder, changed)
    yield from _archive(hall.folder / "warc", members)
    _gather(hall, members, known)
    if known.damaged:
        yield f"nothing more: a record of {hall.folder / RECORDS} is damaged; its line comes first"
    else:
        yield from _duplicates(hall, known, changed)
        if DUPLICATES in changed:
            known = Known()
            _gather(hall, members, known)
        yield from _ledger(hall, members, known, changed, now)
    if changed:
        write_manifest(hall.folder / REPAIRS / f"{now:%Y%m%dT%H%M%S%f}Z.json", _manifest(hall, changed, now))


def _torn(folder: Path, changed: set[str]) -> Iterator[str]:
    for name in FILES:
        if (folder / name).exists() and (torn := cut_torn_line(folder / name)):
            changed.add(name)
            yield f"{folder / name}: a torn last line of {torn} bytes was cut off"


def _archive(folder: Path, members: Members) -> Iterator[str]:
    """Files that a killed run left open finished; indexes that are wrong or not there written anew."""
    lacking = [path for path in sorted(folder.glob("*.warc.gz")) if not index_path(path).exists()]
    for left in recover(folder):
        done = "removed, it held nothing whole" if left.removed else f"{left.cut} torn bytes cut off, named and indexed"
        yield f"{folder / left.name}.open: {done}"
    wrong = {problem.path for problem in check_archive(folder, members, Checked())}
    for path in sorted(folder.glob("*.warc.gz")):
        if index_path(path) in wrong:
            reindex(path)
        if index_path(path) in wrong or path in lacking:
            yield f"{index_path(path)}: written anew"


def _duplicates(hall: Hall, known: Known, changed: set[str]) -> Iterator[str]:
    """Lost lines of duplicates.jsonl written again; what was never recorded is only said."""
    warcs = sorted((hall.folder / "warc").glob("*.warc.gz"))
    found = unexplained(hall.site, warcs, known.urls)
    restored, unrecorded = 0, 0
    lines: JsonLines | None = None
    for line in lost_lines(hall.site, hall.folder, found):
        if isinstance(line, str):
            unrecorded += 1
            continue
        lines = lines or JsonLines(hall.folder / DUPLICATES)
        lines.append_object(line)
        restored += 1
    if lines:
        lines.close()
        changed.add(DUPLICATES)
        yield f"{hall.folder / DUPLICATES}: {restored} lost lines written again"
    if unrecorded:
        yield (
            f"{hall.folder}: {unrecorded} archived articles have no line; `scrapy crawl` asks them again,"
            " `scrapy reparse` reads them out of the archive"
        )


def _gather(hall: Hall, members: Members, known: Known) -> None:
    for _ in check_lines(hall.folder, hall.site, members, known, Checked()):
        pass


def _ledger(hall: Hall, members: Members, known: Known, changed: set[str], now: datetime) -> Iterator[str]:
    """The ledger brought up to date as a crawl does; where that is not enough, a new one."""
    path = hall.folder / LEDGER
    if not path.exists() and not hall.ledger:
        changed.add(LEDGER)
        rebuild(path, hall.site, hall.folder)
        yield f"{path}: made of the files"
        return
    if _is_whole(hall, members, known):
        return
    changed.add(LEDGER)
    if _caught_up(hall) and _is_whole(hall, members, known):
        yield f"{hall.ledger or path}: brought up to date with the files"
        return
    if hall.ledger:
        yield "the ledger is in a database of its own and is not made anew: remove its rows of this hall first"
        return
    new, old = path.with_name(path.name + ".new"), path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%SZ}")
    for left in (new, *(new.with_name(new.name + end) for end in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    rebuild(new, hall.site, hall.folder)
    for end in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            os.replace(path.with_name(path.name + end), old.with_name(old.name + end))
    os.replace(new, path)
    yield f"{path}: made anew of the files; the damaged one is {old.name}"


def _is_whole(hall: Hall, members: Members, known: Known) -> bool:
    return not any(isinstance(finding, Problem) for finding in check_ledger(hall, members, known, Checked()))


def _caught_up(hall: Hall) -> bool:
    """Whether the ledger could be brought up to date."""
    try:
        ledger = open_ledger(
            hall.ledger or URL.create("sqlite", database=str(hall.folder / LEDGER)), hall.site.name, __version__
        )
        try:
            catch_up(ledger, hall.site, hall.folder)
        finally:
            ledger.close()
    except (LedgerError, SQLAlchemyError):
        return False
    return True


def _manifest(hall: Hall, changed: set[str], now: datetime) -> dict[str, Any]:
    """The files that were changed, from their beginning."""
    present = {name: size for name, size in sizes(hall.folder).items() if name in changed}
    return {
        "site": hall.site.name,
        "crawler": f"press-conference-archive/{__version__}",
        "started_at": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "written": written(hall.folder, {}, present),
        "archived": {},
    }
