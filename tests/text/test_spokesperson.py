"""The one who speaks for a body, as leads and titles name him; and sentences that name nobody."""

import re
from collections.abc import Callable
from itertools import product

import pytest

from crawler.items import Line, Participant
from crawler.spiders._spokesperson import speaks_for
from crawler.spiders.csrc import CsrcSpider
from crawler.spiders.mfa import MfaSpider
from crawler.spiders.mod import ModSpider
from crawler.spiders.mofcom import MofcomSpider
from crawler.text.head import the_one
from crawler.text.label_forms import candidate

BODIES = {
    "证监会": CsrcSpider,
    "中国证监会": CsrcSpider,
    "国防部": ModSpider,
    "商务部": MofcomSpider,
    "外交部": MfaSpider,
}
NAMES = ["陆启明", "陆岚", "欧阳启明", "欧阳岚", "李永和", "王大同", "周向前", "吴永发", "林成强", "那青", "苏合·巴图"]
LEADS = [
    "{body}新闻发言人{name}出席发布会。",
    "{body}召开新闻发布会，新闻发言人{name}出席，就有关问题回答了记者提问。",
    "2017年3月9日下午，{body}举行例行记者会，{body}新闻发言人{name}答记者问。",
    "{body}召开例行新闻发布会。新闻发言人{name}主持。",
    "{body}新闻发言人{name}回答了记者提问。",
    "{body}发言人{name}回应称。",
    "{body}发言人{name}表示，灯够。",
    "{body}发言人{name}指出，灯够。",
    "{body}发言人{name}强调：灯够。",
    "{body}发言人{name}解答了提问。",
    "{body}新闻发言人{name}3月9日答记者问。",
    "{body}新闻发言人{name}今天在例行记者会上说。",
    "{body}新闻发言人{name}近日就有关问题答问。",
    "{body}新闻发言人{name}向记者介绍了情况。",
    "{body}新闻发言人{name}大校回答了记者提问。",
    "{body}新闻发言人、新闻局局长{name}大校主持。",
    "{body}新闻局副局长、{body}新闻发言人{name}上校答记者问。",
    "新闻发言人{name}出席发布会。",
    "{body}发言人 {name}",
]
NOBODY = [
    "{body}发言人应询说，灯够。",
    "{body}发言人应邀出席。",
    "{body}发言人于今日在会上表示。",
    "{body}新闻发言人表示，灯够。",
    "{body}新闻发言人答记者问",
    "{body}新闻发言人就有关问题答记者问",
    "{body}发言人办公室就有关问题答问。",
    "{body}新闻发言人向大家介绍情况。",
    "{body}新闻发言人向记者表示。",
    "{body}新闻发言人陆启明、{body}新闻发言人沈嘉文出席。",
    "蓝礁国{body}，他国发言人陆启明说。",
    "法国{body}发言人陆启明说，灯够。",
]


def one_of(text: str, patterns: tuple[re.Pattern[str], ...], title: bool = False) -> Participant | None:
    lines = [Line(text, 0, True), Line("问：灯够吗？", 0, True)]
    candidates = [candidate(line.text) for line in lines]
    return the_one(patterns, text if title else "例行发布会", lines, candidates)


@pytest.mark.parametrize("lead", LEADS)
def test_the_lead_names_him(lead: str) -> None:
    for body, name in product(BODIES, NAMES):
        found = one_of(lead.format(body=body, name=name), BODIES[body].site.spokesperson)
        assert found and found.name == name, (body, name)
        assert found.organisation == (body if "{body}" in lead else None), (body, name)


@pytest.mark.parametrize("lead", NOBODY)
def test_nobody_is_invented(lead: str) -> None:
    for body, title in product(BODIES, (False, True)):
        text = lead.format(body=body.removeprefix("中国"))
        assert one_of(text, BODIES[body].site.spokesperson, title) is None, (body, title)


@pytest.mark.parametrize("verb", ["亲自答", "仅就", "一再就", "两次在", "只在", "即答", "也说", "曾在", "已在", "并说"])
def test_a_word_behind_the_name_is_no_part_of_it(verb: str) -> None:
    found = one_of(f"外交部发言人陆岚{verb}了有关的问题。", MfaSpider.site.spokesperson)
    assert found is None or found.name == "陆岚"


@pytest.mark.parametrize("name", ["禚亮", "江山", "禤国梁", "陆繁星野", "央金梅朵", "乌兰托娅", "第五岚", "多吉"])
@pytest.mark.parametrize(
    "lead",
    [
        "国防部新闻发言人{name}大校答记者问",
        "国防部发言人{name}出席。",
        "国防部新闻发言人{name}主持例行记者会",
        "国防部新闻发言人{name}答记者问",
        "国防部发言人{name}就灯塔答记者问",
    ],
)
@pytest.mark.parametrize("title", [False, True])
def test_what_he_does_tells_a_name_that_no_list_has(name: str, lead: str, title: bool) -> None:
    found = one_of(lead.format(name=name), ModSpider.site.spokesperson, title)
    assert found and found.name == name


def test_his_label_tells_a_name_that_no_list_has() -> None:
    lines = [Line(text, 0, True) for text in ("国防部新闻发言人江山表示，欢迎。", "问：灯够吗？", "江山：灯够。")]
    found = the_one(ModSpider.site.spokesperson, "记者会", lines, [candidate(line.text) for line in lines])
    assert found and found.name == "江山"
    assert the_one(ModSpider.site.spokesperson, "记者会", lines[:2], [candidate(one.text) for one in lines[:2]]) is None


@pytest.mark.parametrize(
    "words",
    [
        "陆岚回答了记者提问|陆岚",
        "禚岚回答了记者提问|禚岚",
        "陆岚亲自答记者问|陆岚",
        "今天主持|",
        "次日主持|",
        "多次就此答记者问|",
        "公开答记者问|",
        "办公室答记者问|",
        "制度就是|",
        "海军大校陆岚|",
        "时常出席|",
        "当天出席|",
        "首次出席|",
        "全程主持|",
        "陆岚和沈岚出席|",
        "从容答记者问|",
        "们出席|",
    ],
)
def test_no_name_is_made_of_other_words(words: str) -> None:
    words, _, name = words.partition("|")
    found = one_of(f"国防部新闻发言人{words}。", ModSpider.site.spokesperson)
    assert found is None or found.name == name


@pytest.mark.parametrize("make", [speaks_for])
def test_the_patterns_are_linear(make: Callable[[str], tuple[re.Pattern[str], ...]]) -> None:
    for pattern in make("国防部"):
        assert not pattern.search("国防部举行新闻局局长、" * 5000)
