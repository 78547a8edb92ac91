"""`scrapy verify <dir>`: an archive checked against itself; mended from itself, or packed, if that is asked."""

from __future__ import annotations

import argparse
import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from scrapy.commands import ScrapyCommand

from crawler import __version__
from crawler.commands._usage import fail, find_spider, no_unknown_options, quiet, quiet_parser, say
from crawler.folders import leads_out
from crawler.storage.ledger import LedgerError
from crawler.storage.ledger.holding import Held, hold
from crawler.storage.verifying import Checked, Hall, check_hall, find_halls, repair, size_of
from crawler.storage.verifying.hall import name_of
from crawler.storage.wacz import write_wacz
from crawler.text.visible import visible
from crawler.verdict import DAMAGED, PROGRAM_ERROR


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "<dir> [--repair] [--wacz FILE]"

    def short_desc(self) -> str:
        return "Check an archive: WARC, records, ledger and manifests against each other"

    def long_desc(self) -> str:
        return (
            "<dir> is a hall's output folder or one of several halls. What is wrong is said in a line each;"
            f" the exit code is then {DAMAGED}."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "verify")
        super().add_options(parser)
        parser.add_argument(
            "--repair",
            action="store_true",
            help="rebuild ledger, indexes and duplicates.jsonl; no WARC and no record is changed",
        )
        parser.add_argument("--wacz", metavar="FILE", help="pack a hall that is whole as one WACZ file")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options("verify", args)
        if len(args) != 1:
            fail("verify", "wanted is one folder: scrapy verify output/acftu")
        halls = self._halls(Path(args[0]))
        if opts.wacz and len(halls) > 1:
            fail("verify", f"--wacz packs one hall; {args[0]} has {len(halls)}")
        try:
            whole = [self._verify(hall, opts.repair) for hall in halls]
            self.exitcode = 0 if all(whole) else DAMAGED
            if opts.wacz and self.exitcode:
                say(f"scrapy verify: {opts.wacz} is not written: the archive is damaged")
            elif opts.wacz:
                write_wacz(halls[0].folder, Path(opts.wacz))
                print(f"{opts.wacz}: {Path(opts.wacz).stat().st_size} bytes")
        except OSError as error:
            say(f"scrapy verify: {error.strerror or error}: {error.filename}")
            self.exitcode = PROGRAM_ERROR

    def _halls(self, path: Path) -> list[Hall]:
        """The halls of a folder; ends where there is none."""
        assert self.settings is not None
        if not path.is_dir():
            fail("verify", f"{path} is no folder")
        folders = find_halls(path)
        if not folders:
            fail("verify", f"{path} is no archive, and no folder of archives")
        found = [(folder, find_spider(self, name_of(folder), "verify").site) for folder in folders]
        return [Hall(folder, site, self.settings["LEDGER"] or "") for folder, site in found]

    def _verify(self, hall: Hall, mend: bool) -> bool:
        """Check one hall and say what came of it; whether it is whole."""
        checked = Checked()
        if mend and (outside := leads_out(hall.folder.resolve().parent, hall.folder)) is not None:
            fail("verify", f"{outside} leads out of the archive's folder; nothing is repaired")
        with locked(hall.folder, mend), held(hall, mend):
            if mend:
                for line in repair(hall, datetime.now(UTC)):
                    print(f"repaired: {visible(line)}")
            with progress(hall.folder, checked) as console:
                for finding in check_hall(hall, checked):
                    console.print(str(finding))
        print(summary(hall.folder, checked))
        return not checked.problems


def summary(folder: Path, checked: Checked) -> str:
    """`output/acftu: whole: 9 files, 184 records of the archive, …`."""
    verdict = "whole" if not checked.problems else f"{checked.problems} problem{'s' * (checked.problems > 1)}"
    return (
        f"{folder}: {verdict} ({checked.files} files, {checked.members} archived records,"
        f" {checked.records} transcripts, {checked.lines} other lines, {checked.rows} ledger rows checked)"
    )


@contextmanager
def locked(folder: Path, mend: bool) -> Iterator[None]:
    """No crawl may write meanwhile. Only a repair makes a lock that is not there."""
    path = folder / ".lock"
    if not mend and not path.exists():
        yield
        return
    try:
        with path.open("ab" if mend else "rb") as lock:
            fcntl.flock(lock, (fcntl.LOCK_EX if mend else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            yield
    except BlockingIOError:
        fail("verify", f"a crawl is writing to {folder}")


@contextmanager
def held(hall: Hall, mend: bool) -> Iterator[None]:
    """Nor may one on another machine that writes into the same database, where it is to be changed."""
    try:
        connection = hold(hall.ledger, hall.site.name, __version__) if mend and hall.ledger else None
    except Held as error:
        fail("verify", str(error))
    except LedgerError as error:
        say(f"scrapy verify: the ledger cannot be used: {error}")
        raise SystemExit(PROGRAM_ERROR) from None
    with connection or nullcontext():
        yield


@contextmanager
def progress(folder: Path, checked: Checked) -> Iterator[Console]:
    """A bar on a terminal, above which the lines go; the console that prints them."""
    out = Console(highlight=False, markup=False, soft_wrap=True)
    if not sys.stderr.isatty():
        yield out
        return
    columns = TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(
        *columns, console=Console(stderr=True, highlight=False, markup=False, soft_wrap=True), transient=True
    ) as bar:
        task = bar.add_task(str(folder), total=size_of(folder))
        checked.step = lambda size: bar.advance(task, size)
        yield bar.console if sys.stdout.isatty() else out
