"""What words say by themselves, wherever they stand: a role, a name, the page's furniture, an address."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.text.guests import RANK, titled_person
from crawler.text.names import (
    OUTLET_END,
    ROLE_WORDS,
    is_nickname,
    is_outlet,
    is_person,
    is_word,
    may_be_person,
    together,
)

# So a host calls for questions: `下面请各位记者提问，`.
CALLS = (
    r"(?:下面|现在|現在|接下来|接下來|欢迎|歡迎|有?[请請]|邀[请請]|开始|開始|继续|繼續|进入|進入|各位|首先|然后|然後"
    r"|最后|最後|期待|感谢|感謝|谢谢|謝謝)"
)
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
    r"(?<![·•刹剎吉])那(?![曲坡顺順木仁])|(?<!申)[请請]|(?<!求)是(?!非)|还有|還有|"
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
TITLED = re.compile(r"(?P<before>.*?)(?P<name>[^（()）]{2,16}?)[（(](?P<titles>[^（()）]+)[）)]")
QUESTIONER = re.compile(
    r"记者|記者|媒体|媒體|提问|提問|追问|追問|网友|網友|网民|網民|^[问問Q]$|^(?:Question|Reporter|Journalist)$"
)
# What somebody did whom a speech tells of: `主持人刚才讲到：`.
TELLS_OF = re.compile(r"刚才|剛才|刚刚|剛剛|[讲講说說提谈談问問][到过過了]")
SHORT_NAME = 3
# These are labels only where both lead lines of a page.
INTERPRETED = frozenset({"翻译", "翻譯", "Interpreter"})


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
        return may_be_person(together(host)) and not TELLS_OF.search(host)
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


@lru_cache(maxsize=1024)
def is_rare_name(words: str) -> bool:
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


@lru_cache(maxsize=1024)
def nameable(words: str) -> bool:
    """Whether words are a role, a name, a name with titles or a body and a name, by themselves."""
    titled = TITLED.fullmatch(words)
    name = together((titled["name"] if titled else words).strip())
    if is_furniture(words):
        return False
    return is_role(words) or is_person(name) and not is_word(name) or titled_person(name) is not None
