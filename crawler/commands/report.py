"""`scrapy report <dir> [-o report.html]`: how a crawl is doing, as one HTML file. Changes nothing in the archive."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from crawler.commands._records import check_place, end, meant, piped, tell_left_out
from crawler.commands._usage import check_ledger, fail, no_unknown_options, quiet, quiet_parser, say
from crawler.manifest import write_whole
from crawler.storage.datastore.sources import NAME
from crawler.verdict import NOTHING, PROGRAM_ERROR

if TYPE_CHECKING:
    from crawler.storage.report import Hall

STANDARD_OUTPUT = "-"


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "<dir> [-o report.html]"

    def short_desc(self) -> str:
        return "Write one HTML file on how a crawl is doing: warnings first, coverage, runs, failures, growth"

    def long_desc(self) -> str:
        return "<dir> is a hall's output folder or one of several halls. What is missing in it is said in the report."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "report")
        super().add_options(parser)
        parser.add_argument("-o", "--output", default="report.html", help="the file (default: report.html), or -")
        parser.add_argument("--at", metavar="MOMENT", help="the report's own time, not now")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        # Here, for Scrapy loads every command to run one.
        from crawler.storage.report import gather, page
        from crawler.storage.verifying.hall import name_of

        no_unknown_options("report", args)
        if len(args) != 1:
            fail("report", "wanted is one folder: scrapy report output/acftu")
        if not opts.output:
            fail("report", "-o wants a file, or - for standard output")
        if opts.output != STANDARD_OUTPUT:
            check_place("report", opts.output)
        now = read_moment(opts.at)
        assert self.settings is not None
        ledger = self.settings["LEDGER"] or ""
        if ledger:
            check_ledger("report", ledger)
        folders = halls_of(Path(args[0]))
        halls = [gather(folder, name_of(folder), now, ledger) for folder in folders]
        made = page(halls, args[0], now)
        try:
            if opts.output == STANDARD_OUTPUT:
                with piped():
                    sys.stdout.buffer.write(made)
            else:
                write_whole(Path(opts.output), made.decode())
                print(f"{opts.output}: {len(made):,} bytes; {told(halls)}")
        except OSError as error:
            say(f"scrapy report: cannot write {opts.output}: {error.strerror or error}")
            self.exitcode = PROGRAM_ERROR
            return
        self.exitcode = tell_damage(args[0], halls)


def told(halls: list[Hall]) -> str:
    """The halls in a few words."""
    from crawler.storage.report import verdict

    return f"{halls[0].name}: {verdict(halls[0])}" if len(halls) == 1 else f"{len(halls)} halls"


def tell_damage(name: str, halls: list[Hall]) -> int:
    """Say what of the records is not in the report; the exit code."""
    paths = [Path(hall.folder) / NAME for hall in halls]
    unread = [f"cannot read {path}: {why}" for hall, path in zip(halls, paths) if (why := unread_of(hall))]
    for line in unread:
        say(f"scrapy report: {line}")
    said = [
        f"{path}, byte {at}: left out: {why}" for hall, path in zip(halls, paths) for at, why in hall.content.left_out
    ]
    tell_left_out(said, "left out")
    for hall, path in zip(halls, paths):
        if hall.content.torn:
            say(f"{path}: a torn last line of {hall.content.torn} bytes is left out")
    if unread or said:
        return PROGRAM_ERROR
    if any(hall.content.records for hall in halls):
        return 0
    say(f"scrapy report: no records in {name}")
    return NOTHING


def unread_of(hall: Hall) -> str:
    """Why a hall's records cannot be read; "" where they were."""
    said = f"{NAME} cannot be read: "
    return next((line.removeprefix(said) for line in hall.unread if line.startswith(said)), "")


def read_moment(text: str | None) -> datetime:
    """The moment of the report; ends where a text is none."""
    if text is None:
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(text)
        if not 1970 < found.year < 9000:
            raise ValueError
    except ValueError:
        fail("report", f"--at {text!r} is no moment such as 2026-01-01T00:00:00Z")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def halls_of(path: Path) -> list[Path]:
    """The halls' folders; ends where there is none."""
    from crawler.storage.verifying import find_halls

    try:
        if not path.is_dir():
            fail("report", f"{path} is {'no folder' if path.exists() else 'not there'}")
        folders = find_halls(path)
    except OSError as error:
        end("report", f"cannot read {path}: {error.strerror or error}")
    if not folders:
        end("report", f"{path} is no archive, and no folder of archives{meant(path)}", NOTHING)
    return folders
