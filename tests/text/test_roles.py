"""Roles beyond one hall: one who answers all, outlets in labels, follow-ups, offices that become names, stamps."""

from __future__ import annotations

import re
from typing import Any

import pytest

from crawler.items import Page, Transcript
from crawler.spiders.mfa import MfaSpider
from crawler.spiders.scio import ScioSpider
from crawler.text.exchanges import exchanges
from crawler.text.label_forms import candidate
from crawler.text.record import page_to_record
from crawler.text.speakers import read_label

TITLE = "2020年11月3日外交部发言人叶听澜主持例行记者会"


def read(*rows: str, title: str = TITLE, site: Any = MfaSpider.site) -> Transcript:
    body = "".join(f"<p>{row}</p>" for row in rows)
    html = (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1 id="News_Body_Title">{title}</h1>'
        f'<span id="News_Body_Time">2020-11-03</span><div id="News_Body_Txt_A"><div id="content">{body}</div></div></body></html>'
    )
    url = (
        "https://www.fmprc.gov.cn/web/x/t1200001.shtml"
        if site.name == "mfa"
        else "http://www.scio.gov.cn/wqfbh/1/47513/"
    )
    return page_to_record(Page(site.name, url, 200, "", "2026-01-01T00:00:00Z", html.encode()), site)


def cast(record: Transcript) -> list[tuple[str, str | None, str, str | None]]:
    return [(turn.label, turn.speaker, turn.role, turn.affiliation) for turn in record.turns]


def test_an_answer_is_the_one_s_whom_the_title_names() -> None:
    record = read("问：何时？", "答：明天。")
    assert cast(record) == [("问", None, "reporter", None), ("答", "叶听澜", "official", "外交部")]
    assert [person.text for person in record.participants] == ["外交部发言人叶听澜"]
    assert record.event.model_dump() == {"date": "2020-11-03", "time": None, "place": None, "id": "mfa/2020-11-03"}


@pytest.mark.parametrize("title", ["外交部例行记者会", "外交部发言人叶听澜、外交部发言人梁栖梧出席记者会"])
def test_nobody_is_invented_where_the_title_names_nobody_or_two(title: str) -> None:
    assert [turn.speaker for turn in read("问：何时？", "答：明天。", title=title).turns] == [None, None]


@pytest.mark.parametrize(
    ("label", "outlet"),
    [
        ("总台央视记者", "总台央视"),
        ("《环岛时报》记者", "环岛时报"),
        ("“今日蓝礁”通讯社记者", "“今日蓝礁”通讯社"),
        ("蓝礁社", "蓝礁社"),
        ("东方卫视", "东方卫视"),
        ("《蓝礁新闻》", "蓝礁新闻"),
        ("<strong>海湾报业托拉斯</strong>", "海湾报业托拉斯"),
        ("<strong>BRTV</strong>", "BRTV"),
        ("21世纪海洋报道记者", "21世纪海洋报道"),
        ("媒体记者", None),
    ],
)
def test_the_outlet_stands_in_the_label(label: str, outlet: str | None) -> None:
    record = read("叶听澜：先发布一条消息。", f"{label}：请问何时开始？", "叶听澜：明天。")
    assert cast(record)[1] == (re.sub("<.*?>", "", label), None, "reporter", outlet)
    assert len(record.turns) == 3


@pytest.mark.parametrize("label", ["外交部发言人叶听澜", "发言人叶听澜", "叶　听澜", "发言人"])
def test_all_labels_of_the_one_mean_one_speaker(label: str) -> None:
    assert {
        turn.speaker for turn in read("记者：何时？", f"{label}：明天。", "记者：何地？", "叶听澜：北京。").turns
    } == {
        None,
        "叶听澜",
    }


@pytest.mark.parametrize(
    "quoted",
    [
        "蓝礁国总统说：我们不会让步。你有何评论？",
        "据蓝礁社报道：会谈开始了。是这样吗？",
        "《港口公约》：第一条是什么意思？",
        "第一个问题：何时？",
    ],
)
def test_whoever_is_quoted_does_not_speak(quoted: str) -> None:
    assert len(read("记者：我有一个问题。", quoted, "叶听澜：明天。").turns) == 2


def test_a_question_that_looks_like_a_byline_is_one() -> None:
    assert len(read("东海日报记者：能否介绍双方会谈的成果", "叶听澜：明天。").turns) == 2


def test_follow_ups_belong_to_their_exchange() -> None:
    record = read(
        "蓝礁社记者：何时？", "叶听澜：明天。", "追问：几点？", "叶听澜：十点。", "记者：何地？", "叶听澜：北京。"
    )
    assert [(one.question, one.answer) for one in record.exchanges] == [(["t1", "t3"], ["t2", "t4"]), (["t5"], ["t6"])]
    assert exchanges(["reporter", "official"], ["何时？", "明天。"], [True, False]) == [([0], [1])]


def test_letters_are_labels_where_both_are_there() -> None:
    title = "Foreign Ministry Spokesperson Ye Tinglan's Regular Press Conference on November 3, 2020"
    record = read("Q: When is it?", "A: Tomorrow. Plan B: none.", title=title)
    assert cast(record) == [("Q", None, "reporter", None), ("A", "Ye Tinglan", "official", "Foreign Ministry")]
    assert record.event.id == "mfa/2020-11-03"
    assert candidate("I would like to stress the following: peace.") is None


def test_an_office_at_first_and_then_the_name_alone() -> None:
    rows = (
        "国务院新闻办新闻局局长、新闻发言人 谢云起：大家好。下面请何局长介绍。", "国家统计局局长 何承泽星：好的。",
        "谢云起：下面请提问。", "蓝礁社记者：如何？", "翻译：How is it?", "何承泽星：很好。", "谢云起：谢谢大家。",
    )  # fmt: skip
    record = read(*rows, title="发布会", site=ScioSpider.site)
    assert [turn.role for turn in record.turns] == [
        "host", "official", "host", "reporter", "interpreter", "official", "host",
    ]  # fmt: skip
    assert {turn.affiliation for turn in record.turns if turn.speaker == "何承泽星"} == {"国家统计局"}
    assert {turn.affiliation for turn in record.turns if turn.speaker == "谢云起"} == {"国务院新闻办新闻局"}
    assert [(one.question, one.answer) for one in record.exchanges] == [(["t4", "t5"], ["t6"])]


@pytest.mark.parametrize(
    ("row", "text", "time"),
    [
        ("2021-01-18 10:05:22", "明天。", "10:05:22"),
        ("2021年1月18日 9:05", "明天。", "09:05"),
        ("（10:05）", "明天。", "10:05"),
        ("截至10:05", "明天。\n截至10:05", None),
        ("比分是 3:2", "明天。\n比分是 3:2", None),
        ("2021-01-18 10:99", "明天。\n2021-01-18 10:99", None),
    ],
)
def test_a_stamp_is_no_text(row: str, text: str, time: str | None) -> None:
    turn = read("记者：何时？", "叶听澜：明天。", row).turns[1]
    if row == "2021-01-18 10:99":
        assert turn.text.startswith("明天。")
        return
    assert (turn.text, turn.time) == (text, time)


@pytest.mark.parametrize(("words", "role"), [("Reporter", "reporter"), ("Answer", "official"), ("Moderator", "host")])
def test_english_roles(words: str, role: str) -> None:
    assert read_label(words, []).role == role


def test_spokespersons_are_found_by_linear_patterns() -> None:
    for pattern in MfaSpider.site.spokesperson:
        assert isinstance(pattern, re.Pattern)
        assert not pattern.search("外交部发言人" * 5000)
