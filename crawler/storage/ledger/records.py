"""The records that are written, as the crawl must know them: by id, by content, by the lengths of their turns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from crawler.items import Transcript
from crawler.storage.ledger.pages import NEW
from crawler.storage.ledger.prepared import Prepared
from crawler.storage.ledger.schema import page, record
from crawler.text.duplicates import Known, digest_of, shape_of


class Records:
    """The records of one site; answers like the `Index` of `crawler.text.duplicates`."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self.site = site
        here = record.c.site == site
        columns = (
            record.c.version,
            record.c.digest,
            record.c.language,
            record.c.url,
            record.c.unresolved,
            record.c.offset,
        )
        latest = record.c.version.desc()
        by_id = select(*columns).where(here, record.c.record_id == bindparam("id_")).order_by(latest).limit(1)
        one = select(record.c.record_id).where(here).limit(1)
        by_digest = one.where(record.c.digest == bindparam("digest_")).order_by(record.c.id)
        by_shape = one.where(record.c.shape == bindparam("shape_")).order_by(record.c.id.desc())
        self._by_id = Prepared(connection, by_id)
        self._by_digest, self._by_shape = Prepared(connection, by_digest), Prepared(connection, by_shape)
        values: dict[str, Any] = {column.name: bindparam(column.name) for column in record.c if column.name != "id"}
        self._add = Prepared(connection, record.insert().inline().values(values))

    def latest(self, number: str) -> Known | None:
        """The latest version of an id."""
        row = self._by_id.first(id_=number)
        return Known(*row) if row else None

    def of_digest(self, digest: bytes) -> str | None:
        """The id of the first record of that content."""
        row = self._by_digest.first(digest_=digest)
        return row[0] if row else None

    def of_shape(self, shape: bytes) -> str | None:
        """The id of the last record of that shape."""
        row = self._by_shape.first(shape_=shape)
        return row[0] if row else None

    def add(self, transcript: Transcript, offset: int) -> None:
        """Note a record whose line begins at an offset; not committed before its page is settled."""
        warc = transcript.provenance.warc
        self._add.run(
            site=self.site,
            record_id=transcript.id,
            version=transcript.version,
            digest=digest_of(transcript),
            shape=shape_of(transcript),
            language=transcript.language,
            url=transcript.provenance.fetched_url,
            unresolved=transcript.damage.unresolved,
            offset=offset,
            warc_record=warc.record_id if warc else None,
        )

    def last(self) -> tuple[str, int, int] | None:
        """Id, version and offset of the last line that is noted."""
        last = select(record.c.record_id, record.c.version, record.c.offset).where(record.c.site == self.site)
        row = self.connection.execute(last.order_by(record.c.offset.desc()).limit(1)).one_or_none()
        return (row.record_id, row.version, row.offset) if row else None

    def count(self) -> int:
        """How many lines are noted."""
        return self.connection.execute(select(func.count()).where(record.c.site == self.site)).scalar_one()

    def forget(self, offset: int) -> None:
        """Forget the lines from an offset on: they are not in the file. Their articles are to be asked again."""
        lost = select(record.c.record_id).where(record.c.site == self.site, record.c.offset >= offset)
        again = page.update().where(page.c.site == self.site, page.c.record_id.in_(lost))
        anew = {"outcome": None, "queued": NEW, "due": None, "etag": None, "last_modified": None}
        self.connection.execute(again.values(anew))
        self.connection.execute(delete(record).where(record.c.site == self.site, record.c.offset >= offset))
