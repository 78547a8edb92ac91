"""The manifests: the stretches of files and the archive's files that each run wrote, and what the ledger says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from crawler.manifest import FILES, digest
from crawler.storage.ledger.schema import run
from crawler.storage.verifying.findings import Checked, Finding, Note, Problem

RUNS, REPAIRS = "runs", "repairs"

Manifests = dict[str, dict[str, Any]]


def read_manifests(folder: Path) -> tuple[Manifests, list[Problem]]:
    """The manifests of a folder by name, oldest first, and those that are none."""
    found: Manifests = {}
    problems = []
    for path in sorted(folder.glob("*.json")):
        try:
            values = json.loads(path.read_bytes())
        except ValueError:
            values = None
        if _is_manifest(values):
            found[path.name] = values
        else:
            problems.append(Problem(path, "", "no manifest"))
    return found, problems


def _is_manifest(values: Any) -> bool:
    try:
        written, archived = values["written"].values(), values["archived"].values()
        numbers = [said[name] for said in written for name in ("from", "to")] + [said["size"] for said in archived]
        inside = values["written"].keys() <= set(FILES) and all(Path(name).name == name for name in values["archived"])
        texts = [said["sha256"] for said in (*written, *archived)] + [values["started_at"]]
    except (TypeError, KeyError, AttributeError):
        return False
    return inside and all(isinstance(n, int) for n in numbers) and all(isinstance(text, str) for text in texts)


def check_manifests(folder: Path, checked: Checked) -> Iterator[Finding]:
    """Check what the manifests say of the files. What a repair wrote stands in for what runs before it had written."""
    runs, problems = read_manifests(folder / RUNS)
    repairs, more = read_manifests(folder / REPAIRS)
    yield from (*problems, *more)
    digests: dict[str, str] = {}
    newer: dict[str, str] = {}
    for name, values in sorted((repairs | runs).items(), reverse=True):
        checked.files += 1
        path = folder / (REPAIRS if name in repairs else RUNS) / name
        for file, said in values["written"].items():
            if file not in newer:
                yield from _stretch(path, folder / file, said, checked)
        for file, said in values["archived"].items():
            yield from _archived(path, folder / "warc" / file, said, digests, checked)
        if name in repairs:
            newer |= dict.fromkeys(values["written"], name)
        elif what := _sum(values.get("counts") or {}):
            yield Problem(path, "counts", what)
    unnamed = {file.name for file in (folder / "warc").glob("*.warc.gz")} - digests.keys()
    if unnamed and runs:
        yield Note(f"{folder}: {len(unnamed)} archive files are in no manifest: their runs were killed")


def _stretch(manifest: Path, path: Path, said: Mapping[str, Any], checked: Checked) -> Iterator[Problem]:
    """The bytes that a run appended to a file."""
    start, end = said["from"], said["to"]
    where = f"bytes {start} to {end}"
    size = path.stat().st_size if path.exists() else 0
    if size < end:
        yield Problem(path, where, f"written by the run of {manifest.name}; the file ends at byte {size}")
        return
    if digest(path, start, end) != said["sha256"]:
        yield Problem(path, where, f"other bytes than the run of {manifest.name} wrote")
    checked.step(end - start)


def _archived(
    manifest: Path, path: Path, said: Mapping[str, Any], digests: dict[str, str], checked: Checked
) -> Iterator[Problem]:
    """A file of the archive that a run wrote."""
    if not path.exists():
        digests[path.name] = ""
        left = path.with_name(path.name + ".open").exists()
        yield Problem(path, "", f"is not there; the run of {manifest.name} wrote it{' (it is open)' if left else ''}")
        return
    size = path.stat().st_size
    if path.name not in digests:
        digests[path.name] = digest(path, 0, size)
        checked.step(size)
    if size != said["size"]:
        yield Problem(path, "", f"{size} bytes; the run of {manifest.name} wrote {said['size']}")
    elif digests[path.name] != said["sha256"]:
        yield Problem(path, "", f"other bytes than the run of {manifest.name} wrote")


def _sum(counts: Mapping[str, int]) -> str | None:
    """What is wrong with the counts of articles."""
    others = sum(number for name, number in counts.items() if name != "found")
    found = counts.get("found", 0)
    return None if found == others else f"{found} articles were found, and {others} are counted by outcome"


def check_runs(
    connection: Connection, where: Path, site: str, counts: Mapping[str, int], checked: Checked
) -> Iterator[Finding]:
    """The ledger's rows of runs against the manifests; `counts` are the ledger's articles by outcome."""
    folder = where.parent
    manifests, _ = read_manifests(folder / RUNS)
    repairs, _ = read_manifests(folder / REPAIRS)
    rows = connection.execute(select(run).where(run.c.site == site).order_by(run.c.id)).all()
    checked.rows += len(rows)
    for row in rows:
        named = manifests.get(row.manifest)
        if row.finished_at is not None and named is None:
            yield Problem(where, f"run {row.id}", f"its manifest {row.manifest} is not there")
        elif row.finished_at is not None and named is not None and (what := _other(row, named)):
            yield Problem(where, f"run {row.id}", f"its {what} is not that of {row.manifest}")
    names = sorted(manifests)
    for name, following in zip(names, [*names[1:], None]):
        begin, end = manifests[name]["started_at"], following and manifests[following]["started_at"]
        begun = [row for row in rows if begin <= row.started_at and (not end or row.started_at <= end)]
        # A run may be killed between its manifest and its row's end.
        killed = any(row.finished_at is None for row in begun)
        if not killed and not any(row.manifest == name for row in rows):
            yield Problem(folder / RUNS / name, "", "the ledger has no row of this run")
    if rows and rows[-1].finished_at is not None and rows[-1].counts and max(repairs, default="") < rows[-1].manifest:
        now = {name: counts.get(name, 0) for name in rows[-1].counts if name != "found"}
        for name, number in now.items():
            if number != rows[-1].counts[name]:
                what = f"{number} articles are {name}; at the end of the last run it was {rows[-1].counts[name]}"
                yield Problem(where, "articles", what)


def _other(row: Any, manifest: Mapping[str, Any]) -> str | None:
    """What a run's row and its manifest have differently."""
    if row.exit_code != manifest.get("exit_code"):
        return "exit code"
    if row.counts != manifest.get("counts"):
        return "counts"
    with suppress(KeyError):
        if any(row.sizes[name] != said["to"] for name, said in manifest["written"].items()):
            return "size of a file"
    return None
