"""`python -m fuzzing --seconds 60`: every target in turn for its part of the time, or those that are named.

Exit code 1 when something was found; it stands in `.fuzz/findings/`, and belongs into `tests/fuzz/cases/` once mended.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

from fuzzing.findings import Findings
from fuzzing.running import run
from fuzzing.targets import TARGETS


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="target", help=" ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together (60)")
    parser.add_argument("--seed", type=int, default=1, help="the same number, the same inputs (1)")
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"), help="where findings go (.fuzz)")
    parser.add_argument("--plain", action="store_true", help="by chance, also where atheris is installed")
    options = parser.parse_args()
    if unknown := [name for name in options.targets if name not in TARGETS]:
        parser.error(f"no target {unknown[0]}; there are {', '.join(TARGETS)}")
    names = options.targets or list(TARGETS)
    seconds = max(1, options.seconds // len(names))
    guided = importlib.util.find_spec("atheris") is not None and not options.plain
    options.folder.mkdir(parents=True, exist_ok=True)
    failed = False
    for name in names:
        before = _kept(options.folder)
        if guided:
            print(f"{name}: {seconds} seconds, guided by coverage", flush=True)
            command = [sys.executable, "-m", "fuzzing.guided", name, str(seconds), str(options.seed), options.folder]
            failed |= subprocess.run(command, check=False).returncode != 0
        else:
            findings = Findings(options.folder / "findings")
            tries = run(TARGETS[name], seconds, options.seed, findings, options.folder / f"current-{name}")
            print(f"{name}: {tries} inputs", flush=True)
        failed |= _kept(options.folder) != before
    return int(failed)


def _kept(folder: Path) -> dict[Path, float]:
    return {path: path.stat().st_mtime for path in folder.glob("findings/*/*.txt")}


if __name__ == "__main__":
    sys.exit(main())
