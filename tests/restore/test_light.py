"""The light families, each behind its gate."""

import pytest

from crawler.text.restore import restore_text, undo

EMOJI = "各部(🔀)门要落(🌿)实责任，加(🚒)快推进。"
SPACED = "人(rén )民代表，人(rén )大常(cháng )委会，常(cháng )务委员，人(rén )口。"


def test_doubled_commas():
    text = "今天，，我們開會，。明天，、後天也開會，，好。"
    assert restore_text(text).lines == ("今天，我們開會。明天、後天也開會，好。",)


def test_a_table_with_empty_cells_is_not_doubled_commas():
    text = "姓名,,电话\n张三,,123\n李四,,456\n王五,,789"
    assert restore_text(text).changes == ()


def test_two_slips_of_the_pen_are_not():
    text = "今天，，我們開會，。明天也開會。"
    assert restore_text(text).changes == ()


def test_emoji_inside_words():
    restored = restore_text(EMOJI)
    assert restored.lines == ("各部门要落实责任，加快推进。",)
    assert {change.kind for change in restored.changes} == {"emoji"}


def test_emoji_at_the_end_of_a_sentence_are_the_writers():
    text = "太好了(😀)。谢谢(😀)！再见(😀)"
    assert restore_text(text).changes == ()


def test_spaced_pinyin_of_ordinary_characters():
    assert restore_text(SPACED).lines == ("人民代表，人大常委会，常务委员，人口。",)


def test_spaced_pinyin_of_some_occurrences_stays():
    text = SPACED + "人人人人"
    assert restore_text(text).changes == ()


def test_emoji_inside_pinyin():
    text = EMOJI + SPACED.replace("rén ", "ré(🖼)n ")
    restored = restore_text(text)
    assert restored.lines == ("各部门要落实责任，加快推进。人民代表，人大常委会，常务委员，人口。",)
    assert undo(restored) == (text,)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("皇冠体育新闻发言人今天表示，各项工作正常。", "brand_substitution"),
        ("发布会网址投注平台登录，官网博彩下载，注册投注，棋牌官网。", "injected_keywords"),
    ],
)
def test_what_cannot_be_undone_is_flagged(text: str, flag: str):
    restored = restore_text(text)
    assert restored.flags == (flag,)
    assert restored.lines == (text,)


def test_a_place_that_has_the_name_of_a_brand_is_not_flagged():
    assert restore_text("威尼斯人的生活，博彩业的监管，请登录官网下载。").flags == ()


def test_emoji_elsewhere_make_those_inside_words_doubtful():
    text = EMOJI + "好(😀)。对(😀)！"
    assert restore_text(text).changes == ()
