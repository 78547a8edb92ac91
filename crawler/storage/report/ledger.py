"""The ledger, read and not changed: articles by month and outcome, failures, what is due, the runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal_column, select

from crawler.storage.ledger.pages import ARTICLE, KNOWN, LIST, LOST, NEW
from crawler.storage.ledger.schema import page, response, run, sweep
from crawler.storage.read_only import read_named, read_only
from crawler.storage.report.figures import KEPT, REFUSED, Example, Group, LedgerFigures, LedgerRun, Waiting
from crawler.storage.report.loose import day
from crawler.text.times import utc_text

QUEUES = {NEW: "new articles", LIST: "listing pages", KNOWN: "known articles", LOST: "for a web archive"}
MOST_REASONS, MOST_EXAMPLES, MOST_RUNS = 40, 3, 2000


def read_ledger(path: Path, named: str, site: str, now: datetime) -> LedgerFigures | None:
    """The figures of a site's ledger, in the folder or under its own name; None where there is none.

    Raises `SQLAlchemyError` where it cannot be read.
    """
    if not named and not path.exists():
        return None
    engine = read_named(named) if named else read_only(path)
    try:
        with engine.connect() as connection:
            return _Reader(connection, site, now).figures()
    finally:
        engine.dispose()


class _Reader:
    def __init__(self, connection: Connection, site: str, now: datetime) -> None:
        self.connection = connection
        self.site = site
        self.now = now
        self.articles = page.c.site == site, page.c.kind == ARTICLE

    def figures(self) -> LedgerFigures:
        months = self._months()
        failed, pages = self._failed()
        return LedgerFigures(
            counts=sum(months.values(), Counter()),
            months=months,
            failed=failed,
            failed_pages=pages,
            waiting=self._waiting(),
            sweeps=self._sweeps(),
            runs=self._runs(),
            responses=self._count(select(func.count()).where(response.c.site == self.site)),
        )

    def _count(self, statement: Select[int]) -> int:
        return int(self.connection.execute(statement).scalar_one())

    def _months(self) -> dict[str, Counter[str]]:
        # Grouped by their labels: two expressions with parameters of their own are not the same to PostgreSQL.
        month = func.substr(page.c.day, 1, 7).label("month")
        kept = page.c.outcome.in_(REFUSED) & page.c.record_id.is_not(None)
        outcome = case((kept, literal_column(f"'{KEPT}'")), else_=page.c.outcome).label("became")
        each = select(month, outcome, func.count()).where(*self.articles).group_by("month", "became")
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for said, name, n in self.connection.execute(each):
            found[day(f"{said}-01")[:7]][name or "pending"] += n
        return dict(found)

    def _failed(self) -> tuple[list[Group], int]:
        """Pages whose last try failed, by what was said of it; and how many there are."""
        failed = page.c.site == self.site, page.c.error.is_not(None)
        count = func.count().label("n")
        each = select(page.c.error, count).where(*failed).group_by(page.c.error).order_by(count.desc(), page.c.error)
        groups = [Group(error, n) for error, n in self.connection.execute(each.limit(MOST_REASONS))]
        for group in groups:
            some = select(page.c.url, page.c.tries, page.c.asked_at).where(*failed, page.c.error == group.reason)
            rows = self.connection.execute(some.order_by(page.c.id.desc()).limit(MOST_EXAMPLES))
            group.examples = [Example(url, f"{tries} failed in a row", at or "") for url, tries, at in rows]
        return groups, self._count(select(func.count(page.c.error)).where(*failed))

    def _waiting(self) -> Waiting:
        here = page.c.site == self.site
        queued = select(page.c.queued, func.count()).where(here, page.c.queued.is_not(None)).group_by(page.c.queued)
        by_queue: dict[int, int] = {row[0]: row[1] for row in self.connection.execute(queued)}
        now, week, month = (utc_text(self.now + timedelta(days)) for days in (0, 7, 30))
        due = page.c.due
        first = select(page.c.url, page.c.due).where(*self.articles, due.is_not(None)).order_by(due, page.c.id)
        return Waiting(
            queued={name: by_queue.get(queue, 0) for queue, name in QUEUES.items()},
            leased=self._pages(page.c.lease.is_not(None)),
            due=self._pages(due <= now),
            week=self._pages(due > now, due <= week),
            month=self._pages(due > week, due <= month),
            later=self._pages(due > month),
            first=[Example(url, at=at) for url, at in self.connection.execute(first.limit(10))],
        )

    def _pages(self, *wanted: ColumnElement[bool]) -> int:
        return self._count(select(func.count()).select_from(page).where(page.c.site == self.site, *wanted))

    def _sweeps(self) -> list[tuple[str, int]]:
        """The sweeps that were finished, oldest first, from where the last one began: when, and the listing's pages."""
        start = select(sweep.c.start).where(sweep.c.site == self.site).order_by(sweep.c.id.desc()).limit(1)
        done = sweep.c.site == self.site, sweep.c.start == start.scalar_subquery(), sweep.c.finished_at.is_not(None)
        rows = select(sweep.c.finished_at, sweep.c.pages).where(*done).order_by(sweep.c.id.desc()).limit(10)
        return [(at, pages or 0) for at, pages in self.connection.execute(rows)][::-1]

    def _runs(self) -> list[LedgerRun]:
        columns = run.c.started_at, run.c.finished_at, run.c.exit_code, run.c.manifest
        rows = select(*columns).where(run.c.site == self.site).order_by(run.c.id.desc()).limit(MOST_RUNS)
        return [LedgerRun(*row) for row in self.connection.execute(rows)][::-1]
