"""Records of a file into a database: a batch of lines is a transaction, and the next load goes on behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, func, select, update

from crawler.items import Transcript
from crawler.storage.datastore import current
from crawler.storage.datastore.rows import Unfit, read_record
from crawler.storage.datastore.schema import rejected, source, transcript, version
from crawler.storage.datastore.sources import Line, Source, line_digest
from crawler.storage.datastore.writing import upsert


@dataclass(slots=True)
class Loaded:
    """What a load did with one file. `refused` are all lines of it in quarantine, (byte, reason), new or not."""

    path: Path
    lines: int = 0
    transcripts: int = 0
    versions: int = 0
    removed: int = 0
    changed: bool = False
    torn: int = 0
    refused: tuple[tuple[int, str], ...] = ()


def load_file(connection: Connection, path: Path) -> Loaded:
    """Bring a datastore up to date with a file. Raises `OSError`, SQLAlchemy's errors; what was committed stays."""
    file = Source(path)
    number, changed = _begin(connection, file)
    loaded = Loaded(path, changed=changed)
    for batch in file.batches():
        _load(connection, number, batch, loaded)
        mark = update(source).where(source.c.number == number).values(offset=file.offset, digest=file.digest)
        connection.execute(mark)
        connection.commit()
    loaded.torn = file.torn
    loaded.removed = _drop_unseen(connection, number)
    connection.commit()
    lines = select(rejected.c.offset, rejected.c.reason).where(rejected.c.source == number).order_by(rejected.c.offset)
    loaded.refused = tuple(connection.execute(lines).all())
    return loaded


def _begin(connection: Connection, file: Source) -> tuple[int, bool]:
    """The file's number; and whether it is not the same any more as far as it was loaded, so that all is read again."""
    path = str(file.path.resolve())
    known = connection.execute(select(source).where(source.c.path == path)).one_or_none()
    if known is None:
        new = source.insert().values(path=path, offset=0, digest="").returning(source.c.number)
        return connection.execute(new).scalar_one(), False
    if file.skip(known.offset, known.digest):
        return known.number, False
    connection.execute(update(version).where(version.c.source == known.number).values(offset=None))
    connection.execute(delete(rejected).where(rejected.c.source == known.number))
    connection.execute(update(source).where(source.c.number == known.number).values(offset=0, digest=""))
    return known.number, True


def _load(connection: Connection, number: int, batch: Sequence[Line], loaded: Loaded) -> None:
    """The new records among some lines."""
    loaded.lines += len(batch)
    digests = {line: line_digest(line.text) for line in batch}
    columns = (version.c.digest, version.c.transcript_id, version.c.version)
    rows = connection.execute(select(*columns).where(version.c.digest.in_(set(digests.values()))))
    known = {digest: (key, number_) for digest, key, number_ in rows}
    records, bad = _read(line for line in batch if digests[line] not in known)
    # A version that is in the file twice is its last line: also where only the first is new.
    again = {(record.id, record.version) for record, _ in records}
    seen = [line for line in batch if digests[line] in known]
    records += _read(line for line in seen if known[digests[line]] in again)[0]
    records.sort(key=lambda found: found[1].offset)
    if seen:
        places = [{"digest_": digests[line], "source_": number, "offset_": line.offset} for line in seen]
        place = update(version).where(version.c.digest == bindparam("digest_"))
        connection.execute(place.values(source=bindparam("source_"), offset=bindparam("offset_")), places)
    upsert(connection, rejected, [(number, offset, reason) for offset, reason in bad])
    _store(connection, number, [(record, line, digests[line]) for record, line in records], loaded)


def _read(lines: Iterable[Line]) -> tuple[list[tuple[Transcript, Line]], list[tuple[int, str]]]:
    """The records of some lines, and what is none: the byte and the reason."""
    records, bad = [], []
    for line in lines:
        try:
            records.append((read_record(line.text), line))
        except Unfit as error:
            bad.append((line.offset, str(error)))
    return records, bad


def _store(connection: Connection, number: int, records: list[tuple[Transcript, Line, str]], loaded: Loaded) -> None:
    """New versions, and the newest of each transcript as the one that its tables show."""
    there = select(transcript.c.id, transcript.c.version).where(transcript.c.id.in_({one.id for one, *_ in records}))
    newest = dict(connection.execute(there).all())
    before = len(newest)
    shown: dict[str, Transcript] = {}
    for record, *_ in records:
        if record.version >= newest.get(record.id, 0):
            newest[record.id] = record.version
            shown[record.id] = record
    current.show(connection, list(shown.values()))
    rows = {
        (record.id, record.version): (
            record.id, record.version, record.content_hash, record.provenance.fetched_at, number, line.offset, digest,
            line.text.rstrip(b"\r\n").decode(),
        )
        for record, line, digest in records
    }  # fmt: skip
    upsert(connection, version, list(rows.values()))
    loaded.transcripts += len(newest) - before
    loaded.versions += len(rows)


def _drop_unseen(connection: Connection, number: int) -> int:
    """Take out the versions that a file had before it was changed, and show what is left; how many they were."""
    unseen = (version.c.source == number, version.c.offset.is_(None))
    ids = list(connection.scalars(select(version.c.transcript_id).where(*unseen).distinct()))
    if not ids:
        return 0
    removed = connection.scalar(select(func.count()).select_from(version).where(*unseen)) or 0
    connection.execute(delete(version).where(*unseen))
    for start in range(0, len(ids), 1000):
        _show_again(connection, ids[start : start + 1000])
    return removed


def _show_again(connection: Connection, ids: list[str]) -> None:
    lines = select(version.c.transcript_id, version.c.record).where(version.c.transcript_id.in_(ids))
    left = dict(connection.execute(lines.order_by(version.c.version)).all())  # the last is the newest
    current.forget(connection, [one for one in ids if one not in left])
    current.show(connection, [read_record(line.encode()) for line in left.values()])
