"""Betting and porn words: the lines that are stuffed with them, and those that stand among county names."""

import re


def _listed(*lines: str) -> list[str]:
    return " ".join(lines).split()


# Words that a press hall has no use for.
STRONG = _listed(
    "久久 无码 人妻 熟女 熟妇 少妇 麻豆 毛片 乱码 三级片 内射 啪啪 超碰 色色 偷拍 自拍 丝袜 裸聊 性爱 ",
    "做爱 情色 中文字幕 国产精品 精品国产 亚洲精品 亚洲欧美 欧美日韩 日韩欧美 一区二区 二区三区 成人网 ",
    "成人影 成人电影 番号 一本道 百家乐 六合彩 葡京 皇冠体育 皇冠现金 皇冠网 老虎机 时时彩 博彩 赌场 ",
    "赌博 真人娱乐 娱乐城 娱乐平台 捕鱼游戏 威尼斯人 太阳城 金沙娱乐 永利 银河娱乐 澳门银河 体育投注 ",
    "电子游艺 北京赛车 足球投注 彩票平台 威廉希尔 亚博 必威 万博体育 开元棋牌 送彩金",
)
# Words that count beside those, and among names.
WEAK = _listed(
    "国产 亚洲 欧美 日韩 精品 一区 二区 三区 四区 五区 超清 免费观看 在线观看 在线播放 免费看 午夜 福利 ",
    "特黄 黄色 激情 成人 婷婷 丁香 伊人 皇冠 彩票 彩金 棋牌 投注 捕鱼 开户 电竞 快三 外围 龙虎 体育平台",
)
# Words that every portal has, which count in a stuffed line only.
PLAIN = _listed("高清 视频 影院 澳门 平台 官网 下载 手机版 网址 注册 真人 娱乐 体育 app")
# Traditional letters of these words.
TRADITIONAL = str.maketrans(
    "无码妇乱级黄内丝袜爱国产亚欧韩网电号费视频乐时赌场娱戏龙银门体开观线载",
    "無碼婦亂級黃內絲襪愛國產亞歐韓網電號費視頻樂時賭場娛戲龍銀門體開觀線載",
)


def _alternation(words: list[str]) -> str:
    """Longest first, in both scripts; two Latin letters only as a word."""
    both = {form for word in words for form in (word, word.translate(TRADITIONAL))}
    return "|".join(sorted(both, key=lambda word: (-len(word), word)))


# bet365, 188bet, W88: names of betting sites.
BRAND = r"|(?<![a-z])(?:\d{1,4}x?bet|bet\d{2,4}|bet(?:way|win|hard)|manbetx|[mw]88|xpj|18luck)(?![a-z])"
STRONG_WORD = re.compile(_alternation(STRONG) + r"|(?<![a-z])[aα][vⅴ](?![a-z])" + BRAND, re.I)
WORD = re.compile(STRONG_WORD.pattern + "|" + _alternation(WEAK), re.I)
ANY_WORD = re.compile(WORD.pattern + "|" + _alternation(PLAIN), re.I)
# Pairs of letters that every stuffed line has several of. The last one is rare in other texts: cheap to find.
HINTS = _listed(
    "久久 无码 無碼 人妻 少妇 少婦 熟妇 熟婦 毛片 乱码 亂碼 级片 級片 内射 內射 啪啪 超碰 偷拍 自拍 丝袜 ",
    "絲襪 字幕 精品 家乐 家樂 合彩 皇冠 老虎 时彩 時彩 博彩 威尼 棋牌 投注 捕鱼 捕魚 日韩 日韓 亚洲 亞洲 ",
    "新葡 门葡 門葡 网赌 網賭 麻豆",
)
# A sentence, or a text about such things, is no stuffed line.
SENTENCE = re.compile(r"[。！？；!?;：](?!\s*$)|[。！]")
ABOUT = re.compile(
    "打击|打擊|查处|查處|整治|治理|禁止|严禁|嚴禁|违法|違法|犯罪|警方"
    "|公安|案件|扫黄|掃黃|反赌|反賭|涉赌|涉賭|抓获|抓獲|戒"
)
PARTS = re.compile(r"[^_,，|｜\-\s、/·]+")
LONGEST_PART = 24
MANY, DIFFERENT = 4, 3  # words of a stuffed line
COVER_MANY, COVER_PURE = 0.25, 0.5  # the share of its letters that are in such words: with many, with strong ones only
COVER_WHOLE = 0.7  # the same for a line without separators
FILLED = 0.45  # parts between separators that hold a word


def is_word(token: str) -> bool:
    """Whether a token among names is a betting or porn word: without doubt, or for the most part."""
    if len(token) > LONGEST_PART or SENTENCE.search(token):
        return False
    every = [match[0] for match in ANY_WORD.finditer(token)]
    if len(every) > 1 and sum(map(len, every)) == len(token):  # 真人视频, but not 视频
        return True
    return bool(STRONG_WORD.search(token)) or sum(len(match[0]) for match in WORD.finditer(token)) * 2 > len(token)


def is_strong(token: str) -> bool:
    """Whether it is one without any doubt."""
    return len(token) <= LONGEST_PART and bool(STRONG_WORD.search(token)) and not SENTENCE.search(token)


def glued(text: str) -> int:
    """How many letters at the end of the text are such words with nothing between them."""
    size, tail = 0, text[-LONGEST_PART:]
    for match in reversed(list(WORD.finditer(tail))):
        if match.end() != len(tail) - size:
            break
        size = len(tail) - match.start()
    return size


def stuffed(line: str, hidden: bool = False) -> str:
    """The evidence that a line is nothing but such words, or ""."""
    if SENTENCE.search(line) or ABOUT.search(line):
        return ""
    hits = [match[0].lower() for match in ANY_WORD.finditer(line)]
    strong = {hit for hit in hits if STRONG_WORD.fullmatch(hit)}
    cover = sum(map(len, hits)) / max(1, sum(not letter.isspace() for letter in line))
    parts = PARTS.findall(line)
    filled = sum(bool(ANY_WORD.search(part)) for part in parts) >= FILLED * len(parts)
    many = len(hits) >= MANY and len(set(hits)) >= DIFFERENT and bool(strong) and cover >= COVER_MANY
    pure = len(strong) >= DIFFERENT - hidden and cover >= COVER_PURE
    whole = len(parts) > 1 or cover >= COVER_WHOLE
    return f"words={len(hits)} cover={cover:.2f}" if (many or pure) and filled and whole else ""
