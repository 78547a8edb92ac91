"""What may be wrong with a hall: in its data, its file, its saved pages, and its live pages. Pure."""

from .data import era_findings, site_mistakes
from .files import file_findings
from .live import Sight, listing_findings, look_at, pages_findings, to_ask
from .saved import Case, case_findings, wrong_fields

__all__ = [
    "Case",
    "Sight",
    "case_findings",
    "era_findings",
    "file_findings",
    "listing_findings",
    "look_at",
    "pages_findings",
    "site_mistakes",
    "to_ask",
    "wrong_fields",
]
