"""Hosts and guests whose family name no list has: a head names them, or brackets or bold print do, again and again."""

import pytest

from crawler.spiders.scio import ScioSpider
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from tests.text.test_head import head_of
from tests.text.test_roles import read

NAMES = ["禚岚", "禤启明", "爨青", "蹇嘉文", "扎西朗嘉", "乌兰托娅", "阿依努尔", "第五岚", "撒启明"]
FORMS = ["[{}]", "【{}】", "[{}]：", "{}：", "<strong>{}：</strong>"]


def turns(*rows: str) -> list[tuple[str, str | None, str]]:
    return [(t.label, t.speaker, t.role) for t in read(*rows, title="发布会", site=ScioSpider.site).turns]


@pytest.mark.parametrize("name", [*NAMES, "乌兰其木格"])
@pytest.mark.parametrize("form", FORMS)
def test_the_head_names_the_host(name: str, form: str) -> None:
    label = form.format
    rows = [f"主持人：{name}", f"{label(name)}欢迎。", f"{label('记者')}灯够吗？", f"{label('主持人')}请回答。"]
    assert turns(*rows) == [(name, name, "host"), ("记者", None, "reporter"), ("主持人", name, "host")]
    assert turns("时间：2017年3月9日10:00", rows[0], f"{label('主持人')}欢迎。", *rows[2:])[0] == (
        "主持人",
        name,
        "host",
    )


@pytest.mark.parametrize("said", ["再见", "继续", "早上好", "没问题", "欢迎大家", "禚岚请说。"])
def test_a_host_s_few_words_are_no_name(said: str) -> None:
    assert head_of(f"主持人：{said}", "记者：灯够吗？").hosts == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["[{}]", "【{}】", "[{}]：", "<strong>{}：</strong>"])
def test_marks_that_recur_tell_a_name(name: str, form: str) -> None:
    label = form.format
    asked = [f"{label('记者')}灯够吗？", f"{label(name)}够。"]
    assert [who for who, _, _ in turns(f"{label('主持人')}欢迎。", *asked, *asked)] == ["主持人", *["记者", name] * 2]
    opened = turns(f"{label(name)}欢迎。", f"{label('钟启明')}灯亮了。", asked[0], f"{label(name)}再见。")
    assert [who for who, _, _ in opened] == [name, "钟启明", "记者", name]
    assert {speaker for who, speaker, _ in opened if who == name} == {name}


@pytest.mark.parametrize("words", ["案例", "典型案例", "背景链接", "第五条", "亮点", "早报", "安全", "打印"])
def test_a_heading_that_recurs_is_none(words: str) -> None:
    rows = ["[记者]灯够吗？", f"[{words}]灯。", "[记者]书够吗？", f"[{words}]书。"]
    assert words not in gather(map(candidate, rows), ()).bracketed


def test_what_recurs_within_an_answer_is_none() -> None:
    rows = ["[记者]灯够吗？", "[钟启明]够。", "[禚岚]灯。", "[禚岚]书。"]
    assert "禚岚" not in gather(map(candidate, rows), ()).bracketed
    assert "禚岚" not in gather(map(candidate, ["[禚岚]灯。", "[禚岚]书。"]), ()).bracketed
    assert "禚岚" not in gather(map(candidate, ["禚岚：灯。", "记者：灯够吗？", "禚岚：书。"]), ()).bracketed
