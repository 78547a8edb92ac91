"""Who speaks: the label at the head of a turn, in all its forms, and the look-alikes that are none.

A form alone proves nothing (`【打印】`, `商务部：…`, `他说：`). A label is a role, a guest, or a name that the
page's other lines confirm; so candidates are gathered over the whole page first, then judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from crawler.items import Line
from crawler.text.guests import RANK, names_person, titled_person
from crawler.text.names import (
    OUTLET_END,
    ROLE_WORDS,
    SPACE,
    is_nickname,
    is_outlet,
    is_person,
    is_press,
    is_word,
    may_be_person,
    together,
)

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
# Whoever holds such an office is quoted, and does not speak here.
QUOTED = re.compile(
    r"(?:总统|總統|总理|總理|首相|外长|外長|防长|防長|官员|官員|领导人|領導人|发言人|發言人|政府|国王|國王)$"
)
# News of an outlet, not its reporter: `路透社报道：`.
REPORTS = re.compile(r"^[据據]|[社报報台臺网網体體](?:报道|報道|報導|消息|评论|評論)$")
# So a host calls for questions: `下面请各位记者提问，`.
CALLS = (
    r"(?:下面|现在|現在|接下来|接下來|欢迎|歡迎|有?[请請]|邀[请請]|开始|開始|继续|繼續|进入|進入|各位|首先|然后|然後"
    r"|最后|最後|期待|感谢|感謝|谢谢|謝謝)"
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
SAYS = re.compile(r"(?:说|說|表示|指出|答道|回答|回应|回應|介绍|介紹|强调|強調|重申|透露|称|稱)$")
# Words in brackets, or before a colon, that are the page's and no speaker's.
NOT_LABEL = re.compile(
    r"(?:关闭|關閉|打印|列印|返回|收藏|纠错|糾錯|分享|转发|轉發|字号|字號|推荐|推薦|评论|評論|举报|舉報|大|中|小|首页|首頁|上一页|上一頁|下一页|下一頁|尾页|尾頁|更多|全文|原文|导语|導語|"
    r"摘要|编者按|編者按|"
    r"背景|简介|簡介|相关新闻|相關新聞|相关阅读|相關閱讀|延伸阅读|文字实录|文字實錄|实录|實錄|图文直播|圖文直播|视频|視頻|图片|圖片|完|注|时间|時間|地点|地點|主题|主題|主办|主辦|承办|承辦|来源|"
    r"來源|责编|責編|责任编辑|責任編輯|"
    r"编辑|編輯|摄影|攝影|文字|网友评论|扫一扫|分享到)|(?:图为|圖為|图:|责任编辑|責任編輯|责编|責編|来源|來源|相关|相關).*|.*(?:\d{1,2}[:：]\d{2}|\d{4}年?)|第?[\d一二三四五六七八九十]+"
)
# Whoever speaks so addresses or shows somebody. Bodies and offices have some of these as well: 对外贸易司, 求是, 那曲.
GREETING = re.compile(
    rf"^{CALLS}|"
    r"告诉|告訴|(?:采访|採訪)(?![部组組室车車人]|中心)|接受|面[对對](?!面)|各位|尊敬|朋友(?!圈)|你们|你們|(?<![自爱愛])我(?!苏|蘇|爱|愛|的钢铁|的鋼鐵|们视频|們視頻|[网網台臺报報社刊])|(?<![其吉])他(?!山)|她(?!世界)|谁|誰|这|這|"
    r"(?<![·•刹剎吉])那(?![曲坡])|(?<!申)[请請]|(?<!求)是(?!非)|还有|還有|"
    r"(?<![绝絕相反应應面针針校配结結作敌敵核比])[对對](?!外(?![国國地媒界])|台(?![湾灣])|口|话|話|接|标|標|策|照)|"
    r"(?<![方导導定双雙志取走趋趨动動风風单單航转轉偏意纵縱横橫流])向(?![阳陽前上日导導东東荣榮])"
)
# Within an answer, or over a part of a page.
HEADING = re.compile(
    r"(?:案例|链接|鏈接|解读|解讀|亮点|亮點|看点|看點|要点|要點|重点|重點|焦点|焦點|热点|熱點|难点|難點|特点|特點|观点|觀點|数据|數據|资料|資料|典型|经验|經驗|做法|点评|點評|互动|互動|直播|回放|花絮|现场|現場|声音|聲音"
    r"|故事|成效|成果|举措|舉措|部署|介绍|介紹|总结|總結|结语|結語|小结|小結|前言|引言|导读|導讀|提示|说明|說明|备注|備註|附件|附录|附錄|新闻|新聞|快讯|快訊|消息|专题|專題|专访|專訪|访谈|訪談|环节|環節|开场|開場|结束|結束|推荐|推薦|阅读|閱讀"
    r"|政策|法规|法規|制度|机制|機制|解答|释义|釋義|图解|圖解|例如|比如|另外|此外|首先|其次|再次|最后|最後|^第[一二三四五六七八九十][章节節条條项項部回场場个個点點].*|之[一二三四五六七八九十])$"
)
QUOTED_WORDS = re.compile(r"《[^《》]*》|“[^“”]*”")
# Behind these a name may stand.
BEFORE_NAME = re.compile(r"(?:记者|記者|主持人|翻译|翻譯|[ \xa0\u3000])(?=[^ \xa0\u3000]{2,12}$)")
BYLINE = re.compile(r"(?:[\u3400-\u9fff]{2,4}[ 、，,\u3000]*){1,4}(?:摄|攝|报道|報道)?")
BYLINE_END = re.compile(r"(?:摄|攝|报道|報道)$")
BETWEEN_NAMES = re.compile(r"[ 、，,\u3000]+")
TITLED = re.compile(r"(?P<before>.*?)(?P<name>[^（()）]{2,16}?)[（(](?P<titles>[^（()）]+)[）)]")
TIME_TAIL = re.compile(
    r"[ \xa0\u3000]{0,8}[\[［【]\s{0,4}(?:[0-9]{4}[-年./][0-9]{1,2}[-月./][0-9]{1,2}日?\s{0,4})?"
    r"(?P<time>(?:[01]?[0-9]|2[0-3])[：:][0-5][0-9](?:[：:][0-5][0-9])?)\s{0,4}[\]］】]\s{0,4}$"
)
# A number to call, an address to open.
CONTACT = re.compile(r"[+（(]?\d[\d()（） -]{3,24}(?=[，。,；;、 ]|$)|https?:|www\.")
# Who puts a question says so.
ASKS = re.compile(
    r"请问|請問|想问|想問|提问|提問|[？?]$|[？?](?:谢谢|謝謝)|我的(?:问题|問題)|[请請][您你]?(?:证实|證實|介绍|介紹|评论|評論|谈谈|談談)"
)
QUESTIONER = re.compile(
    r"记者|記者|媒体|媒體|提问|提問|追问|追問|网友|網友|网民|網民|^[问問Q]$|^(?:Question|Reporter|Journalist)$"
)
NARROW = str.maketrans("０１２３４５６７８９：", "0123456789:")
ANSWERS = re.compile(r"答|A|Answer|(?:新闻|新聞)?(?:发言|發言)人|Spokes\w+")
LABEL_ALONE = 20
SHORT_NAME = 3
LONGEST_NAME = 4
REPORTED = frozenset({"question", "answer"})
ASKED = frozenset({"问", "問", "答"})
# These are labels only where both lead lines of a page.
INTERPRETED = frozenset({"翻译", "翻譯", "Interpreter"})
CALL = re.compile(r"(?:请|請)([^。！？!?\n]{2,24})")
LETTERS = frozenset({"Q", "A"})
COLONS = re.compile(r"[：:][ \xa0\u3000]*")
SENTENCE_END = "。！？!?”》〉）)…] \xa0\u3000】"


class Label(NamedTuple):
    """A label in a line: its words, where it begins and where the speech behind it begins."""

    words: str
    start: int
    end: int
    form: str
    colon: bool = True


@dataclass(slots=True)
class Speakers:
    """What a page's other lines say about its labels: guests' names, how often each candidate leads a line.

    `one` answers all of the questions, where the page says so; `told`: its answers are labelled, so none is reported.
    """

    guests: frozenset[str]
    counts: Counter[str] = field(default_factory=Counter)
    one: str | None = None
    told: bool = False
    bracketed: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    judged: dict[tuple[str, bool], bool] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)

    def known(self, words: str) -> bool:
        """Whether words name a guest, alone or with titles, or a name that brackets confirm."""
        if words not in self._known:
            self._known[words] = self._is_known(words)
        return self._known[words]

    def _is_known(self, words: str) -> bool:
        if words in self.guests or words in self.bracketed:
            return True
        titled = TITLED.fullmatch(words)
        bare = SPACE.sub("", titled["name"] if titled else words)
        named = [name for name in self.guests if name in bare]
        return any(names_person(bare, name) and not greets(bare.replace(name, "", 1)) for name in named)


@lru_cache(maxsize=1024)
def is_furniture(words: str) -> bool:
    """Whether words in brackets, or before a colon, are the page's."""
    return NOT_LABEL.fullmatch(words) is not None and not is_nickname(words)


@lru_cache(maxsize=1024)
def greets(words: str) -> bool:
    """Whether words, but for a name that ends them, address somebody, as no label does."""
    return GREETING.search(words) is not None and GREETING.search(_but_name(words)) is not None


def _but_name(words: str) -> str:
    """Words without titles of books and without the name at their end."""
    words = QUOTED_WORDS.sub("", words)
    titled = TITLED.fullmatch(words)
    bare = together(titled["name"].strip() if titled else RANK.sub("", words))
    found = BEFORE_NAME.search(bare)
    name = bare[found.end() :] if found else bare
    if not is_person(name):
        person = titled_person(bare)
        name = (person and person.name) or ""
    return words if not name or is_word(name) else bare[: -len(name)] + (titled["titles"] if titled else "")


@lru_cache(maxsize=1024)
def is_role(words: str) -> bool:
    """`记者`, `主持人方致远`, `路透社记者`, `中国日报记者李华`, `记者（新华社）`, `主 持 人`, …"""
    words = together(words)
    if words.endswith(("追问", "追問")) and len(words) > SHORT_NAME:
        words = words[:-2]
        if is_outlet(words) and not greets(words):
            return True
    if ROLE_WORDS.fullmatch(words) or is_nickname(words):
        return True
    if words.startswith(("《", "“")):
        return bool(OUTLET_END.search(words)) or words.endswith(("记者", "記者"))
    titled = TITLED.fullmatch(words)
    if titled:
        name, titles = titled["name"].strip(), titled["titles"].strip()
        return bool(ROLE_WORDS.fullmatch(name)) or bool(OUTLET_END.search(titles)) or titles.endswith(("记者", "記者"))
    host = words.removeprefix("主持人").strip()
    if host != words:
        return may_be_person(together(host))
    if words.startswith(tuple(INTERPRETED)):
        name = together(words[2:].strip())
        return is_person(name) and not is_word(name)
    for word in ("记者", "記者"):
        outlet, found, name = words.partition(word)
        if found and outlet.strip() and not greets(outlet):
            tail = together(name.strip())
            return not tail or may_be_person(tail) or bool(ROLE_WORDS.fullmatch(word + name))
    return False


@lru_cache(maxsize=1024)
def asks(words: str) -> bool:
    """Whether a label is a questioner's."""
    return bool(QUESTIONER.search(words)) or is_outlet(words) and not is_person(words)


def candidate(text: str) -> Label | None:
    """What the head of a line looks like; whether it is a label is for `leading` to say."""
    if not text:
        return None
    if text[0] in "[【［":
        found = BRACKET.match(text)
        if not found:
            return None
        words, colon = found.groups()
        return Label(words, 0, found.end(), "bracket", colon != "")
    if "者" in text[:20] or "媒" in text[:20]:
        found = REPORTED_QUESTION.match(text)
        if found:
            return Label(found["words"], 0, found.end(), "question")
    head = text[:72]
    found = (COLON.match(text) or _other_colon(text)) if ":" in head or "：" in head else None
    if found and not SAYS.search(found["words"]):
        return Label(found["words"].rstrip(), 0, found.end(), "colon")
    found = REPORTED_ANSWER.match(text)
    return Label(found["words"], 0, found.end(), "answer") if found else None


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


def gather(
    candidates: Iterable[Label | None],
    guests: Iterable[str],
    one: str | None = None,
    texts: Iterable[str] = (),
    bold: Iterable[int] = (),
) -> Speakers:
    """Count the candidates at the heads of a page's lines; `texts` are the lines, `bold` says how far each is bold."""
    page = Speakers(frozenset(guests), one=one)
    names = tuple(page.guests)
    candidates = list(candidates)
    page.bracketed |= _recurring(candidates, list(bold))
    for (words, form, colon), n in Counter([(c.words, c.form, c.colon) for c in candidates if c]).items():
        if is_furniture(words):
            continue
        page.counts[words] += n
        page.told |= form not in REPORTED and bool(ANSWERS.fullmatch(words) or words.endswith(names))
        if form == "bracket" and colon and nameable(words):
            page.bracketed.add(words)
        if "主持" in words and form not in REPORTED and (host := host_name(words)):
            page.bracketed.add(host)  # 主持人 and his name at first, later his name alone
        if len(words) > LONGEST_NAME and form != "answer" and (person := titled_person(words)):
            page.bracketed.add(person.name or words)  # his office at first, later his name alone
    persons = {words: n for words, n in page.counts.items() if is_person(words) and not is_word(words)}
    page.bracketed |= {words for words, n in persons.items() if n > 1}
    long = {
        words for words in page.counts if len(words) == LONGEST_NAME and may_be_person(words) and not is_word(words)
    }
    if not page.guests and (once := (persons.keys() | long) - page.bracketed):
        page.bracketed |= _called(once, "\n".join(texts))
    return page


def _recurring(candidates: Sequence[Label | None], bold: Sequence[int]) -> set[str]:
    """Names, whatever their family name, that brackets or bold print set among other labels more than once.

    They lead the first of these lines, or one behind a question: a heading within an answer does not.
    """
    marked = [
        c.words
        for c, n in zip_longest(candidates, bold, fillvalue=None)
        if c and (c.form == "bracket" or c.form == "colon" and n and n >= len(c.words)) and not is_furniture(c.words)
    ]
    counts = Counter(marked)
    if not any(nameable(words) for words in counts):
        return set()
    return {
        words for before, words in pairwise(["记者", *marked]) if counts[words] > 1 and asks(before) and _rare(words)
    }


@lru_cache(maxsize=1024)
def _rare(words: str) -> bool:
    """Whether words may be a name, and are no heading's."""
    name = together(words)
    return may_be_person(name) and not (is_word(name) or is_outlet(name) or HEADING.search(name) or greets(name))


@lru_cache(maxsize=1024)
def host_name(words: str) -> str | None:
    """The name in `主持人方致远`, `灯下网主持人 方致远`, `方致远（主持人）`; None for others."""
    titled = TITLED.fullmatch(words)
    if titled and "主持" in titled["titles"]:
        name = titled["name"]
    else:
        _, found, name = words.partition("主持")
        if not found:
            return None
    name = together(name.removeprefix("人").strip("（()）、，, \xa0\u3000"))
    person = None if may_be_person(name) else titled_person(name)
    return person.name if person else name if may_be_person(name) else None


def _called(names: Set[str], text: str) -> set[str]:
    """Those of names whom somebody calls upon: `首先，请林知秋先生作介绍`."""
    calls = set(CALL.findall(text))
    return {c[i : i + n] for c in calls for n in (2, 3, 4) for i in range(len(c) - n + 1)} & names


@lru_cache(maxsize=1024)
def nameable(words: str) -> bool:
    """Whether words are a role, a name, a name with titles or a body and a name, by themselves."""
    titled = TITLED.fullmatch(words)
    name = together((titled["name"] if titled else words).strip())
    if is_furniture(words):
        return False
    return is_role(words) or is_person(name) and not is_word(name) or titled_person(name) is not None


def leading(line: Line, label: Label | None, page: Speakers, previous: str = "") -> Label | None:
    """The label at the head of a line, given its candidate and the label before; None where it has none."""
    if label is None:
        alone = line.bold and line.bold == len(line.text) and len(line.text) <= LABEL_ALONE
        is_label = alone and (page.known(line.text) or is_role(line.text))
        return Label(line.text, 0, len(line.text), "alone") if is_label else None
    if label.form == "bracket":
        accepted = _bracketed(label, line.text, page)
    elif is_furniture(label.words):
        accepted = False
    elif label.form == "colon":
        accepted = _colon(label.words, line.text[label.end :], line, page, previous)
    else:
        accepted = label.form == "question" or _reported(label.words, page, previous)
    return label if accepted else None


def _reported(words: str, page: Speakers, previous: str) -> bool:
    """`林知秋说，` answers a question, or goes on with an answer; in a news report it stands anywhere."""
    if page.told or QUOTED.search(words):
        return False
    if (page.one or page.counts.keys() & ASKED) and not (page.known(words) or page.counts[words] > 1):
        return False
    if asks(previous) and (page.known(words) or is_person(words) or is_person(words[-3:]) or is_person(words[-2:])):
        page.answered.add(words)
    return words in page.answered


def _bracketed(label: Label, text: str, page: Speakers) -> bool:
    if not label.colon and text[label.end : label.end + 1] in ("[", "【", "［"):
        return False
    key = label.words, label.colon
    if key not in page.judged:
        page.judged[key] = not is_furniture(label.words) and _is_bracketed(label.words, label.colon, page)
    return page.judged[key] or _outlet_asks(label.words, text[label.end :])


def _outlet_asks(words: str, rest: str) -> bool:
    """`[灯下早报]灯够吗？`: an outlet's name alone before a question."""
    name = words.strip("《》“”")
    asked = is_outlet(name) and ASKS.search(rest) is not None
    return asked and not (is_furniture(words) or greets(name) or REPORTS.search(name) or CONTACT.match(rest))


def _is_bracketed(words: str, colon: bool, page: Speakers) -> bool:
    if page.known(words) or is_role(words):
        return True
    if colon:
        short = len(words) <= SHORT_NAME and may_be_person(words) and not is_word(words) or is_outlet(words)
        return nameable(words) or (short or page.counts[words] > 1) and not greets(words)
    return nameable(words) and (page.counts[words] > 1 or not page.guests)


def _colon(words: str, rest: str, line: Line, page: Speakers, previous: str) -> bool:
    if is_nickname(words):
        return bool(previous or ASKS.search(rest) or page.counts[words] > 1)
    if page.known(words) and not is_role(words):
        return True
    if greets(words) or "者" not in words and CONTACT.match(rest):
        return False
    if is_role(words):
        return not ("者" in words and rest and BYLINE.fullmatch(rest) and _are_names(rest))
    if words in LETTERS:
        return page.counts.keys() >= LETTERS
    titled = TITLED.fullmatch(words)
    if titled:
        return may_be_person(together(titled["name"].strip()))
    if page.one and _asks_the_one(words, rest, line, page, previous):
        return True
    if is_press(words.rstrip("》”")) and (ASKS.search(rest) or not rest and previous) and not REPORTS.search(words):
        return True
    if titled_person(words):
        return True
    name = together(words)
    if is_word(name) or not (is_person(name) or _in_bold(words, name, line, page, previous)):
        return False
    if page.counts[words] > 1 or asks(previous) or previous in INTERPRETED or previous and not rest:
        return True
    return line.bold >= len(words) and not page.guests


def _in_bold(words: str, name: str, line: Line, page: Speakers, previous: str) -> bool:
    """Whether bold words that lead several lines, one behind a question, are a name without a known family name."""
    found = line.bold >= len(words) and page.counts[words] > 1 and asks(previous) and may_be_person(name)
    if found:
        page.bracketed.add(words)
        page._known[words] = True
    return found


def _are_names(text: str) -> bool:
    """`方致远 林知秋 摄`: persons, and nobody says anything."""
    names = BETWEEN_NAMES.split(BYLINE_END.sub("", text).strip())
    return all(is_person(name) for name in names if name)


def _asks_the_one(words: str, rest: str, line: Line, page: Speakers, previous: str) -> bool:
    """`中评社：`, `Al Jazeera:` behind an answer of the one who answers all."""
    if REPORTS.search(words) or previous and not (page.known(previous) or ANSWERS.fullmatch(previous)):
        return False
    latin = words.isascii()
    if latin and not is_press(words):
        return False
    if line.bold >= len(words) and (latin or ASKS.search(rest)):
        return True
    return is_outlet(words.rstrip("》”")) and (not latin or "?" in rest or "？" in rest or page.counts[words] > 1)


def inside(text: str, start: int, page: Speakers) -> list[Label]:
    """Bracketed labels of further turns within one line, behind `start`."""
    if text.find("[", start) < 0 and text.find("【", start) < 0 and text.find("［", start) < 0:
        return []
    labels = (
        Label(found["words"], found.start(), found.end(), "bracket", bool(found["colon"]))
        for found in BRACKET.finditer(text, start)
        if found.start() > start and not is_furniture(found["words"])
    )
    return [one for one in labels if page.known(one.words) or is_role(one.words) or one.colon and nameable(one.words)]


def leaders(page: Speakers) -> frozenset[str]:
    """Labels that may stand in the middle of a line, behind a sentence: those that lead lines, and 问 with 答."""
    led = {words for words, n in page.counts.items() if n > 1 and (ROLE_WORDS.fullmatch(words) or page.known(words))}
    return frozenset(led | ASKED if page.counts.keys() & ASKED else led)


def inside_colon(text: str, start: int, led: frozenset[str]) -> list[Label]:
    """`问：…答：…` in one line: one of `led` between the end of a sentence and a colon."""
    if text.find("：", start) < 0 and text.find(":", start) < 0:
        return []
    found = []
    # By length: a page may have thousands of labels, and as many colons.
    lengths = sorted({len(words) for words in led}, reverse=True)
    for colon in COLONS.finditer(text, start):
        at = colon.start()
        heads = (at - length for length in lengths if at - length >= start)
        head = next((i for i in heads if text[i - 1] in SENTENCE_END and text[i:at] in led), None)
        if head is not None:
            found.append(Label(text[head:at], head, colon.end(), "colon"))
    return found


def without_time(text: str) -> tuple[str, str | None]:
    """A speech without the time `[09:25]` that ends it, and that time as `HH:MM`."""
    start = max(0, len(text) - 30)
    found = TIME_TAIL.search(text[:start] + text[start:].translate(NARROW), start)
    if not found:
        return text, None
    hour, _, rest = found["time"].partition(":")
    return text[: found.start()], f"{int(hour):02}:{rest}"
