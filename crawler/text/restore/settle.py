"""Turn what was decoded and chosen into edits of a line, and count what is left."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from .changes import Edit
from .choose import DOUBT, choose
from .decode import EVENT, IN_STEP, PageFacts, Region, Search, annotates, shown
from .evidence import ANNOTATION, LETTERS, READING, SWALLOWED
from .model import Model

CLAUSE = re.compile(r"(?<=[，。、；：！？,;:!?])")
PRIVATE = re.compile("[\ue000-\uf8ff]")
NESTED = re.compile(rf"[(?]([{LETTERS}]{{1,7}})(\(({READING}) ?\))(?=[{LETTERS}]{{0,7}} ?\))")
ANY_MARK = re.compile(f"{EVENT.pattern}|[！；、。，？!;,?]")
READ = re.compile(f"{ANNOTATION.pattern}|{SWALLOWED.pattern}")
SHADOW = 2  # clauses behind a damaged one that may still be out of step


@dataclass(frozen=True, slots=True)
class Settled:
    """The edits of one line, and where something damaged is left in it as it will read."""

    edits: list[Edit]
    left: list[int]


def settle(line: str, page: PageFacts, model: Model | None) -> Settled:
    """Repair one line of a damaged page."""
    found, left = locate(line, page, model)
    chars, places = assemble(line, found)
    if model is not None:
        regions = {place + at: (region, at) for region, place in zip(found, places) for at in region.unknown}
        for place, char, margin in choose(model, chars, {one: two.unknown[at] for one, (two, at) in regions.items()}):
            region, at = regions[place]
            region.chars[at] = char
            if char != DOUBT:
                region.margins.append(margin)
    return Settled([edit(region, page.folded) for region in found], left_over(found, chars, places, left))


def locate(line: str, page: PageFacts, model: Model | None) -> tuple[list[Region], list[int]]:
    """The damaged stretches of a line; where else something looks damaged."""
    found, left = list[Region](), list[int]()
    last, end = "", 0  # the last two characters before `end`, as they were
    for start, stop, reading in events(line, page.dropped):
        if start < end:
            continue
        last = (last + line[end:start])[-2:]
        end = start
        if reading and annotates(last, IN_STEP, reading, False):
            found.append(Region(start, stop))
            end = stop
        elif reading or model is None:
            left.append(start)
        else:
            end, last, regions = Search(line, page, model).run(start, last)
            found += regions
            if not regions and not page.dropped:
                left.append(start)
    return found, left


def events(line: str, dropped: bool = False) -> list[tuple[int, int, str]]:
    """Annotations with their reading, and other events, in order; where bytes are lost without trace, every mark."""
    annotations = [(match.start(), match.end(), match[1]) for match in ANNOTATION.finditer(line)]
    pattern = ANY_MARK if dropped else EVENT
    return sorted([*annotations, *((match.start(), match.end(), "") for match in pattern.finditer(line))])


def proven(line: str, page: PageFacts, model: Model) -> int:
    """How many lost bytes without trace in a line an annotation bears out, which fits nothing in step."""
    found, _ = locate(line, replace(page, dropped=True), model)
    return sum(bool(region.unknown) and READ.search(line, region.start, region.end) is not None for region in found)


def inner(line: str) -> list[Edit]:
    """Annotations inside others: two bytes of a reading can be a character of the table."""
    found = NESTED.finditer(line)
    return [
        Edit(match.start(2), match.end(2), "", "pinyin")
        for match in found
        if annotates(match[1][-2:], IN_STEP, match[3], False)
    ]


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


def edit(region: Region, folded: bool) -> Edit:
    if not region.chars:
        return Edit(region.start, region.end, "", "pinyin")
    margin = min(region.margins, default=None)
    return Edit(
        region.start, region.end, shown(region.chars, folded), "byte_shift", region.sure and not region.unknown, margin
    )


def left_over(found: list[Region], chars: list[str], places: list[int], left: list[int]) -> list[int]:
    """Places in the repaired line: doubtful characters, lost digits, and what nothing explained."""
    doubts = [
        place + at for region, place in zip(found, places) for at, char in enumerate(region.chars) if char == DOUBT
    ]
    starts = [region.start for region in found]
    shifts = list(accumulate((len(region.chars) - (region.end - region.start) for region in found), initial=0))
    moved = [start + shifts[bisect_left(starts, start)] for start in left]
    private = [match.start() for match in PRIVATE.finditer("".join(chars))]
    return sorted({*doubts, *moved, *private})


def sound(line: str) -> str:
    """The clauses of a line far from anything damaged, without their annotations."""
    clauses = CLAUSE.split(ANNOTATION.sub("", line))
    return "\n".join(clause for clause, fine in zip(clauses, in_the_clear(clauses)) if fine)


def in_the_clear(clauses: list[str]) -> Iterator[bool]:
    shadow = 0
    for clause in clauses:
        if "?" in clause or PRIVATE.search(clause):
            shadow = SHADOW + 1
        yield shadow == 0
        shadow = max(0, shadow - 1)
