"""`scrapy inspect <file or URL> --site <site>`: one page to one record on standard output. Writes nothing."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from scrapy.commands import ScrapyCommand

from crawler.arguments import http_address
from crawler.commands._fetch import fetch
from crawler.commands._usage import fail, find_spider, no_unknown_options, quiet, quiet_parser, say
from crawler.items import Page, Transcript
from crawler.show import diff, shown
from crawler.site import Site
from crawler.text.notice import Rejected
from crawler.text.record import page_to_record
from crawler.text.times import utc_text
from crawler.verdict import NOTHING


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return "<file or URL> --site <site> [--url URL] [--diff]"

    def short_desc(self) -> str:
        return "Show the record of one page, a file or an address; write nothing"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "inspect")
        super().add_options(parser)
        parser.add_argument("--site", help="the site whose layouts read the page (needed)")
        parser.add_argument("--url", help="the address that a file came from")
        parser.add_argument("--diff", action="store_true", help="show what cleaning changed instead of the record")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options("inspect", args)
        if len(args) != 1 or not opts.site:
            fail("inspect", "wanted is one file or address and a site: scrapy inspect page.html --site acftu")
        spider = find_spider(self, opts.site, "inspect")
        remote = args[0].startswith(("http://", "https://"))
        try:
            http_address("--url", opts.url)
            http_address("address", args[0] if remote else None)
        except ValueError as error:
            fail("inspect", str(error))
        if remote:
            page = fetch(self, spider, args[0])
        else:
            page = read_file(spider.site, args[0], opts.url)
        try:
            record = page_to_record(page, spider.site)
        except (Rejected, ValidationError) as error:
            say(f"scrapy inspect: {args[0]} is no transcript: {one_line(error)}")
            raise SystemExit(NOTHING) from None
        if page.url.endswith(f"/{Path(args[0]).name}") and not opts.url and args[0] != page.url:
            say(f"scrapy inspect: no --url given: {record.url} is made of the file's name")
        show(record, changes=opts.diff)


def one_line(error: Exception) -> str:
    """An error's message on one line."""
    return " ".join(str(error).split())[:400]


def read_file(site: Site, name: str, url: str | None) -> Page:
    """A saved page. Without an address the site's host and the file's name stand in for it."""
    try:
        body = Path(name).read_bytes()
        modified = Path(name).stat().st_mtime
    except OSError as error:
        fail("inspect", f"cannot read {name}: {error.strerror}")
    return Page(
        site=site.name,
        url=url or f"{site.scheme}://{site.host}/{Path(name).name}",
        status=200,
        content_type="text/html",
        fetched_at=utc_text(datetime.fromtimestamp(modified, UTC)),
        body=body,
    )


def show(record: Transcript, *, changes: bool) -> None:
    """Pretty on a terminal, one line (of JSON, or of each change) in a pipe."""
    console = Console(highlight=False, soft_wrap=True)
    if changes:
        for line in diff(record):
            console.print(line)
    elif console.is_terminal:
        console.print_json(data=shown(record.model_dump(mode="json", by_alias=True)), ensure_ascii=False)
    else:
        sys.stdout.write(record.model_dump_json() + "\n")
