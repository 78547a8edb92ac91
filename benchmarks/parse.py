"""One page to one record, against what others do with the same pages.

    python -m benchmarks.parse [--pages N] [--rounds N]

CPU seconds of this process, each candidate in turn in every round, medians over the rounds. The base is
`lxml.html.fromstring` on the decoded text. Peers that are not installed are left out and named.
"""

from __future__ import annotations

import argparse
import gc
import logging
from collections.abc import Callable, Iterator
from itertools import islice
from statistics import median
from time import process_time

import lxml.html

from crawler.demo.hall import build_hall
from crawler.items import Page
from crawler.spiders.acftu import AcftuSpider
from crawler.text.decode import decode
from crawler.text.record import page_to_record

SMALLEST, LARGEST = 40_000, 100_000
SITE = AcftuSpider.site
# Too slow to run on every page in every round.
SLOW = {"trafilatura": 5, "news-please": 20}


def clean_pages() -> Iterator[Page]:
    """Real-size clean transcripts of the bundled hall, all eras."""
    hall = build_hall(2000)
    for record in hall.expected:
        path = str(record["url"]).removeprefix(f"http://{SITE.host}")
        body = hall.resources[path].body
        if SMALLEST <= len(body) <= LARGEST and not record["cleaning"]:
            yield Page(SITE.name, str(record["url"]), 200, "text/html", "2026-01-01T00:00:00Z", body)


def candidates(pages: list[Page]) -> dict[str, Callable[[Page, str], object]]:
    """What is measured, by name."""
    found: dict[str, Callable[[Page, str], object]] = {
        "lxml.html.fromstring": lambda page, text: lxml.html.fromstring(text),
        "page to transcript": lambda page, text: page_to_record(page, SITE),
        "the same, and JSON": lambda page, text: page_to_record(page, SITE).model_dump_json(),
        "decoding alone": lambda page, text: decode(page.body),
    }
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


def measure(pages: list[Page], rounds: int) -> dict[str, float]:
    """Median CPU milliseconds a page, by candidate."""
    texts = [decode(page.body).text for page in pages]
    tried = candidates(pages)
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
    pages = list(islice(clean_pages(), options.pages))
    sizes = sorted(len(page.body) for page in pages)
    print(
        f"{len(pages)} pages, {sizes[0]:,} to {sizes[-1]:,} bytes, median {sizes[len(sizes) // 2]:,};"
        f" {options.rounds} rounds"
    )
    figures = measure(pages, options.rounds)
    base, ours = figures["lxml.html.fromstring"], figures["page to transcript"]
    print(f"{'':24}{'CPU ms a page':>14}{'to lxml':>10}{'to ours':>10}")
    for name, figure in figures.items():
        print(f"{name:24}{figure:14.3f}{figure / base:10.2f}{figure / ours:10.2f}")


if __name__ == "__main__":
    main()
