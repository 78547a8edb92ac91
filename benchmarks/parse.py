"""One page to one record, against what others do with the same pages.

    python -m benchmarks.parse [--pages N] [--rounds N]

CPU seconds of this process, medians over the rounds: first the base, `lxml.html.fromstring` on the decoded text, and
our own steps in turn, then the peers. Decoding is on our side only.

The pages are conferences of the bundled hall in the looks and encodings of all eras, with as many and as long turns as
saved ones have: 41, of which the officials' have 300 characters or more. So they come to 41 to 62 KB and 620 to 700
elements, and `lxml.html.fromstring` takes as long for them as for a saved page of 500 to 600.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import cycle
from statistics import median
from time import process_time

import lxml.html

from benchmarks.figure import Figure, alone
from crawler.demo import pages as rendering
from crawler.demo.compose import conference
from crawler.demo.model import Conference
from crawler.demo.programme import position
from crawler.items import Page
from crawler.spiders.acftu import AcftuSpider
from crawler.text.decode import decode
from crawler.text.record import page_to_record

Candidate = Callable[[Page, str], object]
SMALLEST, LARGEST = 40_000, 100_000
HALL = 2000
TURNS, LENGTH = 41, 300
SITE = AcftuSpider.site
# The peers; too slow to run on every page in every round.
SLOW = {"trafilatura": 5, "news-please": 20}


def clean_pages(count: int) -> Iterator[Page]:
    """Clean transcripts of real size, evenly over the eras."""
    plain = [index for index in range(HALL) if not position(index, HALL)[1]]
    for index in plain[:: max(1, len(plain) // count)][:count]:
        spoken = at_length(conference(index, HALL))
        sent = rendering.page(spoken, 1, None)
        if SMALLEST <= len(sent.body) <= LARGEST:
            header = sent.headers["Content-Type"]
            yield Page(SITE.name, f"http://{SITE.host}{spoken.path}", 200, header, "2026-01-01T00:00:00Z", sent.body)


def at_length(short: Conference) -> Conference:
    """The conference with as many turns as real ones have, the officials' as long."""
    more = cycle([part for turn in short.turns if turn.voice.role == "official" for part in turn.parts])
    turns = []
    for turn in short.turns[:TURNS]:
        text = "".join(turn.parts)
        while turn.voice.role == "official" and len(text) < LENGTH:
            text += next(more)
        turns.append(replace(turn, parts=(text,)))
    return replace(short, turns=tuple(turns))


BASE, TRANSCRIPT = "lxml.html.fromstring", "a page to a transcript"
OURS: dict[str, Candidate] = {
    BASE: lambda page, text: lxml.html.fromstring(text),
    TRANSCRIPT: lambda page, text: page_to_record(page, SITE),
    "the same, and its JSON": lambda page, text: page_to_record(page, SITE).model_dump_json(),
    "decoding alone": lambda page, text: decode(page.body),
}


def peers() -> dict[str, Candidate]:
    """The others that are installed, by name."""
    found: dict[str, Candidate] = {}
    with suppress(ImportError):
        import trafilatura

        found["trafilatura"] = lambda page, text: trafilatura.extract(text)
    with suppress(ImportError):
        from newsplease import NewsPlease

        found["news-please"] = lambda page, text: NewsPlease.from_html(text, url=page.url)
    return found


def measure(tried: dict[str, Candidate], pages: list[Page], rounds: int) -> dict[str, float]:
    """Median CPU milliseconds a page, by candidate."""
    texts = [decode(page.body).text for page in pages]
    times: dict[str, list[float]] = {name: [] for name in tried}
    for round_ in range(rounds + 1):
        for name, run in tried.items():
            every = min(SLOW.get(name, 1), len(pages))
            chosen = list(zip(pages, texts, strict=True))[round_ % every :: every]
            gc.collect()
            begin = process_time()
            for page, text in chosen:
                run(page, text)
            if round_:  # the first round warms caches and loads tables
                times[name].append((process_time() - begin) / len(chosen) * 1000)
    return {name: median(each) for name, each in times.items()}


@contextmanager
def collecting_as_a_crawl() -> Iterator[None]:
    """The garbage collector as the crawl has it."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def figures(pages: int, rounds: int) -> Iterator[Figure]:
    """A page to a record, against each of the others."""
    made = list(clean_pages(pages))
    with collecting_as_a_crawl():
        found = measure(OURS, made, rounds)
        # Afterwards, for they leave half a million objects in memory, and no crawl has those.
        found |= measure(peers(), made, rounds)
    base = found[BASE]
    yield Figure(f"parse: {TRANSCRIPT}", found[TRANSCRIPT], "CPU ms", BASE, base, most_ratio=2.5)
    for peer in SLOW:
        yield Figure(f"parse: {TRANSCRIPT}", found[TRANSCRIPT], "CPU ms", peer, found.get(peer))
    for what in list(OURS)[2:]:
        yield Figure(f"parse: {what}", found[what], "CPU ms", BASE, base)


if __name__ == "__main__":
    alone(__doc__, figures, pages=100, rounds=7)
