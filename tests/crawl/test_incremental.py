"""A run after the first: what is new, changed or gone is found with the fewest requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.server import HallServer
from tests.halls import HTML, LISTING, TinyHall, article, crawl, lines, listing, manifest, path_of, serving

# Three listing pages of four conferences, ten days apart.
DAYS = [(date(2018, 12, 31) - timedelta(days=10 * n)).isoformat() for n in range(12)]
NUMBERS = {2000 - n: day for n, day in enumerate(DAYS)}


FIRST_EIGHT = dict(list(NUMBERS.items())[:8])


def page(n: int) -> str:
    return LISTING if n == 1 else f"/GB/392912/index{n}.html"


def hall_of(numbers: dict[int, str], per_page: int = 4) -> TinyHall:
    """A hall that lists articles by number and day, newest first."""
    order = sorted(numbers, key=lambda n: (numbers[n], n), reverse=True)
    found: dict[str, Any] = {path_of(n, day): article(n, day=day) for n, day in numbers.items()}
    last = (len(order) - 1) // per_page + 1
    for n in range(last):
        links = [path_of(number, numbers[number]) for number in order[n * per_page : (n + 1) * per_page]]
        html = listing(*links, after=f"<!--all page--><!--PageNo={last}-->")
        found[page(n + 1)] = html.replace('<i class="gray">2018-05-0', '<i class="x">')  # the path's day counts
    return TinyHall(found)


def again(server: HallServer, output: Path, *arguments: str) -> list[str]:
    """Crawl once more; what was asked besides robots.txt."""
    server.requests.clear()
    result = crawl(server.url + LISTING, output, *arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return [path for path, n in server.requests.items() for _ in range(n) if path != "/robots.txt"]


def records(output: Path) -> list[tuple[str, int]]:
    return [(r["id"], r["version"]) for r in lines(output / "acftu/transcripts.jsonl")]


def files(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (output / "acftu").glob("*.jsonl")}


def test_an_unchanged_hall_costs_two_requests_and_writes_the_manifest_only(tmp_path: Path) -> None:
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path)
        before, runs = files(tmp_path), len(list((tmp_path / "acftu/runs").iterdir()))
        assert again(server, tmp_path) == [page(1), page(2)]
    assert files(tmp_path) == before
    assert len(list((tmp_path / "acftu/runs").iterdir())) == runs + 1
    assert manifest(tmp_path)["run"]["not_modified"] == 2


def test_a_server_without_validators_costs_no_more(tmp_path: Path) -> None:
    class Plain(TinyHall):
        def find(self, path: str) -> Any:
            found = super().find(path)
            if found:  # a counter in the page: never the same bytes
                self.n = getattr(self, "n", 0) + 1
                found = replace(found, body=found.body.replace(b"</body>", b"<!-- %d --></body>" % self.n))
            return found

    with serving(Plain(hall_of(NUMBERS).pages)) as server:
        again(server, tmp_path)
        assert again(server, tmp_path) == [page(1), page(2)]


def test_a_new_conference_costs_its_own_request(tmp_path: Path) -> None:
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path)
        new = {3000: "2019-01-05", **NUMBERS}
        server.hall = hall_of(new)  # type: ignore[assignment]
        asked = again(server, tmp_path)
    assert sorted(asked) == sorted([page(1), page(2), path_of(3000, "2019-01-05")])
    assert ("acftu/3000", 1) in records(tmp_path)


def test_a_conference_with_an_older_date_is_found_within_the_window(tmp_path: Path) -> None:
    """Put in at the end of the second page: the head is unchanged."""
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path)
        server.hall = hall_of({3000: "2018-11-25", **NUMBERS})  # type: ignore[assignment]
        asked = again(server, tmp_path, "-s", "LOOK_BACK_DAYS=60")
    assert path_of(3000, "2018-11-25") in asked
    assert not [path for path in asked if path.endswith(tuple(f"-{n}.html" for n in NUMBERS))]
    assert ("acftu/3000", 1) in records(tmp_path)


def test_behind_the_window_the_weekly_sweep_finds_it(tmp_path: Path) -> None:
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path)
        server.hall = hall_of({3000: "2018-09-12", **NUMBERS})  # type: ignore[assignment]
        again(server, tmp_path)
        assert ("acftu/3000", 1) not in records(tmp_path)
        again(server, tmp_path, "-s", "SWEEP_DAYS=0")
    assert ("acftu/3000", 1) in records(tmp_path)


@pytest.mark.parametrize("how", [("-a", "full=1"), ("-s", "RECHECK_DAYS=0")])
def test_an_edited_page_becomes_one_new_version(how: tuple[str, str], tmp_path: Path) -> None:
    edited = path_of(1998, NUMBERS[1998])
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path, "-s", "RECHECK_DAYS=0")
        server.hall.pages[edited] = article(1998, ("方致远", "更正：参加的是三十人。"), ("记者", "谢谢。"))
        again(server, tmp_path, *how)
        again(server, tmp_path, *how)
    assert [version for number, version in records(tmp_path) if number == "acftu/1998"] == [1, 2]
    assert len(records(tmp_path)) == 13
    assert manifest(tmp_path)["counts"]["recorded"] == 12


def test_known_pages_are_asked_with_their_validators(tmp_path: Path) -> None:
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path)
        again(server, tmp_path, "-a", "full=1")
    run = manifest(tmp_path)["run"]
    assert run["not_modified"] == 12 and run["unchanged"] == 0


def test_an_article_that_vanished_is_gone_and_its_record_stays(tmp_path: Path) -> None:
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path)
        server.hall.pages[path_of(1998, NUMBERS[1998])] = (404, HTML, b"<html>no</html>")
        again(server, tmp_path, "-a", "full=1")
    counts = manifest(tmp_path)["counts"]
    assert (counts["recorded"], counts["gone"]) == (11, 1)
    assert ("acftu/1998", 1) in records(tmp_path)


def test_what_failed_is_asked_again_and_a_known_page_keeps_its_record(tmp_path: Path) -> None:
    broken = path_of(1998, NUMBERS[1998])
    with serving(hall_of(NUMBERS)) as server:
        whole = server.hall.pages[broken]
        server.hall.pages[broken] = (500, HTML, b"<html>error</html>")
        first = crawl(server.url + LISTING, tmp_path, "-s", "RETRY_ENABLED=0")
        assert (first.returncode, manifest(tmp_path)["counts"]["failed"]) == (3, 1)
        server.hall.pages[broken] = whole
        assert again(server, tmp_path) == [page(1), broken, page(2)] or broken in server.requests
        server.hall.pages[broken] = (500, HTML, b"<html>error</html>")
        third = crawl(server.url + LISTING, tmp_path, "-s", "RETRY_ENABLED=0", "-a", "full=1")
    assert third.returncode == 3
    assert manifest(tmp_path)["counts"] | {"found": 12, "recorded": 12} == manifest(tmp_path)["counts"]
    assert manifest(tmp_path)["missing"][0]["url"].endswith(broken)


def test_a_listing_that_got_shorter_is_said_and_makes_the_run_incomplete(tmp_path: Path) -> None:
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path)
        server.hall.pages |= {p: html for p, html in hall_of(FIRST_EIGHT).pages.items() if p.startswith("/GB/")}
        result = crawl(server.url + LISTING, tmp_path, "-a", "full=1")
    assert result.returncode == 3
    assert manifest(tmp_path)["warnings"] == ["the listing has 2 pages; at the last sweep it had 3"]
    assert "warning    the listing has 2 pages" in result.stdout


def test_an_address_that_leads_to_another_article_is_a_copy_of_it(tmp_path: Path) -> None:
    old, new = path_of(1001), path_of(1002)
    hall = TinyHall({LISTING: listing(old, new), old: (302, {"Location": new}, b""), new: article(1002)})
    with serving(hall) as server:
        again(server, tmp_path)
    counts = manifest(tmp_path)["counts"]
    assert (counts["found"], counts["recorded"], counts["duplicate"]) == (2, 1, 1)


def test_an_address_that_leads_off_the_hall_is_missing_with_its_reason(tmp_path: Path) -> None:
    old = path_of(1001)
    away = (302, {"Location": "http://elsewhere.example/a.html"}, b"")
    with serving(TinyHall({LISTING: listing(old, path_of(1002)), old: away, path_of(1002): article(1002)})) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 3
    assert "elsewhere.example" in manifest(tmp_path)["missing"][0]["reason"]


def test_what_the_dates_leave_out_is_pending_and_had_by_a_run_without_them(tmp_path: Path) -> None:
    with serving(hall_of(NUMBERS)) as server:
        again(server, tmp_path, "-a", "since=2018-12-01")
        assert (len(records(tmp_path)), manifest(tmp_path)["counts"]["pending"]) == (4, 8)
        again(server, tmp_path)
    assert (len(records(tmp_path)), manifest(tmp_path)["counts"]["pending"]) == (12, 0)
