"""Turn what was decoded and chosen into edits of a line, and count what is left."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .changes import Edit
from .choose import MARGIN, rank, sequence
from .decode import EVENT, Region, Search, shown
from .evidence import ANNOTATION
from .lexicon import characters
from .model import Model

CLAUSE = re.compile(r"(?<=[，。、；：！？,;:!?])")
PRIVATE = re.compile("[\ue000-\uf8ff]")
DOUBT = "?"
NUMBERED = frozenset("年月日個个多名萬万億亿歲岁世時时點点%.-")
NEAR = 4  # characters between two unknown ones that are chosen together
SHORT = 5  # of each, so many are tried together
WORST = -99.0


@dataclass(frozen=True, slots=True)
class Settled:
    """The edits of one line, and where something damaged is left in it as it will read."""

    edits: list[Edit]
    left: list[int]


def settle(line: str, model: Model | None, folded: bool) -> Settled:
    """Repair one line of a damaged page."""
    found, left = locate(line, model, folded)
    chars, places = assemble(line, found)
    if model is not None:
        choose(model, chars, found, places)
    return Settled([edit(line, region, folded) for region in found], left_over(line, found, chars, places, left))


def locate(line: str, model: Model | None, folded: bool) -> tuple[list[Region], list[int]]:
    """The damaged stretches of a line; where something else is damaged."""
    known, found, left, at = characters(), [], [], 0
    last, last_end = "", 0
    events = sorted([*events_of(ANNOTATION, line), *events_of(EVENT, line)])
    for start, end, reading in events:
        if start < at:
            continue
        if start > last_end:
            last = line[start - 1]
        if reading is not None and known.reads(last, reading):
            found.append(Region(start, end, [], {}, []))
            at = last_end = end
        elif reading is None and model is not None:
            at, last, regions = Search(line, model, folded).run(start, last)
            last_end = at
            found += regions
            if not regions:
                left.append(start)
        else:
            left.append(start)
    return found, left


def events_of(pattern: re.Pattern[str], line: str) -> Iterable[tuple[int, int, str | None]]:
    annotated = pattern is ANNOTATION
    return ((match.start(), match.end(), match[1] if annotated else None) for match in pattern.finditer(line))


def assemble(line: str, found: list[Region]) -> tuple[list[str], list[int]]:
    """The line as repaired so far, and where each stretch starts in it."""
    chars: list[str] = []
    places, at = [], 0
    for region in found:
        chars += line[at : region.start]
        places.append(len(chars))
        chars += region.chars
        at = region.end
    return chars + list(line[at:]), places


def choose(model: Model, chars: list[str], found: list[Region], places: list[int]) -> None:
    """Choose the unknown characters, in the line and in its stretches; leave those without a margin."""
    regions = {place + offset: (region, offset) for region, place in zip(found, places) for offset in region.unknown}
    options = {place: region.unknown[offset] for place, (region, offset) in regions.items()}
    for group in neighbours(sorted(regions)):
        for place, char, margin in joint(model, chars, group, options):
            region, offset = regions[place]
            if margin < MARGIN:
                char = DOUBT
            else:
                region.margins.append(margin)
            chars[place] = region.chars[offset] = char


def neighbours(places: list[int]) -> list[list[int]]:
    """Unknown places so close that one is part of the other's context."""
    groups: list[list[int]] = []
    for place in places:
        if groups and place - groups[-1][-1] <= NEAR:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def joint(model: Model, chars: list[str], group: list[int], options: dict[int, str]) -> list[tuple[int, str, float]]:
    """Each place of a group with its best character and the margin, neighbours chosen together."""
    if len(group) == 1:
        ranked = ranking(model, chars, group[0], options[group[0]])
        return [(group[0], ranked[0][1], lead(ranked))]
    smallest: dict[int, float] = {}
    for pair in zip(group, group[1:]):
        table = pairs(model, chars, pair, options)
        best = max(table, key=lambda both: table[both])
        for index, place in enumerate(pair):
            chars[place] = best[index]
            other = max((score for both, score in table.items() if both[index] != best[index]), default=WORST)
            smallest[place] = min(smallest.get(place, -WORST), table[best] - other)
    return [(place, chars[place], margin) for place, margin in smallest.items()]


def pairs(model: Model, chars: list[str], pair: tuple[int, int], options: dict[int, str]) -> dict[tuple[str, str], float]:
    """Scores of the likeliest pairs of characters at two neighbouring places."""
    old = [chars[place] for place in pair]
    short = []
    for place, char in zip(pair, old):
        ranked = [one for _, one in ranking(model, chars, place, options[place])[:SHORT]]
        short.append("".join(dict.fromkeys([char, *ranked])))
    scores = dict[tuple[str, str], float]()
    for chars[pair[0]] in short[0]:
        for chars[pair[1]] in short[1]:
            scores[chars[pair[0]], chars[pair[1]]] = sequence(model, chars, pair)
    for place, char in zip(pair, old):
        chars[place] = char
    return scores


def ranking(model: Model, chars: list[str], place: int, options: str) -> list[tuple[float, str]]:
    left, right = "".join(chars[max(0, place - 200) : place]), "".join(chars[place + 1 : place + 9])
    # A lost digit reads as some digit.
    return rank(model, left, options, right.replace(DOUBT, "0", 1) if lost_digit(right) else right)


def lead(ranked: list[tuple[float, str]]) -> float:
    return ranked[0][0] - ranked[1][0] if len(ranked) > 1 else -WORST


def lost_digit(right: str) -> bool:
    return right[:1] == DOUBT and (right[1:2].isdigit() or right[1:2] in NUMBERED)


def edit(line: str, region: Region, folded: bool) -> Edit:
    if not region.chars:
        return Edit(region.start, region.end, "", "pinyin")
    margin = min(region.margins, default=None)
    return Edit(region.start, region.end, shown(region.chars, folded), "byte_shift", not region.unknown, margin)


def left_over(line: str, found: list[Region], chars: list[str], places: list[int], left: list[int]) -> list[int]:
    """Places in the repaired line: doubtful characters, lost digits, and what nothing explained."""
    doubts = [p + i for region, p in zip(found, places) for i, char in enumerate(region.chars) if char == DOUBT]
    shifts = [(region.start, len(region.chars) - (region.end - region.start)) for region in found]
    moved = [start + sum(shift for begin, shift in shifts if begin < start) for start in left]
    private = [match.start() for match in PRIVATE.finditer("".join(chars))]
    return sorted({*doubts, *moved, *private})


def sound(line: str) -> str:
    """The clauses of a line far from anything damaged, without their annotations."""
    clauses = CLAUSE.split(ANNOTATION.sub("", line))
    doubtful = {index for index, clause in enumerate(clauses) if "?" in clause or PRIVATE.search(clause)}
    near = {index + step for index in doubtful for step in (0, 1, 2)}
    return "\n".join(clause for index, clause in enumerate(clauses) if index not in near)
