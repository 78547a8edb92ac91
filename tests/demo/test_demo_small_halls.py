"""The halls of other forms: whole, repeatable, and the saved pages are theirs."""

from __future__ import annotations

import pytest

from crawler.demo.halls import FORMS, build_small
from tests.demo.write_hall_fixtures import CASES, TARGET, files, folder


@pytest.mark.parametrize("site", sorted(FORMS))
def test_saved_pages_are_the_halls(site: str) -> None:
    hall = build_small(site)
    for index in CASES[site]:
        for name, content in files(hall, index).items():
            assert (folder(hall, index) / name).read_bytes() == content
    assert {path.name for path in (TARGET / site).glob("demo_*")} == {folder(hall, i).name for i in CASES[site]}


@pytest.mark.parametrize("site", sorted(FORMS))
def test_every_era_and_every_address(site: str) -> None:
    hall = build_small(site)
    assert {hall.era(i).name for i in range(hall.size)} == {era.name for era in hall.form.eras}
    assert len({one.path for one in hall.told}) == len({one.identity for one in hall.told}) == hall.size
    assert all(hall.resources[path].status == 200 for path in hall.resources)
    assert hall.find("/nowhere.html") is None
    assert len(hall.resources) == 1 + hall.listings + hall.size


@pytest.mark.parametrize("site", sorted(FORMS))
def test_turns_and_labels_agree(site: str) -> None:
    for one in build_small(site, 5).told:
        assert len(one.labels) == len(one.conference.turns) > 4
        assert one.conference.exchanges
