"""`scrapy crawlall [site…]`: halls side by side. Politeness is per host, so that halls do not wait for each other."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from scrapy.commands import ScrapyCommand

from crawler.arguments import read_arguments
from crawler.commands._halls import Ended, crawl_here, crawl_there, worst
from crawler.commands._usage import fail, find_spider, halls, no_unknown_options, quiet_parser
from crawler.storage.reparsing.cluster import WorkError

WORD = "crawlall"
# A crawl waits most of its time: more of them than cores are no load.
WORKERS = 8


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[site…] [-a NAME=VALUE]"

    def short_desc(self) -> str:
        return "Crawl several press halls side by side, each as `scrapy crawl` does it"

    def long_desc(self) -> str:
        return "Without a site: all of them. Arguments (-a) and settings (-s) are handed to each crawl."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, WORD)
        super().add_options(parser)
        parser.add_argument("-a", dest="spargs", action="append", default=[], metavar="NAME=VALUE", help="as of crawl")
        parser.add_argument("--workers", type=int, default=WORKERS, metavar="N", help=f"at a time (default: {WORKERS})")
        parser.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler: tcp://host:8786")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options(WORD, args)
        if opts.workers < 1:
            fail(WORD, f"--workers {opts.workers} is no number from 1")
        sites = list(dict.fromkeys(args)) or sorted([*halls(self).list(), *halls(self).broken])
        for site in sites:
            find_spider(self, site, WORD)
        try:
            read_arguments(dict(_pair(each) for each in opts.spargs))
        except ValueError as error:
            fail(WORD, str(error))
        codes = []
        for ended in self._ends(sites, opts):
            codes.append(ended.code)
            print(ended.line, flush=True)
        self.exitcode = worst(codes)

    def _ends(self, sites: list[str], opts: argparse.Namespace) -> Iterator[Ended]:
        options = self._options(opts)
        if not opts.cluster:
            yield from crawl_here(sites, options, min(opts.workers, len(sites)))
            return
        try:
            yield from crawl_there(sites, options, opts.cluster)
        except WorkError as error:
            fail(WORD, str(error))

    def _options(self, opts: argparse.Namespace) -> list[str]:
        """What each crawl gets; the output folder is the same wherever it runs."""
        assert self.settings is not None
        settings = [*opts.set, f"OUTPUT_DIR={Path(self.settings['OUTPUT_DIR']).resolve()}"]
        level = ["-L", opts.loglevel] if opts.loglevel else []
        return [*(f"-a{each}" for each in opts.spargs), *(f"-s{each}" for each in settings), *level]


def _pair(argument: str) -> tuple[str, str]:
    name, sign, value = argument.partition("=")
    if not sign:
        raise ValueError(f"-a {argument}: wanted is NAME=VALUE")
    return name, value
