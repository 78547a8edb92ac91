"""The run's figures for Prometheus' node exporter. `METRICS_FILE` names the text file."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler import signals

logger = logging.getLogger(__name__)


class Metrics:
    """Writes the figures of the manifest when there is one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Metrics:
        if not crawler.settings["METRICS_FILE"]:
            raise NotConfigured
        extension = cls(Path(crawler.settings["METRICS_FILE"]))
        crawler.signals.connect(extension.ended, signals.run_ended)
        return extension

    def ended(self, manifest: dict[str, Any], finished: datetime) -> None:
        """Write them; a file that cannot be written costs the run nothing."""
        from crawler.figures import write_figures  # a twentieth of a second that no other run needs

        try:
            write_figures(self.path, manifest, finished)
        except OSError as error:
            logger.error("cannot write %s: %s", self.path, error.strerror)
