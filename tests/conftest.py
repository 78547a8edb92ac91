"""How the whole is run: the examples of the properties, and the files in an order that ends evenly."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import settings

# The same examples every time; `make test-long` has twenty-five times as many, and other ones each time.
settings.register_profile("short", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

# A file is one worker's (`--dist loadfile`): those that take longest come first, so that none is left for the end.
LONG = (
    "tests/test_crawlall.py",
    "tests/storage/test_load_datastore.py",
    "tests/fuzz/test_patterns.py",
    "tests/crawl/test_odd_servers.py",
    "tests/crawl/test_sitemaps.py",
    "tests/crawl/test_articles.py",
    "tests/test_reparse_command.py",
    "tests/restore/test_benchmark.py",
    "tests/test_check_command.py",
    "tests/crawl/test_politeness.py",
    "tests/crawl/test_kill.py",
    "tests/crawl/test_rescue.py",
    "tests/crawl/test_archive.py",
    "tests/crawl/test_incremental.py",
    "tests/storage/test_verify.py",
    "tests/test_load_commands.py",
    "tests/crawl/test_verdict.py",
    "tests/test_newhall_command.py",
    "tests/crawl/test_guard.py",
    "tests/crawl/test_strangers.py",
    "tests/crawl/test_replay.py",
    "tests/test_report_command.py",
    "tests/fuzz/test_targets.py",
    "tests/text/test_spam.py",
)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: crawls and their servers wait for each other."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, then those with the most tests."""
    files = [item.nodeid.partition("::")[0] for item in items]
    tests = Counter(files)
    rank = {name: at for at, name in enumerate(sorted(tests, key=lambda name: (name not in LONG, -tests[name])))}
    rank |= {name: at - len(LONG) for at, name in enumerate(LONG)}
    items.sort(key=lambda item: rank[item.nodeid.partition("::")[0]])
