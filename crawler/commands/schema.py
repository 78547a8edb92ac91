"""`scrapy schema`: the JSON Schema of a record."""

from __future__ import annotations

import argparse
import json

from scrapy.commands import ScrapyCommand

from crawler.commands._records import piped
from crawler.commands._usage import fail, quiet, quiet_parser
from crawler.items import record_schema


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Print the JSON Schema (2020-12) of a record"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "schema")
        super().add_options(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            fail("schema", f"takes no argument, got {args[0]!r}")
        with piped():
            print(json.dumps(record_schema(), ensure_ascii=False, indent=2))
