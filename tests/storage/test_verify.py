"""An archive that is whole passes; whatever is damaged in it is named, with its place."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crawler.storage.cdxj import index_path, reindex
from crawler.storage.warc_http import headers_of
from crawler.storage.warc_members import members
from tests.halls import LISTING, TinyHall, article, crawl, path_of, serving
from tests.storage.verify_cases import (
    archive,
    change,
    drop,
    findings,
    hall,
    problems,
    response_of,
    responses,
    run,
    sql,
    warc,
)
from tests.storage.warc_cases import answer, raw, saved


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two runs, between which a page was edited; never changed by a test."""
    return archive(tmp_path_factory.mktemp("whole"), edit=edited)


def edited(tiny: TinyHall) -> None:
    tiny.pages[path_of(1003)] = article(1003, ("方致远", "更正：安排有三十项。"))


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def test_whole_after_an_edit(whole: Path) -> None:
    before = {path: path.read_bytes() for path in whole.rglob("*") if path.is_file()}
    assert findings(whole) == ([], [])
    assert {path: path.read_bytes() for path in whole.rglob("*") if path.is_file()} == before


def test_whole_as_a_copy_under_another_name(copy: Path) -> None:
    assert findings(copy) == ([], [])


def test_whole_over_gzip(tmp_path: Path) -> None:
    assert findings(archive(tmp_path, gzip=True)) == ([], [])


def test_without_an_archive_and_without_a_ledger_it_is_said(tmp_path: Path) -> None:
    folder = archive(tmp_path, arguments=("-s", "ARCHIVE=0"))
    (folder / "ledger.sqlite").unlink()
    found, notes = findings(folder)
    assert found == []
    assert [note.partition(": ")[2].split(";")[0].split(":")[0] for note in notes] == [
        "no ledger",
        "no archive of responses",
    ]


def test_an_address_that_leads_to_a_copy_is_not_asked_again(tmp_path: Path) -> None:
    with serving(hall()) as server:
        run(server, tmp_path)
        server.requests.clear()
        result = crawl(server.url + LISTING, tmp_path)
    assert result.stderr.count("asked again") == 0
    assert set(server.requests) == {"/robots.txt", LISTING}
    assert problems(tmp_path / "acftu") == []


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 4
    path.write_bytes(data)


# ------- the archive


def test_a_flipped_bit_anywhere_in_the_archive(copy: Path) -> None:
    path = warc(copy)
    with path.open("rb") as file:
        starts = [member.start for member in members(file, lambda _: None)]
    random, data = Random(1), path.read_bytes()
    for _ in range(25):
        at = random.randrange(len(data))
        flip(path, at)
        start = max(start for start in starts if start <= at)
        found = problems(copy)
        # Bits of a member's head that mean nothing (its time, its system) only change the file's digest.
        assert any(f"warc/{path.name}" in line for line in found), at
        assert at - start < 10 or any(f"offset {start}:" in line for line in found), (at, start, found)
        path.write_bytes(data)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_archive(share: float, copy: Path) -> None:
    path = warc(copy)
    size = path.stat().st_size
    os.truncate(path, int(size * share))
    found = problems(copy)
    assert any(line.startswith(f"warc/{path.name}: {int(size * share)} bytes; the run of") for line in found)
    fault = "the file is empty" if not share else "cut off"
    assert any(fault in line and "offset" in line for line in found)


def test_members_that_are_taken_out_cleanly(copy: Path) -> None:
    """The file is whole for every reader; what pointed there is not."""
    path = warc(copy)
    lost, data = response_of(path, 1006), path.read_bytes()
    path.write_bytes(data[: lost.place.offset] + data[lost.place.offset + lost.length :])
    found = problems(copy)
    what = f"another response than {headers_of(lost.head).get('WARC-Record-ID')} stands at offset {lost.place.offset}"
    assert any(line.startswith("transcripts.jsonl, line ") and (what in line or "no whole" in line) for line in found)
    assert any("response http" in line or "is in no file" in line for line in found)


def test_a_file_that_is_gone(copy: Path) -> None:
    path = warc(copy)
    path.unlink()
    found = problems(copy)
    assert any(line.startswith(f"warc/{path.name}: is not there; the run of") for line in found)
    assert any("positions point into it" in line for line in found)
    assert len(found) < 30


def test_a_file_that_is_there_twice(copy: Path) -> None:
    path = warc(copy)
    twin = path.with_name("acftu-20200101T000000000000Z-00001.warc.gz")
    shutil.copy(path, twin)
    assert any("another record has the id" in line for line in problems(copy))


def test_a_response_in_the_place_of_another(copy: Path) -> None:
    """Two records of equal length are swapped: every member is whole, and every index line has its place."""
    path = warc(copy)
    by_length: dict[int, Any] = {}
    pair = next(
        (by_length[f.length], f) for f in responses(path) if f.length in by_length or by_length.update({f.length: f})
    )
    data = path.read_bytes()
    (a, b), size = sorted(f.place.offset for f in pair), pair[0].length
    path.write_bytes(data[:a] + data[b : b + size] + data[a + size : b] + data[a : a + size] + data[b + size :])
    assert any("another response than" in line for line in problems(copy))


def test_a_file_left_open(copy: Path) -> None:
    path = max((copy / "warc").glob("*.warc.gz"))
    index_path(path).unlink()
    left = path.rename(path.with_name(path.name + ".open"))
    with left.open("ab") as file:
        file.write(b"\x1f\x8b\x08torn")
    (line, *_) = problems(copy)
    assert line.startswith(f"warc/{left.name}, offset ")
    assert "7 torn" in line
    assert not any("points" in line or "line " in line for line in problems(copy)[1:])


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda path: path.unlink(), "the index is not there"),
        (lambda path: drop(path, 2), "1 records have no line"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b'"status": "404"', b'"status": "200"')), "line "),
        (lambda path: path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(True)))), "out of order"),
    ],
)
def test_a_wrong_index(how: Callable[[Path], object], said: str, copy: Path) -> None:
    path = index_path(warc(copy))
    how(path)
    found = problems(copy)
    assert found
    assert all(line.startswith(f"warc/{path.name}") for line in found)
    assert any(said in line for line in found)


def test_digests_that_do_not_hold(tmp_path: Path) -> None:
    """Written wrong, so that every member is whole: the block's digest, the payload's, and a revisit of nothing."""
    page = answer(b"<p>x</p>")
    right = "sha1:" + base64.b32encode(hashlib.sha1(b"<p>x</p>").digest()).decode()
    records = [
        raw(page, number=1, WARC_Payload_Digest=right),
        raw(page, number=2, WARC_Payload_Digest=right[:-1] + "A"),
        raw(page, number=3, digest=False, WARC_Block_Digest=right),
        raw(answer(b""), number=4, kind="revisit", WARC_Refers_To="<urn:uuid:0>", WARC_Payload_Digest=right),
        raw(page, number=5, WARC_Payload_Digest="shake_128:00"),
    ]
    (tmp_path / "warc").mkdir()
    path = saved(tmp_path / "warc/acftu-1.warc.gz", *records)
    reindex(path)
    with path.open("rb") as file:
        starts = [member.start for member in members(file, lambda _: None)]
    assert problems(tmp_path) == [
        f"warc/acftu-1.warc.gz, offset {starts[1]}: its payload has another digest than it says",
        f"warc/acftu-1.warc.gz, offset {starts[2]}: its bytes have another digest than it says",
        f"warc/acftu-1.warc.gz, offset {starts[3]}: a revisit whose original is not there",
    ]


# ------- the lines


def test_a_dropped_record(copy: Path) -> None:
    drop(copy / "transcripts.jsonl", 2)
    found = problems(copy)
    assert any("version 2 of acftu/1003 behind version 0" in line for line in found)
    assert any(line.startswith("ledger.sqlite, record acftu/1003 version 1") for line in found)
    assert any(line.startswith("transcripts.jsonl, bytes 0 to") for line in found)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda r: r["turns"][0].update(text="别的话。"), "content_hash"),
        (lambda r: r.update(editors=["另一人"]), "other bytes than the run"),
        (lambda r: r.update(editors=[""]), "no record (editors.0"),
        (lambda r: r.update(site="else"), "another site"),
        (lambda r: r.update(version=7), "version 7 of acftu/1001 behind version 0"),
        (lambda r: r["provenance"].update(body_digest="sha256:" + "0" * 64), "other content"),
        (lambda r: r["provenance"].update(fetched_url="http://127.0.0.1/"), "is not of http://127.0.0.1/"),
        (lambda r: r["provenance"]["warc"].update(offset=1), "no whole response stands at offset 1 "),
        (lambda r: r["provenance"]["warc"].update(record_id="<urn:uuid:1>"), "another response than <urn:uuid:1>"),
        (lambda r: r["provenance"]["warc"].update(file="none.warc.gz"), "warc/none.warc.gz: is not there; 1 positions"),
    ],
)
def test_an_edited_record(how: Callable[[dict[str, Any]], object], said: str, copy: Path) -> None:
    change(copy / "transcripts.jsonl", 0, how)
    found = problems(copy)
    assert any(said in line for line in found), found
    named = said.startswith("warc/") or "other bytes" in said
    assert named or any(line.startswith("transcripts.jsonl, line 1: ") and said in line for line in found)


def test_records_that_changed_places(copy: Path) -> None:
    path = copy / "transcripts.jsonl"
    a, b, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((b, a, *rest)))
    assert any("is another one" in line for line in problems(copy))


@pytest.mark.parametrize("name", ["transcripts.jsonl", "duplicates.jsonl", "quarantine.jsonl"])
def test_a_torn_last_line(name: str, copy: Path) -> None:
    path = copy / name
    os.truncate(path, path.stat().st_size - 20)
    assert any(line.startswith(f"{name}, line ") and "a torn last line" in line for line in problems(copy))


@pytest.mark.parametrize("name", ["duplicates.jsonl", "quarantine.jsonl"])
@pytest.mark.parametrize("line", [b"not json\n", b"[]\n", b'{"url": "http://a.example/"}\n', b"\xff\n"])
def test_a_line_that_is_none(line: bytes, name: str, copy: Path) -> None:
    with (copy / name).open("ab") as file:
        file.write(line)
    number = (copy / name).read_bytes().count(b"\n")
    assert problems(copy) == [f"{name}, line {number}: no line of this file"]


@pytest.mark.parametrize(
    ("name", "number", "who"),
    [
        ("duplicates.jsonl", 0, "article 1007: duplicate"),
        ("duplicates.jsonl", 1, "article 1012: duplicate"),
        ("quarantine.jsonl", 0, "article 1008: quarantined"),
        ("quarantine.jsonl", 1, "article 1009: gone"),
        ("quarantine.jsonl", 2, "article 1011: quarantined"),
    ],
)
def test_a_dropped_line_beside_the_records(name: str, number: int, who: str, copy: Path) -> None:
    drop(copy / name, number)
    assert f"ledger.sqlite, {who}, and has no line in {name}" in problems(copy)


def test_control_characters_do_not_reach_the_terminal(copy: Path) -> None:
    change(copy / "duplicates.jsonl", 0, lambda line: line.update(duplicate_of="acftu/\x1b[31m"))
    assert any("a copy of acftu/\\x1b[31m" in line for line in problems(copy))


def test_an_edited_line_beside_the_records(copy: Path) -> None:
    change(copy / "duplicates.jsonl", 0, lambda line: line.update(duplicate_of="acftu/1"))
    change(copy / "quarantine.jsonl", 0, lambda line: line["warc"].update(offset=3))
    found = problems(copy)
    assert "duplicates.jsonl, line 1: a copy of acftu/1, which has no record" in found
    assert any(line.startswith("quarantine.jsonl, line 1: no whole response") for line in found)


# ------- the ledger


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("delete from record where record_id = 'acftu/1002'", "the ledger has no row of this record"),
        ("update record set version = 3 where record_id = 'acftu/1002'", "is another one"),
        ("update record set offset = offset + 1 where record_id = 'acftu/1002'", "no record begins at byte"),
        ("update record set digest = x'00' where record_id = 'acftu/1002'", "is another one"),
        ("delete from page where key = '1002'", "article 1002: has a record and no row"),
        ("delete from page where key = '1007'", "article 1007: has a line in duplicates.jsonl and no row"),
        ("delete from page where key = '1009'", "article 1009: has a line in quarantine.jsonl and no row"),
        ("delete from page where key = '1010'", "articles are duplicate; at the end of the last run"),
        ("update page set outcome = 'recorded' where key = '1007'", "recorded, and acftu/1007 has no record"),
        ("update page set outcome = 'lost' where key = '1007'", "the outcome 'lost' is none"),
        ("update page set outcome = 'failed' where key = '1007'", "failed without a word why"),
        ("update page set outcome = null where key = '1007'", "waits for nothing"),
        ("update page set reason = 'leads to acftu/1' where key = '1010'", "leads to acftu/1, which has no record"),
        ("update page set warc_offset = 5 where key = '1004'", "article 1004: no whole response stands at offset 5"),
        ("update page set warc_record = 'x' where kind = 'listing'", "listing http"),
        ("update response set warc_record = 'x' where url like '%1004.html'", "is in no file"),
        ("update response set digest = 'x' where url like '%1004.html'", "is another response"),
        ("delete from run where id = 1", "the ledger has no row of this run"),
        ("update run set exit_code = 3 where id = 2", "its exit code is not that of"),
        ("update run set counts = '{}' where id = 2", "its counts is not that of"),
        ("update run set sizes = '{\"transcripts.jsonl\": 5}' where id = 1", "its size of a file is not that of"),
        ("update run set manifest = 'none.json' where id = 1", "its manifest none.json is not there"),
        ("alter table page drop column etag", "table page: lacks etag"),
        ("delete from ledger", "it was never finished"),
        ("drop table response", "table response: lacks"),
    ],
)
def test_a_changed_ledger(statement: str, said: str, copy: Path) -> None:
    sql(copy, statement)
    found = problems(copy)
    assert any(said in line for line in found), found


def test_a_ledger_that_is_none(copy: Path) -> None:
    (copy / "ledger.sqlite").write_bytes(b"not a database" * 1000)
    assert [line.startswith("ledger.sqlite: cannot be read") for line in problems(copy)] == [True]


def test_a_damaged_ledger(copy: Path) -> None:
    path = copy / "ledger.sqlite"
    data = bytearray(path.read_bytes())
    data[8192:16384] = b"\xff" * 8192
    path.write_bytes(data)
    assert any(line.startswith("ledger.sqlite: ") for line in problems(copy))


# ------- the manifests


def manifests(folder: Path) -> list[Path]:
    return sorted((folder / "runs").iterdir())


def test_a_manifest_that_is_gone_or_none(copy: Path) -> None:
    first, second = manifests(copy)
    first.unlink()
    second.write_text("{", "utf8")
    found = problems(copy)
    assert f"ledger.sqlite, run 1: its manifest {first.name} is not there" in found
    assert f"runs/{second.name}: no manifest" in found


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda m: m["written"]["duplicates.jsonl"].update(sha256="0"), "duplicates.jsonl, bytes 0 to"),
        (lambda m: m["written"]["duplicates.jsonl"].update(to=10**6), "the file ends at byte"),
        (lambda m: next(iter(m["archived"].values())).update(sha256="0"), "other bytes than the run of"),
        (lambda m: next(iter(m["archived"].values())).update(size=1), "wrote 1"),
        (lambda m: m["archived"].update({"x.warc.gz": {"size": 1, "sha256": ""}}), "warc/x.warc.gz: is not there"),
        (lambda m: m["counts"].update(gone=9), "counts: 12 articles were found"),
        (lambda m: m.update(exit_code=3), "exit code"),
        (lambda m: m["written"].update(x={}), "no manifest"),
    ],
)
def test_a_changed_manifest(how: Callable[[dict[str, Any]], object], said: str, copy: Path) -> None:
    path = manifests(copy)[0]
    values = json.loads(path.read_text("utf8"))
    how(values)
    path.write_text(json.dumps(values), "utf8")
    found = problems(copy)
    assert any(said in line for line in found), found
