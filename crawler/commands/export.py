"""`scrapy export <dir> --to tei|csv|text -o <path>`: the records for scholars. The same records make the same bytes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from scrapy.commands import ScrapyCommand

from crawler.commands._records import check_place, end, piped, read, sources_of, tell_left_out
from crawler.commands._usage import fail, no_unknown_options, quiet, quiet_parser, say
from crawler.storage.export.chosen import Writable, chosen
from crawler.storage.export.csv_table import write_csv
from crawler.storage.export.plain import write_text
from crawler.storage.export.tei_folder import InvalidTei, write_tei
from crawler.storage.latest import Place, find_places
from crawler.storage.whole import whole
from crawler.text.visible import visible
from crawler.verdict import NOTHING, PROGRAM_ERROR

FORMS = ("tei", "csv", "text")
STANDARD_OUTPUT = "-"


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "<dir> --to tei|csv|text -o <path>"

    def short_desc(self) -> str:
        return "Write the records as a TEI corpus, a CSV table of turns, or plain text"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "export")
        super().add_options(parser)
        parser.add_argument("--to", help="tei (a folder), csv or text (a file)")
        parser.add_argument("-o", "--output", help="where to; - is standard output, for csv and text")
        parser.add_argument("--all-versions", action="store_true", help="not only the newest version of each")
        parser.add_argument("--bom", action="store_true", help="begin the CSV with a BOM, as some spreadsheets want")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options("export", args)
        if len(args) != 1 or not opts.output:
            fail("export", "wanted are a folder, a form and a path: scrapy export output --to tei -o corpus")
        if opts.to not in FORMS:
            fail("export", f"--to {opts.to or 'nothing'} is no form: tei, csv and text are")
        if opts.to == "tei" and (opts.output == STANDARD_OUTPUT or Path(opts.output).is_file()):
            fail("export", f"a TEI corpus is a folder, {opts.output} is none")
        if opts.to != "tei" and Path(opts.output).is_dir():
            fail("export", f"{opts.output} is a folder, {opts.to} is one file")
        if opts.output != STANDARD_OUTPUT:
            check_place("export", opts.output)
        paths = sources_of("export", args[0])
        places = read("export", args[0], lambda: find_places(paths))
        records = chosen(places, all_versions=opts.all_versions)
        try:
            with piped():
                write(opts.to, records, opts)
        except InvalidTei as error:
            end("export", str(error))
        except OSError as error:
            end("export", f"cannot write {opts.output}: {error.strerror or error}")
        tell_left_out(places.invalid, "left out")
        for line in places.torn:
            say(f"{line}")
        self.exitcode = PROGRAM_ERROR if places.invalid else 0 if records else NOTHING


def write(form: str, places: list[Place], opts: argparse.Namespace) -> None:
    """Write the records and say how many."""
    records = (place.read() for place in places)
    if form == "tei":
        written = write_tei(records, Path(opts.output), all_versions=opts.all_versions)
        print(f"{opts.output}: {written.documents} documents, {written.speeches} speeches")
        if written.replaced:
            say(f"{written.replaced} characters that XML cannot hold were replaced by U+FFFD")
        return
    if form == "csv":
        to_file(opts.output, lambda file: write_csv(records, file, bom=opts.bom), len(places))
    else:
        to_file(opts.output, lambda file: write_text(records, file), len(places))


class Terminal:
    """A terminal's standard output: nothing that is written turns the direction of what follows."""

    def write(self, text: str) -> int:
        """Write a text, its line ends as they are."""
        return sys.stdout.write(visible(text, but="\r\n\t"))


def to_file(name: str, writer: Callable[[Writable], int], transcripts: int) -> None:
    """Write one file, whole or not at all; standard output as it comes."""
    if name == STANDARD_OUTPUT:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        writer(Terminal() if sys.stdout.isatty() else sys.stdout)
        return
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    with whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        turns = writer(file)
    print(f"{name}: {transcripts} transcripts, {turns} turns")
