"""Archives for tests of the site, and the site without a socket."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from crawler.browse.archive import Archive, open_archive
from crawler.items import Transcript
from tests.storage.made_records import record, write

if TYPE_CHECKING:
    from starlette.testclient import TestClient

for _name in ("starlette", "jinja2", "uvicorn"):
    pytest.importorskip(_name, reason="pip install -r requirements-browse.txt")

HOME = "http://127.0.0.1:8740"
HOSTILE = "</p></bdi></title><script>alert('1')</script><img src=x onerror=\"alert(2)\">\u202e&amp;\x07'\""

BODY = (
    '<html><head><meta charset="gb2312"><meta http-equiv=refresh content="0;url=http://elsewhere.example/">'
    '<base href="http://elsewhere.example/"><LINK rel=dns-prefetch href="//elsewhere.example"><title>题</title></head>'
    "<body><script>document.write('<p>' + 1)</script><img src=http://elsewhere.example/a.jpg><p>[方致远]：工会。</p>"
    "<iframe src=http://elsewhere.example/></iframe></body></html>"
)


def talk(number: int = 1, version: int = 1, day: str | None = "2018-05-08", **changes: Any) -> Transcript:
    """A record held on a day."""
    event = {"date": day, "time": None, "place": None}
    return record(number, version, **({"event": event, "published_at": day} | changes))


def turn(number: int, text: str, role: str = "official", **changes: Any) -> dict[str, Any]:
    """A turn."""
    said = {"id": f"t{number}", "label": "林知秋", "speaker": "林知秋", "role": role, "affiliation": None, "text": text}
    return said | changes


def archive_of(folder: Path, *records: Transcript | bytes, hall: str = "acftu") -> Archive:
    """A folder with one hall, loaded."""
    write(folder / hall / "transcripts.jsonl", *records)
    return open_archive(folder)


def client_of(archive: Archive, **options: Any) -> TestClient:
    """A browser that asks the site, and sees its errors as pages."""
    from starlette.testclient import TestClient

    from crawler.browse.app import make_app

    return TestClient(make_app(archive), base_url=HOME, raise_server_exceptions=False, **options)


def site(folder: Path, *records: Transcript | bytes) -> TestClient:
    """The site of some records."""
    return client_of(archive_of(folder, *records))


def tree(client: TestClient, address: str) -> html.HtmlElement:
    """A page, read."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.text[:300])
    return html.fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    """What a reader sees of an element, on one line."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def titles(client: TestClient, address: str) -> list[str]:
    """The conferences of a list."""
    return [words(one) for one in tree(client, address).cssselect(".conference h3")]


def write_page(hall: Path, body: str) -> dict[str, Any]:
    """A page in a hall's archive; where it is."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n" + body.encode("gbk")
    record_id = "<urn:uuid:00000000-0000-0000-0000-000000000001>"
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://acftu.people.com.cn/1\r\nWARC-Record-ID: {record_id}\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    (hall / "warc").mkdir(parents=True)
    (hall / "warc/a.warc.gz").write_bytes(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    return {"file": "a.warc.gz", "offset": 0, "record_id": record_id}
