"""Where inputs begin: pages of the tests and of the bundled hall, damaged and spammed text, archives and lines of those.

Nothing of it is kept beside the code: it is made when a run starts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.restore_forward import Damaged, damage
from benchmarks.restore_measure import table, tokens
from benchmarks.restore_prose import TEXTS
from crawler.demo.hall import build_hall
from crawler.storage.warc import ArchiveWriter, Exchange
from crawler.text.record import page_to_record
from fuzzing import files
from fuzzing.pages import ADDRESSES, BETWEEN, page_from

TESTS = Path(__file__).parent.parent / "tests"
PAGES = TESTS / "pages"
LARGEST = 40_000
HALL = 20
ACFTU = 0
SPAM = (
    "丰镇市| 乌审旗| 阿坝县| 台南市| 宁都县| 博湖县| 龙陵县| 海宁市| 遂昌县| 石台县| 罗定市| 额敏县| 房山区| 剑河县|",
    "澳门葡京 百家乐 国产精品久久 人妻无码 六合彩 欧美日韩 皇冠体育 老虎机 麻豆 棋牌",
)
ARTICLE = (
    '<html><head><meta charset="gb2312"><title>发布会--人民网</title></head><body><div class="text_title"><h1>发布会</h1>'
    '<div class="fl">2018年05月08日10:00 来源：<a href="/">东海工人网</a></div></div><div id="rwb_zw">'
    "<p>[方致远]：各位记者朋友，请大家提问。</p><p>[记者]：有什么安排？</p><p>[林知秋]：安排有两项。</p>"
    '<div class="edit">(责编：甲乙、丙丁)</div></div></body></html>'
).encode("gbk")


def saved_pages() -> Iterator[bytes]:
    """The tests' pages of all halls, a short article first."""
    yield bytes([ACFTU]) + ARTICLE
    yield bytes([ACFTU]) + ARTICLE + BETWEEN + ARTICLE
    names = [site.name for site, _ in ADDRESSES]
    for path in sorted(PAGES.glob("*/*/page.html")):
        yield bytes([names.index(path.parts[-3])]) + path.read_bytes()[:LARGEST]
    for text in damaged():
        yield bytes([ACFTU + 1]) + _in_an_article(text.text).encode("gb18030", "xmlcharrefreplace")
        yield bytes([ACFTU + 1]) + _in_an_article(text.body.decode("gb18030", "replace")).encode("gb18030", "replace")
    for block in SPAM:
        yield bytes([ACFTU + 1]) + _in_an_article("[记者]：有什么安排？\n" + block).encode("gb18030")


def _in_an_article(text: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return ARTICLE.decode("gbk").replace('<div class="edit">', f'{lines}<div class="edit">')


def bodies() -> Iterator[bytes]:
    """Pages under a header, as `decode` gets them."""
    for page in saved_pages():
        yield b"text/html; charset=gbk\n" + page[1:]
    for codec in ("utf-8", "big5hkscs", "utf-16", "gb18030"):
        yield b"text/html\n" + ARTICLE.decode("gbk").encode(codec, "replace")


def listings() -> Iterator[bytes]:
    """Pages of the bundled hall's listing."""
    hall = build_hall(HALL)
    for path in hall.resources:
        if "index" in path:
            yield bytes([ACFTU]) + hall.resources[path].body


def damaged() -> Iterator[Damaged]:
    """Prose as mirrors damage it."""
    for number, text in enumerate(TEXTS):
        part = text[:600]
        yield damage(part, table(part, 80, number), tokens(number), number % 2 == 0, number % 3 == 0)


def texts() -> Iterator[bytes]:
    """Damaged prose, prose and blocks of names."""
    for one in damaged():
        yield b"\x00" + one.text.encode()
        yield b"\x01" + one.truth.encode()
    for block in SPAM:
        yield b"\x00" + f"发布会\n[记者]：有什么安排？{block}\n{block}\n（责编：甲乙）".encode()
    yield b"\x02" + (TESTS / "spam_cases" / "legitimate.txt").read_bytes()[:8000]


def annotated() -> Iterator[bytes]:
    """The bytes of damaged prose."""
    for one in damaged():
        yield b"\x00" + one.body


def archives() -> Iterator[bytes]:
    """WARC records of our own writer, as they are and packed; and such as others write."""
    with TemporaryDirectory() as folder:
        archive = ArchiveWriter(Path(folder), "hall", {"software": "fuzzing"}, {}.get)
        for number in range(2):
            archive.write(_exchange(number))
        archive.close()
        (path,) = Path(folder).glob("*.warc.gz")
        data = path.read_bytes()
    yield b"\x00" + data
    plain = b"".join(frame.head + frame.block + b"\r\n\r\n" for frame in _frames(data))
    yield from (bytes([how]) + plain for how in range(3))
    for how in range(3):
        yield bytes([how]) + b"".join(map(_record, OTHERS, range(len(OTHERS))))


def _frames(data: bytes) -> list[files.Frame]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.warc.gz")
        path.write_bytes(data)
        return [frame for frame in files.frames(path) if isinstance(frame, files.Frame)]


def _exchange(number: int) -> Exchange:
    url = ADDRESSES[ACFTU][1]
    head = [(b"Content-Type", b"text/html; charset=gbk")]
    when = datetime(2026, 3, 1, 8, number, tzinfo=UTC)
    return Exchange(url, "GET", [(b"User-Agent", b"x")], when, 200, b"OK", "HTTP/1.1", head, ARTICLE)


# How other programs write: a chunked body, a revisit, lines that end as Unix ends them, a page without HTTP.
OTHERS: tuple[tuple[str, str, bytes], ...] = (
    ("response", "application/http", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>[a\r\n0\r\n\r\n"),
    ("response", "application/http", b"HTTP/1.0 301 Moved\nLocation: /n1/2018/0508/c392912-29970002.html\n\n"),
    ("response", "application/http", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00"),
    ("revisit", "application/http; msgtype=response", b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    ("resource", "text/html", ARTICLE),
    ("metadata", "application/warc-fields", b"via: http://press.example/\r\n"),
)


def _record(other: tuple[str, str, bytes], number: int) -> bytes:
    kind, content, block = other
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2026-03-0{number + 1}T08:00:00Z\r\n"
        f"WARC-Target-URI: <{ADDRESSES[ACFTU][1]}>\r\nContent-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def records() -> Iterator[bytes]:
    """Lines of JSON, whole and torn."""
    line = _line()
    yield line + b"\n" + line + b"\n"
    yield line[:700] + b'\n{"a": 1}\n{"b": [1, 2, {"c": null}]}\n{"torn'


def halls() -> Iterator[bytes]:
    """The three files of a hall."""
    beside = {"url": ADDRESSES[ACFTU][1], "fetched_at": "2026-03-01T08:00:00Z", "warc": None}
    copy = json.dumps({**beside, "duplicate_of": "acftu/1", "content_hash": "sha256:0"}).encode()
    refused = json.dumps({**beside, "reason": "no_turns", "detail": "no labelled paragraph"}).encode()
    parts = (_line() + b"\n", copy + b"\n", refused + b"\n")
    yield files.BETWEEN.join(parts)
    yield files.BETWEEN.join((b"", *parts[1:]))


def _line() -> bytes:
    page, site = page_from(bytes([ACFTU]) + ARTICLE)
    return page_to_record(page, site).model_dump_json().encode()
