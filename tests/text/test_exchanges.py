"""Which turns answer which question, by the order of roles."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Role
from crawler.text.exchanges import HANDOVER, SHORT, SUPPLEMENT, exchanges

ROLES: dict[str, Role] = {"h": "host", "r": "reporter", "o": "official", "i": "interpreter", "u": "unknown"}
LONG = "夜校的灯一直亮到十点，" * 8
CASES = [
    ("", []),
    ("hoo", []),
    ("ro", [([0], [1])]),
    ("roo", [([0], [1, 2])]),
    ("rro", [([0, 1], [2])]),
    ("roro", [([0], [1]), ([2], [3])]),
    ("hroh", [([1], [2])]),
    ("roi", [([0], [1, 2])]),
    ("rio", [([0, 1], [2])]),
    ("ri", [([0], [1])]),
    ("rir", [([0], [1]), ([2], [])]),
    ("r", [([0], [])]),
    ("rh", [([0], [])]),
    ("hrhorho", [([1], [3]), ([4], [6])]),
    ("rho", [([0], [2])]),
    ("rohor", [([0], [1]), ([4], [])]),
]


def said(roles: str, **texts: str) -> tuple[list[Role], list[str]]:
    """Roles by their letters, and what each turn says; `t3='…'` is what turn 3 says."""
    spoken = {"host": "请下一位记者提问。"}
    told = [ROLES[letter] for letter in roles]
    return told, [texts.get(f"t{i}", spoken.get(role, LONG)) for i, role in enumerate(told)]


@pytest.mark.parametrize(("roles", "expected"), CASES)
def test_questions_with_their_answers(roles: str, expected: list[tuple[list[int], list[int]]]) -> None:
    assert exchanges(*said(roles)) == expected


def test_a_host_who_asks_for_more_does_not_close_the_answer() -> None:
    assert exchanges(*said("rohor", t2="请罗佩珊部长补充。"))[0] == ([0], [1, 3])


def test_a_host_who_says_much_closes_the_answer_even_if_he_asks_for_more() -> None:
    assert exchanges(*said("roho", t2=LONG + "请补充。"))[0] == ([0], [1])


def test_a_host_who_answers_where_no_official_does() -> None:
    assert exchanges(*said("rhro", t1=LONG))[0] == ([0], [1])


@pytest.mark.parametrize("text", ["请下一位记者提问。", "到此结束，谢谢大家。", "谢谢。"])
def test_a_hosts_few_words_are_no_answer(text: str) -> None:
    assert exchanges(*said("rhro", t1=text))[0] == ([0], [])


def test_a_host_before_an_official_answer_is_left_out_however_long() -> None:
    assert exchanges(*said("rho", t1=LONG)) == [([0], [2])]


@pytest.mark.parametrize(
    ("pattern", "match", "miss"),
    [(SUPPLEMENT, "请部长补充", "请部长回答"), (HANDOVER, "请下一位", "好，夜校开课了"), (HANDOVER, "到此", "到家")],
)
def test_patterns_with_a_match_and_a_near_miss(pattern: re.Pattern[str], match: str, miss: str) -> None:
    assert pattern.search(match) and not pattern.search(miss)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ROLES.values())), st.sampled_from(["谢谢。", LONG, "请补充。", "x" * SHORT])),
        max_size=20,
    )
)
def test_every_question_is_in_one_exchange_and_answers_follow_it(turns: list[tuple[Role, str]]) -> None:
    found = exchanges([role for role, _ in turns], [text for _, text in turns])
    asked = [i for exchange in found for i in exchange.question]
    answered = [i for exchange in found for i in exchange.answer]
    assert [i for i in asked if turns[i][0] == "reporter"] == [
        i for i, turn in enumerate(turns) if turn[0] == "reporter"
    ]
    assert asked == sorted(set(asked)) and answered == sorted(set(answered)) and not set(asked) & set(answered)
    for exchange in found:
        assert all(i > exchange.question[-1] for i in exchange.answer)
        assert not {turns[i][0] for i in exchange.answer} >= {"host", "official"}
