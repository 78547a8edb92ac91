"""What failed and why, what is in quarantine, and what the next run will ask."""

from __future__ import annotations

from datetime import timedelta

from crawler.storage.report.figures import Group
from crawler.storage.report.gather import Hall
from crawler.storage.report.loose import moment
from crawler.storage.report.markup import Child, Html, address, amount, el, joined, plural, when
from crawler.storage.report.tables import Caps, facts, reasons, table
from crawler.text.times import utc_text


def missing(hall: Hall, caps: Caps) -> Html | None:
    """What the last run that ended could not have, and why."""
    last = hall.runs.last
    if last is None or not last.run.missing:
        return None
    groups = last.missing.sorted()
    if last.listing_missing:
        groups = [*_listing(hall), *groups]
    return joined([el("h4", "What the last run could not have"), reasons(groups, caps, last.missing.others)])


def _listing(hall: Hall) -> list[Group]:
    """Pages of the listing, by reason."""
    assert hall.runs.last is not None
    found: dict[str, Group] = {}
    for example in hall.runs.last.listing_missing:
        group = found.setdefault(example.detail, Group(f"listing: {example.detail}"))
        group.count += 1
        group.examples.append(type(example)(example.url))
    return list(found.values())


def failures(hall: Hall, caps: Caps) -> Html:
    """Pages whose last try failed, by reason."""
    ledger = hall.ledger
    if ledger is None:
        return el("p", "There is no ledger that can be read.")
    if not ledger.failed:
        return el("p", "Every page that was asked gave an answer.")
    others = ledger.failed_pages - sum(group.count for group in ledger.failed)
    said = el("p", f"{plural(ledger.failed_pages, 'page')} whose last try failed:")
    return joined([said, reasons(ledger.failed, caps, others)])


def quarantine(hall: Hall, caps: Caps) -> Html:
    """Reasons with examples."""
    if not hall.quarantine.total:
        return el("p", "Nothing is in quarantine.")
    said = f"{plural(hall.quarantine.total, 'page')} that gave no valid record; the examples are the newest."
    return joined([el("p", said), reasons(hall.quarantine.sorted(), caps, hall.quarantine.others)])


def next_run(hall: Hall, caps: Caps) -> Html:
    """What waits, what is due, and the next walk over the whole listing."""
    ledger = hall.ledger
    if ledger is None:
        return el("p", "There is no ledger that can be read; the next run begins with what the files say.")
    waiting = ledger.waiting
    pairs: list[tuple[str, Child]] = [(f"Waiting: {name}", amount(n)) for name, n in waiting.queued.items()]
    if waiting.leased:
        pairs.append(("In work", amount(waiting.leased)))
    pairs += [
        ("Known pages due now", amount(waiting.due)),
        ("Due within 7 days", amount(waiting.week)),
        ("Due within 30 days", amount(waiting.month)),
        ("Due later", amount(waiting.later)),
        ("Whole listing next", _sweep(hall)),
    ]
    rows = [[address(example.url), when(example.at)] for example in waiting.first[: caps.rows]]
    return joined(
        [facts(pairs), table("Pages that are due first", ("Page", "Due"), rows) if rows else None, _sweeps(hall)]
    )


def _sweep(hall: Hall) -> str:
    """When the whole listing is walked again."""
    ledger, last = hall.ledger, hall.runs.last
    if ledger is None or not ledger.sweeps:
        return "at the next run"
    done = moment(ledger.sweeps[-1][0])
    if done is None or last is None or last.sweep_days is None or last.sweep_days > 36500:
        return f"was walked {when(ledger.sweeps[-1][0])}"
    again = done + timedelta(days=last.sweep_days)
    return "at the next run" if again <= hall.now else f"from {when(utc_text(again))} on"


def _sweeps(hall: Hall) -> Html | None:
    sweeps = hall.ledger.sweeps if hall.ledger else []
    rows = [[when(at), amount(pages)] for at, pages in sweeps[::-1]]
    return table("Walks over the whole listing", ("Ended", "Pages"), rows, "numbers") if rows else None
