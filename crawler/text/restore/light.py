"""Three simpler kinds of damage, each with a gate of its own, and two that can only be told.

Doubled commas   `，，` `，。` `，、`: a comma put before other marks
Emoji            `部(🔀)门`: one in brackets, in the middle of a word
Spaced pinyin    `人(rén )`: behind ordinary characters, Simplified pages too
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from .changes import Edit
from .evidence import LETTERS
from .lexicon import characters, ordinary_readings

COMMA = re.compile("(?<=[\u4e00-\u9fff”》）])[,，]+(?=[,，。、！？；!?;])")
STOP = re.compile("[,，。、！？；!?;]")
PICTURE = "\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\ufe0f\u200d\U000e0020-\U000e007f"
EMOJI = re.compile(rf"\([{PICTURE}]{{1,8}}\)")
WORD_BEFORE = re.compile(f"[\u4e00-\u9fff{LETTERS}]")
WORD_AFTER = re.compile(f"[\u4e00-\u9fff{LETTERS} (]")
SPACED = re.compile(rf"\(([{LETTERS}]{{1,7}}) \)")
# Names that gamblers put in the place of an office, and what only an office is followed by.
BRAND = "皇冠|皇冠体育|皇冠體育|新葡京|威尼斯人|亚博|乐鱼体育|樂魚體育|必威|澳门金沙|永利|博狗"
OFFICE = "副?(?:主任|局长|局長|部长|部長)|新闻|新聞|发言|發言|发布|發布|举行|舉行|召开|召開|印发|印發|有关|有關"
BRANDS = re.compile(f"(?:{BRAND})(?:官网|官網|平台|平臺)?(?={OFFICE})")
BAIT = re.compile("投注|博彩|棋牌|娱乐城|娛樂城|百家乐|百家樂|老虎机|老虎機")
KEYWORDS = re.compile(f"网址|網址|注册|註冊|登录|登錄|下载|下載|官网|官網|彩票|{BAIT.pattern}")
INJECTED = 6  # such words on a page, two of them of gambling
# What a first look is for: regular expressions that start with one fixed character, and single characters, are fast.
PAIRS = (re.compile("，[,，。、！？；!?;]"), re.compile(",[,，。、！？；!?;]"))
RARE_IN_BRANDS, RARE_IN_BAIT = "冠葡威博鱼魚沙永狗", "博棋娱娛虎"
BRAND_WORDS = {char: [brand for brand in BRAND.split("|") if char in brand] for char in RARE_IN_BRANDS}

Stage = Callable[[Sequence[str], bool], list[list[Edit]]]


def suspicious(text: str) -> bool:
    """Whether any of the three may be there."""
    return any(pattern.search(text) for pattern in (*PAIRS, EMOJI, SPACED))


def doubled_commas(lines: Sequence[str], mirror: bool) -> list[list[Edit]]:
    """Remove the first of two marks, where many and before different marks."""
    found = [list(COMMA.finditer(line)) for line in lines]
    count = sum(map(len, found))
    before = {line[match.end()] for line, matches in zip(lines, found) for match in matches}
    marks = sum(len(STOP.findall(line)) for line in lines) if count >= 3 else 0
    if count < 3 or count < 0.05 * marks or len(before) < 2 and not mirror:
        return []
    return [[Edit(match.start(), match.end(), "", "punctuation") for match in matches] for matches in found]


def emoji(lines: Sequence[str], mirror: bool) -> list[list[Edit]]:
    """Remove emoji in brackets, where they stand inside words."""
    found = [list(EMOJI.finditer(line)) for line in lines]
    inside = sum(within_word(line, match) for line, matches in zip(lines, found) for match in matches)
    if inside < (1 if mirror else 3) or inside < 0.8 * sum(map(len, found)):
        return []
    return [
        [Edit(match.start(), match.end(), "", "emoji") for match in matches if within_word(line, match)]
        for line, matches in zip(lines, found)
    ]


def within_word(line: str, match: re.Match[str]) -> bool:
    before, after = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
    return WORD_BEFORE.match(before) is not None and WORD_AFTER.match(after) is not None


def spaced_pinyin(lines: Sequence[str], mirror: bool) -> list[list[Edit]]:
    """Remove pinyin that closes with a space, where every occurrence of a character has it."""
    if sum(line.count(" )") for line in lines) < 3:
        return []
    found = [
        [match for match in SPACED.finditer(line) if reads(line[match.start() - 1 : match.start()], match[1])]
        for line in lines
    ]
    table = Counter(line[match.start() - 1] for line, matches in zip(lines, found) for match in matches)
    count, letters = table.total(), Counter[str]()
    for line in lines:
        letters.update(line)
    everywhere = count >= 0.9 * sum(letters[char] for char in table)
    if count < (3 if mirror else 5) or len(table) < 2 or not (everywhere and count > len(table) or mirror):
        return []
    return [[Edit(match.start(), match.end(), "", "pinyin") for match in matches] for matches in found]


def reads(char: str, reading: str) -> bool:
    if characters().reads(char, reading):
        return True
    return char != "" and reading in ordinary_readings().get(char, frozenset())


STAGES: tuple[Stage, ...] = (doubled_commas, emoji, spaced_pinyin)


def flags(text: str) -> Iterator[str]:
    """What was done to a page that nobody can undo without the original."""
    if any(
        char in text and any(brand in text for brand in brands) for char, brands in BRAND_WORDS.items()
    ) and BRANDS.search(text):
        yield "brand_substitution"
    gambling = any(char in text for char in RARE_IN_BAIT) and len(BAIT.findall(text)) >= 2
    if gambling and len(KEYWORDS.findall(text)) >= INJECTED:
        yield "injected_keywords"
