"""What keeping every response costs: the crawl with its archive and without, and the writer against warcio's.

    python -m benchmarks.capture [--size N] [--rounds N]

CPU seconds, in turn in every round, medians. The writers have the same responses, a request beside each: ours with its
CDXJ index, warcio's alone. Both write a file on disk, one gzip member a record, with both digests.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.crawl import SCRAPY, cost, serve
from benchmarks.parse import clean_pages
from crawler.items import Page
from crawler.storage.warc import ArchiveWriter, Exchange

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
REQUEST = [(b"Host", b"acftu.people.com.cn"), (b"User-Agent", b"press-conference-archive")]


def ours(pages: list[Page], folder: Path) -> None:
    """This project's writer."""
    writer = ArchiveWriter(folder, "ours", {}, lambda url: None)
    for page in pages:
        headers = [(b"Content-Type", page.content_type.encode())]
        writer.write(Exchange(page.url, "GET", REQUEST, BEGAN, 200, b"OK", "HTTP/1.1", headers, page.body, None))
    writer.close()


def warcio(pages: list[Page], folder: Path) -> None:
    """warcio's writer, as its documentation uses it."""
    with (folder / "warcio.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for page in pages:
            answer = StatusAndHeaders("200 OK", [("Content-Type", page.content_type)], protocol="HTTP/1.1")
            asked = [(name.decode(), value.decode()) for name, value in REQUEST]
            question = StatusAndHeaders("GET / HTTP/1.1", asked, is_http_request=True)
            body = BytesIO(page.body)
            response = writer.create_warc_record(page.url, "response", payload=body, http_headers=answer)
            request = writer.create_warc_record(page.url, "request", http_headers=question)
            writer.write_request_response_pair(request, response)


def writers(count: int, rounds: int) -> dict[str, float]:
    """Median CPU milliseconds a response, by writer."""
    pages = list(clean_pages(count))
    times: dict[str, list[float]] = {"this writer": [], "warcio": []}
    tried: dict[str, Callable[[list[Page], Path], None]] = dict(zip(times, (ours, warcio), strict=True))
    for _ in range(rounds):
        for name, write in tried.items():
            with tempfile.TemporaryDirectory() as folder:
                gc.collect()
                begin = process_time()
                write(pages, Path(folder))
                times[name].append((process_time() - begin) / len(pages) * 1000)
    return {name: median(each) for name, each in times.items()}


def crawls(size: int, rounds: int) -> dict[str, float]:
    """Median CPU seconds of the crawl without and with its archive."""
    server, start = serve(size)
    times: dict[str, list[float]] = {"crawl, no archive": [], "crawl": []}
    try:
        for _ in range(rounds):
            for name, archive in zip(times, "01", strict=True):
                with tempfile.TemporaryDirectory() as folder:
                    options = ["-s", f"OUTPUT_DIR={folder}", "-s", f"ARCHIVE={archive}"]
                    command = [SCRAPY, "crawl", "acftu", "-a", f"start={start}", "-s", "ALLOW_PRIVATE_ADDRESSES=1"]
                    found = cost([*command, *options], Path(folder) / "acftu/transcripts.jsonl")
                    times[name].append(found.cpu)
    finally:
        server.kill()
    return {name: median(each) for name, each in times.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    plain, archived = crawls(options.size, options.rounds).values()
    print(f"crawl of {options.size} conferences: {plain:.2f} CPU s without, {archived:.2f} with the archive,")
    print(f"{archived / plain:.2f} times")
    own, other = writers(options.size // 10, options.rounds).values()
    print(f"a response of some 50 KB: {own:.2f} CPU ms, warcio {other:.2f}: {other / own:.1f} times")


if __name__ == "__main__":
    main()
