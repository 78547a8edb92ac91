"""A user's mistake is one line on standard error and exit code 2."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from crawler.halls import Halls, mistakes_of
from crawler.reach import is_local, is_private
from crawler.text.visible import visible
from crawler.verdict import WRONG_USAGE


def say(line: str) -> None:
    """A line on standard error, whoever's words are in it."""
    sys.stderr.write(visible(line) + "\n")


def fail(command: str, message: str) -> NoReturn:
    """Say what was wrong, in one line, and end."""
    say(f"scrapy {command}: {' '.join(message.split())}")
    raise SystemExit(WRONG_USAGE)


def quiet_parser(parser: argparse.ArgumentParser, command: str) -> None:
    """Let argparse report a mistake in one line."""

    def error(message: str) -> NoReturn:
        fail(command, message)

    parser.error = error  # type: ignore[method-assign]


def quiet(command: ScrapyCommand, options: argparse.Namespace) -> None:
    """Log errors only, unless the user asks for more: the command's output is what counts."""
    assert command.settings is not None
    if options.loglevel is None:
        command.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")


def no_unknown_options(command: str, args: list[str]) -> None:
    """Scrapy hands unknown options on as arguments."""
    unknown = [arg for arg in args if arg.startswith("-") and arg != "-"]
    if unknown:
        fail(command, f"unknown option {unknown[0]}")


def find_spider(command: ScrapyCommand, name: str, word: str) -> Any:
    """The spider class of a name; ends with the names that there are, or with the mistake in the hall's own file."""
    loader = halls(command)
    if name not in loader.list() and name not in loader.broken:
        fail(word, f"unknown site {name!r}: {', '.join(sorted(loader.list()))}")
    if name in loader.broken:
        fail(word, f"crawler/spiders/{name}.py: {loader.broken[name]}")
    spider: Any = loader.load(name)
    if mistakes := mistakes_of(spider):
        fail(word, f"crawler/spiders/{name}.py: {mistakes[0]}")
    return spider


def halls(command: ScrapyCommand) -> Halls:
    """All halls of the project."""
    assert command.settings is not None
    loader = get_spider_loader(command.settings)
    assert isinstance(loader, Halls)
    return loader


def check_address(command: str, url: str, settings: BaseSettings) -> None:
    """End where an address is private and private addresses are not allowed."""
    if is_private(url) and not settings.getbool("ALLOW_PRIVATE_ADDRESSES"):
        fail(command, f"{url} is a private address; -s ALLOW_PRIVATE_ADDRESSES=1 allows it")


def announce(command: str, url: str, settings: BaseSettings) -> None:
    """Name the contact in the user agent; a live site is not asked without."""
    if is_local(url):
        return
    contact = " ".join(str(settings["CONTACT"]).split())
    if not contact:
        fail(command, "a live site is asked only with a contact: -s CONTACT=you@example.org")
    settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="cmdline")


def check_number(command: str, setting: str, settings: BaseSettings, most: int) -> None:
    """End where a setting is to be a number from 0 to `most` and is none."""
    try:
        right = 0 <= settings.getfloat(setting) <= most
    except (TypeError, ValueError):
        right = False
    if not right:
        fail(command, f"{setting}={settings[setting]!r} is no number from 0 to {most}")


def check_switch(command: str, setting: str, settings: BaseSettings) -> None:
    """End where a setting is to be on or off and is neither."""
    try:
        settings.getbool(setting)
    except ValueError:
        fail(command, f"{setting}={settings[setting]!r} is neither 1 nor 0")


def check_target(command: str, named: str) -> None:
    """End where `LOAD_INTO` names no datastore."""
    from crawler.storage.datastore import read_target

    try:
        read_target(named)
    except ValueError as error:
        fail(command, f"LOAD_INTO: {error}")


def check_ledger(command: str, named: str) -> None:
    """End where `LEDGER` names no database that a ledger can be in."""
    try:
        url = make_url(named)
        create_engine(url).dispose()
    except (ArgumentError, NoSuchModuleError):
        fail(command, f"LEDGER={named!r} is no address of a database: sqlite:///… or postgresql+psycopg://…")
    except ImportError as error:
        fail(command, f"LEDGER={named!r} needs a driver that is not there ({error}); see requirements-postgres.txt")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        fail(command, f"LEDGER={named!r}: SQLite and PostgreSQL are known")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        fail(command, f"LEDGER={named!r} is in memory: what it knows would be lost")
