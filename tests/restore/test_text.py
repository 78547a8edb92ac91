"""Damaged text: what comes back, and what is left."""

import pytest

from benchmarks.restore_forward import damage
from benchmarks.restore_measure import readings
from crawler.text.restore import model, restore, restore_text, undo
from crawler.text.restore.settle import sound

from .pages import CLEAN, OPENED, page


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("同步啟動當(dāng)?shù)氐木蜆I(yè)服務", "同步啟動當地的就業服務"),
        ("我們?nèi)ギa(chǎn)能", "我們去產能"),
        ("創新發展?fàn)I造良好的", "創新發展營造良好的"),
        ("奉獻一片愛心?！备鶕?jù)部署", "奉獻一片愛心。”根據部署"),
        ("提供普惠性服務?！皟晒?jié)”期間", "提供普惠性服務。“兩節”期間"),
        ("做到了日?；?、經?；?、機制化、長效化", "做到了日常化、經常化、機制化、長效化"),
        ("產業的?。▍^(qū)、市）加大力度", "產業的省（區、市）加大力度"),
        ("生機和活力?！八蜏嘏\ue1d6被顒蛹仁枪\ue63a\ue484M織", "生機和活力。“送溫暖”活動既是工會組織"),
    ],
)
@pytest.mark.parametrize("folded", [False, True])
def test_out_of_step(damaged: str, expected: str, folded: bool):
    fold = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} if folded else {}
    shown = (OPENED + damaged).translate(fold)
    assert restore_text(shown).lines == ((CLEAN + expected).translate(fold),)


def test_one_lost_byte_is_an_exact_inversion():
    (change,) = [
        change for change in restore_text(OPENED + "當(dāng)?shù)氐木蜆I(yè)").changes if change.kind != "pinyin"
    ]
    assert (change.after, change.certain, change.margin) == ("地的就業", True, None)


def test_what_the_model_chose_has_its_margin():
    (change,) = [change for change in restore_text(OPENED + "愛心?！备鶕?jù)部署").changes if change.kind != "pinyin"]
    assert not change.certain
    assert change.margin is not None and change.margin > 1


def test_below_the_margin_one_character_stays_and_is_counted():
    text = CLEAN + "代表鄭義正、黃賢模、林強出席會議。"
    table = [("強", "qiáng"), ("會", "huì"), ("議", "yì"), ("開", "kāi"), ("繼", "jì"), ("續", "xù")]
    damaged = damage(text, table, "！", folded=False)
    restored = restore_text(damaged.text)
    assert restored.lines == (text.replace("黃賢模", "黃賢?"),)
    assert restored.unresolved == 1
    assert "黃賢?、林強" in restored.samples[0]


def test_a_lost_digit_is_never_guessed():
    restored = restore_text(OPENED + "生活保障標?yùn)拭吭绿岣?0元")
    assert restored.lines == (CLEAN + "生活保障標準每月提高?0元",)
    assert restored.unresolved == 1


def test_genuine_question_marks_stay():
    text = "怎麼辦?這個問題,誰來回答?“我。”"
    assert restore_text(OPENED.replace("，", ",") + text).lines[0].endswith(text)


def test_pinyin_with_a_space():
    assert restore_text(OPENED.replace("ì)", "ì )")).lines == (CLEAN,)


def test_the_reading_may_be_toneless():
    assert restore_text(OPENED + "我們(men)").lines == (CLEAN + "我們",)


def test_an_annotation_inside_another():
    assert restore_text(OPENED + "優(yōu(zī))勢").lines == (CLEAN + "優勢",)


def test_an_annotation_behind_an_ascii_character():
    assert restore_text(OPENED + "[主持人](jiàn)：").lines == (CLEAN + "[主持人]：",)


def test_all_lines_of_a_page_are_judged_together():
    assert restore(["會(huì)議(yì)", *[OPENED] * 3, "開(kāi)"]).lines == ("會議", *[CLEAN] * 3, "開")


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("folded", [False, True])
def test_the_damaged_text_can_be_had_back(number: int, folded: bool):
    damaged = page(number, folded=folded)
    restored = restore_text(damaged.text)
    assert undo(restored) == tuple(damaged.text.split("\n"))
    for change in restored.changes:
        line = restored.lines[change.line]
        assert line[change.offset : change.end] == change.after
    places = [(change.line, change.offset) for change in restored.changes]
    assert places == sorted(places)


def test_samples_are_at_most_ten():
    damaged = OPENED + "生活保障標?yùn)拭吭绿岣?0元，" * 15
    restored = restore_text(damaged)
    assert restored.unresolved >= 11
    assert len(restored.samples) == 10


def test_bytes_lost_without_a_trace_only_where_asked_for_and_shown():
    text = "".join(f"{CLEAN}第{number}次愛心。”根據部署，生機和活力。“送溫暖”活動既是工會組織。" for number in range(4))
    table = [(char, reading) for char, reading in readings().items() if char in "會議開繼續進據區數織動組愛機"]
    damaged = damage(text, table, "！", folded=False, dropped=True).text
    assert "心！备鶕?jù)" in damaged
    assert restore_text(damaged).lines != (text,)
    assert restore_text(damaged, drop=True).lines == (text,)


def test_the_page_learns_only_from_what_is_in_step():
    line = "會議開幕，愛心?！备鶕?jù)總的部署，大家發言，記者提問。今天天氣很好。"
    assert sound(line).split("\n") == ["會議開幕，", "記者提問。", "今天天氣很好。", ""]


def test_a_page_of_nothing_but_damage_is_counted_and_left(monkeypatch):
    """What can be tried for it has no end; annotations in step still come out, and twice is once."""
    text = OPENED + "?，" * 60
    tried = restore([text])
    monkeypatch.setattr(model, "WORK", 500)
    left = restore([text])
    assert {change.kind for change in left.changes} == {"pinyin"}
    assert (left.unresolved, left.lines) == (60, (CLEAN + "?，" * 60,))
    assert undo(left) == (text,)
    assert restore(left.lines).lines == left.lines
    assert {change.kind for change in tried.changes} == {"pinyin", "byte_shift"}
