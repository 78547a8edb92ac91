"""`scrapy browse <dir>`: the archive as a web site on this machine."""

from __future__ import annotations

import argparse
from ipaddress import ip_address
from pathlib import Path

from scrapy.commands import ScrapyCommand

from crawler.commands._records import end, read, sources_of
from crawler.commands._usage import fail, no_unknown_options, quiet, quiet_parser, say
from crawler.commands.load import report
from crawler.storage.datastore import DatastoreError, WrongTarget
from crawler.verdict import PROGRAM_ERROR

HERE = "127.0.0.1"
PORT = 8740
NEEDS = "requirements-browse.txt"


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "<dir> [--port N] [--host ADDRESS]"

    def short_desc(self) -> str:
        return "Show the archive as a web site on this machine, to read and to search"

    def long_desc(self) -> str:
        return (
            "<dir> is a hall's output folder or one of several halls. What the site needs is kept in .browse.sqlite"
            " beside the records, made at the first start and kept up to date while it runs. Ctrl-C ends it."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, "browse")
        super().add_options(parser)
        parser.add_argument("--port", default=str(PORT), help=f"default {PORT}; 0: a free one")
        parser.add_argument("--host", default=HERE, help=f"the address to listen at (default: {HERE}, this machine)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options("browse", args)
        if len(args) != 1:
            fail("browse", "wanted is a folder of records: scrapy browse output")
        port = read_port(opts.port)
        is_local = read_host(opts.host)
        try:
            from crawler.browse.app import make_app
            from crawler.browse.serving import address, listen, serve
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] == "crawler":
                raise
            fail("browse", f"{error.name} is not installed: pip install -r {NEEDS}")
        from crawler.browse.archive import open_archive
        from crawler.browse.guard import LOCAL

        sources_of("browse", args[0])
        if not Path(args[0]).is_dir():
            fail("browse", f"{args[0]} is no folder")
        try:
            listening = listen(opts.host, port)
        except OSError as error:
            end("browse", f"cannot listen at {opts.host}, port {port}: {error.strerror}")
        print(f"reading {args[0]} …", flush=True)
        try:
            archive = read("browse", args[0], lambda: open_archive(Path(args[0])))
        except WrongTarget as error:
            fail("browse", str(error))
        except DatastoreError as error:
            end("browse", str(error))
        for one in archive.loaded:
            report(one)
        print(f"kept for the site in {archive.cache}")
        if not is_local:
            say(f"scrapy browse: warning: whoever reaches {opts.host} can read this archive")
        app = make_app(archive, LOCAL | {opts.host.lower()}, any_address=not is_local)
        serve(app, listening, lambda: print(f"{address(listening)}  (Ctrl-C ends it)", flush=True))
        archive.close()
        self.exitcode = PROGRAM_ERROR if archive.refused else 0


def read_port(text: str) -> int:
    """A port; ends with one line where it is none."""
    if not (text.isascii() and text.isdigit() and int(text) < 1 << 16):
        fail("browse", f"{text!r} is no port: a number up to 65535")
    return int(text)


def read_host(text: str) -> bool:
    """Whether an address is this machine's own; ends with one line where it is none."""
    if text == "localhost":
        return True
    try:
        return ip_address(text).is_loopback
    except ValueError:
        fail("browse", f"{text!r} is no address: 127.0.0.1, or that of a network card")
