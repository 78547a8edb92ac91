"""Writes a page of each era of the small halls to `tests/pages/<site>/demo_<era>_<index>/`.

`PYTHONPATH=. python tests/demo/write_hall_fixtures.py`, from the project's root.
The expected records come from the halls' data, never from a parser.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from crawler.demo.halls import FORMS, SmallHall, build_small

TARGET = Path(__file__).parent.parent / "pages"
# Conferences of each era, by index.
CASES: dict[str, tuple[int, ...]] = {
    "mfa": (0, 3, 5, 8),
    "scio": (1, 2, 7),
    "govcn": (0, 2),
    "mod": (0,),
    "mofcom": (1,),
    "csrc": (0,),
    "people": (0,),
}


def folder(hall: SmallHall, index: int) -> Path:
    """Where a case lies."""
    return TARGET / hall.form.site / f"demo_{hall.era(index).name.replace('-', '_')}_{index}"


def files(hall: SmallHall, index: int) -> dict[str, bytes]:
    """One page: its bytes, what the server said, the record."""
    path = hall.told[index].path
    page = hall.resources[path]
    headers = {"url": hall.form.origin + path, "status": page.status, "content-type": page.headers["Content-Type"]}
    found = {"page.html": page.body}
    for name, value in (("headers.json", headers), ("expected.json", hall.record(path))):
        found[name] = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
    return found


def main() -> None:
    """Every case anew."""
    for site in FORMS:
        hall = build_small(site)
        for old in (TARGET / site).glob("demo_*"):
            shutil.rmtree(old)
        for index in CASES[site]:
            folder(hall, index).mkdir(parents=True)
            for name, content in files(hall, index).items():
                (folder(hall, index) / name).write_bytes(content)


if __name__ == "__main__":
    main()
