"""Hold restored pages against what they were, site by site."""

import random
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from benchmarks.restore_forward import Damaged, Site, damage
from crawler.text.restore import restore
from crawler.text.restore.evidence import ANNOTATION
from crawler.text.restore.lexicon import LEXICON

MARKS = "！；、。，？"
Span = tuple[int, int, int, int]


@dataclass(slots=True)
class Tally:
    """Sites by kind and outcome, characters before and after."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    outside: int = 0  # wrong characters where nothing was damaged
    characters: int = 0
    errors_shown: int = 0
    errors_stripped: int = 0
    errors_restored: int = 0
    examples: list[str] = field(default_factory=list)

    def merge(self, other: "Tally") -> None:
        self.outcomes += other.outcomes
        self.outside += other.outside
        self.characters += other.characters
        self.errors_shown += other.errors_shown
        self.errors_stripped += other.errors_stripped
        self.errors_restored += other.errors_restored
        self.examples += other.examples

    def sites(self, kind: str | None = None) -> int:
        return sum(count for (one, _), count in self.outcomes.items() if kind in (None, one))

    def share(self, outcome: str, kind: str | None = None) -> float:
        total = sum(count for (one, _), count in self.outcomes.items() if kind in (None, one))
        found = sum(count for (one, what), count in self.outcomes.items() if kind in (None, one) and what == outcome)
        return found / total if total else 1.0

    def rate(self, errors: int) -> float:
        return errors / self.characters if self.characters else 0.0


def readings() -> dict[str, str]:
    """The first reading of every Traditional-only character."""
    with zipfile.ZipFile(LEXICON) as archive:
        rows = archive.read("traditional.txt").decode().split("\n")
    return {row[0]: row[3:].split(",")[0] for row in rows if row[3:]}


def table(text: str, size: int, seed: int) -> list[tuple[str, str]]:
    """A table for a page: so many of its Traditional characters, frequent ones first choice, in any order."""
    chance, known = random.Random(seed), readings()
    counts = Counter(char for char in text if char in known)
    drawn = sorted(counts, key=lambda char: (chance.random() ** (1.0 / counts[char]), char), reverse=True)[:size]
    # Characters that no page of this size has in step occur in it out of step: a table has these too.
    more = chance.sample(sorted(known), size)
    entries = [(char, known[char]) for char in dict.fromkeys(drawn + more)]
    chance.shuffle(entries)
    return entries


def tokens(seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.sample(MARKS, chance.randint(3, len(MARKS))))


def measure(texts: Sequence[str], size: int, folded: bool, seed: int, dropped: bool = False) -> Tally:
    tally = Tally()
    for index, text in enumerate(texts):
        number = seed * 1000 + index
        page = damage(text, table(text, size, number), tokens(number), folded, dropped)
        add(tally, page, restore(page.text.split("\n"), mirror=True, drop=dropped).lines)
    return tally


def add(tally: Tally, page: Damaged, lines: Sequence[str]) -> None:
    """Compare line by line; a mirror neither adds nor removes a line."""
    start_truth = 0
    for shown, truth, restored in zip(page.text.split("\n"), page.truth.split("\n"), lines, strict=True):
        stripped = ANNOTATION.sub("", shown)
        tally.characters += len(truth)
        tally.errors_shown += distance(shown, truth)
        tally.errors_stripped += distance(stripped, truth)
        tally.errors_restored += distance(restored, truth)
        end = start_truth + len(truth)
        within = [site for site in page.sites if start_truth <= site.truth_start < end]
        judge(tally, page, within, start_truth, truth, restored)
        start_truth = end + 1


def judge(tally: Tally, page: Damaged, within: Sequence[Site], offset: int, truth: str, restored: str) -> None:
    """Sort the sites of a line, and what differs outside of them."""
    differing = [] if truth == restored else list(differences(restored, truth))
    used: set[Span] = set()
    for site in within:
        start, end = site.truth_start - offset, site.truth_end - offset
        own = [span for span in differing if span[2] < end and span[3] > start or start <= span[2] == span[3] <= end]
        used.update(own)
        shown = page.text[site.start : site.end]
        what = outcome(own, shown, restored)
        tally.outcomes[site.kind, what] += 1
        if own:
            tally.examples.append(
                f"{what}, {site.kind}: {shown!r} was {around(truth, start, end)!r},"
                f" became {around(restored, own[0][0], own[-1][1])!r}"
            )
    missed = [span for span in differing if span not in used]
    tally.outside += len(missed)
    tally.examples += [
        f"wrong, undamaged: {around(truth, *span[2:])!r} became {around(restored, *span[:2])!r}" for span in missed
    ]


def outcome(own: Sequence[Span], shown: str, restored: str) -> str:
    """Exact, left as a question mark or as it was shown, or wrong."""
    if not own:
        return "exact"
    doubted = all(set(restored[start:end]) == {"?"} for start, end, _, _ in own)
    return "left" if doubted or ANNOTATION.sub("", shown) in restored else "wrong"


def around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 5) : end + 5]


def differences(restored: str, truth: str) -> Iterator[Span]:
    """Where they differ: start and end in the one and in the other."""
    for tag, *span in SequenceMatcher(None, restored, truth, autojunk=False).get_opcodes():
        if tag != "equal":
            yield span[0], span[1], span[2], span[3]


def distance(left: str, right: str) -> int:
    """Characters inserted, removed or replaced, by blocks."""
    if left == right:
        return 0
    return sum(max(b - a, d - c) for a, b, c, d in differences(left, right))
