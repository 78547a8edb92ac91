"""`scrapy crawl <site>`: Scrapy's command, with arguments checked first and an exit code that tells the truth."""

from __future__ import annotations

import argparse
import fcntl
import gc
import sys
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError
from scrapy.commands.crawl import Command as CrawlCommand

from crawler.arguments import read_arguments
from crawler.commands._usage import (
    announce,
    check_address,
    check_number,
    fail,
    find_spider,
    no_unknown_options,
    quiet_parser,
)
from crawler.extensions.verdict import EXIT_CODE
from crawler.items import Transcript
from crawler.storage.jsonl import JsonLines, read_lines
from crawler.verdict import PROGRAM_ERROR

# What a line of the files beside the records must have.
SIDE_FILES = {"duplicates.jsonl": {"url", "content_hash"}, "quarantine.jsonl": {"url", "reason", "detail"}}


class Command(CrawlCommand):
    word = "crawl"

    def syntax(self) -> str:
        return "<site> [-a since=YYYY-MM-DD] [-a until=YYYY-MM-DD] [-a limit=N] [-a full=1] [-a start=URL]"

    def short_desc(self) -> str:
        return "Archive a press hall: every transcript of its listing as one line of output/<site>/transcripts.jsonl"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, self.word)
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
        check_address(self.word, start, self.settings)
        announce(self.word, start, self.settings)
        check_number(self.word, "DOWNLOAD_DELAY", self.settings)
        self._check_folder(Path(self.settings["OUTPUT_DIR"]) / name)

    def _check_folder(self, folder: Path) -> None:
        """End where the folder cannot be written, is another crawl's at the moment, or holds records that are none."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.lock = (folder / ".lock").open("ab")
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            torn = JsonLines(folder / "transcripts.jsonl").torn
            for number, (_, record) in enumerate(read_lines(folder / "transcripts.jsonl"), 1):
                _check_record(folder, number, record)
            for name, keys in SIDE_FILES.items():
                JsonLines(folder / name)
                for number, (_, line) in enumerate(read_lines(folder / name), 1):
                    if not keys <= line.keys():
                        raise ValueError(f"{folder / name}, line {number}: no line of this file")
        except BlockingIOError:
            fail(self.word, f"another crawl is writing to {folder}")
        except OSError as error:
            _end(f"cannot write to {folder}: {error.strerror}")
        except ValueError as error:
            _end(str(error))
        if torn:
            sys.stderr.write(f"{folder}/transcripts.jsonl: a torn last line of {torn} bytes was cut off\n")


def _check_record(folder: Path, number: int, record: dict[str, Any]) -> None:
    try:
        Transcript.model_validate(record)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise ValueError(f"{folder}/transcripts.jsonl, line {number}: no record of this version ({where})") from None


def _end(message: str) -> NoReturn:
    sys.stderr.write(f"scrapy crawl: {message}\n")
    raise SystemExit(PROGRAM_ERROR)
