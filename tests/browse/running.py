"""The command as it runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.forking import Fork, forks, pipe


@contextmanager
def browsing(*arguments: str) -> Iterator[tuple[Fork, list[str]]]:
    """The running command, and its lines up to its address."""
    process = forks().start("browse", *arguments, out=pipe)
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("http://"):
                break
        yield process, lines
    finally:
        process.kill()
        process.wait()
