"""`scrapy newhall <name> <listing URL or file>`: proposes a hall and writes its files, ready to correct."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from scrapy.commands import ScrapyCommand

from crawler.arguments import http_address
from crawler.commands._fetch import Errand, give_up, send
from crawler.commands._newhall import blank_spider, check_name, proposed_files, read_saved, table, taken
from crawler.commands._usage import announce, check_address, fail, no_unknown_options, quiet, quiet_parser, say
from crawler.items import Page
from crawler.show import printable
from crawler.text.proposing import Listed, NoHall, Proposal, propose_hall, propose_listing, to_fetch
from crawler.verdict import NOTHING, PROGRAM_ERROR

WORD = "newhall"
# Columns of the table in a pipe.
WIDTH = 140


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return "<name> <listing URL or saved page> [--page FILE]… [--url URL] [--dry-run]"

    def short_desc(self) -> str:
        return (
            "Propose a new hall from its listing: selectors, pager, layouts, each with what it matches; write its files"
        )

    def long_desc(self) -> str:
        return (
            "Of a live listing up to three of the pages that it links are asked, as a crawl asks them. Written are"
            " crawler/spiders/<name>.py, docs/halls/<name>.md and a saved page for each layout; nothing is overwritten."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, WORD)
        super().add_options(parser)
        parser.add_argument("--page", action="append", default=[], metavar="FILE", help="a saved transcript page")
        parser.add_argument("--url", help="the address that a saved listing came from")
        parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options(WORD, args)
        if len(args) != 2:
            fail(WORD, "wanted are a name and a listing: scrapy newhall mof http://…/index.html")
        name, listing = args
        check_name(self, name)
        remote = listing.startswith(("http://", "https://"))
        try:
            http_address("address", listing if remote else None)
            http_address("--url", opts.url)
        except ValueError as error:
            fail(WORD, str(error))
        try:
            proposal = self._live(name, listing, opts) if remote else self._saved(name, listing, opts)
        except NoHall as error:
            say(f"scrapy {WORD}: {listing}: {error}")
            raise SystemExit(NOTHING) from None
        self._write(proposal, opts.dry_run)

    def _saved(self, name: str, file: str, opts: argparse.Namespace) -> Proposal:
        """From saved pages alone: no address is asked."""
        if not opts.page:
            fail(WORD, "a saved listing needs a saved transcript too: --page page.html")
        page = read_saved(name, file, opts.url)
        if not page.url:
            fail(WORD, f"{file} does not say where it came from: --url http://…")
        listed = propose_listing(name, page)
        return propose_hall(listed, _saved_pages(listed, opts.page))

    def _live(self, name: str, url: str, opts: argparse.Namespace) -> Proposal:
        """From the live listing and some of the pages that it links."""
        assert self.settings is not None and self.crawler_process is not None
        check_address(WORD, url, self.settings)
        announce(WORD, url, self.settings)
        found: list[Listed | NoHall] = []

        def follow(page: Page) -> list[str]:
            try:
                found.append(propose_listing(name, page))
            except NoHall as error:
                found.append(error)
            return to_fetch(found[0]) if isinstance(found[0], Listed) else []

        errand = send(self, WORD, blank_spider(name, url), url, follow, whole=False)
        self.crawler_process.start()
        if not errand.pages or not found:
            give_up(errand)
        if isinstance(found[0], NoHall):
            raise found[0]
        _say_missing(errand)
        order = {address: place for place, address in enumerate(to_fetch(found[0]))}
        pages = sorted(errand.pages[1:], key=lambda page: order.get(page.url, len(order)))
        return propose_hall(found[0], [*pages, *_saved_pages(found[0], opts.page)])

    def _write(self, proposal: Proposal, dry: bool) -> None:
        Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH).print(table(proposal))
        files = proposed_files(proposal)
        for path in taken(files):
            fail(WORD, f"{path} is there already; nothing was written")
        for path, content in files.items():
            if dry and path.suffix in (".py", ".md"):
                print(f"\n{path}:\n{printable(content.decode())}")
            elif dry:
                print(f"{path}: {len(content):,} bytes")
            else:
                self._put(path, content)
        if not dry:
            print(
                f"Next: compare tests/pages/{proposal.site.name}/*/expected.json with the pages, name the hall in"
                f" README.md, correct the guesses; scrapy check {proposal.site.name} says what is left."
            )

    def _put(self, path: Path, content: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
        except OSError as error:
            say(f"scrapy {WORD}: cannot write {path}: {error.strerror}")
            raise SystemExit(PROGRAM_ERROR) from None
        print(f"{path}: {len(content):,} bytes")


def _saved_pages(listed: Listed, files: list[str]) -> list[Page]:
    """Saved transcripts, under the address that they name, that the listing links, or that their name makes."""
    pages = []
    for file in files:
        page = read_saved(listed.site.name, file)
        linked = next((item.url for item in listed.items if item.url.endswith(f"/{Path(file).name}")), None)
        made = f"{listed.site.scheme}://{listed.site.host}/{Path(file).name}"
        pages.append(replace(page, url=page.url or linked or made))
    return pages


def _say_missing(errand: Errand) -> None:
    for one in errand.missing:
        said = one.get("url") or one.get("host") or errand.url
        say(f"scrapy {WORD}: {said} could not be had: {one['reason']}")
