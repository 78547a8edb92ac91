"""The manifest of a run: a file in runs/, whole or not there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.storage.whole import whole

FILES = ("transcripts.jsonl", "duplicates.jsonl", "quarantine.jsonl")
BLOCK = 1 << 20


def sizes(folder: Path) -> dict[str, int]:
    """The sizes of the files that a run appends to."""
    return {name: (folder / name).stat().st_size if (folder / name).exists() else 0 for name in FILES}


def written(folder: Path, before: Mapping[str, int], now: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """The bytes that were appended to each file since the run before: from where to where, and their digest."""
    return {
        name: {"from": start, "to": end, "sha256": digest(folder / name, start, end)}
        for name, end in now.items()
        if (start := min(before.get(name, 0), end)) < end
    }


def archived(folder: Path, since: float) -> dict[str, dict[str, Any]]:
    """The archive's files that were written since a moment (seconds since 1970): size and digest.

    Since the run before ended: what a killed run left is in the manifest of the run after it.
    """
    files = sorted(path for path in (folder / "warc").glob("*.warc.gz") if path.stat().st_mtime >= since)
    return {path.name: {"size": (size := path.stat().st_size), "sha256": digest(path, 0, size)} for path in files}


def digest(path: Path, start: int, end: int) -> str:
    """SHA-256 of a stretch of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (block := file.read(min(BLOCK, end - start))):
            found.update(block)
            start += len(block)
    return found.hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Write a file, whole or not at all. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as part:
        part.write_text(text, encoding="utf8")


def write_manifest(path: Path, manifest: Mapping[str, Any]) -> None:
    """Write a manifest. Raises `OSError`."""
    write_whole(path, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def settings_that_matter(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that change what a run does, for its manifest. Nothing secret is among them."""
    names = (
        "DOWNLOAD_DELAY",
        "CONTACT",
        "USER_AGENT",
        "ROBOTSTXT_OBEY",
        "LOOK_BACK_DAYS",
        "SWEEP_DAYS",
        "RECHECK_DAYS",
        "ARCHIVE",
        "DOWNLOAD_VERIFY_CERTIFICATES",
        "ALLOW_PRIVATE_ADDRESSES",
        "HTTPPROXY_ENABLED",
    )
    return {name: settings.get(name) for name in names}
