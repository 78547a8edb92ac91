"""The bundled halls of other forms, crawled over HTTP on this machine: each conference once, every field right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.demo.halls import FORMS, build_small
from tests.halls import SCRAPY, lines, scrapy, serving

#: What an expected record does not foresee: it hangs on the run, not on the page.
RUN = {"schema", "version", "content_hash", "provenance", "cleaning", "damage"}


def read(output: Path, site: str) -> dict[str, Any]:
    """The records of a crawl by id."""
    return {record["id"]: record for record in lines(output / site / "transcripts.jsonl")}


@pytest.mark.parametrize("site", sorted(FORMS))
def test_a_crawl_gives_the_expected_records(site: str, tmp_path: Path) -> None:
    hall = build_small(site)
    with serving(hall) as server:
        options = ("-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={tmp_path}")
        result = scrapy("crawl", site, "-a", f"start={server.url}{hall.start}", *options)
    assert result.returncode == 0, (SCRAPY, result.stdout, result.stderr[-2000:])
    records = read(tmp_path, site)
    assert sorted(records) == sorted(str(expected["id"]) for expected in hall.expected)
    wrong = [
        (expected["id"], key, records[str(expected["id"])][key], value)
        for expected in hall.expected
        for key, value in expected.items()
        if key not in RUN and records[str(expected["id"])][key] != value
    ]
    assert not wrong[:3]
    assert max(server.requests.values()) == 1


def test_sitemaps_give_what_the_listing_lacks(tmp_path: Path) -> None:
    hall = build_small("people")
    with serving(hall) as server:
        options = ("-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={tmp_path}", "-a", "sitemaps=1")
        result = scrapy("crawl", "people", "-a", f"start={server.url}{hall.start}", *options)
    assert result.returncode == 0, result.stdout + result.stderr[-2000:]
    records = read(tmp_path, "people")
    assert len(records) == hall.size + len(hall.unlisted) == hall.size + 2
    for expected in hall.unlisted:
        found = records[str(expected["id"])]
        assert {key: found[key] for key in expected.keys() - RUN} == {k: expected[k] for k in expected.keys() - RUN}
    assert "1 found by feed alone, 1 found by sitemap alone" in result.stdout
