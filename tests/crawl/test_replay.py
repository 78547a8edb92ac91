"""The crawl's archive in another program: pywb gives back each page as it was received."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from tests.halls import scrapy
from tests.replay import archive


def responses(warc: Path) -> dict[tuple[str, str], bytes]:
    """The body of each page, by its moment and its address."""
    found = {}
    with warc.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                date = record.rec_headers["WARC-Date"]
                moment = "".join(c for c in date if c.isdigit())[:14]
                found[moment, record.rec_headers["WARC-Target-URI"]] = record.content_stream().read()
    return found


def given_back(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            body: bytes = answer.read()
            return body
    except urllib.error.HTTPError as error:
        return b"HTTP %d" % error.code


def test_each_page_is_replayed_to_the_byte(tmp_path: Path) -> None:
    assert scrapy("demo", "-s", f"OUTPUT_DIR={tmp_path}").returncode == 0
    warcs = sorted(tmp_path.rglob("*.warc.gz"))
    pages = {key: body for warc in warcs for key, body in responses(warc).items()}
    assert len(pages) > 60
    with archive(tmp_path / "pywb", warcs) as address:
        different = [url for (moment, url), body in pages.items() if given_back(f"{address}{moment}id_/{url}") != body]
    assert not different
