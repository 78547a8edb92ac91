"""`scrapy demo`: a bundled press hall of a fictional union on 127.0.0.1, crawled from start to end, offline."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from crawler.commands._usage import fail, no_unknown_options, quiet
from crawler.commands.crawl import Command as CrawlCommand
from crawler.demo.hall import build_hall
from crawler.demo.server import serve
from crawler.items import Transcript
from crawler.show import readable
from crawler.storage.jsonl import read_objects

SITE = "acftu"
# The same port each time, so that a second run finds the same addresses and adds nothing.
PORT = 8739
LISTING = "/GB/392912/index.html"


class Command(CrawlCommand):
    word = "demo"

    def syntax(self) -> str:
        return "[-a limit=N] [-s OUTPUT_DIR=…]"

    def short_desc(self) -> str:
        return "Crawl the bundled press hall on this machine and show one of its records"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--size", type=int, default=60, help="how many transcripts the hall has (default: 60)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options("demo", args)
        if args or opts.size < 1:
            fail("demo", f"takes no argument, got {args[0]!r}" if args else "--size is a whole number from 1")
        assert self.settings is not None and self.crawler_process is not None
        folder = Path(self.settings["OUTPUT_DIR"]) / "demo"
        ours = {"OUTPUT_DIR": str(folder), "ALLOW_PRIVATE_ADDRESSES": True}
        for settings in (self.settings, self.crawler_process.settings):
            settings.setdict(ours, priority="cmdline")
        server = _serve(opts.size)
        try:
            opts.spargs = {"start": server.url + LISTING, **opts.spargs}
            super().run([SITE], opts)
        finally:
            server.shutdown()
        self._show(folder / SITE / "transcripts.jsonl")

    def _show(self, path: Path) -> None:
        record = next(read_objects(path), None)
        if record:
            console = Console(highlight=False)
            console.print(f"\nThe first record of {path}:\n")
            for line in readable(Transcript.model_validate(record), most_turns=6):
                console.print(line)


def _serve(size: int):  # type: ignore[no-untyped-def]
    try:
        return serve(build_hall(size), PORT)
    except OSError:  # the port is taken; any other will do
        return serve(build_hall(size), 0)
