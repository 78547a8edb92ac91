"""`scrapy search <database or dir> <words>`: the turns that have the words, in either script."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import get_args

from pydantic_core import to_json
from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from sqlalchemy.exc import SQLAlchemyError

from crawler.arguments import read_arguments
from crawler.commands._records import end, piped, read, sources_of, tell_left_out
from crawler.commands._usage import fail, no_unknown_options, quiet, quiet_parser, say
from crawler.items import Role
from crawler.show import ROLE_STYLE, printable
from crawler.storage.datastore.errors import DatastoreError, told
from crawler.storage.datastore.finding import find, find_in_files, open_to_read
from crawler.storage.datastore.opening import close, read_target
from crawler.storage.datastore.sources import is_text
from crawler.storage.latest import Places, find_places
from crawler.storage.search import Hit, Query, read_terms
from crawler.verdict import PROGRAM_ERROR

ROLES = get_args(Role)


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "<database or dir> <words> [--speaker NAME] [--role ROLE] [--since DAY] [--until DAY] [--site SITE]"

    def short_desc(self) -> str:
        return "Find turns by their words, in Simplified or Traditional script"

    def long_desc(self) -> str:
        return (
            "Each word must be in the turn; words in double quotes are one. A database made by `scrapy load` answers"
            " at once, a folder of records is read through. Newest first."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "search")
        super().add_options(parser)
        parser.add_argument("--speaker", help="part of the speaker's name or label")
        parser.add_argument("--role", help=", ".join(ROLES))
        parser.add_argument("--since", help="held on this day (YYYY-MM-DD) or later")
        parser.add_argument("--until", help="held on this day or earlier")
        parser.add_argument("--site", help="the hall")
        parser.add_argument("--limit", default="20", help="hits at most (default: 20)")
        parser.add_argument("--json", action="store_true", help="one JSON line a hit, which a pipe gets anyway")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:
            no_unknown_options("search", args)
            fail("search", "wanted are a database or folder and words: scrapy search press.db 工会")
        query = read_query(args[1], opts)
        place = read_place(args[0])
        hits, places = read("search", place, lambda: search(place, query))
        with piped():
            show(hits, as_json=opts.json)
        tell_left_out(places.invalid, "left out")
        for line in places.torn:
            say(f"{line}")
        self.exitcode = PROGRAM_ERROR if places.invalid else 0


def read_place(text: str) -> str:
    """A path as it is, or that of a database's address; ends with one line where it is another's."""
    try:
        if text.startswith("sqlite:"):
            return str(read_target(text).url.database)  # type: ignore[union-attr]
    except ValueError as error:
        fail("search", str(error))
    if "://" in text or text.startswith("parquet:"):
        fail("search", "words are looked up in a SQLite database or a folder of records")
    return text


def read_query(words: str, opts: argparse.Namespace) -> Query:
    """The query of the options; ends with one line where there is a mistake."""
    for text in (words, opts.speaker, opts.site):
        if text and not is_text(text):
            fail("search", f"{text!r} is not UTF-8")
    try:
        given = {name: getattr(opts, name) for name in ("since", "until", "limit")}
        wanted = read_arguments({name: value for name, value in given.items() if value is not None})
        terms = read_terms(words)
    except ValueError as error:
        fail("search", str(error))
    if opts.role not in (None, *ROLES):
        fail("search", f"unknown role {opts.role!r}: {', '.join(ROLES)}")
    assert wanted.limit is not None
    return Query(terms, opts.speaker, opts.role, opts.site, wanted.since, wanted.until, wanted.limit)


def search(place: str, query: Query) -> tuple[list[Hit], Places]:
    """The hits in a database or a folder, and what was read of the folder. Raises `OSError`."""
    path = Path(place)
    if path.is_dir() or path.suffix == ".jsonl":
        found = find_places(sources_of("search", place))
        return find_in_files(found.newest(), query), found
    if not path.exists():
        fail("search", f"{place} is not there")
    try:
        connection = open_to_read(path)
    except DatastoreError as error:
        fail("search", str(error))
    try:
        return list(find(connection, query)), Places()
    except SQLAlchemyError as error:
        end("search", f"{place}: {told(error)}")
    finally:
        close(connection)


def show(hits: list[Hit], *, as_json: bool) -> None:
    """Readable on a terminal, one JSON line a hit in a pipe."""
    console = Console(highlight=False, soft_wrap=True)
    if as_json or not console.is_terminal:
        for hit in hits:
            sys.stdout.write(to_json(asdict(hit)).decode() + "\n")
        return
    last = None
    for hit in hits:
        if hit.id != last:
            console.print(Text(printable(f"{hit.day or 'undated'}  ")).append(printable(hit.title), style="bold"))
            console.print(Text(printable(f"            {hit.id}  {hit.url}"), style="dim"))
            last = hit.id
        console.print(readable(hit))
    if not hits:
        console.print("nothing found", style="dim")


def readable(hit: Hit) -> Text:
    """A hit on a line, its matches marked."""
    line = Text(f"{hit.turn:>10}  ", style="dim")
    line.append(printable(hit.label), style=f"not dim {ROLE_STYLE[hit.role]}").append("  ")
    at = 0
    for begin, stop in hit.marks:
        if begin >= at:  # terms may overlap
            line.append(printable(hit.snippet[at:begin]), style="not dim")
            line.append(printable(hit.snippet[begin:stop]), style="not dim bold reverse")
            at = stop
    return line.append(printable(hit.snippet[at:]), style="not dim")
