"""Who a label means: the person, his role, whom he speaks for. Nobody is invented: what is not said is None."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from crawler.items import Participant, Role
from crawler.text.guests import RANK, names_person, titled_person
from crawler.text.label_words import TITLED, host_name
from crawler.text.lines import EDGES
from crawler.text.names import OUTLET_END, ROLE_WORDS, is_nickname, is_person, may_be_person, together
from crawler.text.turns import Speech

HOST = re.compile(r"主持人?|^Moderator\b")
INTERPRETER = re.compile(r"翻译|翻譯|口译|口譯|译员|譯員|^Interpreter\b")
REPORTER = re.compile(
    r"记者|記者|媒体|媒體|提问|提問|追问|追問|网友|網友|网民|網民|^[问問Q]$|^(?:Question|Follow-up)$|\b(?:Reporter|Journalist|Correspondent)$"
)
SAYS_REPORTER = re.compile(r"记者|記者")
ANSWER = re.compile(r"^(?:答|回答|(?:新闻|新聞)?(?:发言|發言)人|嘉宾|嘉賓|A|Answer|Spokes(?:person|man|woman))$")
FOLLOWS_UP = re.compile(r"(?:追问|追問)$")
FROM, HERE, HEAD, AM = (
    re.compile(
        r"我(?:是|們是|们是)?(?:來|来)自(?:於|于)?(?P<outlet>[“《][^“”《》，。]{1,16}[”》][^，。,！!？?；：:、“”]{0,12}?|[^，。,！!？?；：:、“”]{2,30}?)(?:的)?(?:记者|記者|[，。,！!？?；、]|$)"
    ),
    re.compile(
        r"(?:我|这里|這裡|这边|這邊)是(?P<outlet>[“《][^“”《》，。]{1,16}[”》][^，。,！!？?；：:、“”]{0,12}?|[^，。,！!？?；：:、“”]{2,30}?)(?:的)?(?:记者|記者)"
    ),
    re.compile(
        r"^(?:(?:谢谢|謝謝)(?:主持人)?[，。！]|(?:您|你|大家|你们|各位)?好[，。！])*"
        r"(?P<outlet>[^，。,！!？?；：:、“”我\s]{2,25}?)(?:的)?(?:(?:记者|記者)(?:提问|提問)?[，。,：:]|(?<=[社报報台臺网網])。)"
    ),
    re.compile(r"我是(?P<outlet>[^，。,！!？?；：:、“”]{2,24}?)(?:的)?[，。,！!]"),
)
# What follows 我是 and 我来自 may be anything.
NO_OUTLET = re.compile(
    r"第[一二三四五六七八九十\d]+[次个個位]|[来來都很]|[名位]|今天|现场|現場|在座|[我你他她这這各和]"
)
QUOTES = ("《》", "“”")
STATIONED = re.compile(r"(?:驻|駐)[^驻駐]{1,6}$")
# Each with what a text must have for it, in the order to try. A search for what stands at the head tries every place.
OUTLET = (("自", FROM.search), ("是", HERE.search), ("", HEAD.match), ("我是", AM.search))
INTRODUCTION = 120
# 追问 itself, and 再追问, are whole labels.
SHORTEST = 3
HOSTING = re.compile(
    r"下面(?:，|,)?(?:有)?(?:我们|我們)?(?:请|請|邀请|邀請|欢迎|歡迎|进入|進入|开始|開始|进行)|(?:请|請|欢迎|歡迎).{0,40}(?:提问|提問)|(?:到|就到|至)(?:这里|這裡|这儿|此)(?:结束|結束|。|，|,)|到此结束|"
    r"到此結束|先请|先請|首先请|首先請"
)
# How near to a name the lead says 主持.
NEAR = 30
GREETS = re.compile(r"各位|女士们|女士們|大家好|大家[早上中下午晚]{1,2}好|朋友|[早上中下午晚]{2}好|欢迎|歡迎")
GREETING_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Who:
    """A label's meaning: role as far as the label itself tells it, the person and the outlet in its words."""

    role: Role | None
    person: str | None
    outlet: str | None = None
    guest: Participant | None = None


def read_label(words: str, guests: Sequence[Participant]) -> Who:
    """What a label's words say by themselves."""
    words = _without_follow_up(words)
    if is_nickname(words):
        return Who("reporter", None)
    who = _by_words(words)
    if who.role == "interpreter":
        return who
    guest = _guest(words, guests)
    if who.role == "host":
        name = who.person or (guest.name if guest else None)
        return Who("host", name, guest=guest or _guest(name or "", guests))
    return Who(None, guest.name, guest=guest) if guest else who


@lru_cache(maxsize=4096)
def _without_follow_up(words: str) -> str:
    words = together(words)
    return words[:-2] if len(words) > SHORTEST and FOLLOWS_UP.search(words) else words


@lru_cache(maxsize=4096)
def _by_words(words: str) -> Who:
    """What words mean on a page that lists no guests."""
    if INTERPRETER.search(words):
        return Who("interpreter", _tail_name(INTERPRETER, words))
    if HOST.search(words):
        return Who("host", host_name(words) or _tail_name(HOST, words))
    if ANSWER.match(words):
        return Who("official", None)
    titled = TITLED.fullmatch(words)
    if REPORTER.search(words) or titled and OUTLET_END.search(titled["titles"].strip()):
        return Who("reporter", *_reporter(words))
    name = together((titled["name"] if titled else words).strip())
    ranked = RANK.search(name) is not None
    person = None if is_person(name) and not ranked else titled_person(name)
    if person:
        return Who(None, person.name, person.organisation)
    if words.startswith(("《", "“")) or OUTLET_END.search(words) and not is_person(name):
        return Who("reporter", None, tidy_outlet(words))
    return Who(None, name if may_be_person(name) and not ranked else None)


def _tail_name(role: re.Pattern[str], words: str) -> str | None:
    """`主持人方致远`, `主持人（方致远）`: the name behind the role."""
    found = role.search(words)
    rest = together(words[found.end() if found else 0 :].strip(EDGES + "（()）:："))
    return rest if may_be_person(rest) else None


def _reporter(words: str) -> tuple[str | None, str | None]:
    """(person, outlet) of `路透社记者`, `中国日报记者李华`, `记者（新华社）`, `李婷（青山日报记者）`."""
    titled = TITLED.fullmatch(words)
    if titled:
        name, titles = together(titled["name"].strip()), titled["titles"].strip()
        if is_person(name) and not ROLE_WORDS.fullmatch(name):
            return name, tidy_outlet(SAYS_REPORTER.sub("", titles))
        if ROLE_WORDS.fullmatch(name):
            return (titles, None) if is_person(titles) else (None, tidy_outlet(SAYS_REPORTER.sub("", titles)))
    found = SAYS_REPORTER.search(words)
    if ROLE_WORDS.fullmatch(words) or found is None:
        names_outlet = words.endswith(("媒体", "媒體")) and not ROLE_WORDS.fullmatch(words)
        return None, tidy_outlet(words) if names_outlet else None
    name = together(words[found.end() :].strip(EDGES))
    outlet = "" if ROLE_WORDS.fullmatch(words[: found.end()]) else words[: found.start()]
    return name if name and may_be_person(name) else None, tidy_outlet(outlet)


def tidy_outlet(outlet: str) -> str | None:
    """An outlet without 现场 before and 驻北京 behind it."""
    bare = outlet.strip(EDGES)
    if bare[:1] + bare[-1:] in QUOTES and len(bare) > SHORTEST:
        bare = bare[1:-1]
    bare = bare.removeprefix("现场").removeprefix("現場").removesuffix("的")
    return STATIONED.sub("", bare) or None


def _guest(words: str, guests: Sequence[Participant]) -> Participant | None:
    """The guest whom words name: alone, behind his titles, or before them in brackets."""
    bare, titles = _parts(words)
    exact = [g for g in guests if g.name and g.name in (bare, titles)]
    behind = exact or [g for g in guests if g.name and names_person(bare, g.name)]
    return behind[0] if behind else None


@lru_cache(maxsize=4096)
def _parts(words: str) -> tuple[str, str]:
    """Name and bracketed titles of `李婷（青山日报记者）`; of other words themselves and ""."""
    titled = TITLED.fullmatch(words)
    return (titled["name"].strip(), titled["titles"].strip()) if titled else (words.strip(), "")


def outlet_of(text: str) -> str | None:
    """The outlet that a reporter names at the beginning of his question."""
    head = text[:INTRODUCTION]
    for needed, find in OUTLET:
        found = find(head) if needed in head else None
        outlet = tidy_outlet(found["outlet"].strip(EDGES)) if found else None
        if found and outlet and (not is_person(outlet) or found.re is FROM and OUTLET_END.search(outlet)):
            introduced = found.re is not AM and SAYS_REPORTER.search(found[0])
            if OUTLET_END.search(outlet) or introduced and not NO_OUTLET.search(outlet):
                return outlet
    return None


def opening_host(speeches: Sequence[Speech], whos: Mapping[str, Who], lead: str) -> str | None:
    """The label of the named speaker who opens and hosts; None where nobody or only one named person speaks."""
    order = [s.label.words for s in speeches]
    named = {words for words in order if whos[words].person and whos[words].role is None}
    opener = order[0]
    if len(named) < 2 or opener not in named or any(who.role == "host" for who in whos.values()):
        return None
    person = whos[opener].person
    own = {words for words in order if whos[words].person == person}  # his office with his name, later his name
    if len({whos[words].person for words in named}) < 2:
        return None
    said = "".join(s.text for s in speeches if s.label.words in own)
    at = lead.find(person or opener)
    hosts = at >= 0 and ("主持人" in lead[max(0, at - NEAR) : at] or "主持" in lead[at : at + len(opener) + 4])
    if hosts or HOSTING.search(said):
        return opener
    answers = any(whos[a].role == "reporter" and b in own for a, b in pairwise(order))
    greets = len(speeches[0].text) <= GREETING_LENGTH and GREETS.search(speeches[0].text)
    return opener if greets and order[-1] in own and not answers else None


def looks_like_reporter(speech: Speech) -> bool:
    """Whether an unknown name's speech begins as a reporter's does."""
    outlet = outlet_of(speech.text)
    return outlet is not None and bool(
        OUTLET_END.search(outlet) or "记者" in speech.text[:60] or "記者" in speech.text[:60]
    )
