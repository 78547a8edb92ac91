"""New, new version, copy or unchanged: the decision over what is written already."""

import hashlib

import pytest

from crawler.items import Transcript
from crawler.text.duplicates import Known, MemoryIndex, judge

GB = "http://acftu.people.com.cn/n1/2017/0309/c67502-1001.html"
BIG5 = "http://acftu.people.com.cn/BIG5/n1/2017/0309/c67502-1001.html"


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def transcript(id_: str, text: str, language: str = "zh-Hans", url: str = GB) -> Transcript:
    provenance = {
        "fetched_at": "2017-03-10T00:00:00Z",
        "fetched_url": url,
        "status": 200,
        "encoding": "utf-8",
        "layout": "x",
        "body_digest": digest("body"),
        "warc": None,
        "crawler": "x",
    }
    turn = {"id": "t1", "label": "问", "speaker": None, "role": "reporter", "affiliation": None, "text": text}
    return Transcript.model_validate(
        {
            "schema": 1,
            "id": id_,
            "site": "acftu",
            "url": GB,
            "language": language,
            "title": "夜校",
            "breadcrumbs": [],
            "published_at": None,
            "event": {},
            "summary": None,
            "participants": [],
            "turns": [turn],
            "exchanges": [],
            "source": None,
            "editors": [],
            "images": [],
            "content_hash": digest(text),
            "cleaning": [],
            "damage": {},
            "provenance": provenance,
        }
    )


def index(*records: tuple[str, int, str, str, str]) -> MemoryIndex:
    known = MemoryIndex()
    for id_, version, text, language, url in records:
        known.add(transcript(id_, text, language, url).model_copy(update={"version": version}), 0)
    return known


ONE = ("acftu/1001", 1, "灯", "zh-Hans", GB)


@pytest.mark.parametrize(
    ("records", "read", "judgement"),
    [
        ([], transcript("acftu/1001", "灯"), ("new", "acftu/1001", 1)),
        ([ONE], transcript("acftu/1001", "灯"), ("unchanged", "acftu/1001", 1)),
        ([ONE], transcript("acftu/1001", "灯", "zh-Hant", BIG5), ("duplicate", "acftu/1001", 1)),
        ([ONE], transcript("acftu/1001", "明灯"), ("version", "acftu/1001", 2)),
        ([ONE], transcript("acftu/2002", "灯"), ("duplicate", "acftu/1001", 1)),
        ([ONE], transcript("acftu/2002", "烛"), ("new", "acftu/2002", 1)),
        (
            [ONE, ("acftu/1001", 2, "明灯", "zh-Hans", GB)],
            transcript("acftu/1001", "明灯"),
            ("unchanged", "acftu/1001", 2),
        ),
        ([ONE, ("acftu/1001", 2, "明灯", "zh-Hans", GB)], transcript("acftu/1001", "烛"), ("version", "acftu/1001", 3)),
        ([ONE], transcript("acftu/1001", "明灯", "zh-Hant", BIG5), ("duplicate", "acftu/1001", 1)),
    ],
)
def test_the_verdict(
    records: list[tuple[str, int, str, str, str]], read: Transcript, judgement: tuple[str, str, int]
) -> None:
    assert judge(read, index(*records)) == judgement


def test_a_page_that_goes_back_to_an_older_text_is_a_new_version() -> None:
    known = index(ONE, ("acftu/1001", 2, "明灯", "zh-Hans", GB))
    assert judge(transcript("acftu/1001", "灯"), known) == ("version", "acftu/1001", 3)


def test_judging_twice_adds_nothing() -> None:
    known, read = MemoryIndex(), transcript("acftu/1001", "灯")
    first = judge(read, known)
    known.add(read.model_copy(update={"version": first.version}), 0)
    assert judge(read, known).verdict == "unchanged"


def test_versions_may_be_noted_in_any_order() -> None:
    known = index(("acftu/1001", 2, "明灯", "zh-Hans", GB), ONE)
    assert known.latest("acftu/1001") == Known(2, bytes.fromhex(digest("明灯")[7:]), "zh-Hans", GB, 0, 0)


def test_of_two_records_with_one_text_the_first_is_the_original() -> None:
    known = index(ONE, ("acftu/2002", 1, "灯", "zh-Hans", GB))
    assert judge(transcript("acftu/3003", "灯"), known).of == "acftu/1001"
