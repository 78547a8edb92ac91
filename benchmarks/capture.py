"""Writing responses into an archive and reading them out of it, against warcio alone.

    python -m benchmarks.capture [--pages N] [--rounds N]

CPU milliseconds a response of some 50 KB, in turn in every round, medians. Both writers have the same responses, a
request beside each: ours with its CDXJ index, warcio's alone; a file on disk, one gzip member a record, with both
digests. Both readers read the file that ours has written, check its digests, and undo what codes a body. What the
archive costs the crawl is in `benchmarks.crawl`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path

from benchmarks.figure import Figure, alone
from benchmarks.parse import clean_pages
from benchmarks.turns import medians
from crawler.items import Page
from crawler.storage.warc import ArchiveWriter, Exchange
from crawler.storage.warc_reader import Capture, read_warcs

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
REQUEST = [(b"Host", b"acftu.people.com.cn"), (b"User-Agent", b"press-conference-archive")]


def write(pages: list[Page], folder: Path) -> None:
    """This project's writer."""
    writer = ArchiveWriter(folder, "ours", {}, lambda url: None)
    for page in pages:
        headers = [(b"Content-Type", page.content_type.encode())]
        writer.write(Exchange(page.url, "GET", REQUEST, BEGAN, 200, b"OK", "HTTP/1.1", headers, page.body, None))
    writer.close()


def read(warc: Path) -> list[bytes]:
    """This project's reader."""
    return [page.body for page in read_warcs([warc]) if isinstance(page, Capture)]


def write_warcio(pages: list[Page], folder: Path) -> None:
    """warcio's writer, as its documentation uses it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

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


def read_warcio(warc: Path) -> list[bytes]:
    """warcio's reader, as its documentation uses it."""
    from warcio.archiveiterator import ArchiveIterator

    with warc.open("rb") as file:
        return [
            record.content_stream().read()
            for record in ArchiveIterator(file, check_digests=True)
            if record.rec_type == "response"
        ]


def measure(pages: list[Page], rounds: int, work: Path) -> dict[str, float]:
    """Median CPU seconds by function's name; without warcio's where that is not installed."""
    once = work / "once"
    once.mkdir()
    write(pages, once)
    (warc,) = once.glob("*.warc.gz")
    numbers = count()

    def writing(run: Callable[[list[Page], Path], None]) -> None:
        folder = work / str(next(numbers))
        folder.mkdir()
        run(pages, folder)

    tried: dict[str, Callable[[], object]] = {"write": partial(writing, write), "read": partial(read, warc)}
    try:
        if read_warcio(warc) != read(warc):
            raise ValueError("the readers differ")
        tried |= {"write_warcio": partial(writing, write_warcio), "read_warcio": partial(read_warcio, warc)}
    except ImportError:
        pass
    return medians(tried, rounds)


def figures(pages: int, rounds: int) -> Iterator[Figure]:
    """A response written, and read."""
    made = list(clean_pages(pages))
    with tempfile.TemporaryDirectory() as folder:
        took = {name: seconds * 1000 / len(made) for name, seconds in measure(made, rounds, Path(folder)).items()}
    for what in ("write", "read"):
        yield Figure(f"capture: {what} a response", took[what], "CPU ms", "warcio alone", took.get(f"{what}_warcio"))


if __name__ == "__main__":
    alone(__doc__, figures, pages=100, rounds=5)
