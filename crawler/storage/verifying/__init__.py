"""An archive checked against itself, and what can be rebuilt of it: WARC, lines, ledger and manifests. Knows no Scrapy.

Everything is read as a stream. What is kept are keys: less than a kilobyte for each response and its record, so that a
hall of 100,000 conferences needs some 100 MB besides the program.
"""

from __future__ import annotations

from crawler.storage.verifying.findings import Checked, Note, Problem
from crawler.storage.verifying.hall import Hall, check_hall, find_halls, size_of
from crawler.storage.verifying.repairing import repair

__all__ = ["Checked", "Hall", "Note", "Problem", "check_hall", "find_halls", "repair", "size_of"]
