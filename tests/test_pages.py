"""Every saved page, field by field, against the record that a person read there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from crawler.items import Page
from crawler.text.record import page_to_record

LOADER = SpiderLoader(get_project_settings())
SITES = {name: LOADER.load(name).site for name in LOADER.list()}  # type: ignore[attr-defined]
CASES = sorted((Path(__file__).parent / "pages").glob("*/*/expected.json"))


def read(case: Path) -> tuple[Page, dict[str, Any]]:
    """A saved page and its expected record."""
    headers = json.loads((case.parent / "headers.json").read_text("utf8"))
    page = Page(
        site=case.parts[-3],
        url=headers["url"],
        status=headers["status"],
        content_type=headers.get("content-type") or "",
        fetched_at="2026-01-01T00:00:00Z",
        body=(case.parent / "page.html").read_bytes(),
    )
    return page, json.loads(case.read_text("utf8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: "/".join(case.parts[-3:-1]))
def test_page(case: Path) -> None:
    page, expected = read(case)
    record = json.loads(page_to_record(page, SITES[page.site]).model_dump_json())
    cut = [change["before"].strip() for change in record.pop("cleaning")]
    assert cut == [change["before"].strip() for change in expected.pop("cleaning")]
    for key, value in expected.items():  # whatever keys the reader wrote down
        assert record[key] == value, key


def test_there_are_pages() -> None:
    assert len(CASES) >= 25
