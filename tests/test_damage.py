"""Damaged copies of one page through the whole chain: on bytes, on text, and with a second copy as witness."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.restore_forward import damage
from crawler import pipelines
from crawler.items import Page, Transcript
from crawler.pipelines import ORDER, DropCopies
from crawler.spiders.acftu import AcftuSpider
from crawler.text.duplicates import MemoryIndex
from crawler.text.record import page_to_record
from crawler.text.witness import witnessed
from tests.halls import LISTING, TinyHall, article, crawl, lines, listing, path_of, serving

SITE = AcftuSpider.site
SAID = (
    ("鄭遠", "各位記者朋友，大家上午好。歡迎參加今天的發布會。下面請大家提問。"),
    ("記者", "我來自海灣日報。請問關於職工權益保障，工會開展了哪些活動？"),
    ("陳錦", "工會組織開展了就業服務、技能培訓和法律援助，當地的就業問題得到解決，經常化、日常化的幫扶機制已經建立。"),
    ("陳錦", "全國有九個產業工會參與，勞動關係總體和諧，維護職工權益是我們的職責，謝謝。"),
)
TABLE = (
    ("記", "jì"), ("會", "huì"), ("請", "qǐng"), ("職", "zhí"), ("關", "guān"), ("權", "quán"), ("開", "kāi"), ("動", "dòng"),
    ("業", "yè"), ("務", "wù"), ("國", "guó"), ("產", "chǎn"), ("們", "men"), ("謝", "xiè"), ("數", "shù"), ("發", "fā"), ("來", "lái"),
)  # fmt: skip
SPAM = "丰镇市| 乌审旗| 阿坝县| 台南市| 宁都县| 博湖县| 龙陵县| 海宁市| 遂昌县| 石台县| 罗定市| 额敏县| 房山区| 剑河县|"
CLEAN = article(1001, *SAID, title="職工權益保障新聞發布會").replace("工会新闻--人民网", "工會新聞--人民網")
DAMAGED = damage(CLEAN, TABLE, marks="、", folded=False)
URL = f"http://acftu.people.com.cn{path_of(1001)}"


def record(body: bytes, url: str = URL) -> Transcript:
    return page_to_record(Page("acftu", url, 200, "text/html", "2026-01-01T00:00:00Z", body), SITE)


def as_utf8(text: str) -> bytes:
    return text.replace("charset=GB2312", "charset=utf-8").encode()


@pytest.fixture(scope="module")
def clean() -> Transcript:
    return record(CLEAN.encode("gb18030"))


def said(of: Transcript) -> list[tuple[str, str]]:
    return [(turn.label, turn.text) for turn in of.turns]


def test_the_fixture_is_damaged() -> None:
    assert "當?shù)氐" in DAMAGED.text
    assert "[記(jì)者]" in DAMAGED.text


def test_on_bytes_every_character_comes_back(clean: Transcript) -> None:
    found = record(DAMAGED.body)
    assert said(found) == said(clean)
    assert (found.title, found.participants, found.exchanges) == (clean.title, clean.participants, clean.exchanges)
    assert found.content_hash == clean.content_hash
    assert found.damage.unresolved == 0
    assert {change.kind for change in found.cleaning} == {"pinyin", "byte_shift"}
    assert all(change.certain and re.fullmatch(r"\([^()]+\)", change.before) for change in found.cleaning)


def test_on_bytes_each_change_stands_where_it_says(clean: Transcript) -> None:
    """What is in step stood right behind its character; the title's first is (zhí) behind 職."""
    found = record(DAMAGED.body)
    texts = {turn.id: turn.text for turn in found.turns} | {"title": found.title}
    readings = {f"({reading})": char for char, reading in TABLE}
    placed = [change for change in found.cleaning if change.at.rpartition(":")[0] in texts]
    assert len(placed) > 30
    for change in placed:
        place, _, offset = change.at.rpartition(":")
        if change.kind == "pinyin":
            assert texts[place][int(offset) - 1] == readings[change.before]
    assert ("title:1", "(zhí)") in {(change.at, change.before) for change in placed}


def test_on_text_what_can_be_told_is_restored_and_the_rest_is_counted(clean: Transcript) -> None:
    found = record(as_utf8(DAMAGED.text))
    assert [label for label, _ in said(found)] == [label for label, _ in said(clean)]
    assert found.exchanges == clean.exchanges
    wrong = [
        (a, b)
        for (_, x), (_, y) in zip(said(found), said(clean), strict=True)
        for a, b in zip(x, y, strict=True)
        if a != b
    ]
    assert {a for a, _ in wrong} <= {"?"}
    assert found.damage.unresolved == len(wrong)
    assert "當地的就業" in found.turns[2].text


def test_a_clean_page_and_a_page_with_genuine_glosses_are_left(clean: Transcript) -> None:
    assert clean.cleaning == []
    glossed = CLEAN.replace("和諧", "和諧(hé xié)", 1).replace("職責", "職責(zhí zé)", 1)
    found = record(glossed.encode("gb18030"))
    assert found.cleaning == []
    assert "(hé xié)" in found.turns[3].text


def test_a_spam_block_and_damage_on_one_page(clean: Transcript) -> None:
    """The spam's place is told in the restored text, although it was cut before."""
    spam = DAMAGED.text.replace('</p><div class="edit"', f'{SPAM}</p><div class="edit"')
    found = record(as_utf8(spam))
    cut = next(change for change in found.cleaning if change.kind == "spam_block")
    assert cut.before.strip() == SPAM
    assert cut.at == f"t4:{len(found.turns[3].text)}"


def test_labels_are_restored_before_turns_are_told() -> None:
    names = [stage.__name__ for stage in ORDER]
    assert names.index("CutSpam") < names.index("Restore") < names.index("Transcribe")
    page = Page("acftu", URL, 200, "text/html", "2026-01-01T00:00:00Z", as_utf8(DAMAGED.text))
    draft = pipelines.CutSpam(SITE).process_item(pipelines.Extract(SITE).process_item(page))
    unrestored = pipelines.Transcribe(SITE).process_item(draft)
    restored = pipelines.Transcribe(SITE).process_item(pipelines.Restore(SITE).process_item(draft))
    assert "記者" not in [turn.label for turn in unrestored.turns]
    assert "記者" in [turn.label for turn in restored.turns]


def lose(of: Transcript, text: str, lost: str) -> Transcript:
    """A copy in which one place of a turn is lost."""
    turns = [turn.model_copy(update={"text": turn.text.replace(text, lost, 1)}) for turn in of.turns]
    damaged = of.damage.model_copy(update={"unresolved": 1, "samples": [lost]})
    return of.model_copy(update={"turns": turns, "damage": damaged, "content_hash": "sha256:" + "0" * 64})


def test_a_witness_gives_back_what_no_model_knows(clean: Transcript) -> None:
    found = witnessed(lose(clean, "九個", "?個"), clean)
    assert found is not None
    assert said(found) == said(clean)
    assert found.content_hash == clean.content_hash
    assert found.damage.unresolved == 0
    change = found.cleaning[-1]
    assert (change.kind, change.before, change.after) == ("witness", "?", "九")
    assert change.at == f"t4:{clean.turns[3].text.index('九個')}"


@pytest.mark.parametrize(("text", "lost"), [("九個", "?位"), ("九個", "?"), ("九個", "八個")])
def test_a_witness_that_differs_elsewhere_says_nothing(text: str, lost: str, clean: Transcript) -> None:
    assert witnessed(lose(clean, text, lost), clean) is None


def test_a_genuine_question_mark_is_no_loss(clean: Transcript) -> None:
    assert witnessed(clean, clean) is None


def test_a_damaged_copy_never_takes_the_record_s_place(tmp_path: Path, clean: Transcript) -> None:
    """An undamaged record stays; the copy is a duplicate even where the witness cannot mend all of it."""
    path = tmp_path / "transcripts.jsonl"
    path.write_text(clean.model_dump_json() + "\n", "utf8")
    index = MemoryIndex()
    index.add(clean, 0)
    stage = DropCopies(path, index)
    for copy in (lose(clean, "九個", "?個"), lose(clean, "九個", "?位")):
        with pytest.raises(pipelines.Copied) as dropped:
            stage.process_item(copy)
        assert dropped.value.judgement.of == clean.id


def test_a_damaged_record_is_followed_by_the_undamaged_text_as_a_version(tmp_path: Path) -> None:
    bodies: list[Any] = [as_utf8(DAMAGED.text.replace("日常化", "日?；?", 1)), CLEAN.encode("gb18030")]
    for body in bodies:
        with serving(TinyHall({LISTING: listing(path_of(1001)), path_of(1001): body})) as server:
            assert crawl(server.url + LISTING, tmp_path).returncode == 0
    found = lines(tmp_path / "acftu/transcripts.jsonl")
    assert found[-1]["damage"]["unresolved"] == 0
    assert found[-1]["turns"][2]["text"] == SAID[2][1]
