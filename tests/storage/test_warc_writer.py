"""What is written is what came, for every reader of WARC."""

from __future__ import annotations

import gzip
import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawler.storage.warc import Earlier
from crawler.storage.warc_frames import Place
from crawler.storage.warc_reader import Capture, read_at
from tests.storage.warc_cases import BEGAN, PAGE, exchange, read, writer, written

ANSWERS: dict[str, dict[str, Any]] = {
    "page": {},
    "gzip": {"body": gzip.compress(PAGE), "headers": [(b"Content-Encoding", b"gzip"), (b"Content-Type", b"text/html")]},
    "empty": {"body": b"", "headers": [(b"Content-Length", b"0")]},
    "gone": {"status": 404, "reason": b"Not Found", "body": b"<h1>404</h1>"},
    "failed": {"status": 500, "reason": b"Internal  Error ", "body": b""},
    "redirect": {"status": 302, "reason": b"Found", "headers": [(b"Location", b"/b.html")], "body": b""},
    "binary": {"body": bytes(range(256)) * 9, "headers": [(b"Content-Type", b"image/png")]},
    "looks like WARC": {"body": b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n\r\n"},
    "odd headers": {
        "headers": [(b"X-Nul", b"a\0b"), (b"x-gbk", "附件.doc".encode("gbk")), (b"Set-Cookie", b"a=1"), (b"Set-Cookie", b"b=2"), (b"X-None", b"")]
    },
    "no reason": {"reason": b"", "version": "HTTP/1.0"},
    "no address": {"ip": None},
}  # fmt: skip


def blocks(path: Path, kind: str) -> list[bytes]:
    """The blocks of a file's records of a kind, by warcio, untouched."""
    with path.open("rb") as file:
        return [r.raw_stream.read() for r in WarcioIterator(file, no_record_parse=True) if r.rec_type == kind]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_byte_of_an_answer_is_there(name: str, tmp_path: Path) -> None:
    given = exchange(**ANSWERS[name])
    path = written(tmp_path, given)
    head = f"{given.version} {given.status} ".encode() + given.reason + b"\r\n"
    head += b"".join(n + b": " + value + b"\r\n" for n, value in given.headers)
    assert blocks(path, "response") == [head + b"\r\n" + given.body]


@pytest.mark.parametrize("name", ANSWERS)
def test_it_is_read_back(name: str, tmp_path: Path) -> None:
    given = exchange(**ANSWERS[name])
    (capture,), unreadable = read(written(tmp_path, given))
    assert unreadable == []
    assert (capture.url, capture.date, capture.status) == (given.url, given.date, given.status)
    assert capture.body == (PAGE if name == "gzip" else given.body)
    assert [(n.encode("latin-1"), v.encode("latin-1")) for n, v in capture.headers] == given.headers


@pytest.mark.parametrize("name", ANSWERS)
def test_digests_hold_for_fastwarc(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, exchange(**ANSWERS[name]))
    kinds = []
    for record in ArchiveIterator(str(path), parse_http=False):
        assert record.verify_block_digest()
        if record.record_type != WarcRecordType.warcinfo:
            record.parse_http()
            assert record.verify_payload_digest()
        kinds.append(record.headers["WARC-Type"])
    assert kinds == ["warcinfo", "response", "request"]


def test_chunks_are_gone_and_their_header_is_renamed(tmp_path: Path) -> None:
    path = written(tmp_path, exchange(headers=[(b"transfer-encoding", b"chunked")]))
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n" in blocks(path, "response")[0]
    assert read(path)[0][0].body == PAGE


def test_the_request(tmp_path: Path) -> None:
    headers = [(b"Accept", b"*/*"), (b"Proxy-Authorization", b"secret")]
    asked = exchange(
        url="http://name:word@press.example:81?a=b", request_headers=headers, method="POST", request_body=b"c=d"
    )
    (block,) = blocks(written(tmp_path, asked), "request")
    assert block == b"POST /?a=b HTTP/1.1\r\nHost: press.example:81\r\nAccept: */*\r\n\r\nc=d"


def test_a_header_cannot_smuggle_another(tmp_path: Path) -> None:
    path = written(tmp_path, exchange(headers=[(b"A", b"1\r\nB: 2")], reason=b"OK\nC: 3"))
    assert [name for name, _ in read(path)[0][0].headers] == ["A"]


def test_an_address_cannot_smuggle_a_header(tmp_path: Path) -> None:
    path = written(tmp_path, exchange(url="http://press.example/a\r\nWARC-Type: warcinfo"))
    assert len(blocks(path, "response")) == 1


def test_the_file_says_what_made_it(tmp_path: Path) -> None:
    path = written(tmp_path, exchange())
    with path.open("rb") as file:
        first = next(iter(WarcioIterator(file)))
        assert first.rec_headers.get_header("WARC-Filename") == path.name
        assert first.content_stream().read() == (
            b"software: press-conference-archive/0\r\noperator: you@example.org\r\nsettings: ROBOTSTXT_OBEY=True\r\n"
        )
        warcinfo = first.rec_headers.get_header("WARC-Record-ID")
        assert {r.rec_headers.get_header("WARC-Warcinfo-ID") for r in WarcioIterator(file)} <= {warcinfo}
    assert path.name.startswith("hall-20")


def test_the_position_is_the_response_s(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    positions = [archive.write(exchange(n, PAGE + bytes([n]))) for n in range(9)]
    archive.close()
    for number, position in enumerate(positions):
        capture = read_at(Place(tmp_path / position.file, position.offset))
        assert isinstance(capture, Capture)
        assert capture.record_id == position.record_id
        assert capture.body == PAGE + bytes([number])


def test_an_open_file_says_so_until_it_is_closed(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    assert list(tmp_path.iterdir()) == []
    position = archive.write(exchange())
    assert [p.name for p in tmp_path.iterdir()] == [position.file + ".open"]
    archive.close()
    archive.close()
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".cdxj", ".gz"]


def test_a_file_that_is_full_is_closed_and_a_new_one_begun(tmp_path: Path) -> None:
    seconds = itertools.count()
    archive = writer(tmp_path, rotate_at=5_000, now=lambda: BEGAN + timedelta(seconds=next(seconds)))
    positions = [archive.write(exchange(n, gzip.compress(PAGE) + bytes([n]) * 900)) for n in range(20)]
    names = list(dict.fromkeys(p.file for p in positions))
    assert len(names) > 3
    assert sorted(names) == names
    assert [p.name for p in tmp_path.glob("*.open")] == [names[-1] + ".open"]
    archive.close()
    captures, unreadable = read(*(tmp_path / name for name in names))
    assert unreadable == []
    assert [c.record_id for c in captures] == [p.record_id for p in positions]
    assert all((tmp_path / name).stat().st_size < 5_000 + 4_000 for name in names)


def test_a_file_of_many_records_is_closed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its index is kept in memory until then."""
    monkeypatch.setattr("crawler.storage.warc.MOST_RECORDS", 3)
    archive = writer(tmp_path)
    names = [archive.write(exchange(n)).file for n in range(7)]
    assert [names.count(name) for name in dict.fromkeys(names)] == [3, 3, 1]


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    first, second = (writer(tmp_path, now=lambda: BEGAN) for _ in range(2))
    first.write(exchange())
    with pytest.raises(FileExistsError):
        second.write(exchange())


def test_unchanged_content_is_a_revisit(tmp_path: Path) -> None:
    original = exchange(1)
    again = exchange(1, date=BEGAN + timedelta(days=1), headers=[(b"Age", b"9")])
    path = written(tmp_path, original, exchange(2), again)
    with path.open("rb") as file:
        records = [(r.rec_type, r.rec_headers) for r in WarcioIterator(file)]
    (revisit,) = [headers for kind, headers in records if kind == "revisit"]
    (referred, *_) = [headers for kind, headers in records if kind == "response"]
    assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit["WARC-Refers-To"] == referred["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Target-URI"] == original.url
    assert revisit["WARC-Refers-To-Date"] == referred["WARC-Date"]
    assert revisit["WARC-Payload-Digest"] == referred["WARC-Payload-Digest"]
    assert blocks(path, "revisit") == [b"HTTP/1.1 200 OK\r\nAge: 9\r\n\r\n"]
    assert [r.verify_block_digest() for r in ArchiveIterator(str(path), parse_http=False)] == [True] * 7


def test_a_revisit_has_its_original_s_content(tmp_path: Path) -> None:
    coded = {"body": gzip.compress(PAGE), "headers": [(b"Content-Encoding", b"gzip"), (b"Content-Type", b"text/html")]}
    later = BEGAN + timedelta(days=1)
    unchanged = exchange(1, date=later, status=304, reason=b"Not Modified", body=b"", headers=[(b"ETag", b'"1"')])
    captures, unreadable = read(written(tmp_path, exchange(1, **coded), unchanged))
    assert unreadable == []
    assert [(c.revisit, c.status, c.body, c.content_type) for c in captures] == [
        (False, 200, PAGE, "text/html"),
        (True, 200, PAGE, "text/html"),
    ]


def test_what_an_earlier_run_archived_is_known(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    archive = writer(first)
    position = archive.write(exchange(1))
    archive.close()
    url = exchange(1).url
    known = {url: Earlier(position.payload_digest, url, "2026-03-01T08:00:01.000000Z", position.record_id)}
    paths = (written(second, exchange(1), exchange(2, PAGE), known=known), *first.glob("*.gz"))
    captures, unreadable = read(*paths)
    assert unreadable == []
    assert [c.revisit for c in captures] == [False, False, True]
    assert captures[-1].body == PAGE


def test_other_content_is_a_response_and_then_what_is_known(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    bodies = [b"a", b"b", b"b", b"a"]
    assert [archive.write(exchange(1, body)).revisit for body in bodies] == [False, False, True, False]


def test_a_304_for_nothing_known_is_a_response(tmp_path: Path) -> None:
    assert not writer(tmp_path).write(exchange(status=304, body=b"")).revisit


@given(
    st.binary(max_size=3000),
    st.lists(st.tuples(st.from_regex(rb"\A[A-Za-z][A-Za-z-]{0,9}\Z"), st.binary(max_size=30)), max_size=4),
    st.binary(max_size=12),
)
def test_any_bytes_come_back(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, headers: list[tuple[bytes, bytes]], reason: bytes
) -> None:
    coded = {b"content-encoding", b"transfer-encoding"}
    headers = [(n, value.replace(b"\n", b"").strip()) for n, value in headers if n.lower() not in coded]
    asked = exchange(body=body, headers=headers, reason=reason.replace(b"\n", b""))
    path = written(tmp_path_factory.mktemp("any"), asked)
    assert blocks(path, "response")[0].endswith(b"\r\n\r\n" + body)
    (capture,), unreadable = read(path)
    assert unreadable == []
    assert capture.body == body
