"""Halls side by side: each complete, the worst exit code, a line each; and none of it lost when a worker is killed."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from crawler import __version__
from crawler.commands._halls import worst
from crawler.demo.server import HallServer
from crawler.storage.ledger.holding import Held, hold, lock_number
from crawler.storage.ledger.opening import LedgerError
from tests.clusters import cluster, until
from tests.forking import Fork, forks
from tests.halls import ROOT, TinyHall, article, lines, listing, path_of, scrapy, serving
from tests.storage.postgres import running
from tests.three_halls import NAMES, path

NUMBERS = {name: range(1001 + 100 * n, 1031 + 100 * n) for n, name in enumerate(NAMES)}


def halls() -> dict[str, Any]:
    """The pages of three halls: thirty conferences each, every tenth of two pages."""
    pages: dict[str, Any] = {}
    for name, numbers in NUMBERS.items():
        pages[path(name)] = listing(*map(path_of, numbers))
        for n in numbers:
            pages[path_of(n)] = article(n)
            if n % 10 == 0:
                second = path_of(n).replace(".html", "-2.html")
                pages[path_of(n)] = article(n).replace(
                    '<div class="edit">', f'<a href="{second}">2</a><div class="edit">'
                )
                pages[second] = article(n, ("林知秋", "第二页。"))
    return pages


def environment(server: HallServer | None) -> dict[str, str]:
    address = server.url if server else "http://127.0.0.1:9"
    return {"SCRAPY_SETTINGS_MODULE": "tests.three_halls", "PYTHONPATH": str(ROOT), "HALLS": address}


def crawlall(server: HallServer | None, output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return scrapy("crawlall", "-s", f"OUTPUT_DIR={output}", *arguments, **environment(server))


def ids(output: Path) -> dict[str, list[str]]:
    return {name: sorted(record["id"] for record in lines(output / name / "transcripts.jsonl")) for name in NAMES}


EACH_ONCE = {name: [f"{name}/{n}" for n in numbers] for name, numbers in NUMBERS.items()}


def test_some_halls_and_arguments_for_each(tmp_path: Path) -> None:
    with serving(TinyHall(halls())) as server:
        result = crawlall(server, tmp_path, "hill", "river", "hill", "-a", "limit=2", "--workers", "1")
    assert result.returncode == 0, result.stderr
    assert {name: len(found) for name, found in ids(tmp_path).items()} == {"harbour": 0, "hill": 2, "river": 2}
    assert len(result.stdout.splitlines()) == 2


def test_the_exit_code_is_the_worst(tmp_path: Path) -> None:
    pages = halls()
    del pages[path("hill")]
    (tmp_path / "river").mkdir()
    (tmp_path / "river/transcripts.jsonl").write_text("no record\n")
    with serving(TinyHall(pages)) as server:
        result = crawlall(server, tmp_path)
    assert result.returncode == 6
    told = dict(line.split(": ", 1) for line in result.stdout.splitlines())
    assert told["harbour"].startswith("complete")
    assert told["hill"].startswith("incomplete (exit 3)")
    assert told["river"].startswith("exit 6, scrapy crawl: ")
    assert "river: scrapy crawl: " in result.stderr


@pytest.mark.parametrize(
    ("codes", "code"),
    [([], 0), ([0, 0], 0), ([0, 3, 0], 3), ([3, 4], 4), ([5, 4], 5), ([2, 5, 3], 2), ([1, 2, 6], 1), ([0, 120], 120)],
)
def test_worst(codes: list[int], code: int) -> None:
    assert worst(codes) == code


def test_mistakes_are_one_line(tmp_path: Path) -> None:
    for arguments, said in (
        (["nowhere"], "unknown site 'nowhere': harbour, hill, river"),
        (["--workers", "0"], "--workers 0 is no number from 1"),
        (["-a", "since=yesterday"], "since"),
        (["-a", "wat"], "wanted is NAME=VALUE"),
    ):
        result = crawlall(None, tmp_path, *arguments)
        assert result.returncode == 2
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")


@pytest.fixture
def three() -> Iterator[HallServer]:
    with serving(TinyHall(halls())) as server:
        yield server


def started(server: HallServer, output: Path, *arguments: str) -> Fork:
    """`scrapy crawlall`, under way."""
    return forks().start("crawlall", "-s", f"OUTPUT_DIR={output}", *arguments, env=environment(server))


@linux
def test_a_crawl_that_is_killed_goes_on(three: HallServer, tmp_path: Path) -> None:
    process = started(three, tmp_path, "hill")
    until(lambda: three.requests.total() > 8)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert out.startswith("hill: complete (exit 0)")
    assert ids(tmp_path)["hill"] == EACH_ONCE["hill"]


@linux
def test_no_crawl_outlives_its_worker_and_each_hall_is_complete_then_and_has_its_line(
    three: HallServer, tmp_path: Path
) -> None:
    process = started(three, tmp_path)
    until(lambda: three.requests.total() > 8)
    crawls = children(process.pid)
    process.kill()
    process.wait()
    until(lambda: not any(map(is_running, crawls)))
    result = crawlall(three, tmp_path)
    assert result.returncode == 0, result.stderr
    assert ids(tmp_path) == EACH_ONCE
    told = sorted(result.stdout.splitlines())
    assert [line.partition(",")[0] for line in told] == [f"{name}: complete (exit 0)" for name in NAMES]


@linux
def test_sigterm_is_handed_on(three: HallServer, tmp_path: Path) -> None:
    process = started(three, tmp_path, "--workers", "2", "-s", "DOWNLOAD_DELAY=0.2")
    until(lambda: three.requests.total() > 4)
    process.terminate()
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "river: not started" in out


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with running() as url:
        yield url.replace("postgresql:", "postgresql+psycopg:")


class TestPostgres:
    def test_one_crawl_of_a_hall_at_a_time(self, database: str, tmp_path: Path) -> None:
        held = hold(database, "hill", __version__)
        assert held
        with pytest.raises(Held, match="another crawl of hill is running"):
            hold(database, "hill", __version__, wait=0.3)
        other = hold(database, "river", __version__)
        assert other
        other.close()
        with serving(TinyHall(halls())) as server:
            result = crawlall(server, tmp_path, "hill", "river", "-s", f"LEDGER={database}")
        held.close()
        again = hold(database, "hill", __version__, wait=0)
        assert again
        again.close()
        assert result.returncode == 2
        assert (
            "hill: exit 2, scrapy crawl: another crawl of hill is running on this ledger" in result.stdout.splitlines()
        )
        assert ids(tmp_path) == {**EACH_ONCE, "harbour": [], "hill": []}

    def test_sites_have_numbers_of_their_own(self) -> None:
        numbers = {lock_number(name) for name in (*NAMES, "acftu", "the tables")}
        assert len(numbers) == 5
        assert all(-(2**63) <= number < 2**63 for number in numbers)

    def test_no_database(self) -> None:
        with pytest.raises(LedgerError) as said:
            hold("postgresql+psycopg://nobody:secret@127.0.0.1:9/x", "hill", __version__)
        assert "\n" not in str(said.value)
        assert "secret" not in str(said.value)

    @linux
    @pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="distributed is not installed")
    def test_two_workers_three_halls_and_one_worker_killed(
        self, database: str, three: HallServer, tmp_path: Path
    ) -> None:
        """The hall that its worker left is taken over: nothing missing, nothing twice, and its pages known to be had."""
        engine = create_engine(database)
        with engine.begin() as connection:  # a database that no crawl has used
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        output, before = tmp_path / "out", dict(os.environ)
        os.environ.update(environment(three))
        try:
            with cluster(tmp_path, 2) as (address, workers):
                process = started(three, output, "--cluster", address, "-s", f"LEDGER={database}")
                until(lambda: all(len(ids(output)[name]) > 3 for name in NAMES[:1]))
                victim = next(worker for worker in workers if children(worker.pid))
                crawls = children(victim.pid)
                os.kill(victim.pid, signal.SIGKILL)
                until(lambda: not any(map(is_running, crawls)))
                out, _ = process.communicate(timeout=120)
        finally:
            os.environ.clear()
            os.environ.update(before)
        assert process.returncode == 0, out
        assert sorted(line.partition(",")[0] for line in out.splitlines()) == [f"{n}: complete (exit 0)" for n in NAMES]
        assert ids(output) == EACH_ONCE
        assert all(lines(output / name / "duplicates.jsonl") == [] for name in NAMES)
        with engine.connect() as connection:
            outcomes = "SELECT site, outcome, count(*) FROM page WHERE kind = 'article' GROUP BY 1, 2 ORDER BY 1"
            assert list(connection.execute(text(outcomes))) == [(name, "recorded", 30) for name in NAMES]
        engine.dispose()
