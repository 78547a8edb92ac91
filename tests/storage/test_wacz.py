"""A WACZ has all that the archive has, says so with digests, and its index leads to every response."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.storage import wacz
from crawler.storage.wacz import rfc3339, write_wacz
from tests.halls import lines
from tests.storage.verify_cases import archive


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, so two WARC files."""
    return archive(tmp_path_factory.mktemp("whole"), edit=lambda hall: None)


@pytest.fixture
def packed(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> zipfile.ZipFile:
    monkeypatch.setattr(wacz, "LINES", 7)
    write_wacz(whole, tmp_path / "hall.wacz")
    return zipfile.ZipFile(tmp_path / "hall.wacz")


def test_the_files_and_how_they_are_stored(packed: zipfile.ZipFile, whole: Path) -> None:
    warcs = [f"archive/{path.name}" for path in sorted((whole / "warc").glob("*.warc.gz"))]
    assert len(warcs) == 2
    others = ["indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl", "records/transcripts.jsonl"]
    assert packed.namelist() == [*warcs, *others, "datapackage.json", "datapackage-digest.json"]
    stored = {info.filename for info in packed.infolist() if info.compress_type == zipfile.ZIP_STORED}
    assert stored == {*warcs, "indexes/index.cdx.gz"}
    for name in warcs:
        assert packed.read(name) == (whole / "warc" / Path(name).name).read_bytes()
    assert packed.read("records/transcripts.jsonl") == (whole / "transcripts.jsonl").read_bytes()


def test_every_resource_has_its_digest(packed: zipfile.ZipFile) -> None:
    package = json.loads(packed.read("datapackage.json"))
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    for resource in package["resources"]:
        data = packed.read(resource["path"])
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
    assert [r["path"] for r in package["resources"]] == packed.namelist()[:-2]
    digest = json.loads(packed.read("datapackage-digest.json"))
    assert digest["hash"] == "sha256:" + hashlib.sha256(packed.read("datapackage.json")).hexdigest()


def index(packed: zipfile.ZipFile) -> list[tuple[str, str, dict[str, Any]]]:
    """Every line, found through the secondary index as a replay tool does."""
    data, found = packed.read("indexes/index.cdx.gz"), []
    meta, *parts = packed.read("indexes/index.idx").decode().splitlines()
    assert meta.startswith("!meta 0 ")
    assert json.loads(meta[8:])["format"] == "cdxj-gzip-1.0"
    for part in parts:
        key, moment, where = part.split(" ", 2)
        place = json.loads(where)
        piece = data[place["offset"] : place["offset"] + place["length"]]
        assert place["digest"] == "sha256:" + hashlib.sha256(piece).hexdigest()
        lines = gzip.decompress(piece).decode().splitlines()
        assert len(lines) <= 7
        assert lines[0].startswith(f"{key} {moment} ")
        found += [tuple(line.split(" ", 2)) for line in lines]
    assert found == sorted(found)
    return [(key, moment, json.loads(values)) for key, moment, values in found]


def test_the_index_leads_to_every_response(packed: zipfile.ZipFile) -> None:
    entries = index(packed)
    for _, _, place in entries:
        data = packed.read(f"archive/{place['filename']}")
        member = data[int(place["offset"]) : int(place["offset"]) + int(place["length"])]
        (record,) = ArchiveIterator(io.BytesIO(member))
        assert record.rec_headers.get_header("WARC-Target-URI") == place["url"]
        assert record.rec_type in ("response", "revisit")
    assert len(entries) > 20


def test_the_pages_are_the_conferences(packed: zipfile.ZipFile, whole: Path) -> None:
    first, *pages = map(json.loads, packed.read("pages/pages.jsonl").decode().splitlines())
    assert first == {"format": "json-pages-1.0", "id": "pages", "title": "Conferences"}
    records = lines(whole / "transcripts.jsonl")
    assert [(page["url"], page["title"]) for page in pages] == [
        (record["provenance"]["fetched_url"], record["title"]) for record in records
    ]
    moments = {(place["url"], rfc3339(moment)) for _, moment, place in index(packed)}
    assert {(page["url"], page["ts"]) for page in pages} <= moments
    assert len({page["id"] for page in pages}) == len(pages)


def test_the_same_input_makes_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_wacz(whole, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_hall_without_an_archive(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "hall").mkdir()
    (tmp_path / "hall/transcripts.jsonl").write_bytes((whole / "transcripts.jsonl").read_bytes())
    write_wacz(tmp_path / "hall", tmp_path / "hall.wacz")
    _, *pages = zipfile.ZipFile(tmp_path / "hall.wacz").read("pages/pages.jsonl").splitlines()
    assert len(pages) == 6
