"""The commands. Scrapy imports the file of every command to run one of them, a tenth of a start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def commands_module(arguments: Sequence[str]) -> str:
    """The module in which Scrapy finds the command that arguments begin with: its own; that of all where it is none."""
    name = arguments[0] if arguments else ""
    known = name.isidentifier() and not name.startswith("_") and Path(__file__).with_name(f"{name}.py").exists()
    return f"{__name__}.{name}" if known else __name__
