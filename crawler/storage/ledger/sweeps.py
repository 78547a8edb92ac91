"""The listing as it was last read, and the sweeps over it: which are whole, which is still under way."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, select, update

from crawler.storage.ledger.pages import LISTING
from crawler.storage.ledger.schema import Garbled, inserted, page, sweep
from crawler.walk import Reading

READINGS = TypeAdapter(dict[int, Reading])


class Sweep(NamedTuple):
    """One walk over the whole listing that begins at `start`; once it is finished, with how many pages and articles."""

    id: int
    began_at: str
    finished_at: str | None
    program: str
    pages: int | None
    articles: int | None


class Sweeps:
    """The sweeps of one site."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self.site = site

    def last(self, start: str) -> Sweep | None:
        """The last sweep from a listing's first page."""
        return self._latest(start)

    def finished(self, start: str, but: int | None = None) -> Sweep | None:
        """The last sweep that was finished, but for one."""
        return self._latest(start, sweep.c.finished_at.is_not(None), sweep.c.id != (but or 0))

    def _latest(self, start: str, *wanted) -> Sweep | None:  # type: ignore[no-untyped-def]
        columns = (sweep.c[name] for name in Sweep._fields)
        rows = select(*columns).where(sweep.c.site == self.site, sweep.c.start == start, *wanted)
        row = self.connection.execute(rows.order_by(sweep.c.id.desc()).limit(1)).one_or_none()
        return Sweep(*row) if row else None

    def begin(self, start: str, now: str, program: str) -> Sweep:
        """A new sweep."""
        values = {"site": self.site, "start": start, "began_at": now, "program": program}
        number = inserted(self.connection, sweep.insert(), values)
        self.connection.commit()
        return Sweep(number, now, None, program, None, None)

    def finish(self, number: int, now: str, pages: int, articles: int) -> None:
        """A sweep had all of the listing."""
        ended = update(sweep).where(sweep.c.id == number).values(finished_at=now, pages=pages, articles=articles)
        self.connection.execute(ended)
        self.connection.commit()

    def readings(self, folder: str, program: str) -> dict[int, Reading]:
        """What the numbered listing pages in a folder said when a version of the program last had them."""
        wanted = (
            page.c.site == self.site,
            page.c.kind == LISTING,
            func.substr(page.c.url, 1, len(folder)) == folder,
            page.c.number.is_not(None),
            page.c.reading.is_not(None),
        )
        rows = self.connection.execute(select(page.c.number, page.c.reading).where(*wanted)).all()
        said = {number: said.get("said") for number, said in rows if said.get("program") == program}
        try:
            return READINGS.validate_python(said)
        except ValueError:
            raise Garbled("malformed reading of a listing page") from None

    def had(self, number: int) -> dict[str, int | None]:
        """The pages that a sweep has had so far: number by address."""
        rows = select(page.c.url, page.c.number).where(page.c.site == self.site, page.c.sweep == number)
        return {row.url: row.number for row in self.connection.execute(rows)}
