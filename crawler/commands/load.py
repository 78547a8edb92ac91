"""`scrapy load <dir> <target>`: records into a datastore. Loading again goes on where it stopped."""

from __future__ import annotations

import argparse
import gc
import sys

from scrapy.commands import ScrapyCommand

from crawler.commands._records import end, piped, read, sources_of, tell_left_out
from crawler.commands._usage import fail, no_unknown_options, quiet, quiet_parser, say
from crawler.storage.datastore import DatastoreError, Loaded, Target, WrongTarget, load, read_target, statements
from crawler.verdict import PROGRAM_ERROR


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "<dir> <target> | --schema <target>"

    def short_desc(self) -> str:
        return "Load records into SQLite, PostgreSQL or Parquet; again adds only what is new"

    def long_desc(self) -> str:
        return (
            "<dir> is a hall's output folder or one of several halls; <target> sqlite:///FILE,"
            " postgresql://USER@HOST/DATABASE or parquet:FOLDER."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "load")
        super().add_options(parser)
        parser.add_argument("--schema", action="store_true", help="print the SQL that makes the tables; load nothing")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options("load", args)
        if opts.schema and len(args) != 1:
            fail("load", "--schema wants a target alone: scrapy load --schema postgresql://")
        if not opts.schema and len(args) != 2:
            fail("load", "wanted are a folder and a target: scrapy load output sqlite:///press.db")
        try:
            target = read_target(args[-1])
        except ValueError as error:
            fail("load", str(error))
        if opts.schema:
            if target.url is None:
                fail("load", "Parquet files have no SQL; --schema takes sqlite:///FILE or postgresql://")
            with piped():
                sys.stdout.write(statements(target.url))
            return
        # Records come and go by the thousand and hold no cycles.
        gc.freeze()
        gc.set_threshold(100_000, 20, 20)
        self.exitcode = load_folder("load", args[0], target)


def load_folder(word: str, name: str, target: Target) -> int:
    """Load and say what came of it; the exit code."""
    paths = sources_of(word, name)
    try:
        found = read(word, name, lambda: load(paths, target))
    except WrongTarget as error:
        fail(word, str(error))
    except DatastoreError as error:
        end(word, str(error))
    for loaded in found:
        report(loaded)
    return PROGRAM_ERROR if any(loaded.refused for loaded in found) else 0


def report(loaded: Loaded) -> None:
    """What was done on standard output, what is wrong on standard error: a line each."""
    if loaded.changed:
        say(f"{loaded.path} is not the file that was loaded before: all of it was read again")
    said = [f"{loaded.transcripts} new transcripts", f"{loaded.versions} new versions"]
    said += [f"{loaded.removed} versions removed that are no longer in it"] if loaded.removed else []
    print(f"{loaded.path}: {loaded.lines} lines read, {', '.join(said)}")
    tell_left_out([f"{loaded.path}, byte {at}: not loaded: {reason}" for at, reason in loaded.refused], "not loaded")
    if loaded.torn:
        say(f"{loaded.path}: a torn last line of {loaded.torn} bytes is left out")
