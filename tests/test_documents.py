"""What the documents list is what the code has, and their commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from crawler.arguments import read_arguments
from crawler.items import Transcript
from crawler.pipelines import ORDER
from tests.halls import ROOT, scrapy

README = (ROOT / "README.md").read_text("utf8")
OURS = sorted(p.stem for p in (ROOT / "crawler/commands").glob("[a-z]*.py"))


def table(heading: str) -> list[str]:
    """The first column of the table behind a heading cell."""
    rows = README.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [re.split(r"(?<!\\)\|", row)[1].strip().strip("`") for row in rows]


def test_the_record_s_keys() -> None:
    keys = [field.alias or name for name, field in Transcript.model_fields.items()]
    assert table("key") == keys


def test_the_commands() -> None:
    assert sorted(name.removeprefix("scrapy ") for name in table("command")) == OURS


def test_the_stages() -> None:
    listed = README.split("in their order:", 1)[1].split(".", 1)[0]
    assert re.findall(r"`(\w+)`", listed) == [stage.__name__ for stage in ORDER]


def test_the_packages() -> None:
    pinned = {
        line.split("==")[0].lower() for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line
    }
    named = {name.strip().lower() for row in table("package") for name in row.split(",")}
    assert named == pinned


def test_the_settings() -> None:
    named = {name.strip(" `") for row in table("setting") for name in row.split(",")}
    text = (ROOT / "crawler/settings.py").read_text("utf8")
    assert {name for name in named if not re.search(rf"^{name} = ", text, re.M)} == {"DOWNLOAD_DELAY"}
    ours = text.split("# Ours.", 1)[1].split("ITEM_PIPELINES", 1)[0]
    assert set(re.findall(r"^([A-Z_]+) = ", ours, re.M)) - {"USER_AGENT", "SCHEDULER"} <= named


def test_the_crontab_of_the_readme_is_the_recipe() -> None:
    assert (ROOT / "scheduling/crontab").read_text("utf8").splitlines()[-1] in README


def test_the_benchmarks_of_the_readme_are_those_of_the_table() -> None:
    found = (ROOT / "docs/benchmarks.md").read_text("utf8")
    section = README.split("## What it costs", 1)[1].split("\n## ", 1)[0]
    quotes = [line for line in section.splitlines() if line.startswith(("| ", "Measured "))]
    assert len(quotes) > 10
    assert set(quotes) <= set(found.splitlines())


def test_the_sites_are_named() -> None:
    for spider in (ROOT / "crawler/spiders").glob("[a-z]*.py"):
        assert f"`{spider.stem}`" in README or f"`{spider.stem}." in README


def test_the_commands_of_the_readme_run_in_their_order(tmp_path: Path) -> None:
    """What they write goes elsewhere."""
    lines = re.findall(r"^\.venv/bin/(scrapy .*)$", README, re.M)
    assert lines[0] == "scrapy demo"
    for line in lines:
        _, *arguments = shlex.split(line.replace("output/", f"{tmp_path}/"))
        if arguments[0] == "demo":
            arguments += ["-s", f"OUTPUT_DIR={tmp_path}"]
        result = scrapy(*arguments)
        assert result.returncode == 0, (line, result.stderr)
        assert result.stdout.strip() or result.stderr.strip(), line


def test_the_arguments_of_the_readme_are_taken() -> None:
    given = dict(re.findall(r"`-a (\w+)=([^`…]+?)`", README))
    assert read_arguments({"via": given.pop("via")}).via
    assert read_arguments({**given, "start": "http://127.0.0.1/GB/392912/index.html"}).limit == 10
    assert given.keys() == {"since", "until", "limit", "full", "sitemaps"}


def test_the_make_targets_of_the_readme_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", README, re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.S))
def test_the_code_of_the_readme_runs(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})
