"""One page about a crawl, for the person who runs it: figures gathered (`gather`), then shown (`page`). No Scrapy.

Everything is read as a stream; what is kept of a record is its id and its place, some 200 bytes.
"""

from __future__ import annotations

from crawler.storage.report.gather import Hall, gather
from crawler.storage.report.page import MOST_BYTES, page, verdict

__all__ = ["MOST_BYTES", "Hall", "gather", "page", "verdict"]
