"""Every saved page, field by field, against the record that a person read there."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from crawler.fixtures import case_folders, read_case
from crawler.text.checking import wrong_fields

LOADER = SpiderLoader(get_project_settings())
SITES = {name: LOADER.load(name).site for name in LOADER.list()}  # type: ignore[attr-defined]
CASES = case_folders(Path(__file__).parent / "pages")


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: "/".join(folder.parts[-2:]))
def test_page(folder: Path) -> None:
    case = read_case(folder)
    assert wrong_fields(case, SITES[case.page.site]) == {}
    if case.unread:
        warnings.warn(f"{case.name}: expected.json was not read by a person yet", stacklevel=1)


def test_there_are_pages() -> None:
    assert len(CASES) >= 25
