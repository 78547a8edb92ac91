"""`scrapy demo`: a bundled press hall, all of it fictional, on 127.0.0.1, crawled from start to end, offline."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from crawler.commands._usage import fail, no_unknown_options, quiet
from crawler.commands.crawl import Command as CrawlCommand
from crawler.items import Transcript
from crawler.show import readable
from crawler.storage.jsonl import read_objects

if TYPE_CHECKING:
    from crawler.demo.model import Answers
    from crawler.demo.server import HallServer

SITE = "acftu"
# The same port each time, so that a second run finds the same addresses and adds nothing.
PORT = 8739
SIZES = {SITE: 60}
SMALL = 12


class Command(CrawlCommand):
    word = "demo"

    def syntax(self) -> str:
        return "[--hall NAME] [-a limit=N] [-s OUTPUT_DIR=…]"

    def short_desc(self) -> str:
        return "Crawl the bundled press hall on this machine and show one of its records"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        # Here, for Scrapy loads every command to run one.
        from crawler.demo.halls import FORMS

        super().add_options(parser)
        halls = ", ".join([SITE, *FORMS])
        parser.add_argument("--hall", default=SITE, help=f"which hall's form: {halls} (default: {SITE})")
        parser.add_argument("--size", type=int, help="how many transcripts it has (default: 60; of other halls 12)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.demo.hall import build_hall
        from crawler.demo.halls import FORMS, build_small

        no_unknown_options("demo", args)
        size = SIZES.get(opts.hall, SMALL) if opts.size is None else opts.size
        if args or size < 1:
            fail("demo", f"takes no argument, got {args[0]!r}" if args else "--size is a whole number from 1")
        if opts.hall not in (SITE, *FORMS):
            fail("demo", f"no hall {opts.hall!r}; there are {', '.join([SITE, *FORMS])}")
        assert self.settings is not None and self.crawler_process is not None
        folder = Path(self.settings["OUTPUT_DIR"]) / "demo"
        ours = {"OUTPUT_DIR": str(folder), "ALLOW_PRIVATE_ADDRESSES": True}
        for settings in (self.settings, self.crawler_process.settings):
            settings.setdict(ours, priority="cmdline")
        server = _serve(build_hall(size) if opts.hall == SITE else build_small(opts.hall, size))
        try:
            opts.spargs = {"start": server.url + server.hall.start, **opts.spargs}
            super().run([opts.hall], opts)
        finally:
            server.shutdown()
        self._show(folder / opts.hall / "transcripts.jsonl")

    def _show(self, path: Path) -> None:
        record = next(read_objects(path), None)
        if record:
            console = Console(highlight=False)
            console.print(f"\nThe first record of {path}:\n", markup=False)
            for line in readable(Transcript.model_validate(record), most_turns=6):
                console.print(line)


def _serve(hall: Answers) -> HallServer:
    from crawler.demo.server import serve

    try:
        return serve(hall, PORT)
    except OSError:  # the port is taken; any other will do
        return serve(hall, 0)
