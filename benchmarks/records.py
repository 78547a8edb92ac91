"""Records for benchmarks of what comes behind the crawl: those of the bundled hall, shortened, under new numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from crawler.demo.hall import build_hall
from crawler.items import Page, Transcript
from crawler.spiders.acftu import AcftuSpider
from crawler.text.notice import Rejected
from crawler.text.record import page_to_record

SITE = AcftuSpider.site
# Turns that make a record of some 2 KB, as short notices have; the hall's own have 28 and 10 KB.
SHORT = 3
NEWEST, A_DAY = date(2026, 6, 30), 12


@cache
def hall_records(size: int = 300) -> list[Transcript]:
    """The bundled hall's transcripts."""
    hall = build_hall(size)
    found = []
    for expected in hall.expected:
        path = str(expected["url"]).removeprefix(f"http://{SITE.host}")
        body = hall.resources[path].body
        page = Page(SITE.name, str(expected["url"]), 200, "text/html", "2026-01-01T00:00:00Z", body)
        try:
            found.append(page_to_record(page, SITE))
        except Rejected:
            continue
    return found


def variations(count: int, turns: int = SHORT) -> Iterator[Transcript]:
    """So many records, each under a number of its own, with a few turns from a different place of a transcript."""
    hall = hall_records()
    for n in range(count):
        one = hall[n % len(hall)]
        begin = (n // len(hall) * turns) % max(1, len(one.turns) - turns)
        some = one.turns[begin : begin + turns]
        marked = [turn.model_copy(update={"text": f"{turn.text}（第{n}号）"}) for turn in some]
        day = (NEWEST - timedelta(n // A_DAY)).isoformat()  # newest first, as a listing has them
        event = one.event.model_copy(update={"date": day})
        changes = {"id": f"acftu/{n}", "turns": marked, "event": event, "exchanges": [], "cleaning": [],
                   "participants": one.participants[:2], "published_at": f"{day}T10:00:00+08:00"}  # fmt: skip
        yield one.model_copy(update=changes)


def write_records(path: Path, count: int, turns: int = SHORT) -> int:
    """A file of variations; its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for record in variations(count, turns):
            file.write(record.model_dump_json().encode() + b"\n")
    return path.stat().st_size
