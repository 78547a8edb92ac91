"""An archive as one WACZ file (1.1.1), which replay tools open: WARCs, one index, the conferences as pages, records.

The same input makes the same bytes: no clock, no random id.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pydantic_core import to_json

from crawler import __version__
from crawler.storage.cdxj import index_path
from crawler.storage.jsonl import read_lines
from crawler.storage.whole import whole

VERSION = "1.1.1"
RECORDS = "transcripts.jsonl"
# Lines of the index that are compressed together: what a replay tool fetches for one look-up.
LINES = 1024
BLOCK = 1 << 20
# The first moment that a ZIP file can say.
NO_TIME = (1980, 1, 1, 0, 0, 0)
# A regular file that everybody may read.
MODE = 0o100644 << 16

# When the response at an offset of a file was had, as the index has it.
Moments = dict[tuple[str, int], str]


class _Package:
    """A ZIP file that is being written, and what stands in it."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.resources: list[dict[str, Any]] = []

    def add(self, path: str, pieces: Iterator[bytes], size: int = 0, stored: bool = False) -> None:
        """Add a file piece by piece. `size`: what it will be, where it may be beyond 2 GiB."""
        info = zipfile.ZipInfo(path, NO_TIME)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        info.external_attr, info.create_system, info.file_size = MODE, 3, size
        digest, length = hashlib.sha256(), 0
        with self.file.open(info, "w") as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                length += len(piece)
        name = path.rpartition("/")[2].lower()
        self.resources.append({"name": name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": length})


def write_wacz(folder: Path, target: Path) -> None:
    """Pack a hall's folder, whole or not at all. Raises `OSError`, `ValueError` for a line that is none."""
    warcs = sorted((folder / "warc").glob("*.warc.gz"))
    with whole(target) as part, zipfile.ZipFile(part, "w") as file:
        _pack(_Package(file), folder, warcs)


def _pack(package: _Package, folder: Path, warcs: list[Path]) -> None:
    for warc in warcs:
        package.add(f"archive/{warc.name}", _bytes(warc), warc.stat().st_size, stored=True)
    moments: Moments = {}
    secondary: list[bytes] = []
    with ExitStack() as stack:
        indexes = [stack.enter_context(index_path(warc).open("rb")) for warc in warcs]
        package.add("indexes/index.cdx.gz", _index(indexes, secondary, moments), stored=True)
    package.add("indexes/index.idx", iter(secondary))
    records = folder / RECORDS
    package.add("pages/pages.jsonl", _pages(records, moments))
    if records.exists():
        package.add(f"records/{RECORDS}", _bytes(records), records.stat().st_size)
    data = _json(_datapackage(package, folder, max(moments.values(), default="")))
    package.add("datapackage.json", iter([data]))
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    package.add("datapackage-digest.json", iter([_json(digest)]))


def _bytes(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _index(indexes: Iterable[IO[bytes]], secondary: list[bytes], moments: Moments) -> Iterator[bytes]:
    """One sorted index of all files, compressed in parts, each named in the `secondary` one by its first line."""
    said = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    secondary.append(f"!meta 0 {json.dumps(said)}\n".encode())
    offset = 0
    lines = heapq.merge(*indexes)
    while part := list(islice(lines, LINES)):
        for line in part:
            _, moment, values = line.split(b" ", 2)
            place = json.loads(values)
            moments[place["filename"], int(place["offset"])] = moment.decode()
        packed = gzip.compress(b"".join(part), mtime=0)
        first = b" ".join(part[0].split(b" ", 2)[:2]).decode()
        digest = f"sha256:{hashlib.sha256(packed).hexdigest()}"
        where = {"offset": offset, "length": len(packed), "digest": digest, "filename": "index.cdx.gz"}
        secondary.append(f"{first} {json.dumps(where)}\n".encode())
        offset += len(packed)
        yield packed


def _pages(records: Path, moments: Moments) -> Iterator[bytes]:
    """The conferences, by the address and the moment under which their page is archived."""
    yield to_json({"format": "json-pages-1.0", "id": "pages", "title": "Conferences"}) + b"\n"
    for _, record in read_lines(records):
        provenance = record["provenance"]
        warc = provenance["warc"] or {"file": "", "offset": 0}
        moment = moments.get((warc["file"], warc["offset"]))
        page = {
            "id": f"{record['id']}-{record['version']}",
            "url": provenance["fetched_url"],
            "ts": rfc3339(moment) if moment else provenance["fetched_at"],
            "title": record["title"],
        }
        yield to_json(page) + b"\n"


def rfc3339(moment: str) -> str:
    """`2026-01-02T03:04:05Z` of `20260102030405`."""
    return datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")


def _datapackage(package: _Package, folder: Path, last: str) -> dict[str, Any]:
    """What stands in the package; it was made when its last response was."""
    return {
        "profile": "data-package",
        "wacz_version": VERSION,
        "software": f"press-conference-archive/{__version__}",
        "title": f"Press conferences: {folder.resolve().name}",
        "created": rfc3339(last) if last else "1980-01-01T00:00:00Z",
        "resources": package.resources,
    }


def _json(values: Any) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
