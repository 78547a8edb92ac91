"""Where the names in a line stand next to each other: a run, with what stands before and after it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.text.gazetteer import Gazetteer, Place
from crawler.text.spam import words
from crawler.text.spam.tokens import BARS, Token, separator, tokens

SENTENCE_END = re.compile("[。！？!?；;]")
NO_NAME = re.compile(r"[。！？；：!?;:（(]|^\W*\d")
# 海宁市总工会 is not 海宁市 with something glued to it.
BODY = re.compile(
    "[总總]工[会會]|政府|人民|[县縣市区區]?委|法院|检察|檢察|公安|[等及和的、]"
    "|[一-鿿]{0,4}(?:中学|中學|小学|小學|医院|醫院|大学|大學|公司|局)"
)
WIDEN = 2  # steps from the first token of a run to its last, for what is beside it to be looked at
STRAY = 2  # other tokens in a row that do not end a run
LONGEST_STRAY = 12
SHORT_LIKE = 3  # 某某县; 简介某县 would be longer
SPACES = " \t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Run:
    """Names next to each other in one line."""

    line: int
    start: int
    end: int
    separator: str  # the class between its names
    names: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    words: int = 0  # betting or porn words among them
    strays: int = 0  # other tokens among them
    likes: int = 0  # what looks like a name, or is one cut short
    trailing: bool = False  # a separator follows the last name
    before: str = ""  # the text before it in its line
    after: str = ""  # the text after it in its line
    sure: bool = False  # it begins and ends with a name or an unmistakable word

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


def runs(number: int, line: str, gazetteer: Gazetteer) -> Iterator[Run]:
    """The runs of a line, in order."""
    between = separator(line, gazetteer)
    listed = list(tokens(line, between, gazetteer))
    for first, last in _spans(listed):
        yield _run(number, line, between, _glued(line, between, listed, first, last, gazetteer))


def cut_short(number: int, line: str, gazetteer: Gazetteer) -> Run | None:
    """The run of a line that is the beginning of a name."""
    text = line.strip()
    if gazetteer.find(text) or not gazetteer.begins(text):
        return None
    return Run(number, 0, len(line), "", likes=1, sure=True)


def _spans(listed: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First and last token of each run: names and words, with few others between them."""
    if len(listed) == 1 and listed[0].kind == "like":
        yield 0, 0
    first = last = -1
    for at, token in enumerate(listed):
        if token.kind in ("name", "word"):
            first, last = (at if first < 0 else first), at
        elif first >= 0 and (at - last > STRAY or len(token.text) > LONGEST_STRAY or NO_NAME.search(token.text)):
            yield _widened(listed, first, last)
            first = -1
    if first >= 0:
        yield _widened(listed, first, last)


def _widened(listed: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """With what looks like a name at either end. At the head of a line a word may be glued to it: only a short one."""
    if last - first < WIDEN:
        return first, last
    head = first > 0 and listed[first - 1].kind == "like" and (first > 1 or len(listed[0].text) <= SHORT_LIKE)
    return first - head, last + (last + 1 < len(listed) and listed[last + 1].kind == "like")


def _glued(
    line: str, between: str, listed: Sequence[Token], first: int, last: int, gazetteer: Gazetteer
) -> list[Token]:
    """The run's tokens, with the parts of the tokens beside it that belong to it."""
    inside = list(listed[first : last + 1])
    if first and (head := _before(listed[first - 1], gazetteer)):
        inside.insert(0, head)
    if last + 1 < len(listed):
        token = listed[last + 1]
        short = token.end == len(line.rstrip()) and not token.place and gazetteer.begins(token.text)
        if short and not gazetteer.find(token.text):
            inside.append(Token(token.start, token.end, token.text, "like"))
        # Only where no sentence can go on: behind bars, or behind a list that begins its line.
        elif (between == BARS or not first) and (tail := _after(token, gazetteer)):
            inside.append(tail)
    return inside


def _before(token: Token, gazetteer: Gazetteer) -> Token | None:
    """The end of the token before a run, if it belongs to it: a name or a word behind other text (全總簡介丰镇市|)."""
    text = token.text
    tail = SENTENCE_END.split(text)[-1].strip()
    size = gazetteer.suffix(text)
    place = gazetteer.find(text[-size:]) if size else None
    if whole := gazetteer.find(tail):
        size, place = len(tail), whole
    elif tail and len(tail) < len(text) and words.is_word(tail):
        size, place = len(tail), None
    elif not place or not place.level:
        size, place = words.glued(text), None
    kind = "name" if place else "word"
    return Token(token.end - size, token.end, text[-size:], kind, place) if size else None


def _after(token: Token, gazetteer: Gazetteer) -> Token | None:
    """The beginning of the token after a run, if it is a name with other text glued to it."""
    size = gazetteer.prefix(token.text)
    place = gazetteer.find(token.text[:size])
    if not place or not place.level or BODY.match(token.text[size:]):
        return None
    return Token(token.start, token.start + size, token.text[:size], "name", place)


def _run(number: int, line: str, between: str, inside: Sequence[Token]) -> Run:
    """The run of these tokens, with the separators and the white space round it."""
    start = len(line[: inside[0].start].rstrip(SPACES + (BARS if between == BARS else "")))
    end = inside[-1].end
    while end < len(line) and (line[end] in between or line[end].isspace()):
        end += 1
    found = [(token.text, token.place) for token in inside if token.place]
    count = [token.kind for token in inside].count
    return Run(
        number, start, end, between,
        names=tuple(name for name, _ in found), places=tuple(place for _, place in found),
        words=count("word"), strays=count("other"), likes=count("like"),
        trailing=bool(line[inside[-1].end : end].strip()), before=line[:start], after=line[end:],
        sure=all(token.kind == "name" or words.is_strong(token.text) for token in (inside[0], inside[-1])),
    )  # fmt: skip
