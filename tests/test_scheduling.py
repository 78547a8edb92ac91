"""The recipes for timers: their syntax, and that the commands in them are the program's."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.halls import ROOT, scrapy

FOLDER = ROOT / "scheduling"
FIELD = re.compile(r"\*|\d{1,2}(?:,\d{1,2})*|\*/\d{1,2}")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_service_and_timer() -> None:
    units = [str(FOLDER / f"press-archive.{kind}") for kind in ("service", "timer")]
    result = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_timer_s_moment_is_in_the_hall_s_time() -> None:
    (calendar,) = re.findall(r"^OnCalendar=(.*)$", (FOLDER / "press-archive.timer").read_text("utf8"), re.M)
    result = subprocess.run(["systemd-analyze", "calendar", calendar], capture_output=True, text=True, check=False)
    assert result.returncode == 0 and "Asia/Shanghai" in result.stdout


def test_the_crontab_has_five_fields_and_a_command_of_the_shell() -> None:
    (line,) = [line for line in (FOLDER / "crontab").read_text("utf8").splitlines() if not line.startswith("#")]
    *fields, command = line.split(None, 5)
    assert len(fields) == 5 and all(FIELD.fullmatch(field) for field in fields)
    assert subprocess.run(["bash", "-n", "-c", command], check=False).returncode == 0
    assert "flock -n" in command


@pytest.mark.parametrize("name", ["press-archive.service", "crontab"])
def test_the_command_is_the_crawl_of_a_hall_with_a_contact(name: str) -> None:
    assert "scrapy crawl acftu -s CONTACT=you@example.org" in (FOLDER / name).read_text("utf8")


def test_the_readme_s_watch_over_live_halls_is_a_command_of_the_shell_and_of_the_program() -> None:
    (line,) = [
        line for line in (ROOT / "README.md").read_text("utf8").splitlines() if "check --live" in line and "cd " in line
    ]
    *fields, command = line.split(None, 5)
    assert len(fields) == 5 and all(FIELD.fullmatch(field) for field in fields)
    assert subprocess.run(["bash", "-n", "-c", command], check=False).returncode == 0
    (options,) = re.findall(r"scrapy (check --live -s \S+)", command)
    # A site that is not there: the options are read before anything is asked.
    result = scrapy(*options.split(), "nosuch")
    assert result.returncode == 2 and "unknown site 'nosuch'" in result.stderr
