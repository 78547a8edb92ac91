"""The hall, built once."""

from __future__ import annotations

import pytest

from crawler.demo.hall import Hall, build_hall


@pytest.fixture(scope="session")
def hall() -> Hall:
    """The ordinary hall."""
    return build_hall()
