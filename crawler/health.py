"""What a person should look at after a run, though the run went well: compared with the runs before. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from crawler.items import Transcript
from crawler.verdict import Warning

# A listing that is shorter than this part of the last is said.
MOST_LEFT = 0.9
# Fewer records than these say nothing of a field.
FEWEST_NOW, FEWEST_BEFORE = 5, 20
# A field is missed when it had been there this often, and is there half as often.
USUAL = 0.5
# A rhythm needs so many conferences; silence is told from twice their longest distance on, and never sooner than this.
FEWEST_DAYS, SHORTEST_SILENCE = 10, 14


def shrunk_listing(pages: int, before: int | None, articles: int = 0, listed: int | None = None) -> list[Warning]:
    """The pager ended before the place where it ended at the last sweep; or much fewer articles were listed."""
    if before is not None and pages < before:
        return [Warning(f"the listing has {pages} pages; at the last sweep it had {before}", incomplete=True)]
    if listed is not None and articles < MOST_LEFT * listed:
        return [Warning(f"the listing has {articles} articles; at the last sweep it had {listed}")]
    return []


def fewer_records(recorded: int, before: int | None) -> list[Warning]:
    """Articles that had a record have none now, or it is gone from the file."""
    if before is None or recorded >= before:
        return []
    return [Warning(f"{recorded} articles have a record; after the run before {before} had one")]


def fields_of(record: Transcript) -> Counter[str]:
    """Which fields a record has, as counts to add up; `records` is 1."""
    turns = record.turns
    has = {
        "published_at": record.published_at,
        "event.date": record.event.date,
        "summary": record.summary,
        "participants": record.participants,
        "exchanges": record.exchanges,
        "source": record.source,
        "editors": record.editors,
        "breadcrumbs": record.breadcrumbs,
        "turns.speaker": any(turn.speaker for turn in turns),
        "turns.affiliation": any(turn.affiliation for turn in turns),
        "turns.role": any(turn.role != "unknown" for turn in turns),
    }
    return Counter({"records": 1, **{name: int(bool(value)) for name, value in has.items()}})


def emptied_fields(now: Mapping[str, int], before: Sequence[Mapping[str, int]]) -> list[Warning]:
    """Fields that this run's records have much less often than those of the runs before."""
    sums: Counter[str] = Counter()
    for run in before:
        sums.update(run)
    records, earlier = now.get("records", 0), sums.get("records", 0)
    if records < FEWEST_NOW or earlier < FEWEST_BEFORE:
        return []
    rates = {name: (now.get(name, 0) / records, n / earlier) for name, n in sums.items() if name != "records"}
    return [
        Warning(f"{name} is there in {rate:.0%} of the new records; before it was in {usual:.0%}")
        for name, (rate, usual) in sorted(rates.items())
        if usual >= USUAL and rate <= usual / 2
    ]


def silence(days: Sequence[str], watched_since: str | None, today: date) -> list[Warning]:
    """Nothing new for much longer than ever between two of the last conferences. `days` are ISO, newest first."""
    if len(days) < FEWEST_DAYS or watched_since is None:
        return []
    dates = [date.fromisoformat(day) for day in days]
    gaps = [(a - b).days for a, b in pairwise(dates)]
    silent = (today - max(dates[0], date.fromisoformat(watched_since[:10]))).days
    if silent <= max(2 * max(gaps), SHORTEST_SILENCE):
        return []
    usual = int(median(gaps))
    return [
        Warning(f"nothing new for {silent} days; the last {len(days)} conferences were {usual} days apart (median)")
    ]
