"""Where everything comes from: packages locked by hash, licences, data files, and the promises of SECURITY.md."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from scrapy.settings import Settings

from crawler import settings
from tests.halls import ROOT
from tools.packages import licence_of, pins, rows

LOCK, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PACKAGES = (ROOT / "docs/packages.md").read_text("utf8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf8")
OTHERS = sorted(ROOT.glob("requirements-*.txt"))


@pytest.mark.parametrize("lock", [LOCK, DEV], ids=lambda path: path.name)
def test_every_package_of_a_lock_has_its_hashes(lock: Path) -> None:
    for block in re.split(r"\n(?=\S)", lock.read_text("utf8")):
        assert re.search(r"^\S+==\S+", block) and "--hash=sha256:" in block, block
    assert "://" not in lock.read_text("utf8"), "no index of our own"


def test_the_locks_have_the_pins() -> None:
    wanted = pins(ROOT / "requirements.txt")
    locked, all_locked = pins(LOCK), pins(DEV)
    assert {name: locked.get(name) for name in wanted} == wanted
    assert {name: all_locked.get(name) for name in locked} == locked
    for path in OTHERS:
        wanted = pins(path)
        assert {name: all_locked.get(name) for name in wanted} == wanted, path


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_a_lock_lacks_nothing_that_its_packages_need() -> None:
    """By the metadata of what is installed here."""
    locked = {plain(name) for name in pins(LOCK)}
    for name in locked:
        try:
            needed = [Requirement(line) for line in requires(name) or []]
        except PackageNotFoundError:
            continue  # another system's
        for each in needed:
            if each.marker is None or each.marker.evaluate({"extra": ""}):
                assert plain(each.name) in locked, (name, each.name)


def test_make_installs_from_the_locks() -> None:
    makefile = (ROOT / "Makefile").read_text("utf8")
    for lock in (LOCK, DEV):
        assert f"--require-hashes -r {lock.name}\n" in makefile
    assert not re.search(r"\$\(BIN\)/pip install[^\n]*requirements\S*\.txt", makefile)


def test_every_package_is_listed_with_its_licence() -> None:
    table = PACKAGES.split("| package |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    assert table == list(rows()), "python -m tools.packages writes it"
    assert not [row for row in table if "None" in row]


def test_the_readme_says_the_licences_of_what_it_names() -> None:
    readme = (ROOT / "README.md").read_text("utf8")
    for row in readme.split("| package |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]:
        names, _, licence = (cell.strip() for cell in row.strip("| ").split("|"))
        assert {licence_of(name.strip()) for name in names.split(",")} == {licence}, row


def test_every_data_file_has_its_source() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "crawler"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    data = [name for name in tracked.splitlines() if not name.endswith((".py", ".md"))]
    table = PACKAGES.split("| file |", 1)[1]
    named = re.findall(r"`(crawler/[^`]+)`", table)
    assert [name for name in data if not name.startswith(tuple(named))] == []
    for name in named:
        assert (ROOT / name).exists(), name
    for tool in re.findall(r"`(tools/[^`]+)`", table):
        assert (ROOT / tool).exists(), tool


def test_the_versions_of_the_data_s_sources_are_the_tools() -> None:
    pinned = {name: v for path in ROOT.glob("tools/requirements-*.txt") for name, v in pins(path).items()}
    for name, version in re.findall(r"([a-z][a-z-]+) (\d[\d.]+\d)", PACKAGES.split("| file |", 1)[1]):
        assert pinned[name] == version, name


def test_every_promise_has_its_tests() -> None:
    table = SECURITY.split("| promise |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    for row in table:
        files = re.findall(r"`(tests/[^`]+)`", row)
        assert files and all((ROOT / name).is_file() for name in files), row


def test_what_a_crawl_has_no_use_for_is_off() -> None:
    ours = Settings()
    ours.setmodule(settings)
    for name in ("COOKIES_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "HTTPPROXY_ENABLED"):
        assert not ours.getbool(name), name
    assert ours.getbool("DOWNLOAD_VERIFY_CERTIFICATES") and not ours.getbool("ALLOW_PRIVATE_ADDRESSES")
    on = {scheme for scheme, handler in ours.getwithbase("DOWNLOAD_HANDLERS").items() if handler}
    assert on == {"http", "https"}


def test_a_package_whose_metadata_another_reader_reads_has_its_licence() -> None:
    """Importing `importlib_metadata`, as some package may, replaces the standard library's reader for the process."""
    code = "import importlib_metadata; from tools.packages import licence_of; print(licence_of('lxml'))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.stdout == "BSD-3-Clause\n", said.stderr
