"""Damaged pages for the tests, made by the forward model of the benchmark."""

from pathlib import Path

import pytest

SEED = Path(__file__).parents[3] / "shared" / "seed"


@pytest.fixture(scope="session")
def seed() -> Path:
    """A real damaged page with its restoration by hand; not part of the project."""
    if not SEED.is_dir():
        pytest.skip("the real page is not here")
    return SEED
