"""The hall as a whole: the same every time, true to its own data, large without growing."""

from __future__ import annotations

import json
import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.data import load, words
from crawler.demo.hall import Hall, build_hall
from crawler.demo.model import Record
from tests.demo.demo_reading import article, bare, conferences, html, path_of

KEYS = [
    "id",
    "site",
    "url",
    "language",
    "title",
    "breadcrumbs",
    "published_at",
    "event",
    "summary",
    "participants",
    "turns",
    "exchanges",
    "source",
    "editors",
    "images",
    "cleaning",
    "damage",
]
TURN = ["id", "label", "speaker", "role", "affiliation", "text"]
DATA = Path(__file__).parents[2] / "crawler" / "demo"


def test_two_builds_give_equal_bytes(hall: Hall) -> None:
    other = build_hall()
    assert list(hall.resources) == list(other.resources)
    assert all(hall.resources[path].body == other.resources[path].body for path in other.resources)
    assert list(hall.expected) == list(other.expected)


def test_every_address_is_there_once(hall: Hall) -> None:
    paths = list(hall.resources)
    assert len(paths) == len(set(paths)) == len(hall.resources)
    assert hall.resources[hall.start].body == hall.resources["/GB/392912/index1.html"].body
    assert "/GB/392912/index99.html" not in hall.resources


def test_sixty_different_records(hall: Hall) -> None:
    assert len(hall.expected) == 60
    assert len({r["id"] for r in hall.expected}) == 60
    assert len({json.dumps(r["turns"], ensure_ascii=False) for r in hall.expected}) == 60
    dates = [str(r["published_at"])[:10] for r in hall.expected]
    assert dates == sorted(dates, reverse=True)
    assert dates[0].startswith("2025")
    assert dates[-1].startswith("2009")


def test_records_have_the_contracts_keys_in_order(hall: Hall) -> None:
    for record in hall.expected:
        assert list(record) == KEYS
        for turn in _list(record, "turns"):
            assert [key for key in turn if key != "time"] == TURN
            assert turn["role"] in {"host", "official", "reporter", "interpreter", "unknown"}
            assert str(turn["text"]).strip() == turn["text"] != ""
        assert [turn["id"] for turn in _list(record, "turns")] == [
            f"t{n}" for n in range(1, len(_list(record, "turns")) + 1)
        ]


def test_exchanges_join_questions_to_answers(hall: Hall) -> None:
    for record in hall.expected:
        roles = {turn["id"]: turn["role"] for turn in _list(record, "turns")}
        asked = [i for e in _list(record, "exchanges") for i in e["question"]]
        assert asked == [i for i, role in roles.items() if role == "reporter"]
        assert all(roles[i] != "reporter" for e in _list(record, "exchanges") for i in e["answer"])


def test_every_turn_stands_on_its_page_in_order(hall: Hall) -> None:
    for made, record in zip(conferences(hall), hall.expected, strict=True):
        text, at = bare(article(hall, made)), 0
        for turn in _list(record, "turns"):
            at = text.index(bare(str(turn["label"])), at)
            for line in str(turn["text"]).split("\n"):
                at = text.index(bare(line), at)
        for person in _list(record, "participants"):
            assert bare(str(person["text"])) in text
        for value in (record["title"], *str(record["summary"]).split("\n"), record["source"]):
            assert value is None or bare(str(value)) in text
        for block in _list(record, "cleaning"):
            assert all(bare(line) in text for line in str(block["before"]).split("\n"))


def test_traditional_records_stand_on_the_big5_pages(hall: Hall) -> None:
    for index, record in enumerate(hall.traditional):
        if conferences(hall)[index].slot.pages > 1:
            continue
        path = "/BIG5" + path_of(hall, index).removeprefix("/GB")
        text = bare(html(hall, path))
        assert record == hall.record(path)
        assert record["language"] == "zh-Hant"
        assert all(bare(str(turn["text"])) in text for turn in _list(record, "turns"))


def test_nobody_real_speaks(hall: Hall) -> None:
    known = {*words()["names"], *words()["reporters"], "卜海生", None}
    assert all(turn["speaker"] in known for record in hall.expected for turn in _list(record, "turns"))
    text = "".join(path.read_text(encoding="utf-8") for path in DATA.rglob("*.json"))
    assert not re.search("全国总工会|全總|总书记|总理|主席[^。]{0,6}指出|国务院", text)


def test_most_pages_weigh_as_much_as_real_ones(hall: Hall) -> None:
    sizes = [len(hall.resources[path_of(hall, index)].body) for index in range(60)]
    assert min(sizes) > 15_000
    assert max(sizes) < 100_000
    assert sum(size > 40_000 for size in sizes) >= 20
    assert all(8 <= len(_list(record, "turns")) <= 50 for record in hall.expected)


@pytest.mark.parametrize("size", [1, 10, 59, 61, 130])
def test_other_sizes(size: int) -> None:
    other = build_hall(size)
    assert len(other.expected) == size
    assert all(other.resources[path].status in {200, 404} for path in list(other.resources)[:40])
    assert {str(r["url"]) for r in other.expected[:5]} <= {
        "http://acftu.people.com.cn" + path for path in other.resources
    }


def test_ten_thousand_in_flat_memory() -> None:
    tracemalloc.start()
    large = build_hall(10_000)
    for index in range(0, 10_000, 250):
        body = large.resources[path_of(large, index)].body
        assert len(body) > 15_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000
    assert len(set(large.listed)) == len(large.listed)


def test_data_files_name_each_other() -> None:
    assert {slot["topic"] for slot in load("programme")["slots"]} <= set(load("programme")["topics"])


def _list(record: Record, key: str) -> list[dict[str, Any]]:
    value = record[key]
    assert isinstance(value, list)
    return value
