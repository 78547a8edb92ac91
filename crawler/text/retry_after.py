"""`Retry-After` (RFC 9110, 10.2.3): a number of seconds or an HTTP date."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# A fraction is not in the RFC, but it is sent, and it is clear.
SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# The longest date is `Wednesday, 01-Jan-30 00:00:00 GMT`.
LONGEST_DATE = 40


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds from `now` (aware) until the host may be asked again, 0.0 for a past date; None where it is neither."""
    value = value.strip()
    if SECONDS.fullmatch(value):
        return float(value)
    if len(value) > LONGEST_DATE:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # An asctime date carries no zone; all HTTP dates are UTC.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
