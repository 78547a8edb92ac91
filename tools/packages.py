"""The table of docs/packages.md: every package that runs, what it is for, its licence. `python -m tools.packages`.

From requirements.lock and the metadata of what is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[\w+\])?==([^\s;]+)", re.M)
VIA = re.compile(r"^    # +(?:via )?(.+)$")
# How packages without an SPDX expression name theirs.
SAID = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "PSFL": "PSF-2.0",
    "BSD": "BSD-3-Clause",
}
# Not installed where the locks are made: other systems' and interpreters'.
ELSEWHERE = {
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "pypydispatcher": "BSD-3-Clause",
    "backports-zstd": "PSF-2.0",
}


def pins(path: Path) -> dict[str, str]:
    """Versions by name."""
    return {name.lower().replace("_", "-"): version for name, version in PIN.findall(path.read_text("utf8"))}


def licence(package: Distribution) -> str:
    """The licence as an SPDX expression."""
    said = _field(package, "License-Expression") or _field(package, "License").partition("\n")[0]
    if not said or said.startswith("Copyright"):
        said = next(c.rpartition(" :: ")[2] for c in package.metadata.get_all("Classifier") if c.startswith("License"))
    return SAID.get(said, said)


def _field(package: Distribution, name: str) -> str:
    """A field of the metadata, "" where it is not there: some readers of metadata raise `KeyError` for that."""
    return (package.metadata.get_all(name) or [""])[0]


def licence_of(name: str) -> str | None:
    """The licence of a package by its metadata, or as it is known; None for one that is not there."""
    try:
        return licence(distribution(name))
    except PackageNotFoundError:
        return ELSEWHERE.get(name)


def needed_by(lock: str) -> Iterator[tuple[str, list[str]]]:
    """Each package of a lock: its name, and who needs it."""
    for block in re.split(r"\n(?=\S)", lock):
        pin = PIN.match(block)
        assert pin is not None, block
        via = [found[1] for line in block.splitlines() if (found := VIA.match(line)) and found[1].strip() != "via"]
        yield pin[1], via


def rows() -> Iterator[str]:
    """The rows of the table."""
    for name, via in needed_by((ROOT / "requirements.lock").read_text("utf8")):
        ours = any(each.startswith("-r") for each in via)
        yield f"| {name} | {'ours: README' if ours else 'for ' + ', '.join(via)} | {licence_of(name)} |"


if __name__ == "__main__":
    print("\n".join(rows()))
