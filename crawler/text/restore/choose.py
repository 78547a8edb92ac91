"""Choose each unknown character among those its known byte allows: segmentation into words, pairs, and the page.

A choice is only made where it leads the next best by a margin; below it the character stays unknown.
"""

import re
from collections.abc import Iterator
from operator import mul

from .gbk import FOLDED, is_han
from .model import AFTER_WORD, LEANING, OPENING, Model

CONTEXT = 7
LONGEST = 7  # characters in a word
FLOOR = -17.0  # a character that is no word
WORST = -1e9
WEIGHTS = (0.34, 0.8, 0.66, 1.1, -1.2, -2.4, -0.1, -0.2, 0.9, 0.0, 0.9, 2.5)
MARGIN = 1.5  # nats; below it nothing is chosen
ITEM = re.compile("[、，。,]")
END_OF_LINE = {"。": 3.0, "！": 3.0, "？": 3.0, "”": 1.0, "）": 1.0, "，": -3.0, "、": -3.0, "“": -3.0, "（": -3.0, "：": -2.0}
CLOSERS = {"”": "“", "）": "（", "》": "《", "’": "‘", "〉": "〈", "〕": "〔", "」": "「", "』": "『", "】": "【"}


def rank(model: Model, left: str, options: str, right: str) -> list[tuple[float, str]]:
    """The options, best first, each with its score between two contexts."""
    scored = [(sum(map(mul, WEIGHTS, values)), char) for char, values in features(model, left, options, right)]
    return sorted(scored, reverse=True)


def features(model: Model, left: str, options: str, right: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """What speaks for each option."""
    lead, follow = simplified(model, left[-CONTEXT - 1 :]), simplified(model, right[: CONTEXT + 1])
    prefix, suffix = han_tail(lead), han_head(follow)
    lattice = Lattice(model, prefix, suffix, len(prefix) == CONTEXT, len(suffix) == CONTEXT)
    marked, ends = lattice.with_mark(), not right.strip()
    before, after = left[-1:], right[:1]
    for char in options:
        plain = model.plain(char)
        near, page_says = (model.step(before, char), model.step(char, after)), page(model, lead, plain, follow)
        if is_han(plain):
            words, single = lattice.with_char(plain)
            same = parallel(left, char, right)
            yield char, (words, *near, page_says, single, 0.0, 0.0, 0.0, 0.0, float(ends), 0.0, same)
        else:
            lean = lead[-1:] in LEANING and plain not in OPENING
            yield char, (marked, *near, page_says, 0.0, 1.0, float(plain in "！"), float(plain in CLOSERS), float(lean), 0.0, fit(left, plain, right), 0.0)


def sequence(model: Model, chars: list[str], places: tuple[int, ...]) -> float:
    """The score of a stretch with all its unknown places filled; comparable between fillings."""
    start, end = max(0, places[0] - CONTEXT), places[-1] + CONTEXT + 1
    text = simplified(model, "".join(chars[start:end]))
    score, seen = WEIGHTS[0] * whole(model, text), set[int]()
    for place in places:
        left, right = "".join(chars[max(0, place - 200) : place]), "".join(chars[place + 1 : place + 9])
        (values,) = [values for _, values in features(model, left, chars[place], right)]
        score += sum(map(mul, WEIGHTS[3:], values[3:]))
        for at in {place, place + 1} - seen:
            if 0 < at < len(chars):
                score += WEIGHTS[1] * model.step(chars[at - 1], chars[at])
            seen.add(at)
    return score


def whole(model: Model, text: str) -> float:
    """The best segmentation of a text with marks in it."""
    total, run = 0.0, ""
    for index, char in enumerate(text):
        if is_han(char):
            run += char
        if run and (not is_han(char) or index == len(text) - 1):
            first, last = index + 1 - len(run) <= 1, index == len(text) - 1
            total += Lattice(model, run, "", first, last).onward_from_left()
            run = ""
    return total


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


class Lattice:
    """Segmentations of the Han characters on both sides of an unknown one, scored by words and parts of speech."""

    def __init__(self, model: Model, left: str, right: str, open_left: bool, open_right: bool) -> None:
        known = model.words
        self.score, self.part, self.follow = known.score, known.part, known.follow
        self.left, self.right = left, right
        self.unknown = len(self.follow) - 1
        self.edge_right = self.unknown if open_right else 0
        self.ends = self.segment(self.unknown if open_left else 0)
        self.before: dict[tuple[int, int], float] = {}
        self.after: dict[tuple[int, int], float] = {}

    def segment(self, edge: int) -> list[dict[int, float]]:
        """For each prefix of the left side, the best score by the part of speech of its last word."""
        text, ends = self.left, [{edge: 0.0}]
        for end in range(1, len(text) + 1):
            best: dict[int, float] = {}
            for at in range(max(0, end - LONGEST), end):
                score = self.score.get(text[at:end], FLOOR if at == end - 1 else 0.0)
                if score:
                    part = self.part.get(text[at:end], self.unknown)
                    total = score + max(old + self.follow[last][part] for last, old in ends[at].items())
                    best[part] = max(total, best.get(part, WORST))
            ends.append(best)
        return ends

    def up_to(self, at: int, part: int) -> float:
        """The best score of a prefix of the left side, with a word of this part of speech behind it."""
        known = self.before.get((at, part))
        if known is None:
            known = max(old + self.follow[last][part] for last, old in self.ends[at].items())
            self.before[at, part] = known
        return known

    def onward(self, at: int, part: int) -> float:
        """The best score of a suffix of the right side, with a word of this part of speech before it."""
        known = self.after.get((at, part))
        if known is None:
            text = self.right
            if at == len(text):
                known = self.follow[part][self.edge_right]
            else:
                known = WORST
                for end in range(at + 1, min(len(text), at + LONGEST) + 1):
                    score = self.score.get(text[at:end], FLOOR if end == at + 1 else 0.0)
                    if score:
                        own = self.part.get(text[at:end], self.unknown)
                        known = max(known, score + self.follow[part][own] + self.onward(end, own))
            self.after[at, part] = known
        return known

    def with_char(self, char: str) -> tuple[float, float]:
        """The best segmentation with a Han character between the two sides; whether it is a word of its own."""
        size, best, single = len(self.left), WORST, 1.0
        for before in range(min(LONGEST - 1, size) + 1):
            stem = self.left[size - before :] + char
            for after in range(min(LONGEST - 1 - before, len(self.right)) + 1):
                word = stem + self.right[:after]
                score = self.score.get(word, FLOOR if len(word) == 1 else 0.0)
                if score:
                    part = self.part.get(word, self.unknown)
                    total = self.up_to(size - before, part) + score + self.onward(after, part)
                    if total > best:
                        best, single = total, float(len(word) == 1)
        return best, single

    def onward_from_left(self) -> float:
        """The best segmentation of the left side alone."""
        return max(old + self.follow[part][self.edge_right] for part, old in self.ends[-1].items())

    def with_mark(self) -> float:
        """The best segmentation with a mark between the two sides."""
        return self.up_to(len(self.left), 0) + self.onward(0, 0)


def page(model: Model, left: str, char: str, right: str) -> float:
    """What the page itself says elsewhere of these three characters."""
    triples = model.triples
    around = (left[-2:] + char, left[-1:] + char + right[:1], char + right[:2])
    return float(sum(1 for triple in around if len(triple) == 3 and triples[triple]))


def parallel(left: str, char: str, right: str) -> float:
    """Items of a list that end alike: 日常化、經常化、機制化."""
    items = [*ITEM.split(left[-12:])[:-1], *ITEM.split(right[:12])[1:-1]] if right[:1] == "、" else []
    return float(sum(item.endswith(char) for item in items))


def fit(left: str, char: str, right: str) -> float:
    """Brackets and quotes close what was opened; a line ends with a full stop."""
    score = 0.0
    if char in CLOSERS:
        score += 3.0 if opened(left, CLOSERS[char], char) else -4.0
    elif char in "“《" and opened(left, char, "”" if char == "“" else "》"):
        score -= 5.0
    if not right.strip():
        score += END_OF_LINE.get(char, 0.0)
    return score


def opened(left: str, opening: str, closing: str) -> bool:
    narrow = FOLDED.get(opening, opening), FOLDED.get(closing, closing)
    last_open = max(left.rfind(opening), left.rfind(narrow[0]))
    last_close = max(left.rfind(closing), left.rfind(narrow[1]))
    return last_open > last_close
