"""The runs: their manifests, and what the ledger knows of those that left none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.storage.report.figures import KILLED, RUNNING, Example, LastRun, LedgerRun, Run, Runs
from crawler.storage.report.loose import amount, listed, mapping, number, numbers, text
from crawler.verdict import WORDS

# Manifests that are read, the newest; one of each day is five years.
MOST_READ = 2000


def read_runs(folder: Path) -> Runs:
    """The runs that left a manifest. Raises `OSError`."""
    paths = sorted(folder.glob("*.json"))
    runs = Runs(older=max(0, len(paths) - MOST_READ))
    for path in paths[-MOST_READ:]:
        values = _manifest(path)
        if values is None:
            runs.unreadable.append(path.name)
            continue
        run = _run(path.name, values)
        runs.runs.append(run)
        runs.last = _last(run, values)
    runs.runs.sort(key=lambda run: run.started_at)
    return runs


def _manifest(path: Path) -> Mapping[str, Any] | None:
    try:
        values = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) and "started_at" in values and "verdict" in values else None


def _run(name: str, values: Mapping[str, Any]) -> Run:
    did = numbers(values.get("run"))
    code = values.get("exit_code")
    listing = mapping(values.get("listing"))
    return Run(
        started_at=text(values["started_at"]),
        verdict=text(values["verdict"]),
        exit_code=code if isinstance(code, int) else None,
        seconds=amount(values.get("seconds")),
        requests=number(values.get("requests")),
        recorded=did.get("recorded", 0),
        versions=did.get("versions", 0),
        duplicate=did.get("duplicate", 0),
        quarantined=sum(numbers(values.get("quarantine")).values()),
        missing=len(listed(values.get("missing"))) + len(mapping(listing.get("missing"))),
        warnings=len(listed(values.get("warnings"))),
        archived=sum(number(mapping(said).get("size")) for said in mapping(values.get("archived")).values()),
        manifest=name,
    )


def _last(run: Run, values: Mapping[str, Any]) -> LastRun:
    listing, settings = mapping(values.get("listing")), mapping(values.get("settings"))
    last = LastRun(
        run=run,
        warnings=[text(warning) for warning in listed(values.get("warnings"))],
        listing_missing=[
            Example(f"listing page {page}", text(reason)) for page, reason in mapping(listing.get("missing")).items()
        ],
        looped=bool(listing.get("looped")),
        fields=numbers(values.get("fields")),
        unlisted=numbers(values.get("not_in_listing")),
        sweep_days=amount(settings["SWEEP_DAYS"]) if "SWEEP_DAYS" in settings else None,
        program=text(values.get("crawler")),
    )
    for one in map(mapping, listed(values.get("missing"))):
        last.missing.add(f"{text(one.get('what'))}: {text(one.get('reason'))}", Example(text(one.get("url"))))
    return last


def with_ledger(runs: Runs, known: Sequence[LedgerRun], running: bool) -> Runs:
    """Add the runs that left no manifest: killed, under way, or ended with one that is not there any more."""
    there = {run.manifest for run in runs.runs}
    oldest = min((run.started_at for run in runs.runs), default="") if runs.older else ""
    for place, row in enumerate(known):
        if row.started_at < oldest or (row.manifest and row.manifest in there):
            continue
        if row.finished_at is None:
            last = place == len(known) - 1
            runs.runs.append(Run(row.started_at, RUNNING if running and last else KILLED))
        else:
            verdict = WORDS.get(row.exit_code or 0, "")
            runs.runs.append(Run(row.started_at, verdict=verdict, exit_code=row.exit_code))
    runs.runs.sort(key=lambda run: run.started_at)
    return runs
