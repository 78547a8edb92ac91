"""What the head of a line looks like: the forms of a label. Whether it is one is for `labels` to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, cast

from crawler.text.guests import titled_person
from crawler.text.label_words import CALLS
from crawler.text.names import is_nickname

BRACKET = re.compile(
    r"[\[【［][ \t\xa0\u3000]{0,4}"
    r"(?P<words>[^\[\]【】［］\s](?:[^\[\]【】［］\n]{0,38}[^\[\]【】［］\s])?)[ \t\xa0\u3000]{0,4}[\]】］]"
    r"[ \xa0\u3000]*(?P<colon>[：:]?)[ \xa0\u3000]*"
)
COLON = re.compile(
    r"(?P<words>[^：:。，,；;！!？?“”\"‘’《》〈〉\[\]【】（()）\s][^：:。，,；;！!？?“”\"‘’《》〈〉\[\]【】（()）]{0,24}"
    r"(?:[（(][^（()）：:。]{1,40}[）)])?)[ \xa0\u3000]*[：:][ \xa0\u3000]*"
)
# A label that is longer than a heading's words: a body, its offices and the name of who holds them.
LONG_COLON = re.compile(
    r"(?P<words>[^：:。，,；;！!？?“”‘’《》\[\]【】（()）\s][^：:。，,；;！!？?“”‘’《》\[\]【】（()）]{25,69}?)"
    r"[ \xa0\u3000]*[：:][ \xa0\u3000]*"
)
# `《环球时报》记者：`, `“今日俄罗斯”通讯社记者：`.
QUOTED_OUTLET = re.compile(
    r"(?P<words>[《“][^《》“”：:。！？]{1,20}[》”][^《》“”：:。，,；;！!？?\n]{0,14}?)[ \xa0\u3000]*[：:][ \xa0\u3000]*"
)
# `网友“阿木”：`.
QUOTED_NICKNAME = re.compile(
    r"(?P<words>[^：:。，,；;！!？?“”\"‘’《》\s]{0,10}[友民][ \xa0\u3000]?[“\"‘「『《][^：:。！？\n]{1,20}[”\"’」』》])"
    r"[ \xa0\u3000]*[：:][ \xa0\u3000]*"
)
# Words of a Latin label are capital, but for those between.
LATIN_COLON = re.compile(
    r"(?P<words>[A-Z][A-Za-z0-9.'’&/()-]{0,24}(?: (?:[A-Z0-9(][A-Za-z0-9.'’&/()-]{0,24}|of|the|and|for|de)){0,7})"
    r"[ \xa0]*[：:][ \xa0\u3000]*"
)
REPORTED_QUESTION = re.compile(
    rf"(?!{CALLS})"
    r"(?:现场|現場|另|又)?(?:有(?![线線色]))?(?P<words>(?:[^，。：:；！？“\s有问問]|有(?=[线線色])){0,12}?(?:记者|記者|媒体|媒體))"
    r"(?:提)?(?:问|問)(?:道|到|：|:|，|,)[：:，,]?[ \xa0\u3000]*(?![“\"「])"
)
REPORTED_ANSWER = re.compile(
    r"(?P<words>[^，。：:；！？“”\s]{2,20}?)(?:在?(?:回答|回应|回應|答复|答覆)(?:时|時)?)?"
    r"(?P<verb>说|說|表示|指出|答道|回答|回应|回應|介绍说|介紹說|介绍|介紹|强调|強調|重申|透露|称|稱)"
    r"[，,：:][ \xa0\u3000]*"
)
SAYS = tuple("说 說 表示 指出 答道 回答 回应 回應 介绍 介紹 强调 強調 重申 透露 称 稱".split())
# What comes before the first mark of a line; and what a verb of `REPORTED_ANSWER` ends with, before the mark behind it.
BEFORE_MARK = re.compile(r"[^，。,：:；！？“”\s]*")
VERB_END = frozenset("说說示出道答应應绍紹调調申露称稱")


class Label(NamedTuple):
    """A label in a line: its words, where it begins and where the speech behind it begins."""

    words: str
    start: int
    end: int
    form: str
    colon: bool = True


# Without the names of its fields a label is made in a third of the time.
new_label = cast("Callable[[tuple[str, int, int, str, bool]], Label]", partial(tuple.__new__, Label))


def candidate(text: str) -> Label | None:
    """What the head of a line looks like; whether it is a label is for `leading` to say."""
    if not text:
        return None
    if text[0] in "[【［":
        found = BRACKET.match(text)
        if not found:
            return None
        words, colon = found.groups()
        return new_label((words, 0, found.end(), "bracket", colon != ""))
    if "者" in text[:20] or "媒" in text[:20]:
        found = REPORTED_QUESTION.match(text)
        if found:
            return Label(found["words"], 0, found.end(), "question")
    head = text[:72]
    found = (COLON.match(text) or _other_colon(text)) if ":" in head or "：" in head else None
    if found and not (words := found["words"]).endswith(SAYS):
        return new_label((words.rstrip(), 0, found.end(), "colon", True))
    found = REPORTED_ANSWER.match(text) if _may_report(text) else None
    return Label(found["words"], 0, found.end(), "answer") if found else None


def _may_report(text: str) -> bool:
    """Whether a verb ends before the first mark of a line, or where a comma that is none of a Chinese text stands."""
    found = BEFORE_MARK.match(text)
    mark = found.end() if found else 0
    return text[mark - 1 : mark] in VERB_END or text[mark : mark + 1] == ","


def _other_colon(text: str) -> re.Match[str] | None:
    """A label before a colon that is no plain one: an outlet in quotation marks, a long title, Latin words."""
    if text[0] in "《“":
        return QUOTED_OUTLET.match(text)
    if text[0].isascii():
        return LATIN_COLON.match(text)
    found = QUOTED_NICKNAME.match(text) if "友" in text[:12] or "民" in text[:12] else None
    if found and is_nickname(found["words"]):
        return found
    found = LONG_COLON.match(text)
    return found if found and titled_person(found["words"].rstrip()) else None
