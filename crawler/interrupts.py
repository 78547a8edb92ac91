"""Ctrl-C before a command has begun, or in one that no reactor runs: a word instead of a traceback.

The process still ends by the signal, as a shell expects. A crawl that runs is ended by Scrapy's own handlers.
"""

from __future__ import annotations

import sys
from types import TracebackType


def say_interrupted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A hook for exceptions that nobody caught."""
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write("interrupted\n")
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = say_interrupted
