"""WARC of any origin, and every kind of damage: read, or said; never a silent stop."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from fastwarc.stream_io import ZstdWriter
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.storage.warc_frames import Place, Unreadable
from crawler.storage.warc_frames import _records as records_of
from crawler.storage.warc_http import MOST, entity
from crawler.storage.warc_reader import read_at
from tests.storage.warc_cases import PAGE, answer, exchange, raw, read, saved, written

HOW = ["each", "whole", "plain"]


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def bare_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


def zstd(body: bytes) -> bytes:
    out = BytesIO()
    with ZstdWriter(out) as stream:
        stream.write(body)
        stream.finish()
        stream.flush()
        return out.getvalue()


def pages(path: Path) -> list[tuple[str, bytes]]:
    captures, unreadable = read(path)
    assert unreadable == []
    return [(c.url, c.body) for c in captures]


@pytest.mark.parametrize("how", HOW)
def test_each_way_to_compress_a_file(how: str, tmp_path: Path) -> None:
    records = [raw(answer(PAGE + bytes([n])), number=n) for n in range(1, 6)]
    path = saved(tmp_path / "a.warc", *records, how=how)
    assert pages(path) == [(f"http://press.example/{n}.html", PAGE + bytes([n])) for n in range(1, 6)]


@pytest.mark.parametrize("how", HOW)
def test_a_page_is_found_again_at_its_place(how: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.warc", *(raw(answer(PAGE + bytes([n])), number=n) for n in range(1, 6)), how=how)
    for capture in read(path)[0]:
        assert read_at(capture.place) == capture


CODED = {
    "plain": (PAGE, ()),
    "chunked": (chunked(PAGE), ("Transfer-Encoding: chunked",)),
    "gzip": (gzip.compress(PAGE), ("Content-Encoding: gzip",)),
    "x-gzip": (gzip.compress(PAGE), ("content-encoding: X-GZIP",)),
    "gzip in two members": (gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), ("Content-Encoding: gzip",)),
    "gzip and junk": (gzip.compress(PAGE) + b"junk", ("Content-Encoding: gzip",)),
    "chunked gzip": (chunked(gzip.compress(PAGE)), ("Transfer-Encoding: chunked", "Content-Encoding: gzip")),
    "deflate": (zlib.compress(PAGE), ("Content-Encoding: deflate",)),
    "bare deflate": (bare_deflate(PAGE), ("Content-Encoding: deflate",)),
    "brotli": (brotli.compress(PAGE), ("Content-Encoding: br",)),
    "zstd": (zstd(PAGE), ("Content-Encoding: zstd",)),
    "two codings": (gzip.compress(zlib.compress(PAGE)), ("Content-Encoding: deflate, gzip",)),
    "already decoded": (PAGE, ("Content-Encoding: gzip", "Transfer-Encoding: chunked")),
    "unknown coding": (PAGE, ("Content-Encoding: identity",)),
}


@pytest.mark.parametrize("name", CODED)
def test_bodies_are_decoded(name: str, tmp_path: Path) -> None:
    body, headers = CODED[name]
    assert pages(saved(tmp_path / "a.warc.gz", raw(answer(body, *headers)))) == [("http://press.example/1.html", PAGE)]


def test_a_body_that_breaks_off_is_given_as_far_as_it_goes() -> None:
    body = random.Random(1).randbytes(200_000)
    given = entity(gzip.compress(body)[:100_000], "", "gzip")
    assert given == body[: len(given)]
    assert len(given) > 60_000


def test_a_bomb_is_said(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (MOST + 1))
    captures, (found,) = read(saved(tmp_path / "a.warc.gz", raw(answer(bomb, "Content-Encoding: gzip"))))
    assert captures == []
    assert "larger than" in found.reason


def test_what_is_no_page_is_left_out(tmp_path: Path) -> None:
    records = (
        raw(b"software: x\r\n", kind="warcinfo", Content_Type="application/warc-fields"),
        raw(b"GET / HTTP/1.1\r\n\r\n", kind="request", Content_Type="application/http; msgtype=request"),
        raw(b"20250501\r\n1.2.3.4\r\n", kind="response", WARC_Target_URI="dns:press.example", Content_Type="text/dns"),
        raw(b"via: x\r\n", kind="metadata", Content_Type="application/warc-fields"),
        raw(answer(PAGE), number=2),
    )
    assert pages(saved(tmp_path / "a.warc.gz", *records)) == [("http://press.example/2.html", PAGE)]


def test_a_resource_is_a_page(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.warc", raw(PAGE, kind="resource", Content_Type="text/html; charset=gbk"), how="plain")
    (capture,), _ = read(path)
    assert (capture.status, capture.content_type, capture.body) == (200, "text/html; charset=gbk", PAGE)


@pytest.mark.parametrize("how", HOW)
def test_records_in_any_order(how: str, tmp_path: Path) -> None:
    """The request before its response, the revisit before its original, which stands in another file."""
    digest = {"WARC_Payload_Digest": "sha1:2FD4E1C67A2D28FCED849EE1BB76E7391B93EB12"}
    revisit = raw(b"HTTP/1.1 200 OK\r\n\r\n", number=3, kind="revisit", **digest)
    named = raw(
        answer(b"", status="304 Not Modified"),
        number=4,
        kind="revisit",
        WARC_Refers_To="<urn:uuid:00000000-0000-4000-8000-000000000001>",
    )
    dated = raw(
        b"", number=5, kind="revisit", WARC_Refers_To_Date="2025-05-01T00:00:00Z",
        WARC_Refers_To_Target_URI="http://press.example/1.html",
    )  # fmt: skip
    request = raw(b"GET / HTTP/1.1\r\n\r\n", number=9, kind="request", Content_Type="application/http; msgtype=request")
    first = saved(tmp_path / "a.warc", revisit, named, dated, request, how=how)
    second = saved(tmp_path / "b.warc", request, raw(answer(PAGE), **digest), how=how)
    captures, unreadable = read(first, second)
    assert unreadable == []
    assert [(c.url[-6], c.status, c.body == PAGE, c.revisit) for c in captures] == [
        ("1", 200, True, False),
        ("3", 200, True, True),
        ("4", 200, True, True),
        ("5", 200, True, True),
    ]


def test_a_revisit_without_its_original_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.warc.gz", raw(b"", kind="revisit", WARC_Refers_To="<urn:uuid:1>"))
    assert read(path) == (
        [],
        [
            Unreadable(
                Place(path, 0), "a revisit of http://press.example/1.html, whose original is in none of the files"
            )
        ],
    )


def test_warcio_s_files(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        out = WARCWriter(file, gzip=True)
        for number in range(3):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            out.write_record(
                out.create_warc_record(
                    f"http://press.example/{number}", "response", payload=BytesIO(PAGE), http_headers=headers
                )
            )
    assert pages(path) == [(f"http://press.example/{number}", PAGE) for number in range(3)]


@pytest.mark.parametrize(
    "headers", [{"version": "1.0"}, {"version": "0.18"}, {"WARC_Target_URI": "<http://press.example/1.html>"}]
)
def test_older_dialects(headers: dict[str, str], tmp_path: Path) -> None:
    path = saved(tmp_path / "a.warc.gz", raw(answer(PAGE), **headers))
    assert pages(path) == [("http://press.example/1.html", PAGE)]


def lower_case(record: bytes) -> bytes:
    head, _, block = record.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    lines = [name.lower() + b":" + value for name, _, value in (line.partition(b":") for line in lines)]
    return b"\r\n".join((first, *lines)) + b"\r\n\r\n" + block


def unix_lines(record: bytes) -> bytes:
    head, _, block = record.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + b"\n\n" + block


@pytest.mark.parametrize("changed", [lower_case, unix_lines])
def test_other_ways_to_write_a_head(changed: Callable[[bytes], bytes], tmp_path: Path) -> None:
    plain = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE
    records = changed(raw(answer(PAGE))), changed(raw(plain, number=2))
    (first, second), unreadable = read(saved(tmp_path / "a.warc.gz", *records))
    assert unreadable == []
    assert (first.body, second.body, second.content_type) == (PAGE, PAGE, "text/html")


@pytest.mark.parametrize("name", ["sha1:" + "0" * 40, "sha-256:" + "0" * 64, "md5:" + "A" * 26])
def test_a_wrong_digest_is_said(name: str, tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.warc.gz", raw(answer(PAGE), digest=False, WARC_Block_Digest=name), raw(answer(PAGE), number=2)
    )
    captures, unreadable = read(path)
    assert [c.url[-6] for c in captures] == ["2"]
    assert [u.reason for u in unreadable] == ["its bytes have another digest than it says"]


def test_a_digest_nobody_knows_is_no_fault(tmp_path: Path) -> None:
    assert (
        len(pages(saved(tmp_path / "a.warc.gz", raw(answer(PAGE), digest=False, WARC_Block_Digest="tiger:ABC")))) == 1
    )


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (raw(answer(PAGE), WARC_Date="yesterday"), "no WARC-Date"),
        (raw(b"no HTTP at all"), "no HTTP status line"),
        (raw(answer(PAGE), WARC_Segment_Number="1"), "a record in several segments"),
        (raw(answer(PAGE)).replace(b"Content-Length", b"Content-Size"), "no Content-Length"),
        (b"WARC/1.1\r\nContent-Length: 99999999999\r\n\r\n", "a record of 99999999999 bytes is no page"),
        (b"WARC/1.1\r\n" + b"A: b\r\n" * 2000 + b"\r\n", "headers without an end"),
        (raw(answer(PAGE)).replace(b"Content-Length: ", b"Content-Length: 1"), "cut off"),
        (b"nothing of the kind " * 50, "no record begins here"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["each", "plain"])
def test_a_record_that_is_none_is_said_and_the_next_is_read(
    record: bytes, reason: str, how: str, tmp_path: Path
) -> None:
    path = saved(tmp_path / "a.warc", raw(answer(b"1")), record, raw(answer(b"2"), number=2), how=how)
    captures, unreadable = read(path)
    assert [c.body for c in captures] == [b"1", b"2"]
    offset = len(gzip.compress(raw(answer(b"1")))) if how == "each" else len(raw(answer(b"1")))
    assert unreadable[0].place.offset == offset
    assert unreadable[0].reason.startswith(reason)


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 100, b"<html>", gzip.compress(b"", mtime=0), gzip.compress(b"<html>", mtime=0)]
)
def test_what_is_no_warc_is_said(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    captures, unreadable = read(path)
    assert captures == []
    assert len(unreadable) == 1 and unreadable[0].place == Place(path, 0)


class Counting(BytesIO):
    """Bytes that count the lines which are read."""

    lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.lines += 1
        return super().readline(size)


def test_lines_that_end_as_a_record_begins_are_read_a_few_times_each(tmp_path: Path) -> None:
    file = Counting(b"WARC/1.1\r\n" + b"-WARC/1.1\r\n" * 2000)
    assert {type(found) for found in records_of(file, tmp_path)} == {Unreadable}
    assert file.lines < 10 * 2000


def test_an_address_that_ends_as_a_record_begins(tmp_path: Path) -> None:
    address = b"http://archive.example/WARC/1.1\r\n"
    said = b"WARC-Target-URI: " + address + b"WARC-Refers-To-Target-URI: " + address
    record = raw(answer(PAGE)).replace(b"WARC-Date", said + b"WARC-Date", 1)
    captures, unreadable = read(saved(tmp_path / "a.warc", record, how="plain"))
    assert [c.body for c in captures] == [PAGE] and unreadable == []


def three(folder: Path, how: str) -> tuple[Path, list[int]]:
    """A file of three pages and the offsets of their records, and its end."""
    records = [raw(answer(random.Random(n).randbytes(300)), number=n) for n in (1, 2, 3)]
    path = saved(folder / "a.warc", *records, how=how)
    sizes = [len(gzip.compress(r) if how == "each" else r) for r in records]
    return path, [0, sizes[0], sizes[0] + sizes[1], sum(sizes)]


@pytest.mark.parametrize("how", ["each", "plain"])
def test_cut_anywhere(how: str, tmp_path: Path) -> None:
    """Whole records before the cut are read; a cut inside of a record is said with the record's offset."""
    path, offsets = three(tmp_path, how)
    data = path.read_bytes()
    for cut in range(1, len(data), 3):
        path.write_bytes(data[:cut])
        whole = sum(end <= cut for end in offsets[1:])
        captures, unreadable = read(path)
        # The check sum of a member may be gone: its record is whole, as its own digest says.
        assert [c.record_id[-2] for c in captures] in (
            ["1", "2", "3"][:whole],
            ["1", "2", "3"][: whole + (how == "each")],
        )
        if cut not in offsets:
            assert [u.place.offset for u in unreadable] == [offsets[whole]]


def test_a_whole_gzip_that_is_cut(tmp_path: Path) -> None:
    path, _ = three(tmp_path, "whole")
    data = path.read_bytes()
    for cut in range(1, len(data), 3):
        path.write_bytes(data[:cut])
        captures, unreadable = read(path)
        assert len(unreadable) == 1 and unreadable[0].place == Place(path, 0)
        assert [c.record_id[-2] for c in captures] == ["1", "2", "3"][: len(captures)]


@pytest.mark.parametrize("how", HOW)
def test_a_bit_that_turned(how: str, tmp_path: Path) -> None:
    """Every page that is handed out is as it was; every page that is not is said."""
    path, offsets = three(tmp_path, how)
    data = path.read_bytes()
    first = read(path)[0]
    good = {c.body for c in first}
    for at in range(0, len(data), 2):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :])
        captures, unreadable = read(path)
        assert {c.body for c in captures} <= good
        assert len(captures) == 3 or unreadable
        if how == "each":
            struck = max(n for n, start in enumerate(offsets[:3]) if start <= at)
            assert {c.record_id for c in captures} >= {c.record_id for n, c in enumerate(first) if n != struck}
            assert all(u.place.offset == offsets[struck] for u in unreadable)


@pytest.mark.parametrize(("digest", "bodies"), [(True, [b"1", b"2"]), (False, [b"1"])])
def test_a_lost_check_sum_is_said(digest: bool, bodies: list[bytes], tmp_path: Path) -> None:
    """A record of that member is given only where its own digest vouches for it."""
    first, second = gzip.compress(raw(answer(b"1"))), gzip.compress(raw(answer(b"2"), number=2, digest=digest))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(first + second[:-8])
    captures, unreadable = read(path)
    assert [c.body for c in captures] == bodies
    assert unreadable == [Unreadable(Place(path, len(first)), f"cut off, {len(second) - 8} bytes")]


def test_a_wrong_check_sum_is_said(tmp_path: Path) -> None:
    struck = bytearray(gzip.compress(raw(answer(b"1"))))
    struck[-8] ^= 1
    path = tmp_path / "a.warc.gz"
    path.write_bytes(bytes(struck) + gzip.compress(raw(answer(b"2"), number=2)))
    captures, (found,) = read(path)
    assert [c.body for c in captures] == [b"2"]
    assert found.place == Place(path, 0)
    assert "incorrect data check" in found.reason


def test_our_own_files_cut_anywhere(tmp_path: Path) -> None:
    path = written(tmp_path, *(exchange(n, b"%d" % n * 99) for n in range(3)))
    data = path.read_bytes()
    for cut in range(1, len(data)):
        path.write_bytes(data[:cut])
        captures, unreadable = read(path)
        assert [c.body for c in captures] == [b"%d" % n * 99 for n in range(len(captures))]
        assert len(unreadable) <= 1
        if not unreadable:
            assert path.read_bytes()[-8:] == data[cut - 8 : cut]


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"WARC/1.1\r\n", b"WARC/1.1\r\nContent-Length: 3\r\n\r\n", gzip.compress(b"WARC/1.1\r\n\r\n", mtime=0)]
    ),
)
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.warc"
    path.write_bytes(start + data)
    captures, unreadable = read(path)
    assert captures or unreadable


@given(
    st.binary(max_size=300),
    st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", ""]),
    st.sampled_from(["", "chunked"]),
)
def test_no_body_raises(body: bytes, content: str, transfer: str) -> None:
    entity(body, transfer, content)
