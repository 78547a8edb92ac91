"""A rank or an office behind the name that a label prints."""

import pytest

from crawler.items import Line, Participant
from crawler.text.guests import names_person, titled_person
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from crawler.text.labels import leading
from crawler.text.speakers import read_label

GUEST = Participant(name="陆启明", organisation="国防部", titles=["发言人"], text="国防部发言人陆启明")
RANKS = ["大校", "上校", "中校", "少将", "海军上校", " 大校", "先生", "女士"]
OFFICES = ["部长", "副部长", "主任", "总工程师"]


def first_label(text: str, *others: str, guests: tuple[str, ...] = (), previous: str = "") -> str | None:
    page = gather(map(candidate, (text, *others)), guests)
    found = leading(Line(text, 0, True), candidate(text), page, previous)
    return found and found.words


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("name", ["陆启明", "陆向", "欧阳启明", "苏合·那图", "国防部发言人陆启明"])
def test_a_rank_behind_a_name(name: str, rank: str) -> None:
    words = name + rank
    person = name.removeprefix("国防部发言人")
    assert first_label(f"{words}：灯亮了。") == words
    assert first_label(f"[{words}]灯亮了。") == words
    assert read_label(words, []).person == person
    found = titled_person(words)
    assert found and found.titles[-1] == rank.strip() and found.text == words


@pytest.mark.parametrize("behind", [*RANKS, *OFFICES])
def test_a_guest_s_name_with_what_he_is_behind_it(behind: str) -> None:
    words = "陆启明" + behind
    assert first_label(f"{words}：灯亮了。", guests=("陆启明",)) == words
    assert read_label(words, [GUEST]).guest == GUEST


@pytest.mark.parametrize(
    "words",
    ["陆启明部长的话", "陆启明的办公室主任", "请陆启明大校", "陆启明大校向大家", "陆启明介绍的大校", "夜校大校"],
)
def test_what_only_speaks_of_him(words: str) -> None:
    assert first_label(f"{words}：灯亮了。", guests=("陆启明",)) is None


def test_a_family_name_with_a_rank_is_no_whole_name() -> None:
    assert read_label("陆上校", []).person is None and read_label("欧阳大校", []).person is None


def test_a_name_begins_or_ends_the_words() -> None:
    assert names_person("副部长陆启明", "陆启明") and names_person("陆启明", "陆启明")
    assert not names_person("陆启明的灯", "陆启明")
