"""Records for tests: one by example, and any that the schema allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from crawler.items import Transcript

HASH = "sha256:" + "0" * 64
TURNS = (
    ("t1", "方致远", "方致远", "host", "东海职工联合总会", "各位记者朋友，发布会现在开始。"),
    ("t2", "记者", None, "reporter", "海湾晚报", "我来自海湾晚报。劳动合同怎么签？"),
    ("t3", "林知秋", "林知秋", "official", "东海职工联合总会", "先谈后签。\n有问题找工会。"),
)


def record(number: int = 1, version: int = 1, *, said: str | None = None, **changes: Any) -> Transcript:
    """A record; `said` is what the last turn says."""
    turns = [dict(zip(("id", "label", "speaker", "role", "affiliation", "text"), turn)) for turn in TURNS]
    if said is not None:
        turns[-1]["text"] = said
    values: dict[str, Any] = {
        "schema": 1,
        "id": f"acftu/{number}",
        "version": version,
        "site": "acftu",
        "url": f"http://acftu.people.com.cn/n1/2018/0508/c392912-{number}.html",
        "language": "zh-Hans",
        "title": f"第{number}场发布会",
        "breadcrumbs": ["东海工人网", "发布会直播厅"],
        "published_at": "2018-05-08T16:00:00+08:00",
        "event": {"date": "2018-05-08", "time": "10:00", "place": "报告厅"},
        "summary": "摘要。",
        "participants": [
            {"name": "林知秋", "organisation": "东海职工联合总会", "titles": ["部长", "发言人"], "text": "部长林知秋"},
            {"name": None, "organisation": None, "titles": [], "text": "有关人士"},
        ],
        "turns": turns,
        "exchanges": [{"question": ["t2"], "answer": ["t3"]}],
        "source": "东海工人网",
        "editors": ["甲乙"],
        "images": [{"url": "http://img.example.org/1.jpg", "caption": None}],
        "content_hash": HASH,
        "cleaning": [{"kind": "pinyin", "at": "t3:1", "before": "(tán)", "after": "", "certain": True}],
        "damage": {"unresolved": 1, "samples": ["工?"]},
        "provenance": {
            "fetched_at": f"2026-01-0{version}T00:00:00Z",
            "fetched_url": "http://acftu.people.com.cn/",
            "status": 200,
            "encoding": "gb18030",
            "layout": "2016",
            "body_digest": HASH,
            "warc": {"file": "a.warc.gz", "offset": 12, "record_id": "<urn:uuid:1>"},
            "crawler": "press-conference-archive/0.1.0",
        },
    }
    return Transcript.model_validate(values | changes)


# Characters that databases, XML and scripts are fond of tripping over; NUL is refused everywhere.
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
some = text.filter(bool)
maybe = st.none() | some
odd = st.sampled_from(
    ["工會", "=1+1", "\x0b\x1f", "\ufffe\uffff", "𠮷野家", "\u202e\u2028", "'\"\\N", "</u>&", "\r\n\t"]
)
words = st.lists(some | odd, max_size=3)
ids = st.lists(st.sampled_from(["t1", "t2", "t3"]), max_size=3)
days = st.none() | st.dates().map(str) | st.just("2016-13-45")
times = st.none() | st.sampled_from(["10:00", "99:99"])


def part(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with some fields."""
    return st.fixed_dictionaries(fields)


any_record = part(
    id=st.integers(1, 4).map(lambda n: f"acftu/{n}"),
    version=st.integers(1, 3),
    site=st.just("acftu") | some,
    language=st.sampled_from(["zh-Hans", "zh-Hant", "en", "und", "no language"]),
    title=some | odd,
    breadcrumbs=words,
    published_at=st.sampled_from([None, "2016-12-22", "2016-12-22T16:51:00+08:00", "2016-99-22T16:51:00Z"]),
    event=part(
        date=days, time=times, place=maybe, id=maybe, editions=st.lists(part(language=some, url=some), max_size=2)
    ),
    summary=maybe,
    participants=st.lists(part(name=maybe, organisation=maybe, titles=words, text=some), max_size=2),
    turns=st.lists(
        part(
            id=st.sampled_from(["t1", "t2", "t3"]),
            label=some | odd,
            speaker=maybe,
            role=st.sampled_from(["host", "official", "reporter", "interpreter", "unknown"]),
            affiliation=maybe,
            text=text | odd,
            time=st.sampled_from([None, "09:25", "09:25:10"]),
        ),
        min_size=1,
        max_size=4,
    ),
    exchanges=st.lists(part(question=ids, answer=ids), max_size=2),
    source=maybe,
    editors=words,
    images=st.lists(part(url=some, caption=maybe), max_size=2),
    cleaning=st.lists(
        part(
            kind=some,
            at=some,
            before=text,
            after=text,
            certain=st.booleans(),
            margin=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        ),
        max_size=2,
    ),
    damage=part(unresolved=st.integers(0, 9), samples=words, flags=words),
).map(lambda changes: Transcript.model_validate(record().model_dump(by_alias=True) | changes))


def line(one: Transcript) -> bytes:
    """A record's line in transcripts.jsonl."""
    return one.model_dump_json().encode() + b"\n"


def write(path: Path, *records: Transcript | bytes, mode: str = "wb") -> Path:
    """A file of records, or of any lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open(mode) as file:
        file.writelines(one if isinstance(one, bytes) else line(one) for one in records)
    return path


def newest(records: list[Transcript]) -> list[Transcript]:
    """The newest version of each, by id; of one that is there twice the last."""
    found: dict[str, Transcript] = {}
    for one in records:
        if one.id not in found or one.version >= found[one.id].version:
            found[one.id] = one
    return [found[key] for key in sorted(found)]
