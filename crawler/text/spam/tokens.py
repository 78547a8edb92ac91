"""A line's parts between separators: county names, what looks like one, betting words, others."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.text.gazetteer import Gazetteer, Place
from crawler.text.spam import words

# No prose divides words by these.
BARS = "|｜│┃¦︱_"
# Prose, tables and navigation divide names by these as well.
COMMAS = "、,，;；"
ODD = ("/／", "·・•", "-－—–")
CLASSES = (BARS, COMMAS, *ODD)
ANY = "".join(CLASSES)
WHITE = ""
_CLASS_OF = {letter: letters for letters in CLASSES for letter in letters}
_TOKENS = {letters: re.compile(f"[^{re.escape(letters)}]+") for letters in CLASSES}
_TOKENS[WHITE] = re.compile(r"\S+")
_TOKENS[ANY] = re.compile(rf"[^{re.escape(ANY)}\s]+")
MOST = 0.8  # of the gaps between names, for a line to have one class of separators

# A name that the gazetteer lacks, but for what lists are called (试点县) and items of a menu (社区).
LIKE = re.compile(
    "(?!.*(?:试点|試點|示范|示範|百强|百強|贫困|貧困|先进|先進|各)"
    "|[城都超股楼樓上社专專地特新校园園景小片老旅牧][市区區旗]$)"
    "[一-鿿]{1,7}[县縣市区區旗盟]"
)
LONGEST_LIKE = 8


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a line."""

    start: int
    end: int
    text: str
    kind: str  # name, like, word or other
    place: Place | None = None


def tokens(line: str, separator: str, gazetteer: Gazetteer) -> Iterator[Token]:
    """The line's parts between separators of one class, without white space round them."""
    for match in _TOKENS[separator].finditer(line):
        if text := match[0].strip():
            start = match.start() + match[0].index(text[0])
            yield _token(start, text, gazetteer)


def separator(line: str, gazetteer: Gazetteer) -> str:
    """The class of separators between most names of the line; ANY if they are mixed."""
    tally: Counter[str] = Counter()
    last = None
    for token in tokens(line, ANY, gazetteer):
        if last and last.kind == token.kind == "name":
            gap = line[last.end : token.start].strip()
            tally[_CLASS_OF[gap[0]] if gap else WHITE] += 1
        last = token
    (best, count), *_ = tally.most_common(1) or [(WHITE, 0)]
    return best if count >= MOST * tally.total() else ANY


def _token(start: int, text: str, gazetteer: Gazetteer) -> Token:
    place = gazetteer.find(text)
    if place and place.level == 0 and text[-1] not in "省市区區":
        place = None  # 北京 is an item of many a menu, 北京市 a name
    kind = "name" if place else "word" if words.is_word(text) else "like" if _is_like(text, gazetteer) else "other"
    return Token(start, start + len(text), text, kind, place)


def _is_like(text: str, gazetteer: Gazetteer) -> bool:
    """A name that is not known, but for one behind its province (四川省阿坝县) or behind another word (简介丰镇市)."""
    if len(text) > LONGEST_LIKE or not LIKE.fullmatch(text) or gazetteer.suffix(text) > len("乾县"):
        return False
    place = gazetteer.find(text[: gazetteer.prefix(text)])
    return not (place and place.level == 0)
