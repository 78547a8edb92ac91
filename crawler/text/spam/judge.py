"""Whether names next to each other are a spam block or somebody's list.

A list that somebody made stays in one province for a while, goes through the provinces in their official order, or
names prefectures. A block is drawn at random: neighbours lie in different provinces and the order goes up and down.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.text.gazetteer import Place
from crawler.text.spam.runs import SENTENCE_END, Run
from crawler.text.spam.tokens import ODD

ENOUGH = 8  # names whose order alone tells
FEW = 4  # names that need much other evidence
MANY = 20
MUCH = 3  # signs that outweigh a heading, or too few names
COHERENT = 0.3  # random neighbours share a province in 4 to 5 of 100 pairs, so 8 names seldom have 3
IN_ORDER = 0.15  # steps back in a list that follows the official order; random ones have 0.48
PROVINCES = 5
PREFECTURES = 0.5
STRAYS = 0.25

# What announces a list, at the end of the line or of the words before it.
ANNOUNCES = re.compile(
    r"[:：]\s*$|名单|名單|如下|以下|一览|一覽|名录|名錄|排名|排行|百强|百強"
    "|入选|入選|获奖|獲獎|表彰|试点|試點|示范|示範|先进|先進"
)
LINKS = re.compile("链接|連結|鏈接|标签|標籤|关键词|關鍵詞|相关|相關|推荐|推薦|热门|熱門")
# A word after which a list of places is part of the sentence.
LEADS_IN = re.compile("[了到在和是有对對为為从從赴往向与與及由给給自如括即县縣区區市省的以於于去過过、，,（(“《]$")
CARRIES_ON = re.compile("[等共均都为為的是及和与與这這在，,、。]")
NUMBERS = re.compile(r"\d")
LONGEST_HEADING = 40
# Ends of lines that are no sentence: furniture, the source and the editors.
FURNITURE = re.compile(
    "(?:简介|簡介|关闭|關閉|打印|列印|我们|我們|首页|首頁|返回|顶部|頂部|更多|声明|聲明"
    "|地图|地圖|版权|版權|收藏|分享|导航|導航|所有)$"
)
FIELD = re.compile("来源|來源|责编|責編|责任编辑|責任編輯|编辑|編輯|电话|電話|ICP")
SENTENCE_ENDS = re.compile("[。！？!?；;][”」』’）)]?$")
# The same letters in both scripts, common in every text.
SCRIPTS = ("们这国会说为来个时对", "們這國會說為來個時對")


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside the names themselves."""

    above: str = ""  # the line before
    below: str = ""  # the line after
    hidden: bool = False
    mirror: bool = False
    clash: bool = False  # the names are in one script, the page in the other


def _jumps(places: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Neighbours that share no province."""
    return [(a, b) for a, b in pairwise(places) if not a.provinces & b.provinces]


def coherence(places: Sequence[Place]) -> float:
    """How many of the neighbours share a province: 1 for a list by province, 0.04 for a random one."""
    return 1 - len(_jumps(places)) / max(1, len(places) - 1)


def in_order(places: Sequence[Place]) -> bool:
    """Whether the list goes through the provinces by their codes."""
    back = sum(max(b.provinces) < min(a.provinces) for a, b in _jumps(places))
    return back <= IN_ORDER * (len(places) - 1)


def is_random(places: Sequence[Place], repeats: bool, certain: bool) -> bool:
    """Whether nobody made the list. A list that names a place twice is in no order; a block may hold many cities."""
    provinces = {code for place in places for code in place.provinces}
    high = sum(place.level < 2 for place in places) / max(1, len(places))
    return (
        coherence(places) <= (COHERENT if len(places) >= ENOUGH - 1 else 0)
        and len(provinces) >= min(PROVINCES - repeats, len(places))
        and high <= PREFECTURES * (1.5 if certain else 1)
        and (repeats or not in_order(places))
    )


def script(text: str) -> int:
    """1 for a text in Traditional, -1 in Simplified, 0 if it cannot be told."""
    simplified, traditional = (sum(map(text.count, letters)) for letters in SCRIPTS)
    return (traditional > 5 * simplified) - (simplified > 5 * traditional)


def plausible(places: Sequence[Place]) -> bool:
    """Whether a part of a block, too short to judge, may belong to it."""
    if len(places) <= 2:
        return coherence(places) == 0
    return coherence(places) <= 0.5 and any(place.level > 1 for place in places)


def announced(runs: Sequence[Run], around: Around) -> bool:
    """Whether a heading or a table tells that the names are somebody's list."""
    before = SENTENCE_END.split(runs[0].before)[-1].strip() if runs[0].before.strip() else around.above
    if len(before) > LONGEST_HEADING:
        before = before[-1:]
    heading = bool(ANNOUNCES.search(before)) and not LINKS.search(before)
    return heading or any(_is_numeric(line) for line in (around.above, around.below))


def _is_numeric(line: str) -> bool:
    """A row of a table."""
    tokens = line.split()
    return len(tokens) > 2 and sum(bool(NUMBERS.search(token)) for token in tokens) * 2 > len(tokens)


def _placed(runs: Sequence[Run], strength: int, sure: bool) -> bool:
    """Whether names divided as prose divides them stand where no sentence holds them."""
    before, after = runs[0].before.strip(), runs[-1].after.strip()
    if after:
        return not before and not CARRIES_ON.match(after) and (strength > 0 or runs[-1].separator in ODD)
    clause = SENTENCE_END.split(before)[-1]
    if not before or SENTENCE_ENDS.search(before) or FURNITURE.search(before) or FIELD.match(clause.lstrip("(（")):
        return True
    return sure if LEADS_IN.search(before) else strength > 0


def verdict(runs: Sequence[Run], around: Around) -> str:
    """The evidence that these runs are a spam block, or ""."""
    places = [place for run in runs for place in run.places]
    names = [name for run in runs for name in run.names]
    likes, repeats = sum(run.likes for run in runs), len(names) - len(set(names))
    count = len(names) + likes
    if len(names) < FEW or likes + sum(run.strays for run in runs) > STRAYS * count:
        return ""
    signs = {
        "bars": any(run.bars for run in runs), "repeat": repeats > 0, "many": count >= MANY,
        "trailing": any(run.trailing and run.closes for run in runs), "words": any(run.words for run in runs),
        "hidden": around.hidden, "mirror": around.mirror, "clash": around.clash,
    }  # fmt: skip
    certain = repeats > 0 or around.hidden or (signs["bars"] and around.mirror)
    if not is_random(places, repeats > 0, certain) or not _stands(runs, around, count, signs):
        return ""
    return f"names={count} coherence={coherence(places):.2f} {' '.join(filter(signs.get, signs))}".strip()


def _stands(runs: Sequence[Run], around: Around, count: int, signs: dict[str, bool]) -> bool:
    """Whether random names are spam where they stand: what a sentence or a heading may explain needs more signs."""
    bars, repeat, told = signs["bars"], signs["repeat"], announced(runs, around)
    # Hidden text and a foreign host count twice, bars are asked for by name.
    strength = sum(signs.values()) - bars + around.hidden + around.mirror
    if count < ENOUGH:
        marked = bars and (repeat or signs["trailing"] or signs["words"])
        return not told and (around.hidden or (marked and strength >= MUCH))
    if told:
        return strength >= MUCH and (bars or repeat)
    return bars or _placed(runs, strength, repeat or signs["many"])
