"""What a run does with the listing: sweeps all of it, goes on with a sweep that was stopped, or looks at its head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler import __version__
from crawler.site import Site
from crawler.storage.ledger import Ledger
from crawler.storage.ledger.sweeps import Sweep
from crawler.text.times import utc_text
from crawler.visits import sweep_is_due
from crawler.walk import Walk


@dataclass(frozen=True, slots=True)
class Plan:
    """The walk and its first address; the sweep that it is (a part of), None for a look at the head."""

    walk: Walk
    first: str
    sweep: Sweep | None


def plan(ledger: Ledger, site: Site, start: str, now: datetime, full: bool, look_back: int, sweep_days: float) -> Plan:
    """The plan of a run that begins now.

    A listing that another version of the program read is swept anew, and asked without conditions: it may find more.
    """
    last, finished = ledger.sweeps.last(start), ledger.sweeps.finished(start)
    readings = {} if full else ledger.sweeps.readings(start.rpartition("/")[0] + "/", __version__)
    stopped = last is not None and last.finished_at is None and last.program == __version__ and not full
    due = finished is None or finished.program != __version__ or sweep_is_due(finished.finished_at, now, sweep_days)
    if stopped:
        sweep = last
    elif full or due:
        sweep = ledger.sweeps.begin(start, utc_text(now), __version__)
    else:
        sweep = None
    walk = Walk(site, start, sweep is not None, now.date(), look_back, readings)
    return Plan(walk, walk.begin(ledger.sweeps.had(sweep.id) if sweep else None), sweep)
