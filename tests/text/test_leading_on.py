"""Links at the end of a body that lead on to other pages, with words in front that are no link."""

import pytest

from tests.text.test_roles import read

TURNS = ("记者：灯够吗？", "叶听澜：够。")


def said(*rows: str) -> list[str]:
    return [turn.text for turn in read(*TURNS, *rows).turns]


@pytest.mark.parametrize(
    "row",
    [
        '相关专题：<a href="/x">· 灯下夜校</a>',
        '　　专题：<a href="/x">灯下夜校</a>',
        '<strong>相关新闻：</strong><a href="/x">灯下夜校</a>',
        '【延伸阅读】：<a href="/x">灯下夜校</a> <a href="/y">书会</a>',
        '更多：· <a href="/x">灯下夜校</a>',
        '<a href="/x">灯下夜校</a>',
    ],
)
def test_they_belong_to_no_turn(row: str) -> None:
    assert said(row) == ["灯够吗？", "够。"]
    assert said(row, row) == ["灯够吗？", "够。"]


@pytest.mark.parametrize(
    "row",
    [
        '名单见<a href="/x">夜校网</a>。',
        '相关专题：<a href="/x">灯下夜校</a>已经上线。',
        "相关专题：灯下夜校",
        '我们有专题：<a href="/x">灯下夜校</a>',
    ],
)
def test_a_sentence_with_a_link_is_speech(row: str) -> None:
    assert len(said(row)[1]) > 4
