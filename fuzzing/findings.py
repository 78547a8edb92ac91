"""Findings as files: made small, each kept once, with what it breaks beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fuzzing.target import Target
from fuzzing.trying import Finding, tried

TRIES = 400


class Findings:
    """The findings of a run under `folder`: `<target>/<number>` is the input, `<number>.txt` what it breaks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys: set[str] = set()

    def add(self, target: Target, finding: Finding) -> bool:
        """Keep a finding of a kind that is new; returns whether it was."""
        if finding.key in self.keys:
            return False
        self.keys.add(finding.key)
        small = smaller(target, finding)
        folder = self.folder / target.name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / hashlib.sha256(finding.key.encode()).hexdigest()[:8]
        path.write_bytes(small.data)
        path.with_suffix(".txt").write_text(f"{small.key}\n{len(small.data)} bytes\n{small.told}", "utf8", "replace")
        return True


def smaller(target: Target, finding: Finding) -> Finding:
    """The finding with as much cut out of its input as it stays the same without. Slow ones stay as they are."""
    if finding.key.startswith("slow"):
        return finding
    left, size = TRIES, len(finding.data) // 2
    while size and left:
        at, cut = 0, False
        while at < len(finding.data) and left:
            left -= 1
            found = tried(target, finding.data[:at] + finding.data[at + size :])
            if found and found.key == finding.key:
                finding, cut = found, True
            else:
                at += size
        if not cut:
            size //= 2
    return finding
