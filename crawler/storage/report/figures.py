"""The figures of a report: what is counted of a hall, apart from how it is shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

#: A page that is gone or no transcript any more, whose record stays.
KEPT = "gone, record kept"
#: What became of an article, for its coverage: had (a copy is had too), had without a record, not had.
HAD, REFUSED, WANTED = ("recorded", "duplicate", KEPT), ("quarantined", "gone"), ("failed", "pending")
#: How a run ended.
ENDED, KILLED, RUNNING = "ended", "killed", "running"


@dataclass(frozen=True, slots=True)
class Example:
    """One page: its address, what is said of it, and when."""

    url: str
    detail: str = ""
    at: str = ""


@dataclass(slots=True)
class Group:
    """Pages with one reason: how many, and a few of them."""

    reason: str
    count: int = 0
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class Groups:
    """Groups by reason. Beyond so many reasons only their number is kept: what was read stays small."""

    most: int = 1000
    examples: int = 3
    found: dict[str, Group] = field(default_factory=dict)
    others: int = 0

    def add(self, reason: str, example: Example) -> None:
        """Count a page; the newest are the examples."""
        group = self.found.get(reason)
        if group is None:
            if len(self.found) >= self.most:
                self.others += 1
                return
            group = self.found[reason] = Group(reason)
        group.count += 1
        group.examples = [*group.examples[-self.examples + 1 :], example]

    @property
    def total(self) -> int:
        """All pages."""
        return sum(group.count for group in self.found.values()) + self.others

    def sorted(self) -> list[Group]:
        """The most frequent first."""
        return sorted(self.found.values(), key=lambda group: (-group.count, group.reason))


@dataclass(slots=True)
class Run:
    """A run. What a killed one did is not known: None."""

    started_at: str
    state: str = ENDED
    verdict: str = ""
    exit_code: int | None = None
    seconds: float = 0
    requests: int | None = None
    recorded: int | None = None
    versions: int = 0
    duplicate: int = 0
    quarantined: int = 0
    missing: int = 0
    warnings: int = 0
    archived: int = 0
    manifest: str = ""


@dataclass(slots=True)
class LastRun:
    """What the newest manifest says at greater length."""

    run: Run
    warnings: list[str] = field(default_factory=list)
    missing: Groups = field(default_factory=Groups)
    listing_missing: list[Example] = field(default_factory=list)
    looped: bool = False
    fields: dict[str, int] = field(default_factory=dict)
    unlisted: dict[str, int] = field(default_factory=dict)
    sweep_days: float | None = None
    program: str = ""


@dataclass(slots=True)
class Runs:
    """The runs, oldest first; `older` manifests were not read, `unreadable` are none."""

    runs: list[Run] = field(default_factory=list)
    last: LastRun | None = None
    older: int = 0
    unreadable: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Waiting:
    """What the next run has to ask, by queue and by day."""

    queued: dict[str, int] = field(default_factory=dict)
    leased: int = 0
    due: int = 0
    week: int = 0
    month: int = 0
    later: int = 0
    first: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class LedgerRun:
    """A run as the ledger has it."""

    started_at: str
    finished_at: str | None
    exit_code: int | None
    manifest: str | None


@dataclass(slots=True)
class LedgerFigures:
    """The ledger: articles by outcome, and by month ("" where the day is not known) and outcome.

    `failed` are the most frequent reasons of `failed_pages`.
    """

    counts: Counter[str] = field(default_factory=Counter)
    months: dict[str, Counter[str]] = field(default_factory=dict)
    failed: list[Group] = field(default_factory=list)
    failed_pages: int = 0
    waiting: Waiting = field(default_factory=Waiting)
    sweeps: list[tuple[str, int]] = field(default_factory=list)
    runs: list[LedgerRun] = field(default_factory=list)
    responses: int = 0

    @property
    def found(self) -> int:
        """All articles."""
        return self.counts.total()

    def of(self, outcomes: Iterable[str]) -> int:
        """Articles of some outcomes."""
        return sum(self.counts[outcome] for outcome in outcomes)


@dataclass(slots=True)
class Files:
    """Bytes of the files; the archive's by day (ISO, "" where its name does not say) and its indexed responses.

    `warc_open` files are being written, or were left open by a run that was killed.
    """

    sizes: dict[str, int] = field(default_factory=dict)
    warc_files: int = 0
    warc_bytes: int = 0
    warc_open: int = 0
    warc_days: Counter[str] = field(default_factory=Counter)
    responses: int | None = None
    running: bool = False
