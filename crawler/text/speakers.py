"""Who a label means: the person, his role, whom he speaks for. Nobody is invented: what is not said is None."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.items import Participant, Role
from crawler.text.labels import TITLED, is_role
from crawler.text.lines import EDGES
from crawler.text.names import OUTLET_END, SPACE, is_person, may_be_person
from crawler.text.turns import Speech

HOST = re.compile(r"主持")
INTERPRETER = re.compile(r"翻译|翻譯|口译|口譯|译员|譯員")
REPORTER = re.compile(r"记者|記者|媒体|媒體|提问|提問|追问|追問|网友|網友|^[问問]$")
SAYS_REPORTER = re.compile(r"记者|記者")
ANSWER = re.compile(r"^(?:答|回答|(?:新闻|新聞)?(?:发言|發言)人|嘉宾|嘉賓)$")
NUMBERED = re.compile(
    r"(?:现场|現場|中外|外国|外國|境外|某|各)?(?:记者|記者|媒体|媒體)+(?:[甲乙丙丁一二三四五六七八九十]|\d{1,2})?"
)
OUTLET = (
    re.compile(
        r"我(?:是|們是|们是)?(?:來|来)自(?:於|于)?(?P<outlet>[^，。,！!？?；：:、“”]{2,30}?)(?:的)?(?:记者|記者|[，。,！!？?；、]|$)"
    ),
    re.compile(r"(?:我|这里|這裡|这边|這邊)是(?P<outlet>[^，。,！!？?；：:、“”]{2,30}?)(?:的)?(?:记者|記者)"),
    re.compile(
        r"^(?:谢谢主持人[，。]|謝謝主持人[，。]|谢谢[，。]|謝謝[，。]|您好[，。！]|你好[，。！])*(?P<outlet>[^，。,！!？?；：:、“”我\s]{2,25}?)(?:的)?(?:记者|記者)[，。,：:]"
    ),
    re.compile(
        r"我是(?P<outlet>[^，。,！!？?；：:、“”]{2,24}?(?:社|报|報|台|臺|网|網|电视|電視|日报|日報|广播|廣播|时报|時報|周刊|週刊|新闻|新聞))(?:的)?[，。,！!]"
    ),
)
# Without one of these nobody introduces himself.
INTRODUCES = ("自", "是", "者")
INTRODUCTION = 120
HOSTING = re.compile(
    r"下面(?:，|,)?(?:有)?(?:我们|我們)?(?:请|請|邀请|邀請|欢迎|歡迎|进入|進入|开始|開始|进行)|(?:请|請|欢迎|歡迎).{0,40}(?:提问|提問)|(?:到|就到|至)(?:这里|這裡|"
    r"这儿|此)(?:结束|結束|。|，|,)|到此结束|到此結束|先请|先請|首先请|首先請"
)
HOSTED = r"(?:由|请|請)?{name}(?:同志)?主持|主持人.{{0,30}}{name}"


@dataclass(frozen=True, slots=True)
class Who:
    """A label's meaning: role as far as the label itself tells it, the person and the outlet in its words."""

    role: Role | None
    person: str | None
    outlet: str | None = None
    guest: Participant | None = None


def read_label(words: str, guests: Sequence[Participant]) -> Who:
    """What a label's words say by themselves."""
    guest = _guest(words, guests)
    if INTERPRETER.search(words):
        return Who("interpreter", _tail_name(INTERPRETER, words))
    if HOST.search(words):
        name = _tail_name(re.compile(r"主持人?"), words) or (guest.name if guest else None)
        return Who("host", name, guest=guest or _guest(name or "", guests))
    if guest:
        return Who(None, guest.name, guest=guest)
    if REPORTER.search(words):
        return Who("reporter", *_reporter(words))
    if ANSWER.match(words):
        return Who("official", None)
    titled = TITLED.fullmatch(words)
    name = SPACE.sub("", titled["name"] if titled else words)
    return Who(None, name if may_be_person(name) else None)


def _tail_name(role: re.Pattern[str], words: str) -> str | None:
    """`主持人王晓峰`, `主持人（王晓峰）`: the name behind the role."""
    rest = role.sub("", words, count=1).strip(EDGES + "（()）:：")
    return rest if is_person(rest) else None


def _reporter(words: str) -> tuple[str | None, str | None]:
    """(person, outlet) of `路透社记者`, `中国日报记者李华`, `记者（新华社）`, `工人日报 王芳`."""
    titled = TITLED.fullmatch(words)
    if titled and NUMBERED.fullmatch(titled["name"].strip()):
        inner = titled["titles"].strip()
        return (inner, None) if is_person(inner) else (None, _tidy(inner))
    if NUMBERED.fullmatch(words) or not is_role(words) or not SAYS_REPORTER.search(words):
        return None, None
    outlet, _, name = words.replace("記者", "记者").partition("记者")
    name = name.strip(EDGES)
    person = words[len(words) - len(name) :] if name and is_person(name) else None
    return person, _tidy(words[: len(outlet)])


def _tidy(outlet: str) -> str | None:
    return re.sub(r"^(?:现场|現場)|(?:的)$", "", outlet.strip(EDGES)) or None


def _guest(words: str, guests: Sequence[Participant]) -> Participant | None:
    """The guest whom words name: alone, behind his titles, or before them in brackets."""
    titled = TITLED.fullmatch(words)
    bare = (titled["name"] if titled else words).strip()
    exact = [g for g in guests if g.name and (g.name == bare or titled and g.name == titled["titles"].strip())]
    behind = exact or [g for g in guests if g.name and bare.endswith(g.name)]
    return behind[0] if behind else None


def outlet_of(text: str) -> str | None:
    """The outlet that a reporter names at the beginning of his question."""
    head = text[:INTRODUCTION]
    if not any(word in head for word in INTRODUCES):
        return None
    for pattern in OUTLET:
        found = pattern.search(head)
        if found:
            outlet = _tidy(found["outlet"].strip(EDGES))
            if outlet and not is_person(outlet) and outlet not in ("一名", "一位", "现场", "現場"):
                return outlet
    return None


def opening_host(speeches: Sequence[Speech], whos: Mapping[str, Who], lead: str) -> str | None:
    """The label of the named speaker who opens and hosts; None where nobody or only one named person speaks."""
    named = [s.label.words for s in speeches if whos[s.label.words].person and whos[s.label.words].role is None]
    if len(set(named)) < 2 or named[0] != speeches[0].label.words:
        return None
    if any(who.role == "host" for who in whos.values()):
        return None
    opener = named[0]
    said = "".join(s.text for s in speeches if s.label.words == opener)
    name = re.escape(whos[opener].person or opener)
    return opener if HOSTING.search(said) or re.search(HOSTED.format(name=name), lead) else None


def looks_like_reporter(speech: Speech) -> bool:
    """Whether an unknown name's speech begins as a reporter's does."""
    outlet = outlet_of(speech.text)
    return outlet is not None and bool(
        OUTLET_END.search(outlet) or "记者" in speech.text[:60] or "記者" in speech.text[:60]
    )
