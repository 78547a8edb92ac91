"""`scrapy crawl <site>`: Scrapy's command, with arguments checked first and an exit code that tells the truth."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from scrapy.commands.crawl import Command as CrawlCommand

from crawler.arguments import read_arguments
from crawler.commands._usage import announce, check_address, fail, find_spider, no_unknown_options, quiet_parser
from crawler.extensions.verdict import EXIT_CODE
from crawler.verdict import PROGRAM_ERROR


class Command(CrawlCommand):
    def syntax(self) -> str:
        return "<site> [-a since=YYYY-MM-DD] [-a until=YYYY-MM-DD] [-a limit=N] [-a full=1] [-a start=URL]"

    def short_desc(self) -> str:
        return "Archive a press hall: every transcript of its listing as one line of output/<site>/transcripts.jsonl"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "crawl")
        super().add_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options("crawl", args)
        if len(args) != 1:
            fail("crawl", "one site is wanted, such as: scrapy crawl acftu")
        self.check(args[0], opts.spargs)
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        # What is loaded by now stays to the end, and a page leaves thousands of objects that its own end frees: the
        # collector need not look at either again and again. Peak memory stays as it is.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 10, 10)
        self.crawler_process.start()
        started = crawler.spider is not None and not self.crawler_process.bootstrap_failed
        self.exitcode = crawler.stats.get_value(EXIT_CODE, PROGRAM_ERROR) if started else PROGRAM_ERROR

    def check(self, name: str, arguments: dict[str, str]) -> None:
        """End with one line where the run could not begin."""
        assert self.settings is not None
        spider = find_spider(self, name, "crawl")
        try:
            wanted = read_arguments(arguments)
        except ValueError as error:
            fail("crawl", str(error))
        start = wanted.start or spider.site.listing.url
        check_address("crawl", start, self.settings)
        announce("crawl", start, self.settings)
        self._check_folder(Path(self.settings["OUTPUT_DIR"]) / name)

    def _check_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / "transcripts.jsonl"
            probe.open("ab").close()
        except OSError as error:
            sys.stderr.write(f"scrapy crawl: cannot write to {folder}: {error.strerror}\n")
            raise SystemExit(PROGRAM_ERROR) from None
