"""Choose each unknown character among those that its known byte allows.

A log-linear model of a few features, its weights fitted on prose, so that a margin is what it says: the logarithm
of how much likelier the best choice is than the next. Neighbours are chosen together.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import mul

from .gbk import FOLDED, is_han
from .model import LEANING, OPENING, Model
from .segment import Lattice, whole

CONTEXT = 7  # Han characters on each side
LEFT = 200  # characters in which an open quote or bracket is looked for
NEAR = 4  # characters between two unknown ones that are chosen together
SHORT = 5  # of each, so many are tried together
DOUBT = "?"
SURE = 99.0

WEIGHTS = (
    0.3,  # segmentation
    0.87,  # the character behind the two before it
    0.82,  # and what follows behind it
    1.0,  # triples that the page has elsewhere
    -0.85,  # a Han character that is a word of its own
    -2.2,  # a mark
    1.3,  # a closing mark behind a word that leans on the next
    1.5,  # what quotes, brackets and the end of the line say
    2.8,  # items of a list that end alike
)
MARGIN = 1.3  # nats; below it nothing is chosen
NAMELESS = 3.0  # more in a name, of which words say nothing
CHOICE = 60  # hypotheses of a search that cost as much as a choice
FEW = 32  # options that are looked at closely
MANY = 20  # options; fewer are those of a reading
DIGITLESS = 2.5  # more beside a lost digit

# A title or a mark, a surname, and at most one character of a given name.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈钟"
    "姜崔谭陆范汪廖石贾韦夏付邹熊孟秦邱侯江尹薛闫段雷龙史陶贺毛顾龚邵钱戴严莫孔汤康易常武乔赖"
)
TITLES = "记者|主席|主任|部长|局长|书记|司长|市长|省长|总理|同志"
NAMED = re.compile(f"(?:[，、。；：“（）　 ]|{TITLES})[{SURNAMES}][\u4e00-\u9fff]?$")
ITEM = re.compile("[、，。,]")
TERMINAL = frozenset("。！？")
# A quoted item of a list, or a quoted part of a sentence, does not end with a full stop.
CLOSING, GOING_ON = frozenset("”』"), frozenset("、的和与與等为為")
END_OF_LINE = {"。": 3.0, "！": 3.0, "？": 3.0, "”": 2.0, "）": 1.0, "，": -3.0, "、": -3.0, "“": -3.0, "（": -3.0}
CLOSED_BY = {"“": "”", "（": "）", "《": "》", "‘": "’", "〈": "〉", "〔": "〕", "「": "」", "『": "』", "【": "】"}
OPENED_BY = {closing: opening for opening, closing in CLOSED_BY.items()}
# Behind a lost digit stands what is counted.
COUNTED = frozenset("0123456789年月日號号個个多名萬万億亿歲岁世時时點点%.-")

Features = tuple[float, ...]
Ranked = list[tuple[float, str]]


def choose(model: Model, chars: list[str], options: dict[int, str]) -> Iterator[tuple[int, str, float]]:
    """Each unknown place of a line with its character and the margin; a place in doubt keeps its question mark.

    `chars` has a first guess at each place, and is kept up to date.
    """
    for group in neighbours(sorted(options)):
        model.spend(CHOICE * len(group))
        for place, char, margin in together(model, chars, group, options):
            chars[place] = char if margin >= needed(model, chars, place, options[place]) else DOUBT
            yield place, chars[place], margin


def neighbours(places: Sequence[int]) -> list[list[int]]:
    """Places so close that one is part of the other's context."""
    groups: list[list[int]] = []
    for place in places:
        if groups and place - groups[-1][-1] <= NEAR:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def needed(model: Model, chars: Sequence[str], place: int, options: str) -> float:
    """The margin that a choice must lead by."""
    if len(options) < MANY:
        return MARGIN
    left, right = "".join(chars[max(0, place - 5) : place]), "".join(chars[place + 1 : place + 3])
    named = NAMED.search(simplified(model, left)) is not None
    return MARGIN + NAMELESS * named + DIGITLESS * lost_digit(right)


def together(
    model: Model, chars: list[str], group: list[int], options: dict[int, str]
) -> Iterator[tuple[int, str, float]]:
    """The best characters for a group of places; those that are alone are ranked, neighbours paired."""
    if len(group) == 1:
        ranked = rank(model, chars, group[0], options[group[0]])
        yield group[0], ranked[0][1], ranked[0][0] - ranked[1][0] if len(ranked) > 1 else SURE
        return
    smallest: dict[int, float] = {}
    for pair in pairwise(group):
        table = paired(model, chars, pair, options)
        best = max(table, key=lambda both: (table[both], both))
        for index, place in enumerate(pair):
            chars[place] = best[index]
            others = [score for both, score in table.items() if both[index] != best[index]]
            margin = table[best] - max(others) if others else SURE
            smallest[place] = min(smallest.get(place, SURE), margin)
    yield from [(place, chars[place], margin) for place, margin in smallest.items()]


def rank(model: Model, chars: Sequence[str], place: int, options: str) -> Ranked:
    """The options for a place, best first."""
    scored = [(sum(map(mul, WEIGHTS, values)), char) for char, values in features(model, chars, place, options)]
    return sorted(scored, reverse=True)


def paired(
    model: Model, chars: list[str], pair: tuple[int, int], options: dict[int, str]
) -> dict[tuple[str, str], float]:
    """Scores of the likeliest pairs of characters at two neighbouring places, comparable with each other."""
    first, second = pair
    old = chars[first], chars[second]
    heads, tails = ("".join(char for _, char in rank(model, chars, place, options[place])[:SHORT]) for place in pair)
    scores: dict[tuple[str, str], float] = {}
    for chars[first] in heads:
        for tail, values in features(model, chars, second, tails):
            chars[second] = tail
            scores[chars[first], tail] = alone(values) + between(model, chars, pair)
        chars[second] = old[1]
    for chars[second] in tails:
        chars[first] = old[0]
        for head, values in features(model, chars, first, heads):
            scores[head, chars[second]] += alone(values)
    chars[first], chars[second] = old
    return scores


def alone(values: Features) -> float:
    """What speaks for a character besides its neighbours."""
    return float(sum(map(mul, WEIGHTS[3:], values[3:])))


def between(model: Model, chars: Sequence[str], pair: tuple[int, int]) -> float:
    """What the characters from before the first to behind the second say of each other."""
    first, second = pair
    text = simplified(model, "".join(chars[max(0, first - CONTEXT) : second + CONTEXT + 1]))
    edges = sorted({first - 1, first, second - 1, second})
    steps = (model.step(chars[at], chars[at + 1]) for at in edges if 0 <= at < len(chars) - 1)
    return WEIGHTS[0] * whole(model.words, text) + WEIGHTS[1] * sum(steps)


def features(model: Model, chars: Sequence[str], place: int, options: str) -> list[tuple[str, Features]]:
    """What speaks for each option, in the order of the weights; hopeless ones are passed over."""
    left, right = "".join(chars[max(0, place - LEFT) : place]), "".join(chars[place + 1 : place + CONTEXT + 6])
    if lost_digit(right):
        right = "0" + right[1:]
    lead, follow = simplified(model, left[-CONTEXT - 1 :]), simplified(model, right[: CONTEXT + 1])
    prefix, suffix = han_tail(lead), han_head(follow)
    lattice = Lattice(model.words, prefix, suffix, len(prefix) == CONTEXT, len(suffix) == CONTEXT)
    marked, leaning = lattice.with_mark(), lead[-1:] in LEANING
    found: list[tuple[str, Features]] = []
    for char, before, behind in nearest(model, left, options, right):
        plain = model.plain(char)
        near = before, behind, repeated(model, lead, plain, follow)
        if is_han(plain):
            words, single = lattice.with_char(plain)
            found.append((char, (words, *near, single, 0.0, 0.0, 0.0, parallel(left, char, right))))
        else:
            leans = leaning and plain not in OPENING
            found.append((char, (marked, *near, 0.0, 1.0, leans, fit(left, plain, right), 0.0)))
    return found


def nearest(model: Model, left: str, options: str, right: str) -> list[tuple[str, float, float]]:
    """The options that fit their neighbours best, with how likely each follows, and is followed."""
    two, one, after = left[-2:-1], left[-1:], right[:1]
    known = [(char, model.step_after(two, one, char), model.step_after(one, char, after)) for char in options]
    return sorted(known, key=lambda option: -option[1] - option[2])[:FEW] if len(known) > FEW else known


def simplified(model: Model, text: str) -> str:
    return "".join(map(model.plain, text))


def han_tail(text: str) -> str:
    at = len(text)
    while at and len(text) - at < CONTEXT and is_han(text[at - 1]):
        at -= 1
    return text[at:]


def han_head(text: str) -> str:
    at = 0
    while at < min(CONTEXT, len(text)) and is_han(text[at]):
        at += 1
    return text[:at]


def lost_digit(right: str) -> bool:
    """Whether a question mark stands for a digit: never guessed, but read as one."""
    return right[:1] == DOUBT and right[1:2] in COUNTED


def repeated(model: Model, left: str, char: str, right: str) -> float:
    """How often the page has the three triples with this character elsewhere, a few times at most."""
    around = (left[-2:] + char, left[-1:] + char + right[:1], char + right[:2])
    return float(sum(min(3, model.triples[triple]) for triple in around if len(triple) == 3))


def parallel(left: str, char: str, right: str) -> float:
    """How many neighbouring items of a list end alike: 日常化、經常化、機制化."""
    if right[:1] != "、":
        return 0.0
    items = [*ITEM.split(left[-12:])[:-1], *ITEM.split(right)[1:-1]]
    return float(sum(item.endswith(char) for item in items))


def fit(left: str, mark: str, right: str) -> float:
    """Quotes and brackets close what was opened; a line ends with a full stop."""
    score = 0.0
    if mark in OPENED_BY:
        score += 3.0 if opened(left, OPENED_BY[mark], mark) else -4.0
    elif mark in "“《" and opened(left, mark, CLOSED_BY[mark]):
        score -= 5.0
    if mark in TERMINAL and right[:1] in CLOSING and right[1:2] in GOING_ON:
        score -= 3.0
    if mark in TERMINAL and right.strip() in CLOSING:
        score += 2.5
    if not right.strip():
        score += -3.0 if left[-1:] in TERMINAL and mark in TERMINAL else END_OF_LINE.get(mark, 0.0)
    return score


def opened(left: str, opening: str, closing: str) -> bool:
    """Whether the last of the two, folded or not, opens."""
    opens = max(left.rfind(opening), left.rfind(FOLDED.get(opening, opening)))
    return opens > max(left.rfind(closing), left.rfind(FOLDED.get(closing, closing)))
