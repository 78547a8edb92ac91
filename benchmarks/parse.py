"""One page to one record, against what others do with the same pages.

    python -m benchmarks.parse [--pages N] [--rounds N]

CPU seconds of this process, medians over the rounds: first the base, `lxml.html.fromstring` on the decoded text, and
our own steps in turn, then the peers. Decoding is on our side only. Peers that are not installed are named.

The pages are conferences of the bundled hall in the looks and encodings of all eras, with as many and as long turns as
saved ones have: 41, of which the officials' have 300 characters or more. So they come to 41 to 62 KB and 620 to 700
elements, and `lxml.html.fromstring` takes as long for them as for a saved page of 500 to 600.
"""

from __future__ import annotations

import argparse
import gc
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from statistics import median
from time import process_time

import lxml.html

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
# Too slow to run on every page in every round.
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


OURS: dict[str, Candidate] = {
    "lxml.html.fromstring": lambda page, text: lxml.html.fromstring(text),
    "page to transcript": lambda page, text: page_to_record(page, SITE),
    "the same, and JSON": lambda page, text: page_to_record(page, SITE).model_dump_json(),
    "decoding alone": lambda page, text: decode(page.body),
}


def peers() -> dict[str, Candidate]:
    """The others that are installed, by name."""
    found: dict[str, Candidate] = {}
    try:
        import trafilatura

        found["trafilatura"] = lambda page, text: trafilatura.extract(text)
    except ImportError:
        print("trafilatura is not installed: left out")
    try:
        from newsplease import NewsPlease

        found["news-please"] = lambda page, text: NewsPlease.from_html(text, url=page.url)
    except ImportError:
        print("news-please is not installed: left out")
    return found


def measure(tried: dict[str, Candidate], pages: list[Page], rounds: int) -> dict[str, float]:
    """Median CPU milliseconds a page, by candidate."""
    texts = [decode(page.body).text for page in pages]
    times: dict[str, list[float]] = {name: [] for name in tried}
    for round_ in range(rounds + 1):
        for name, run in tried.items():
            every = SLOW.get(name, 1)
            chosen = list(zip(pages, texts, strict=True))[round_ % every :: every]
            gc.collect()
            begin = process_time()
            for page, text in chosen:
                run(page, text)
            if round_:  # the first round warms caches and loads tables
                times[name].append((process_time() - begin) / len(chosen) * 1000)
    return {name: median(each) for name, each in times.items()}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = list(clean_pages(options.pages))
    sizes = sorted(len(page.body) for page in pages)
    print(
        f"{len(pages)} pages, {sizes[0]:,} to {sizes[-1]:,} bytes, median {sizes[len(sizes) // 2]:,};"
        f" {options.rounds} rounds"
    )
    # As the crawl has it.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    figures = measure(OURS, pages, options.rounds)
    # Afterwards, for they leave half a million objects in memory, and no crawl has those.
    figures |= measure(peers(), pages, options.rounds)
    base, ours = figures["lxml.html.fromstring"], figures["page to transcript"]
    print(f"{'':24}{'CPU ms a page':>14}{'to lxml':>10}{'to ours':>10}")
    for name, figure in figures.items():
        print(f"{name:24}{figure:14.3f}{figure / base:10.2f}{figure / ours:10.2f}")


if __name__ == "__main__":
    main()
