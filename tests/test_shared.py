"""Real pages that lie beside a checkout where they may; skipped where they do not."""

from __future__ import annotations

import subprocess

import pytest

from tests.halls import ROOT, SCRAPY

CHECK = ROOT.parent / "shared/check/run"


@pytest.mark.skipif(not CHECK.exists(), reason="the real pages are not beside this checkout")
def test_the_real_pages() -> None:
    result = subprocess.run(
        [CHECK], cwd=ROOT, env={"SCRAPY": SCRAPY, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
