"""The pages that are known: found, queued, leased, settled. The frontier and the memory of a crawl."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Executable, Update, and_, bindparam, case, func, or_, select, update

from crawler.storage.ledger.schema import page

ARTICLE, LISTING = "article", "listing"
OUTCOMES = ("recorded", "duplicate", "quarantined", "gone", "failed")
# The queues in their order: new articles before the next listing page, so that what waits does not grow with the hall;
# what is known already is asked again last. Within each, in the order in which they were found.
NEW, LIST, KNOWN = range(3)
# A database takes so many values in one statement, and a sitemap has more.
AT_ONCE = 1000
# How the reason of a copy begins that is none by itself: its address leads to the other.
LEADS_TO = "leads to"


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


class Link(NamedTuple):
    """An article that a listing links to."""

    key: str
    url: str
    host: str
    day: str | None = None
    found_on: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run may ask: addresses of its hosts, articles of its days (inclusive; one without a day is asked)."""

    hosts: tuple[str, ...]
    since: date | None = None
    until: date | None = None

    def clause(self) -> ColumnElement[bool]:
        """The scope as SQL."""
        since = [page.c.day >= self.since.isoformat()] if self.since else []
        until = [page.c.day <= self.until.isoformat()] if self.until else []
        in_days = [or_(page.c.day.is_(None), and_(*since, *until))] if since or until else []
        return and_(page.c.host.in_(self.hosts), *in_days)


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


class Pages:
    """The pages of one site."""

    def __init__(self, connection: Connection, site: str) -> None:
        self.connection = connection
        self.site = site
        self._here = page.c.site == site
        self._find = select(page.c.id, page.c.url, page.c.host, page.c.outcome).where(
            self._here, page.c.kind == bindparam("kind_"), page.c.key == bindparam("key_")
        )
        of_keys = page.c.kind == ARTICLE, page.c.key.in_(bindparam("keys_", expanding=True))
        self._find_all = select(page.c.key, page.c.url).where(self._here, *of_keys)
        self._add = page.insert()
        self._changes: dict[tuple[str, ...], Update] = {}
        self._queues: dict[Scope, tuple[Executable, Executable]] = {}
        self._set = update(page).where(page.c.id == bindparam("id_"))
        had = page.c.outcome.in_(("recorded", "duplicate"))
        failed = {"outcome": case((had, page.c.outcome), else_="failed"), "tries": page.c.tries + 1}
        self._fail = self._set.values({"error": bindparam("error_"), **failed})

    def found(self, kind: str, key: str, url: str, host: str, now: str, scope: Scope, **values: Any) -> bool:
        """Note a page that a listing links to, or a listing page; whether it was not known before.

        A known article that was not had gets the address that is linked now. One that was had from a host that this
        run does not ask is asked at this one: another copy of it stands there.
        """
        known = self.connection.execute(self._find, {"kind_": kind, "key_": key}).one_or_none()
        if known is None:
            place = NEW if kind == ARTICLE else LIST
            found = {"site": self.site, "kind": kind, "key": key, "url": url, "host": host, "found_at": now}
            self.connection.execute(self._add, {**found, "queued": place, **values})
            return True
        elsewhere = known.host not in scope.hosts
        if known.url != url and (known.outcome is None or elsewhere):
            again = {"queued": KNOWN} if elsewhere and known.outcome else {}
            self._change(known.id, url=url, host=host, etag=None, last_modified=None, **again)
        return False

    def ask(self, url: str, host: str, now: str, scope: Scope, number: int | None) -> None:
        """Queue a listing page, known or not; one that waits or is in work stays as it is."""
        self.found(LISTING, url, url, host, now, scope, number=number)
        idle = self._here, page.c.kind == LISTING, page.c.key == url, page.c.queued.is_(None)
        self.connection.execute(update(page).where(*idle).values(queued=LIST, lease=None))

    def linked(self, links: Sequence[Link], now: str, scope: Scope) -> int:
        """Note the articles that a listing links to, as `found` does each; how many were not known before."""
        urls, new, moved = self._urls(link.key for link in links), [], []
        for link in links:
            if link.key not in urls:
                new.append({"site": self.site, "kind": ARTICLE, "found_at": now, "queued": NEW, **link._asdict()})
            elif urls[link.key] != link.url:
                moved.append(link)
            urls[link.key] = link.url
        if new:
            self.connection.execute(self._add, new)
        for link in moved:
            self.found(ARTICLE, link.key, link.url, link.host, now, scope)
        return len(new)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Which articles are known."""
        return set(self._urls(keys))

    def _urls(self, keys: Iterable[str]) -> dict[str, str]:
        """The addresses of the articles that are known."""
        wanted = list(keys)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), AT_ONCE):
            some = {"keys_": wanted[start : start + AT_ONCE]}
            found |= {row.key: row.url for row in self.connection.execute(self._find_all, some)}
        return found

    def queue_due(self, now: str, every: bool) -> None:
        """Queue the articles that are due, or every one that was had before."""
        # What is due in more than a year was noted by a clock that was wrong.
        soon = or_(page.c.due <= now, page.c.due > f"{int(now[:4]) + 2}")
        due = page.c.due.is_not(None) if every else soon
        waiting = self._here, page.c.kind == ARTICLE, page.c.queued.is_(None), due
        self.connection.execute(update(page).where(*waiting).values(queued=KNOWN))
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
            clause = and_(self._here, page.c.queued.is_not(None), page.c.lease.is_(None), scope.clause())
            first = select(page.c.id).where(clause).order_by(page.c.queued, page.c.id).limit(bindparam("most_"))
            taken = update(page).where(page.c.id.in_(first.with_for_update(skip_locked=True)))
            columns = page.c.queued, *(page.c[name] for name in Row._fields)
            lease = taken.values(lease=bindparam("run_")).returning(*columns)
            self._queues[scope] = lease, select(page.c.id).where(clause).limit(1)
        return self._queues[scope]

    def settle(self, number: int, answer: Answer, now: str) -> None:
        """Note what came of a page, and commit all that was written for it.

        A page still to be had keeps its place and its lease, so that this run does not ask it again.
        """
        values: dict[str, Any] = {**(answer.values or {}), "asked_at": now}
        if answer.error is not None:
            self.connection.execute(self._fail, {"id_": number, "error_": answer.error})
        elif answer.outcome is not None:
            values |= {"outcome": answer.outcome, "reason": answer.reason, "error": None, "tries": 0}
            values |= {"queued": None, "lease": None, "due": answer.due}
        self._change(number, **values)
        self.connection.commit()

    def put_last(self, number: int) -> None:
        """A page whose host is asked no more waits behind all others: it must not stop each run anew."""
        self._change(number, queued=KNOWN)
        self.connection.commit()

    def done(self, number: int, now: str, **values: Any) -> None:
        """A listing page was had."""
        self._change(number, queued=None, lease=None, outcome=None, error=None, tries=0, asked_at=now, **values)
        self.connection.commit()

    def recorded(self, key: str, url: str, host: str, now: str, **values: Any) -> None:
        """An article has a record: a redirect led to it, or it is in the file and the ledger did not know of it."""
        known = self.connection.execute(self._find, {"kind_": ARTICLE, "key_": key}).one_or_none()
        values |= {"outcome": "recorded", "reason": None, "error": None, "tries": 0, "queued": None, "lease": None}
        if known is None:
            row = {"site": self.site, "kind": ARTICLE, "key": key, "url": url, "host": host, "found_at": now}
            self.connection.execute(page.insert().values(**row, **values))
        elif known.outcome is None or known.outcome == "failed":
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
        names = tuple(values)
        if names not in self._changes:
            self._changes[names] = self._set.values({name: bindparam(f"{name}_") for name in names})
        self.connection.execute(self._changes[names], {"id_": number, **{f"{name}_": v for name, v in values.items()}})

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
        wanted = self._here, page.c.queued.is_not(None), scope.clause(), unasked
        rows = select(page.c.kind, page.c.url, page.c.error).where(*wanted).order_by(page.c.queued, page.c.id)
        for kind, url, error in self.connection.execute(rows):
            yield kind, url, error or "not asked yet"

    def days(self, most: int) -> list[str]:
        """The latest days of publication of articles that have a record, newest first, each once."""
        wanted = self._here, page.c.outcome == "recorded", page.c.day.is_not(None)
        rows = select(page.c.day).where(*wanted).distinct().order_by(page.c.day.desc()).limit(most)
        return list(self.connection.execute(rows).scalars())
