"""Where a crawl writes."""

from __future__ import annotations

from pathlib import Path

from scrapy.crawler import Crawler


def hall_path(crawler: Crawler) -> Path:
    """The hall's output folder."""
    return Path(crawler.settings["OUTPUT_DIR"]) / crawler.spidercls.name


def records_path(crawler: Crawler) -> Path:
    """The hall's transcripts.jsonl."""
    return hall_path(crawler) / "transcripts.jsonl"
