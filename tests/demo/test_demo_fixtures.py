"""The saved pages are those of today's hall."""

from __future__ import annotations

import json

import pytest

from crawler.demo.hall import Hall
from tests.demo.write_fixtures import CASES, TARGET, address


@pytest.mark.parametrize("name", CASES)
def test_saved_page_is_the_halls(hall: Hall, name: str) -> None:
    path, folder = address(hall, name), TARGET / name
    assert (folder / "page.html").read_bytes() == hall.resources[path].body
    assert json.loads((folder / "expected.json").read_text(encoding="utf-8")) == hall.record(path)
    headers = json.loads((folder / "headers.json").read_text(encoding="utf-8"))
    assert headers["content-type"] == hall.resources[path].headers["Content-Type"]
    assert headers["url"].endswith(path)


def test_no_folder_is_left_over() -> None:
    assert {folder.name for folder in TARGET.iterdir()} == set(CASES)
