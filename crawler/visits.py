"""When to ask again: the listing, and a page that is known. Pure; moments are text as the ledger has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from crawler.text.times import utc_text

MOST_DAYS = 365


def sweep_is_due(finished_at: str | None, now: datetime, days: float) -> bool:
    """Whether the whole listing is to be walked again, `days` after it last was."""
    if finished_at is None or moment(finished_at) > now:  # by a clock that was wrong
        return True
    return (now - moment(finished_at)).total_seconds() >= days * 86400


def next_visit(now: datetime, changed_at: datetime, least_days: float) -> str:
    """When a page is to be asked again: after half of the time for which its text is known to have stood.

    What was published today may be corrected tomorrow; what has stood for years is asked once a year. With 0 for
    `least_days` every run asks.
    """
    if least_days <= 0:
        return utc_text(now)
    stood = (now - changed_at) / 2
    return utc_text(now + min(max(stood, timedelta(days=least_days)), timedelta(days=max(MOST_DAYS, least_days))))


def standing_since(published: str | None, changed_at: str | None, now: datetime) -> datetime:
    """The moment since which a text stands: its last change, else its publication, else now; never later."""
    if changed_at:
        return min(moment(changed_at), now)
    return min(midnight(published), now) if published else now


def moment(text: str) -> datetime:
    """A moment as the ledger writes it."""
    return datetime.fromisoformat(text)


def midnight(text: str) -> datetime:
    """The beginning of the day of a date or a moment."""
    return datetime.combine(date.fromisoformat(text[:10]), datetime.min.time(), UTC)
