"""`scrapy load <dir> <target>`: records into a datastore. Loading again goes on where it stopped."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import NoReturn

from scrapy.commands import ScrapyCommand

from crawler.commands._usage import fail, no_unknown_options, quiet, quiet_parser
from crawler.storage.datastore import DatastoreError, Loaded, Target, find_sources, load, read_target, statements
from crawler.verdict import NOTHING, PROGRAM_ERROR

MOST_NAMED = 20


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
        if len(args) != (1 if opts.schema else 2):
            fail("load", "wanted are a folder and a target: scrapy load output sqlite:///press.db")
        try:
            target = read_target(args[-1])
        except ValueError as error:
            fail("load", str(error))
        if opts.schema:
            if target.url is None:
                fail("load", "Parquet files have no SQL; --schema takes sqlite:///FILE or postgresql://")
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
        found = load(paths, target)
    except DatastoreError as error:
        end(word, str(error))
    except OSError as error:
        end(word, f"cannot read {error.filename}: {error.strerror}")
    for loaded in found:
        report(loaded)
    return PROGRAM_ERROR if any(loaded.refused for loaded in found) else 0


def sources_of(word: str, name: str) -> list[Path]:
    """The files of records in a folder; ends where there is no folder or no file."""
    if not Path(name).exists():
        fail(word, f"{name} is not there")
    paths = find_sources(Path(name))
    if not paths:
        end(word, f"no transcripts.jsonl in {name}", NOTHING)
    return paths


def report(loaded: Loaded) -> None:
    """What was done on standard output, what is wrong on standard error: a line each."""
    if loaded.changed:
        sys.stderr.write(f"{loaded.path} is not the file that was loaded before: all of it was read again\n")
    said = [f"{loaded.transcripts} new transcripts", f"{loaded.versions} new versions"]
    said += [f"{loaded.removed} versions removed that are no longer in it"] if loaded.removed else []
    print(f"{loaded.path}: {loaded.lines} lines read, {', '.join(said)}")
    for offset, reason in loaded.refused[:MOST_NAMED]:
        sys.stderr.write(f"{loaded.path}, byte {offset}: not loaded: {reason}\n")
    if len(loaded.refused) > MOST_NAMED:
        sys.stderr.write(f"{loaded.path}: {len(loaded.refused) - MOST_NAMED} more lines are not loaded\n")
    if loaded.torn:
        sys.stderr.write(f"{loaded.path}: a torn last line of {loaded.torn} bytes is left out\n")


def end(word: str, message: str, code: int = PROGRAM_ERROR) -> NoReturn:
    """Say in one line why it ends."""
    sys.stderr.write(f"scrapy {word}: {' '.join(message.split())}\n")
    raise SystemExit(code)
