"""`scrapy crawl <site>`: Scrapy's command, with arguments checked first and an exit code that tells the truth."""

from __future__ import annotations

import argparse
import fcntl
import gc
from pathlib import Path
from typing import NoReturn

from scrapy.commands.crawl import Command as CrawlCommand

from crawler import __version__
from crawler.arguments import read_arguments
from crawler.commands._usage import (
    announce,
    check_address,
    check_ledger,
    check_number,
    check_switch,
    check_target,
    fail,
    find_spider,
    no_unknown_options,
    quiet_parser,
    say,
)
from crawler.engine import Signals
from crawler.extensions.verdict import EXIT_CODE
from crawler.folders import leads_out
from crawler.ledgers import close_ledger, ledger_url
from crawler.site import Site
from crawler.storage.catching_up import catch_up
from crawler.storage.jsonl import JsonLines, read_lines
from crawler.storage.ledger import Damaged, LedgerError, Newer, SQLAlchemyError, is_damage, open_ledger, told
from crawler.storage.ledger.holding import Held, hold
from crawler.verdict import DAMAGED, PROGRAM_ERROR, WRONG_USAGE

# Settings that are numbers, and the most that each may be: a century in days, a day in seconds, a gigabyte.
CENTURY, DAY = 36_525, 86_400
NUMBERS = dict.fromkeys(("LOOK_BACK_DAYS", "SWEEP_DAYS", "RECHECK_DAYS"), CENTURY) | dict.fromkeys(
    ("DOWNLOAD_DELAY", "BACKOFF_FIRST", "BACKOFF_MOST", "RETRY_AFTER_MOST", "CRAWL_DELAY_MOST"), DAY
)
NUMBERS |= dict.fromkeys(("DOWNLOAD_MAXSIZE", "DECOMPRESSED_MAXSIZE"), 1 << 30)
SWITCHES = ("ALLOW_PRIVATE_ADDRESSES", "ARCHIVE", "DOWNLOAD_VERIFY_CERTIFICATES", "HTTPPROXY_ENABLED")
# What a line of the files beside the records must have.
SIDE_FILES = {"duplicates.jsonl": {"url", "content_hash"}, "quarantine.jsonl": {"url", "reason", "detail"}}


class Command(CrawlCommand):
    word = "crawl"

    def syntax(self) -> str:
        return (
            "<site> [-a since=YYYY-MM-DD] [-a until=YYYY-MM-DD] [-a limit=N] [-a full=1] [-a start=URL]"
            " [-a sitemaps=1] [-a via=wayback]"
        )

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
        crawler.signals = Signals(crawler)
        self.crawler_process.crawl(crawler, **opts.spargs)
        # What is loaded by now stays to the end.
        gc.freeze()
        self.crawler_process.start()
        close_ledger(crawler)
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
        for setting in SWITCHES:
            check_switch(self.word, setting, self.settings)
        start = wanted.start or spider.site.listing.url
        asked = wanted.via.cdx if wanted.via else start
        check_address(self.word, start, self.settings)
        check_address(self.word, asked, self.settings)
        announce(self.word, asked, self.settings)
        for setting, most in NUMBERS.items():
            check_number(self.word, setting, self.settings, most)
        if self.settings["LEDGER"]:
            check_ledger(self.word, self.settings["LEDGER"])
        if self.settings["LOAD_INTO"]:
            check_target(self.word, self.settings["LOAD_INTO"])
        self._check_folder(Path(self.settings["OUTPUT_DIR"]) / name, spider.site)

    def _check_folder(self, folder: Path, site: Site) -> None:
        """End where the folder cannot be written, is another crawl's at the moment, or holds what is no archive."""
        assert self.settings is not None
        if (outside := leads_out(Path(self.settings["OUTPUT_DIR"]), folder)) is not None:
            fail(self.word, f"{outside} leads out of the output folder")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.lock = (folder / ".lock").open("ab")
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            torn = JsonLines(folder / "transcripts.jsonl").torn
            for name, keys in SIDE_FILES.items():
                JsonLines(folder / name)
                for number, (_, line) in enumerate(read_lines(folder / name), 1):
                    if not keys <= line.keys():
                        raise ValueError(f"{folder / name}, line {number}: no line of this file")
            self._check_ledger(folder, site)
        except BlockingIOError:
            fail(self.word, f"another crawl is writing to {folder}")
        except OSError as error:
            _end(f"cannot write to {folder}: {error.strerror}")
        except ValueError as error:
            _end(str(error), DAMAGED)
        if torn:
            say(f"{folder}/transcripts.jsonl: a torn last line of {torn} bytes was cut off")

    def _check_ledger(self, folder: Path, site: Site) -> None:
        """Bring the ledger up to date with the files; end where it cannot be used."""
        assert self.settings is not None
        try:
            url = ledger_url(folder, self.settings["LEDGER"])
            self.holding = hold(url, site.name, __version__)
            ledger = open_ledger(url, site.name, __version__)
            _, forgotten = catch_up(ledger, site, folder)
            ledger.close()
        except Held as error:
            fail(self.word, str(error))
        except Newer as error:
            _end(f"the ledger {error}", WRONG_USAGE)
        except LedgerError as error:
            _end(f"the ledger cannot be used: {error}", DAMAGED if isinstance(error, Damaged) else PROGRAM_ERROR)
        except SQLAlchemyError as error:
            _end(f"the ledger cannot be used: {told(error)}", DAMAGED if is_damage(error) else PROGRAM_ERROR)
        if forgotten:
            say(f"{folder}: {forgotten} records of the ledger are not in the file; they are asked again")


def _end(message: str, code: int = PROGRAM_ERROR) -> NoReturn:
    say(f"scrapy crawl: {message}")
    raise SystemExit(code)
