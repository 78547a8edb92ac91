"""`scrapy check [site…]`: are the halls as the house has them; with `--live`, are their pages as they were?"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from typing import Any

from scrapy.commands import ScrapyCommand

from crawler.arguments import http_address
from crawler.commands._check import Found, check_live, check_saved, follow
from crawler.commands._fetch import Errand, send
from crawler.commands._halls import worst
from crawler.commands._usage import announce, check_address, fail, halls, no_unknown_options, quiet, quiet_parser

WORD = "check"


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return "[site…] [--live [--start URL]]"

    def short_desc(self) -> str:
        return "Check the halls: names, docs, saved pages, layouts; with --live whether today's pages are still read"

    def long_desc(self) -> str:
        return (
            "Without a site: all of them. One line a finding. --live asks for one listing page and three of the pages"
            " that it links, at the hall's own pace. Exit codes: 0 in order, 4 findings, 3 or 5 a live page that could"
            " not be had or was refused."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, WORD)
        super().add_options(parser)
        parser.add_argument("--live", action="store_true", help="look at today's listing and three pages too")
        parser.add_argument("--start", metavar="URL", help="the live listing's address, for one site")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options(WORD, args)
        loader = halls(self)
        known = sorted({*loader.list(), *loader.broken})
        sites = list(dict.fromkeys(args)) or known
        for name in sites:
            if name not in known:
                fail(WORD, f"unknown site {name!r}: {', '.join(known)}")
        if opts.start and (not opts.live or len(sites) != 1):
            fail(WORD, "--start is for --live and one site: scrapy check acftu --live --start http://…")
        try:
            http_address("--start", opts.start)
        except ValueError as error:
            fail(WORD, str(error))
        found = [check_saved(loader, name) for name in sites]
        if opts.live:
            self._look([one for one in found if one.spider], opts.start)
        for one in found:
            for line in one.lines():
                print(line)
        self.exitcode = worst([one.code for one in found])

    def _look(self, found: Sequence[Found], start: str | None) -> None:
        """Ask for the live pages of halls, side by side: politeness is per host."""
        if not found:
            return
        assert self.settings is not None and self.crawler_process is not None
        urls = [start or one.site.listing.url for one in found]
        for url in urls:
            check_address(WORD, url, self.settings)
        announce(WORD, urls[0], self.settings)
        errands = [self._errand(one.spider, url) for one, url in zip(found, urls, strict=True)]
        self.crawler_process.start()
        for one, errand in zip(found, errands, strict=True):
            check_live(one, errand)

    def _errand(self, spider: Any, url: str) -> Errand:
        return send(self, WORD, spider, url, partial(follow, spider.site, url))
