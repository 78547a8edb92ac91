"""Segmentation: the best division of Han characters into words, by log P of the words and their parts of speech."""

from .gbk import is_han
from .lexicon import Words

LONGEST = 7  # characters in a word
FLOOR = -17.0  # a character that is no word
WORST = -1e9
EDGE = 0  # the part of speech of a mark


class Lattice:
    """The divisions of what stands on both sides of an unknown character; `cut` sides go on beyond what is given."""

    def __init__(self, words: Words, left: str, right: str, cut_left: bool = False, cut_right: bool = False) -> None:
        self.score, self.part, self.follow = words.score, words.part, words.follow
        self.left, self.right = left, right
        self.unknown = len(self.follow) - 1
        self.edge_right = self.unknown if cut_right else EDGE
        self.ends = self.segment(self.unknown if cut_left else EDGE)
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
                    total = score + max([old + self.follow[last][part] for last, old in ends[at].items()])
                    if total > best.get(part, WORST):
                        best[part] = total
            ends.append(best)
        return ends

    def up_to(self, at: int, part: int) -> float:
        """The best score of a prefix of the left side, with a word of this part of speech behind it."""
        known = self.before.get((at, part))
        if known is None:
            known = max([old + self.follow[last][part] for last, old in self.ends[at].items()])
            self.before[at, part] = known
        return known

    def onward(self, at: int, part: int) -> float:
        """The best score of a suffix of the right side, with a word of this part of speech before it."""
        known = self.after.get((at, part))
        if known is None:
            known = self.after[at, part] = self.best_onward(at, part)
        return known

    def best_onward(self, at: int, part: int) -> float:
        text, best = self.right, WORST
        if at == len(text):
            return self.follow[part][self.edge_right]
        for end in range(at + 1, min(len(text), at + LONGEST) + 1):
            score = self.score.get(text[at:end], FLOOR if end == at + 1 else 0.0)
            if score:
                own = self.part.get(text[at:end], self.unknown)
                best = max(best, score + self.follow[part][own] + self.onward(end, own))
        return best

    def with_char(self, char: str) -> tuple[float, bool]:
        """The best score with a Han character between the two sides; whether it is a word of its own there."""
        size, best, alone = len(self.left), WORST, True
        for before in range(min(LONGEST - 1, size) + 1):
            stem = self.left[size - before :] + char
            for after in range(min(LONGEST - 1 - before, len(self.right)) + 1):
                word = stem + self.right[:after]
                score = self.score.get(word, FLOOR if len(word) == 1 else 0.0)
                if score:
                    part = self.part.get(word, self.unknown)
                    total = self.up_to(size - before, part) + score + self.onward(after, part)
                    if total > best:
                        best, alone = total, len(word) == 1
        return best, alone

    def with_mark(self) -> float:
        """The best score with a mark between the two sides."""
        return self.up_to(len(self.left), EDGE) + self.onward(0, EDGE)

    def without(self) -> float:
        """The best score of the left side alone."""
        return self.up_to(len(self.left), self.edge_right)


def whole(words: Words, text: str) -> float:
    """The best score of a text with marks in it, which goes on at both ends."""
    total, start = 0.0, 0
    for at in range(len(text) + 1):
        if at == len(text) or not is_han(text[at]):
            if at > start:
                total += Lattice(words, text[start:at], "", start == 0, at == len(text)).without()
            start = at + 1
    return total
