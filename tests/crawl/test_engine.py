"""What replaces parts of Scrapy's engine and downloader says what Scrapy's own says."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Spider, signals
from scrapy.exceptions import DropItem
from scrapy.signalmanager import SignalManager
from scrapy.utils.gz import gunzip
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from crawler.downloading import one_member
from crawler.engine import Signals, Stats


class Receivers:
    def __init__(self) -> None:
        self.told: list[Any] = []

    def first(self, item: Any) -> str:
        self.told.append(("first", item))
        return "one"

    def second(self, item: Any, spider: Any) -> None:
        self.told.append(("second", item, spider))
        raise DropItem("no")


def test_an_item_is_told_to_each_receiver_in_turn_and_a_fault_is_an_answer() -> None:
    own, receivers = Signals(object()), Receivers()
    for receiver in (receivers.first, receivers.second):
        SignalManager(own.sender).connect(receiver, signals.item_scraped)
    answers = asyncio.run(own.send_catch_log_async(signals.item_scraped, item=1, spider=2, response=3))
    assert receivers.told == [("first", 1), ("second", 1, 2)]
    assert answers[0][1] == "one" and isinstance(answers[1][1], DropItem)
    (_, one), (_, two) = own.send_catch_log(signals.item_scraped, item=4, spider=5)
    assert one == "one" and isinstance(two, Failure)


def test_who_connects_later_is_told_as_well_and_nobody_is_nobody() -> None:
    own, receivers = Signals(object()), Receivers()
    assert own.send_catch_log(signals.item_scraped, item=1) == []
    own.connect(receivers.first, signals.item_scraped)
    assert [answer for _, answer in own.send_catch_log(signals.item_scraped, item=2)] == ["one"]


def test_stats_count_as_scrapy_s() -> None:
    stats = Stats(get_crawler(Spider))
    stats.inc_value("pages")
    stats.inc_value("pages", 2)
    stats.set_value("start", 1)
    assert stats.get_stats() == {"pages": 3, "start": 1} and stats.get_value("none", 7) == 7


@given(st.binary(max_size=300), st.integers(0, 9))
def test_a_gzip_body_is_what_scrapy_makes_of_it(content: bytes, level: int) -> None:
    body = gzip.compress(content, level)
    assert one_member(body, 10_000) == content == gunzip(body)


@pytest.mark.parametrize(
    "body",
    [b"", b"no gzip", gzip.compress(b"abc" * 99)[:-9], gzip.compress(b"a") * 2, gzip.compress(b"a") + b"x"],
    ids=["empty", "no gzip", "cut off", "two members", "something behind it"],
)
def test_what_is_not_one_whole_member_is_left_to_scrapy(body: bytes) -> None:
    assert one_member(body, 10_000) is None


def test_a_bomb_is_not_unpacked_further_than_its_limit() -> None:
    body = gzip.compress(bytes(1_000_000))
    assert one_member(body, 1000) is None
    assert len(zlib.decompressobj(31).decompress(body, 1000)) == 1000
