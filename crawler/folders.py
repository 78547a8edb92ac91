"""Where a crawl writes."""

from __future__ import annotations

from pathlib import Path

from scrapy.crawler import Crawler


def hall_path(crawler: Crawler) -> Path:
    """The hall's output folder."""
    return Path(crawler.settings["OUTPUT_DIR"]) / crawler.spidercls.name


def leads_out(output: Path, folder: Path) -> Path | None:
    """What of a hall's folder is, through a link or by its name, in no place inside of the output folder.

    A disk of its own is for the whole output folder; a link inside of it would have a crawl write anywhere.
    """
    root = output.resolve()
    inside = (path for path in folder.rglob("*") if path.is_symlink())
    return next((path for path in (folder, *inside) if not _is_below(path.resolve(), root)), None)


def _is_below(path: Path, root: Path) -> bool:
    return path != root and path.is_relative_to(root)


def records_path(crawler: Crawler) -> Path:
    """The hall's transcripts.jsonl."""
    return hall_path(crawler) / "transcripts.jsonl"
