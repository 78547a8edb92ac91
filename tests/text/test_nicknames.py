"""Who asks through a hall's site under a name of his own choice, and sentences about such people."""

import pytest

from crawler.items import Line
from crawler.text.label_forms import candidate
from crawler.text.label_page import gather
from crawler.text.label_words import asks, is_furniture
from crawler.text.labels import inside, leading
from crawler.text.names import is_nickname
from crawler.text.speakers import Who, read_label

NICKNAMES = [
    "网友 追云的人",
    "网友\u3000一片叶子",
    "网友追云的人",
    "网友“阿木1998”",
    "网友《夜航船》",
    "网友阿木1998",
    "网友 想飞的鱼2016",
    "网友Tom_9",
    "網友 追雲的人",
    "网民 李先生",
    "网友 我爱我家",
    "网友向往那片海",
    "网友 是我呀",
    "网友 翻译官",
    "网友 小记者",
    "来自江城的网友 阿木",
    "灯下网网友阿木",
    "北岭省网友 阿木",
]


def first_label(text: str, previous: str = "主持人", *others: str) -> str | None:
    page = gather(map(candidate, (text, *others)), ())
    found = leading(Line(text, 0, True), candidate(text), page, previous)
    return found and found.words


@pytest.mark.parametrize("words", NICKNAMES)
@pytest.mark.parametrize("form", ["[{}]", "[{}]：", "【{}】", "{}：", "{}: "])
def test_a_nickname_leads_a_question(words: str, form: str) -> None:
    assert first_label(form.format(words) + "灯够吗？") == words
    assert first_label(form.format(words)) == words


@pytest.mark.parametrize("words", NICKNAMES)
def test_a_nickname_is_a_reporter_s_label_and_nobody_s_name(words: str) -> None:
    assert read_label(words, []) == Who("reporter", None)
    assert asks(words) and not is_furniture(words)


@pytest.mark.parametrize("words", ["网友", "网友提问", "網友問", "网民"])
def test_the_bare_word_is_a_role(words: str) -> None:
    assert first_label(words + "：灯够吗？") == words and not is_nickname(words)


def test_nicknames_within_a_line() -> None:
    text = "[主持人]请看。 [网友 阿木]灯够吗？[网友“一叶”]书呢？"
    page = gather([candidate(text)], ())
    assert [label.words for label in inside(text, 5, page)] == ["网友 阿木", "网友“一叶”"]


@pytest.mark.parametrize(
    "text",
    [
        "网友们：灯够吗？",
        "各位网友：大家好。",
        "有网友问：“灯够吗？”",
        "很多网友反映：灯不够，怎么办？",
        "网友说：灯不够。",
        "网友普遍反映：灯不够，怎么办？",
        "网友最关心的问题是：灯够吗？",
        "网友关心的三个问题：一是灯。",
        "网友留言：灯不够。",
        "网友的声音：灯不够。",
        "网友对夜校的看法：很好。",
        "[网友热议]夜校开课",
        "[网友评论]",
        "【网友留言】",
        "网友“阿木”说：灯不够。",
    ],
)
def test_sentences_about_net_users_are_no_labels(text: str) -> None:
    assert first_label(text) is None


def test_a_nickname_that_is_not_set_off_needs_a_turn_before_it_or_a_question() -> None:
    assert first_label("网友追云的人：灯不够。", "") is None
    assert first_label("网友追云的人：灯够吗？", "") == "网友追云的人"
    assert first_label("网友追云的人：灯不够。", "", "网友追云的人：书也不够。") == "网友追云的人"
