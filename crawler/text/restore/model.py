"""How likely is this character after that one? A character bigram out of a word list, and out of the page itself.

P(c | b) = within words + P(b ends a word) * P(c starts one), a little of P(c), and the page's own counts.
Everything is looked up in Simplified. Marks stand in two short tables; all values are natural logarithms.
"""

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from .gbk import FULL_WIDTH, is_han, is_private
from .lexicon import Words, characters, words

# P(mark | end of a word), in prose of this kind, rounded.
AFTER_WORD = {
    "，": 0.08, "。": 0.04, "、": 0.025, "”": 0.008, "“": 0.008, "）": 0.005, "：": 0.004, "（": 0.004,
    "；": 0.003, "《": 0.002, "》": 0.002, "？": 0.001, "！": 0.002, "—": 0.001, "·": 0.0004, "…": 0.0004,
    "﹔": 0.002, "‘": 0.0002, "’": 0.0002, "〈": 0.0001, "〉": 0.0001, "〔": 0.0002, "〕": 0.0002, "「": 0.0002,
    "」": 0.0002, "『": 0.0001, "』": 0.0001, "【": 0.0001, "】": 0.0001,
}  # fmt: skip
# P(next | mark): `w` is the start of a word.
AFTER_MARK = {
    "，": {"w": 0.97, "“": 0.01, "《": 0.002},
    "。": {"w": 0.85, "”": 0.06, "“": 0.02, "（": 0.01, "》": 0.001},
    "、": {"w": 0.95, "“": 0.02, "《": 0.015},
    "；": {"w": 0.92, "“": 0.01, "”": 0.005},
    "：": {"w": 0.6, "“": 0.3, "《": 0.005},
    "！": {"w": 0.6, "”": 0.25, "！": 0.003},
    "？": {"w": 0.65, "”": 0.15, "！": 0.01},
    "“": {"w": 0.97, "《": 0.003, "‘": 0.003},
    "”": {"w": 0.6, "，": 0.13, "。": 0.11, "、": 0.05, "“": 0.02, "（": 0.012, "；": 0.01, "：": 0.004},
    "（": {"w": 0.9, "“": 0.005, "《": 0.005},
    "）": {"w": 0.6, "、": 0.1, "，": 0.08, "。": 0.06, "：": 0.02, "；": 0.01, "》": 0.01, "”": 0.005},
    "《": {"w": 0.98, "〈": 0.005, "“": 0.003},
    "》": {"w": 0.6, "、": 0.12, "，": 0.12, "。": 0.06, "（": 0.03, "；": 0.005, "）": 0.005, "：": 0.003},
    "—": {"—": 0.5, "w": 0.35, "“": 0.01},
    "…": {"…": 0.5, "w": 0.3, "”": 0.08},
}
OPENING = frozenset("“（《〈「『【〔‘")
# Words that a clause goes on after: no closing mark behind them.
LEANING = frozenset(
    "之和与及而且或把被将从向对在以为于由使让这那各每第们我你他她很都也就还已不没更最又再才曾正能可要会应该是有个"
)
# What every press conference says, and no word list has.
FORMULAE = (
    "各省（区、市）", "有关省（区、市）", "省（自治区、直辖市）", "各省、自治区、直辖市", "（以下简称“",
    "（记者", "（主持人", "女士们、先生们", "朋友们，", "大家上午好！",
    "大家下午好！", "谢谢大家！", "谢谢！", "记者朋友们", "提问。",
    "问题。", "介绍。", "新闻发布会。",
)  # fmt: skip
PARTICLES = frozenset("啊呀吧呢吗嘛")
RARE = 5e-4
WORST = -14.0
PAGE = 0.4  # weight of the page's own counts
# Hypotheses that are tried for a page, a few seconds of them; an honest page has 5 to 50 a kilobyte.
WORK = 100_000


class TooMuch(Exception):
    """A page that is made of nothing but damage: what can be tried for it has no end."""


class Model:
    """log P(next | last) for one page."""

    def __init__(self, page: str = "") -> None:
        self.words: Words = words()
        self.simplified = characters().simplified
        self.after: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        self.triples: Counter[str] = Counter()
        self.memo: dict[tuple[str, str], float] = {}
        self.longer: dict[str, float] = {}
        self.left = WORK + len(page) // 2
        self.learn(page)
        # As if the page had said each of them three times.
        for triple in triples("\n".join(FORMULAE)):
            self.triples[triple] += 3

    def spend(self, work: int) -> None:
        """Count what is tried for the page. Raises `TooMuch`."""
        self.left -= work
        if self.left < 0:
            raise TooMuch

    def learn(self, text: str) -> None:
        """Count pairs and triples of what is known to be sound."""
        text = text.translate(characters().table).translate(WIDE)
        self.after.update(text)
        self.pairs.update(map("".join, pairwise(text)))
        self.triples.update(triples(text))

    def step(self, last: str, char: str) -> float:
        """log P(char | last)."""
        score = self.memo.get((last, char))
        if score is None:
            score = self.memo[last, char] = self.weigh(last, char)
        return score

    def step_after(self, before: str, last: str, char: str) -> float:
        """log P(char | before, last): a pair that is a word makes a start likelier than a continuation."""
        key = before + last + char
        score = self.longer.get(key)
        if score is None:
            score = self.longer[key] = self.weigh(last, char, before)
        return score

    def ends(self, before: str, last: str) -> float:
        """How likely a word ends behind the last character."""
        usual = self.words.last.get(last, 0.5)
        inside = self.words.inside.get(before + last, 0.0)
        if not inside:
            return usual
        across = self.words.last.get(before, 0.5) * self.words.first.get(last, 1e-8)
        return (inside * self.words.closing[before + last] + across * usual) / (inside + across)

    def weigh(self, last: str, char: str, before: str = "") -> float:
        left, right = self.plain(last), self.plain(char)
        ends = self.ends(self.plain(before), left) if is_han(left) else 1.0
        if is_han(right):
            chance = self.before_han(left, right, ends)
        elif right in AFTER_WORD:
            chance = self.before_mark(left, right, ends)
        elif "０" <= right <= "９":
            return -1.5 if "０" <= left <= "９" else -4.5
        elif right < "\x80" or "！" <= right <= "～":
            return -2.5 if left < "\x80" or "！" <= left <= "～" else -7.0
        else:
            return WORST if is_private(right) else -11.0
        seen = self.after[left]
        if seen:
            own = self.pairs[left + right] / (seen + 2.0)
            chance = (1.0 - PAGE) * chance + PAGE * own
        return math.log(max(chance, 1e-7)) - self.oddity(char)

    def plain(self, char: str) -> str:
        """The form that the tables know: Simplified, full-width."""
        return self.simplified.get(char) or FULL_WIDTH.get(char, char)

    def oddity(self, char: str) -> float:
        """What it costs a character to be of the wrong script, or an unusual form."""
        known = characters()
        if char in known.simplified_only:
            return 4.0
        if char in known.variants:
            return 2.5
        return 1.5 if char in known.simplified_mostly else 0.0

    def before_han(self, left: str, right: str, ends: float) -> float:
        known = self.words
        start = known.first.get(right, 1e-8)
        if is_han(left):
            onward = (1.0 - ends) / max(1.0 - known.last.get(left, 0.5), 0.01)
            within = known.inside.get(left + right, 0.0) * onward
            return 0.86 * (within + ends * start) + 0.01 * known.seen.get(right, 1e-8)
        follow = AFTER_MARK.get(left)
        return (follow["w"] if follow else 0.5) * start

    def before_mark(self, left: str, mark: str, ends: float) -> float:
        chance = AFTER_WORD[mark]
        if is_han(left):
            chance *= ends
            if mark in OPENING:
                return chance
            return chance * (0.05 if left in LEANING else 4.0 if left in PARTICLES else 1.0)
        follow = AFTER_MARK.get(left)
        return follow.get(mark, RARE) if follow else chance


def triples(text: str) -> Iterator[str]:
    return map("".join, zip(text, text[1:], text[2:]))


WIDE = {ord(narrow): wide for narrow, wide in FULL_WIDTH.items()}
