"""A file that is there whole or not at all, whatever ends the program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path, mark: str = ".tmp") -> Iterator[Path]:
    """A name beside the file's to write under; the file gets its own when the block ends well. Raises `OSError`.

    `mark` tells apart those who write the same file at a time.
    """
    part = path.with_name(path.name + mark)
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
