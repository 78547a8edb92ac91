"""Where the names in a line stand next to each other: a run, with what stands before and after it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.text.gazetteer import Gazetteer, Place
from crawler.text.spam import words

# No prose divides words by these.
BARS = "|｜│┃¦︱_"
# Prose, tables and navigation divide names by these as well.
OTHERS = ("、,，;；", "/／", "·・•", "-－—–")
CLASSES = (BARS, *OTHERS)
ANY = "".join(CLASSES)
CLASS_OF = {letter: letters for letters in CLASSES for letter in letters}
TOKENS = {letters: re.compile(f"[^{re.escape(letters)}]+") for letters in CLASSES}
TOKENS[""] = re.compile(r"\S+")
TOKENS[ANY] = re.compile(rf"[^{re.escape(ANY)}\s]+")
SENTENCE_END = re.compile("[。！？!?；;]")
NO_NAME = re.compile(r"[。！？；：!?;:（(\d]")
# 海宁市总工会 is not 海宁市 with something glued to it.
BODY = re.compile("[总總]工[会會]|政府|人民|[县縣市区區]?委|法院|检察|檢察|公安|[一-鿿]{0,4}(?:中学|中學|小学|小學|医院|醫院|大学|大學|公司|局)|[等及和的、]")
# A name that the gazetteer lacks, but for what lists are called.
LIKE = re.compile(r"(?!.*(?:试点|試點|示范|示範|百强|百強|贫困|貧困|先进|先進|各)|[城都超股楼樓上社专專地特新校园園景小片老旅牧][市区區旗]$)[一-鿿]{1,7}[县縣市区區旗盟州]")
FEW = 2  # tokens of a run that is worth widening
STRAY = 2  # unknown tokens in a row that do not end a run
LONGEST_STRAY = 12


@dataclass(frozen=True, slots=True)
class Run:
    """Names next to each other in one line."""

    line: int
    start: int
    end: int
    names: tuple[str, ...]
    places: tuple[Place, ...]
    words: int  # betting or porn words among them
    strays: int  # other tokens among them
    likes: int  # what looks like a name, or is one cut short
    separator: str  # the class between its names, "" for white space
    trailing: bool  # a separator follows the last name
    before: str  # the text before it in its line
    after: str  # the text after it in its line
    edges: tuple[bool, bool] = (True, True)  # begins, ends with more than a weak word

    @property
    def bars(self) -> bool:
        """Divided as no prose is."""
        return self.separator == BARS

    @property
    def opens(self) -> bool:
        """Nothing stands before it in its line."""
        return not self.before.strip()

    @property
    def closes(self) -> bool:
        """Nothing stands after it in its line."""
        return not self.after.strip()


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    text: str
    kind: str  # name, like, word or other
    place: Place | None = None


def _tokens(line: str, pattern: re.Pattern[str], gazetteer: Gazetteer) -> Iterator[_Token]:
    """The line's parts between separators, without white space round them."""
    for match in pattern.finditer(line):
        text = match[0].strip()
        if text:
            start = match.start() + match[0].index(text[0])
            place = gazetteer.find(text)
            if place and place.level == 0 and text[-1] not in "省市区區":
                place = None  # 北京 is an item of many a menu, 北京市 a name
            kind = "name" if place else "word" if words.is_word(text) else _like(text, gazetteer)
            yield _Token(start, start + len(text), text, kind, place)


def _like(text: str, gazetteer: Gazetteer) -> str:
    """A name that is not known, unless it begins with its province (四川省阿坝县) or ends with one that is known."""
    if len(text) > 8 or not LIKE.fullmatch(text) or gazetteer.suffix(text) > 2:
        return "other"
    place = gazetteer.find(text[: gazetteer.prefix(text)])
    return "other" if place and place.level == 0 else "like"


def _separator(line: str, gazetteer: Gazetteer) -> str:
    """The class of separators that stands between most names of the line, all of them if they are mixed, "" for white space."""
    tally: Counter[str] = Counter()
    last = None
    for token in _tokens(line, TOKENS[ANY], gazetteer):
        if last and last.kind == token.kind == "name":
            gap = line[last.end : token.start].strip()
            tally[CLASS_OF[gap[0]] if gap else ""] += 1
        last = token
    (best, count), *_ = tally.most_common(1) or [("", 0)]
    return best if count * 5 >= tally.total() * 4 else ANY


def _spans(tokens: list[_Token]) -> Iterator[tuple[int, int]]:
    """First and last token of each run: names and words, with few others between them."""
    if len(tokens) == 1 and tokens[0].kind == "like":
        yield 0, 0
    first = last = -1
    for at, token in enumerate(tokens):
        if token.kind in ("name", "word"):
            first, last = (at if first < 0 else first), at
        elif first >= 0 and (at - last > STRAY or len(token.text) > LONGEST_STRAY or NO_NAME.search(token.text)):
            yield _widened(tokens, first, last)
            first = -1
    if first >= 0:
        yield _widened(tokens, first, last)


def _widened(tokens: list[_Token], first: int, last: int) -> tuple[int, int]:
    """With what looks like a name at either end. At the head of a line a word may be glued to it: only a short one."""
    if last - first < FEW:
        return first, last
    head = first > 0 and tokens[first - 1].kind == "like" and (first > 1 or len(tokens[0].text) <= 3)
    return first - head, last + (last + 1 < len(tokens) and tokens[last + 1].kind == "like")


def _glued_before(text: str, gazetteer: Gazetteer) -> tuple[int, Place | None]:
    """How many letters at the end of a token belong to the run that follows it (全總簡介丰镇市|), and the name they are."""
    tail = SENTENCE_END.split(text)[-1].strip()
    if place := gazetteer.find(tail):
        return len(tail), place
    if tail and len(tail) < len(text) and words.is_word(tail):
        return len(tail), None
    size = gazetteer.suffix(text)
    place = gazetteer.find(text[-size:]) if size else None
    return (size, place) if place and place.level else (words.glued(text), None)


def _glued_after(token: _Token, gazetteer: Gazetteer, at_end: bool, inside: bool) -> tuple[int, Place | None]:
    """How many letters of the token after a run belong to it: a name cut short, or one with text glued to it."""
    known = gazetteer.find(token.text)
    if at_end and not known and gazetteer.begins(token.text):
        return len(token.text), None
    size = gazetteer.prefix(token.text) if inside else 0
    place = gazetteer.find(token.text[:size])
    return (size, place) if place and place.level and not BODY.match(token.text[size:]) else (0, None)


def _run(number: int, line: str, tokens: list[_Token], first: int, last: int, kind: str, gazetteer: Gazetteer) -> Run:
    """The run from the first to the last token, with what is glued to either end."""
    bars = kind == BARS
    inside = tokens[first : last + 1]
    start, end, cut_short = inside[0].start, inside[-1].end, False
    found = [(token.text, token.place) for token in inside if token.place]
    if first:
        token = tokens[first - 1]
        size, place = _glued_before(token.text, gazetteer)
        if size:
            start = token.end - size
            found[:0] = [(token.text[-size:], place)] if place else []
    if last + 1 < len(tokens):
        token = tokens[last + 1]
        size, place = _glued_after(token, gazetteer, token.end == len(line.rstrip()), bars or not first)
        if size:
            end, cut_short = token.start + size, not place
            found += [(token.text[:size], place)] if place else []
    end, tail = _skip(line, end, kind)
    start = len(line[:start].rstrip((BARS if bars else "") + " \t\u3000\xa0"))
    return Run(
        number, start, end, tuple(name for name, _ in found), tuple(place for _, place in found if place),
        sum(token.kind == "word" for token in inside), sum(token.kind == "other" for token in inside),
        sum(token.kind == "like" for token in inside) + cut_short, kind, bool(tail),
        line[:start], line[end:],
        tuple(t.kind == "name" or words.is_strong(t.text) for t in (inside[0], inside[-1])),  # type: ignore[arg-type]
    )  # fmt: skip


def _skip(line: str, end: int, separators: str) -> tuple[int, str]:
    """The offset after the separators and white space that follow, and the separators."""
    at = end
    while at < len(line) and (line[at] in separators or line[at].isspace()):
        at += 1
    return at, line[end:at].strip()


def runs(number: int, line: str, gazetteer: Gazetteer) -> Iterator[Run]:
    """The runs of a line, in order."""
    kind = _separator(line, gazetteer)
    tokens = list(_tokens(line, TOKENS[kind], gazetteer))
    for first, last in _spans(tokens):
        yield _run(number, line, tokens, first, last, kind, gazetteer)
