"""Which pins are behind: `make outdated`. Asks PyPI, through pip, about what is installed; no test runs it.

A pin that is behind is raised in its requirements file; then `make lock`, `make test`, and a line in CHANGELOG.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tools.packages import pins

ROOT = Path(__file__).parent.parent


def main() -> None:
    command = [sys.executable, "-m", "pip", "list", "--outdated", "--format=json", "--disable-pip-version-check"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    wanted = {name for path in ROOT.glob("requirements*.txt") for name in pins(path)}
    locked = set(pins(ROOT / "requirements-dev.lock"))
    for each in sorted(found, key=lambda each: each["name"].lower() not in wanted):
        name = each["name"].lower().replace("_", "-")
        if name in locked:
            whose = "pinned by us" if name in wanted else "of another package"
            print(f"{name:24} {each['version']:>14} -> {each['latest_version']:14} {whose}")


if __name__ == "__main__":
    main()
