"""The bundled halls of other forms, crawled over HTTP on this machine: each conference once, every field right."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.demo.halls import FORMS, build_small
from tests.halls import SCRAPY, lines, scrapy, serving

#: What an expected record does not foresee: it hangs on the run, not on the page.
RUN = {"schema", "version", "content_hash", "provenance", "cleaning", "damage"}


@pytest.mark.parametrize("site", sorted(FORMS))
def test_a_crawl_gives_the_expected_records(site: str, tmp_path: Path) -> None:
    hall = build_small(site)
    with serving(hall) as server:
        options = ("-s", "ALLOW_PRIVATE_ADDRESSES=1", "-s", f"OUTPUT_DIR={tmp_path}")
        result = scrapy("crawl", site, "-a", f"start={server.url}{hall.start}", *options)
    assert result.returncode == 0, (SCRAPY, result.stdout, result.stderr[-2000:])
    records = {record["id"]: record for record in lines(tmp_path / site / "transcripts.jsonl")}
    assert sorted(records) == sorted(str(expected["id"]) for expected in hall.expected)
    wrong = [
        (expected["id"], key, records[str(expected["id"])][key], value)
        for expected in hall.expected
        for key, value in expected.items()
        if key not in RUN and records[str(expected["id"])][key] != value
    ]
    assert not wrong[:3]
    assert max(server.requests.values()) == 1
