"""The pages that are known: found, queued, leased, settled. The frontier and the memory of a crawl."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    and_,
    bindparam,
    case,
    func,
    not_,
    null,
    or_,
    select,
    update,
)

from crawler.storage.ledger.prepared import Prepared
from crawler.storage.ledger.schema import page

ARTICLE, LISTING, MAP = "article", "listing", "sitemap"
OUTCOMES = ("recorded", "duplicate", "quarantined", "gone", "failed")
# The queues in their order: new articles before the next listing page, so that what waits does not grow with the hall;
# what is known already is asked again last. Within each, in the order in which they were found.
# What is lost waits for a web archive, in a run of its own.
NEW, LIST, KNOWN, LOST = range(4)
# How the reason of a copy begins that is none by itself: its address leads to the other.
LEADS_TO = "leads to"
# Seconds between two commits of pages that are settled: what a kill takes back is asked again.
EVERY = 1.0
# How the reasons of pages begin that were a whole transcript once, or may have been.
BROKEN = ("empty", "cut_off")


class Row(NamedTuple):
    """A page to ask."""

    id: int
    kind: str
    key: str
    url: str
    outcome: str | None
    reason: str | None
    etag: str | None
    last_modified: str | None
    found_at: str
    day: str | None
    changed_at: str | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run may ask: addresses of its hosts, articles of its days (inclusive; one without a day is asked).

    `lost`: articles that could not be had, in place of all else that is queued.
    `maps` are the hosts of its sitemaps; none: it asks no sitemap.
    """

    hosts: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    maps: tuple[str, ...] = ()
    lost: bool = False

    def waits(self) -> ColumnElement[bool]:
        """What this run is to ask, as SQL."""
        return and_(page.c.queued == LOST if self.lost else page.c.queued.is_not(None), self.clause())

    def clause(self) -> ColumnElement[bool]:
        """The scope as SQL."""
        since = [page.c.day >= self.since.isoformat()] if self.since else []
        until = [page.c.day <= self.until.isoformat()] if self.until else []
        in_days = [or_(page.c.day.is_(None), and_(*since, *until))] if since or until else []
        is_map = page.c.kind == MAP
        maps = [and_(is_map, page.c.host.in_(self.maps))] if self.maps else []
        return or_(and_(not_(is_map), page.c.host.in_(self.hosts), *in_days), *maps)


@dataclass(slots=True)
class Answer:
    """What came of asking a page. `outcome` None: still to be had (outside of what the run wanted).

    An `error` leaves the outcome of a page that had one, and the page in the queue for the next run.
    """

    outcome: str | None = None
    reason: str | None = None
    error: str | None = None
    due: str | None = None
    values: dict[str, Any] | None = None


def moved(known: Any, url: str, host: str, scope: Scope) -> dict[str, Any]:
    """What a link at an address changes of a known article (its `url`, `host`, `outcome`).

    One that was not had gets the address that is linked now. One that was had from a host that this run does not ask
    is asked at this one: another copy of it stands there.
    """
    elsewhere = known.host not in scope.hosts
    if known.url == url or (known.outcome is not None and not elsewhere):
        return {}
    again = {"queued": KNOWN} if elsewhere and known.outcome else {}
    return {"url": url, "host": host, "etag": None, "last_modified": None, **again}


class Pages:
    """The pages of one site."""

    def __init__(self, connection: Connection, site: str, clock: Callable[[], float] = monotonic) -> None:
        self.connection = connection
        self.site = site
        self._clock, self._committed = clock, -math.inf
        self._here = page.c.site == site
        self._find = select(page.c.id, page.c.url, page.c.host, page.c.outcome).where(
            self._here, page.c.kind == bindparam("kind_"), page.c.key == bindparam("key_")
        )
        self._add = page.insert()
        self._changes: dict[tuple[str, ...], Prepared] = {}
        self._queues: dict[Scope, tuple[Executable, Executable]] = {}
        self._set = update(page).where(page.c.id == bindparam("id_"))
        had = page.c.outcome.in_(("recorded", "duplicate"))
        failed = {"outcome": case((had, page.c.outcome), else_="failed"), "tries": page.c.tries + 1}
        self._fail = self._set.values({"error": bindparam("error_"), **failed})

    def found(self, kind: str, key: str, url: str, host: str, now: str, scope: Scope, **values: Any) -> bool:
        """Note a page; whether it was not known before."""
        known = self.connection.execute(self._find, {"kind_": kind, "key_": key}).one_or_none()
        if known is None:
            place = NEW if kind == ARTICLE else LIST
            found = {"site": self.site, "kind": kind, "key": key, "url": url, "host": host, "found_at": now}
            self.connection.execute(self._add, {**found, "queued": place, **values})
            return True
        if changed := moved(known, url, host, scope):
            self._change(known.id, **changed)
        return False

    def ask(self, kind: str, url: str, host: str, now: str, scope: Scope, **values: Any) -> None:
        """Queue a listing page or a sitemap, known or not; one that waits or is in work stays as it is."""
        self.found(kind, url, url, host, now, scope, **values)
        idle = self._here, page.c.kind == kind, page.c.key == url, page.c.queued.is_(None)
        self.connection.execute(update(page).where(*idle).values(queued=LIST, lease=None, **values))

    def queue_due(self, now: str, every: bool) -> None:
        """Queue the articles that are due, or every one that was had before."""
        # What is due in more than a year was noted by a clock that was wrong.
        soon = or_(page.c.due <= now, page.c.due > f"{int(now[:4]) + 2}")
        due = page.c.due.is_not(None) if every else soon
        waiting = self._here, page.c.kind == ARTICLE, page.c.queued.is_(None), due
        self.connection.execute(update(page).where(*waiting).values(queued=KNOWN))
        self.connection.commit()

    def queue_lost(self) -> None:
        """Queue the articles that were asked and never had."""
        broken = or_(*(page.c.reason.startswith(reason) for reason in BROKEN))
        lost = or_(page.c.outcome.in_(("gone", "failed")), and_(page.c.outcome == "quarantined", broken))
        never_had = self._here, page.c.kind == ARTICLE, page.c.record_id.is_(None), lost
        self.connection.execute(update(page).where(*never_had).values(queued=LOST))
        self.connection.commit()

    def recall_lost(self) -> None:
        """End that queue: what failed waits for the live site again."""
        again = case((page.c.outcome == "failed", KNOWN), else_=null())
        self.connection.execute(update(page).where(self._here, page.c.queued == LOST).values(queued=again))
        self.connection.commit()

    def lease(self, run: int, scope: Scope, most: int) -> list[Row]:
        """Take up to `most` pages out of the queue, in its order. A lease ends when the page is settled or released."""
        rows = self.connection.execute(self._queue(scope)[0], {"run_": run, "most_": most}).all()
        self.connection.commit()
        return [Row(*row[1:]) for row in sorted(rows)]

    def waiting(self, scope: Scope) -> bool:
        """Whether the queue has a page in scope that nobody has in work."""
        return self.connection.execute(self._queue(scope)[1]).first() is not None

    def _queue(self, scope: Scope) -> tuple[Executable, Executable]:
        """To lease and to look, made once for a scope."""
        if scope not in self._queues:
            clause = and_(self._here, page.c.lease.is_(None), scope.waits())
            first = select(page.c.id).where(clause).order_by(page.c.queued, page.c.id).limit(bindparam("most_"))
            taken = update(page).where(page.c.id.in_(first.with_for_update(skip_locked=True)))
            columns = page.c.queued, *(page.c[name] for name in Row._fields)
            lease = taken.values(lease=bindparam("run_")).returning(*columns)
            self._queues[scope] = lease, select(page.c.id).where(clause).limit(1)
        return self._queues[scope]

    def settle(self, number: int, answer: Answer, now: str) -> None:
        """Note what came of a page, to be committed with all that was written for it.

        A page still to be had keeps its place and its lease, so that this run does not ask it again.
        """
        values: dict[str, Any] = {**(answer.values or {}), "asked_at": now}
        if answer.error is not None:
            self.connection.execute(self._fail, {"id_": number, "error_": answer.error})
        elif answer.outcome is not None:
            values |= {"outcome": answer.outcome, "reason": answer.reason, "error": None, "tries": 0}
            values |= {"queued": None, "lease": None, "due": answer.due}
        self._change(number, **values)
        self._commit_soon()

    def put_last(self, number: int) -> None:
        """A page whose host is asked no more waits behind all others: it must not stop each run anew."""
        self._change(number, queued=KNOWN)
        self._commit_soon()

    def done(self, number: int, now: str, **values: Any) -> None:
        """A listing page or a sitemap was had."""
        self._change(number, queued=None, lease=None, outcome=None, error=None, tries=0, asked_at=now, **values)
        self._commit_soon()

    def recorded(self, key: str, url: str, host: str, now: str, **values: Any) -> None:
        """An article has a record: a redirect led to it, or it is in the file and the ledger did not know of it."""
        known = self.connection.execute(self._find, {"kind_": ARTICLE, "key_": key}).one_or_none()
        values |= {"outcome": "recorded", "reason": None, "error": None, "tries": 0, "queued": None, "lease": None}
        if known is None:
            row = {"site": self.site, "kind": ARTICLE, "key": key, "url": url, "host": host, "found_at": now}
            self.connection.execute(page.insert().values(**row, **values))
        elif known.outcome not in ("recorded", "duplicate"):
            self._change(known.id, **values)

    def adopt(self, key: str, url: str, host: str, now: str) -> int | None:
        """A new row for an article that was had by a run whose ledger is lost; None where there is one that was had."""
        known = self.connection.execute(self._find, {"kind_": ARTICLE, "key_": key}).one_or_none()
        if known is None:
            self.found(ARTICLE, key, url, host, now, Scope(()))
            known = self.connection.execute(self._find, {"kind_": ARTICLE, "key_": key}).one()
        return None if known.outcome == "recorded" else known.id

    def ask_again(self, outcomes: tuple[str, ...], but: Mapping[str, str]) -> int:
        """Ask the articles of these outcomes again, but for those that have a line: its article's number, and the

        reason. How many those are. An address that leads to a record has no line of its own; where it leads to a copy
        or a page in quarantine, the line has that one's number, and the same reason.
        """
        settled = self._here, page.c.kind == ARTICLE, page.c.outcome.in_(outcomes), page.c.queued.is_(None)
        own = or_(page.c.reason.is_(None), page.c.reason.not_like(f"{LEADS_TO}%"))
        rows = self.connection.execute(select(page.c.id, page.c.key, page.c.reason).where(*settled, own)).all()
        keys = {row.key for row in rows}
        elsewhere = {reason for number, reason in but.items() if number not in keys}
        lost = [number for number, key, reason in rows if key not in but and reason not in elsewhere]
        for number in lost:
            self._change(number, outcome=None, queued=NEW, etag=None, last_modified=None)
        return len(lost)

    def _change(self, number: int, **values: Any) -> None:
        """Set values of one row, with a statement that is made once for each set of columns."""
        if "reading" in values:
            self.connection.execute(self._set.values(values), {"id_": number})
            return
        names = tuple(values)
        if names not in self._changes:
            change = self._set.values({name: bindparam(f"{name}_") for name in names})
            self._changes[names] = Prepared(self.connection, change)
        self._changes[names].run(id_=number, **{f"{name}_": value for name, value in values.items()})

    def _commit_soon(self) -> None:
        """Commit, but no more than once in `EVERY` seconds: it is a third of what a page costs in the ledger."""
        now = self._clock()
        if now - self._committed >= EVERY:
            self.connection.commit()
            self._committed = now

    def release(self) -> int:
        """End all leases (of a run that was killed, or that ends now); how many there were."""
        ended = self.connection.execute(update(page).where(self._here, page.c.lease.is_not(None)).values(lease=None))
        self.connection.commit()
        return ended.rowcount

    def counts(self) -> dict[str, int]:
        """Articles by outcome; `found` is the sum of all others, `pending` those without one."""
        each = select(page.c.outcome, func.count()).where(self._here, page.c.kind == ARTICLE).group_by(page.c.outcome)
        by_outcome = {row[0]: row[1] for row in self.connection.execute(each)}
        counts = {outcome: by_outcome.get(outcome, 0) for outcome in OUTCOMES}
        return {"found": sum(by_outcome.values()), **counts, "pending": by_outcome.get(None, 0)}

    def missing(self, scope: Scope, since: str) -> Iterator[tuple[str, str, str]]:
        """Kind, address and reason of each page in scope that waits and was not asked since a moment."""
        unasked = or_(page.c.asked_at.is_(None), page.c.asked_at < since)
        wanted = self._here, scope.waits(), unasked
        rows = select(page.c.kind, page.c.url, page.c.error).where(*wanted).order_by(page.c.queued, page.c.id)
        for kind, url, error in self.connection.execute(rows):
            yield kind, url, error or "not asked yet"

    def days(self, most: int) -> list[str]:
        """The latest days of publication of articles that have a record, newest first, each once."""
        wanted = self._here, page.c.outcome == "recorded", page.c.day.is_not(None)
        rows = select(page.c.day).where(*wanted).distinct().order_by(page.c.day.desc()).limit(most)
        return list(self.connection.execute(rows).scalars())
