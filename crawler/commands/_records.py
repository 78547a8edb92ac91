"""The files of records that a command reads, and what is said of them: the same words and exit codes everywhere.

A folder that is not there is wrong usage, one without records nothing found; a line that is no record is left out, and
said, and the program did not do all it was asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

from crawler.commands._usage import fail, say
from crawler.storage.datastore.sources import deeper, find_sources, has_lines, is_database, is_text
from crawler.verdict import NOTHING, PROGRAM_ERROR

T = TypeVar("T")
MOST_NAMED = 20
#: The commands whose datastore has the files' names.
KEEPING = ("load", "browse")


def sources_of(word: str, name: str) -> list[Path]:
    """The files of records in a folder, or the file; ends where there is no folder, no file or no line in them."""

    def find() -> tuple[list[Path], bool]:
        if not os.path.lexists(name):
            fail(word, f"{name} is not there")
        paths = find_sources(Path(name))
        if not Path(name).is_dir() and is_database(Path(name)):
            fail(word, f"{name} is a database; wanted is a folder of records")
        return paths, has_lines(paths)

    paths, filled = read(word, name, find)
    if not paths:
        end(word, f"no transcripts.jsonl in {name}{meant(Path(name))}", NOTHING)
    if word in KEEPING and not all(is_text(str(path.resolve())) for path in paths):
        fail(word, f"{name}: a name that is not UTF-8 cannot be kept in a datastore")
    if not filled:
        end(word, f"no records in {name}", NOTHING)
    return paths


def meant(path: Path) -> str:
    """The folder that was meant where one level down there are halls."""
    found = deeper(path)
    return f"; did you mean {found}?" if found else ""


def check_place(word: str, name: str) -> None:
    """End where a file's folder cannot be made: one level that is not there is, more are a slip."""
    folder = Path(name).parent
    if not folder.is_dir() and not folder.parent.is_dir():
        fail(word, f"{name}: there is no folder {folder.parent}")


def read(word: str, name: str, reader: Callable[[], T]) -> T:
    """What a reader of files reads; ends where it cannot."""
    try:
        return reader()
    except OSError as error:
        end(word, f"cannot read {error.filename or name}: {error.strerror or error}")


def tell_left_out(lines: Sequence[str], what: str) -> None:
    """The lines of files that are no records, the first of them, on standard error."""
    for line in lines[:MOST_NAMED]:
        say(f"{line}")
    if len(lines) > MOST_NAMED:
        say(f"{len(lines) - MOST_NAMED} more lines are {what}")


@contextmanager
def piped() -> Iterator[None]:
    """Standard output whose reader may have had enough (`| head`): then it ends without a word."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer must have somewhere to go when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def end(word: str, message: str, code: int = PROGRAM_ERROR) -> NoReturn:
    """Say in one line why it ends."""
    say(f"scrapy {word}: {' '.join(message.split())}")
    raise SystemExit(code)
