"""The saved pages under `tests/pages/<site>/<case>/`, read from disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crawler.items import Page
from crawler.text.checking import Case
from crawler.text.proposing.writing import UNREAD


def read_case(folder: Path) -> Case:
    """A saved page with its expected record. Raises `OSError` or `ValueError` for files that are none."""
    headers = _object(folder / "headers.json")
    expected = _object(folder / "expected.json")
    try:
        page = Page(
            site=folder.parent.name,
            url=headers["url"],
            status=headers["status"],
            content_type=headers.get("content-type") or "",
            fetched_at="2026-01-01T00:00:00Z",
            body=(folder / "page.html").read_bytes(),
        )
    except KeyError as error:
        raise ValueError(f"{folder / 'headers.json'} has no {error}") from None
    unread = expected.pop(UNREAD, None) is not None
    return Case("/".join(folder.parts[-2:]), page, expected, unread)


def case_folders(pages: Path, site: str = "*") -> list[Path]:
    """The folders of the saved pages, of one site or of all."""
    return sorted(path.parent for path in pages.glob(f"{site}/*/expected.json"))


def _object(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf8"))
    except ValueError as error:
        raise ValueError(f"{path} is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise ValueError(f"{path} is no JSON object")
    return found
