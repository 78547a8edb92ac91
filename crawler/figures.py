"""A run's figures as Prometheus' node exporter reads them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

# What is told of a run, by name; the manifest says the same at greater length.
GAUGES = {
    "finished_timestamp_seconds": "when the last run ended",
    "exit_code": "of the last run: 0 complete",
    "seconds": "that the last run took",
    "requests": "of the last run",
    "missing": "addresses that the last run could not have",
    "warnings": "of the last run",
}


def write_figures(path: Path, manifest: dict[str, Any], finished: datetime) -> None:
    """Replace the file: whoever reads it never sees a part. Raises `OSError`."""
    write_to_textfile(str(path), figures(manifest, finished))


def figures(manifest: dict[str, Any], finished: datetime) -> CollectorRegistry:
    """A run's figures, labelled with the hall; articles of the hall by what became of them."""
    registry, site = CollectorRegistry(), manifest["site"]
    values = {
        "finished_timestamp_seconds": finished.timestamp(),
        "exit_code": manifest["exit_code"],
        "seconds": manifest["seconds"],
        "requests": manifest["requests"],
        "missing": len(manifest["missing"]),
        "warnings": len(manifest["warnings"]),
    }
    for name, help_text in GAUGES.items():
        Gauge(f"press_archive_{name}", help_text, ["site"], registry=registry).labels(site).set(values[name])
    articles = Gauge("press_archive_articles", "of the hall, by outcome", ["site", "outcome"], registry=registry)
    for outcome, count in manifest["counts"].items():
        if outcome != "found":  # which is their sum
            articles.labels(site, outcome).set(count)
    run = Gauge("press_archive_run_articles", "of the last run, by what it did", ["site", "did"], registry=registry)
    for did, count in manifest["run"].items():
        run.labels(site, did).set(count)
    return registry
