"""What CDX servers say, which capture is taken, and what a replay address names."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import article_of, canonical, first_page, is_mirror, later_page, path_day
from crawler.spiders.acftu import AcftuSpider
from crawler.text.captures import (
    ARCHIVES,
    Captured,
    after,
    archive_named,
    captured_at,
    captures_address,
    in_order,
    is_own,
    original,
    read_captures,
    replay_address,
    replayed,
)

SITE = AcftuSpider.site
PAGE = "http://acftu.people.com.cn/n1/2018/0508/c392912-3001.html"
REPLAY = f"https://web.archive.org/web/20180601000000id_/{PAGE}"


def capture(moment: str, status: str = "200", mime: str = "text/html", digest: str = "") -> Captured:
    return Captured(moment, PAGE, mime, status, digest or f"D{moment}{status}{mime}")


def test_the_two_forms_of_an_answer_say_the_same() -> None:
    values = ("cn,com,people,acftu)/n1", "20180601000000", PAGE, "text/html", "200", "ABC", "1234")
    wayback = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
    pywb = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length")
    array = json.dumps([wayback, values]).encode()
    line = json.dumps(dict(zip(pywb, values, strict=True))).encode() + b"\n"
    expected = Captured("20180601000000", PAGE, "text/html", "200", "ABC")
    assert read_captures(array) == read_captures(line) == [expected]
    assert read_captures(line * 3) == [expected] * 3


@pytest.mark.parametrize("nothing", [b"", b"\n", b"[]", b"[ ]"])
def test_no_capture(nothing: bytes) -> None:
    assert read_captures(nothing) == []


@pytest.mark.parametrize(
    "wrong",
    [b"<html>", b"{}", b'[["a"]]x', b"[1]", b'{"timestamp": "x", "url": "http://a/"}', b"{", b'[["timestamp"], ["1"]]',
     b'{"timestamp": "20180601000000", "url": "ftp://a/"}', b"1", b'"x"', b"\xff"],
)  # fmt: skip
def test_what_is_no_answer_is_one_error(wrong: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_captures(wrong)


@given(st.binary())
def test_an_answer_is_read_or_refused(body: bytes) -> None:
    with suppress(ValueError):
        assert all(len(found.moment) == 14 for found in read_captures(body))


def test_the_first_capture_after_the_day_is_the_best() -> None:
    moments = ["20180508020000", "20180507000000", "20190101000000", "20180509000000"]
    found = in_order(map(capture, moments), after(date(2018, 5, 8)))
    assert [one.moment for one in found] == ["20180509000000", "20190101000000", "20180508020000", "20180507000000"]


def test_only_pages_that_were_had_are_good_and_each_text_once() -> None:
    good = capture("20190101000000", digest="SAME")
    bad = [capture("20180601000000", status) for status in ("404", "301", "-", "")]
    bad.append(capture("99999999999999"))
    other = [capture("20180601000000", mime="image/png"), capture("20180601000000", mime="text/plain")]
    again = capture("20200101000000", digest="SAME")
    repeated = capture("20210101000000", "-", "warc/revisit")
    assert in_order([again, *bad, good, *other, repeated], "0") == [good, repeated]


@pytest.mark.parametrize(
    ("url", "own"),
    [(PAGE, True), (PAGE.replace("http:", "https:"), True), (PAGE.replace("acftu", "other"), False),
     (PAGE.replace("//", "//user@"), False), (REPLAY, False), (f"http://acftu.people.com.cn/20180601000000id_/{PAGE}", False)],
)  # fmt: skip
def test_whose_capture_it_is(url: str, own: bool) -> None:
    assert is_own(url, ("acftu.people.com.cn",)) is own


def test_a_page_without_a_day_takes_its_first_capture() -> None:
    assert in_order(map(capture, ["20200101000000", "20190101000000"]), after(None))[0].moment == "20190101000000"


def test_the_addresses_of_an_archive() -> None:
    pywb = archive_named("http://127.0.0.1:8080/old/cdx")
    assert captures_address(pywb, "http://a/b?c=d&e").startswith(
        "http://127.0.0.1:8080/old/cdx?url=http%3A%2F%2Fa%2Fb%3Fc%3Dd%26e&output=json&"
    )
    assert replay_address(pywb, capture("20180601000000")) == f"http://127.0.0.1:8080/old/20180601000000id_/{PAGE}"
    assert replay_address(archive_named("wayback"), capture("20180601000000")) == REPLAY
    assert archive_named("wayback") is ARCHIVES["wayback"]


@pytest.mark.parametrize("via", ["", "google", "http://a/", "ftp://a/cdx", "http:///cdx", "http://a/cdx?x=1", "a/cdx"])
def test_what_is_no_archive(via: str) -> None:
    with pytest.raises(ValueError, match="neither wayback nor"):
        archive_named(via)


def test_a_replay_address_stands_for_the_page() -> None:
    assert original(REPLAY) == PAGE
    assert captured_at(REPLAY) == "2018-06-01T00:00:00Z"
    assert article_of(SITE, REPLAY) == article_of(SITE, PAGE)
    assert canonical(SITE, REPLAY) == first_page(SITE, REPLAY) == PAGE
    assert later_page(SITE, REPLAY, 2) == later_page(SITE, PAGE, 2)
    assert path_day(REPLAY) == date(2018, 5, 8)
    assert not is_mirror(SITE, REPLAY)


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        REPLAY.replace("20180601000000", "99999999999999"),
        REPLAY.replace("id_", ""),
        REPLAY.replace("id_", "if_"),
        PAGE + "?u=/20180601000000id_/http://a/",
        "id_/http",
    ],
)
def test_no_replay_address(url: str) -> None:
    assert replayed(url) is None
    assert captured_at(url) is None
    assert original(url) == url
