"""A small archive with every kind of end that an article has, for the tests that damage it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawler.demo.server import HallServer
from crawler.spiders.acftu import AcftuSpider
from crawler.storage.verifying import Checked, Hall, Problem, check_hall
from crawler.storage.warc_frames import Frame, frames
from crawler.storage.warc_http import headers_of
from tests.halls import LISTING, TinyHall, article, crawl, listing, path_of, serving


def notice(number: int) -> str:
    return article(number).replace("[", "").replace("]：", "，")


def moved(number: int) -> tuple[int, dict[str, str], bytes]:
    return 302, {"Location": path_of(number)}, b""


def hall() -> TinyHall:
    """Six conferences, 1005 of two pages; 1007 a copy, 1008 a notice, 1009 gone; the rest are redirected:

    1010 to a record, 1011 to a notice, 1012 to a copy.
    """
    pages: dict[str, Any] = {path_of(n): article(n) for n in range(1001, 1007)}
    second = path_of(1005).replace(".html", "-2.html")
    pages[path_of(1005)] = article(1005).replace('<div class="edit">', f'<a href="{second}">2</a><div class="edit">')
    pages[second] = article(1005, ("林知秋", "第二页。"))
    pages[path_of(1007)], pages[path_of(1008)] = article(1001), notice(1008)
    pages |= {path_of(1010): moved(1002), path_of(1011): moved(1021), path_of(1012): moved(1022)}
    pages |= {path_of(1021): notice(1021), path_of(1022): article(1003)}
    pages[LISTING] = listing(*(path_of(n) for n in range(1001, 1013)))
    return TinyHall(pages)


def archive(
    folder: Path, *, gzip: bool = False, edit: Callable[[TinyHall], None] | None = None, arguments: tuple[str, ...] = ()
) -> Path:
    """Crawl the hall into a folder, and once more after an edit; the hall's folder."""
    with serving(hall(), gzip=gzip) as server:
        run(server, folder, *arguments)
        if edit:
            edit(server.hall)  # type: ignore[arg-type]
            run(server, folder, *arguments, "-a", "full=1")
    return folder / "acftu"


def run(server: HallServer, folder: Path, *arguments: str) -> None:
    result = crawl(server.url + LISTING, folder, *arguments)
    assert result.returncode == 0, result.stdout + result.stderr


def findings(folder: Path) -> tuple[list[str], list[str]]:
    """The problems and the notes of an archive, without the folder's name."""
    found = list(check_hall(Hall(folder, AcftuSpider.site), Checked()))
    problems = [str(each).replace(f"{folder}/", "") for each in found if isinstance(each, Problem)]
    return problems, [str(each) for each in found if not isinstance(each, Problem)]


def problems(folder: Path) -> list[str]:
    return findings(folder)[0]


def warc(folder: Path) -> Path:
    """The first file of the archive."""
    return min((folder / "warc").glob("*.warc.gz"))


def responses(path: Path) -> list[Frame]:
    """The responses of a file."""
    return [f for f in frames(path) if isinstance(f, Frame) and headers_of(f.head).get("WARC-Type") == "response"]


def response_of(path: Path, number: int) -> Frame:
    """The response of an article."""
    (found,) = (f for f in responses(path) if path_of(number).encode() + b"\r\n" in f.head)
    return found


def change(path: Path, number: int, how: Callable[[dict[str, Any]], object]) -> None:
    """Change one line of a JSON Lines file, from 0 on."""
    lines = path.read_bytes().splitlines(keepends=True)
    values = json.loads(lines[number])
    how(values)
    lines[number] = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    path.write_bytes(b"".join(lines))


def drop(path: Path, number: int) -> bytes:
    """Take one line out of a file; the line."""
    lines = path.read_bytes().splitlines(keepends=True)
    gone = lines.pop(number)
    path.write_bytes(b"".join(lines))
    return gone


def sql(folder: Path, statement: str) -> int:
    """Change the ledger behind its back; how many rows."""
    connection = sqlite3.connect(folder / "ledger.sqlite")
    with connection:
        changed = connection.execute(statement).rowcount
    connection.close()
    return changed
