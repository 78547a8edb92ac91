"""The command as it runs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.halls import ROOT, SCRAPY


@contextmanager
def browsing(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The running command, and its lines up to its address."""
    process = subprocess.Popen(
        [SCRAPY, "browse", *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    lines: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("http://"):
                break
        yield process, lines
    finally:
        process.kill()
        process.communicate()
