"""Runs that belong together: parts without anything between them, and groups of parts close to each other."""

import re
from collections.abc import Iterator, Sequence

from crawler.text.gazetteer import Gazetteer, Place
from crawler.text.spam.hits import crowded
from crawler.text.spam.judge import plausible
from crawler.text.spam.runs import Run, cut_short, runs

SHORT = 16  # a line that may be one name
FURNITURE = re.compile(r"[^\d:：|｜。！？]{1,12}")
GAP = 2  # short lines that may stand between the parts of a block
LISTED = 3  # names of a line that must look random themselves

Part = list[Run]


def places(part: Sequence[Run]) -> list[Place]:
    """All places of a part."""
    return [place for run in part for place in run.places]


def parts_of(lines: Sequence[tuple[int, str]], gazetteer: Gazetteer) -> Iterator[Part]:
    """Runs with nothing but ends of lines between them. The lines are those that are not blank, with their numbers."""
    part: Part = []
    for at, (number, line) in enumerate(lines):
        found = list(runs(number, line, gazetteer)) if len(line) <= SHORT or crowded(line, 2) else []
        # The page may end within a name.
        if not found and at == len(lines) - 1 and len(part) > 1 and part[-1].closes:
            found = [run for run in [cut_short(number, line, gazetteer)] if run]
        if not found:
            yield from _trimmed(part)
            part = []
        for run in found:
            if part and not _continues(part[-1], run):
                yield from _trimmed(part)
                part = []
            part.append(run)
    yield from _trimmed(part)


def groups(listed: Iterator[Part], lines: Sequence[tuple[int, str]], gazetteer: Gazetteer) -> Iterator[list[Part]]:
    """Parts with no more than a little furniture between them."""
    order = {number: at for at, (number, _) in enumerate(lines)}
    group: list[Part] = []
    for part in listed:
        if group:
            first, last = order[group[-1][-1].line] + 1, order[part[0].line]
            between = [line for _, line in lines[first : min(last, first + GAP + 1)]]
            if first > last or not _close(group[-1], part, between, gazetteer):
                yield group
                group = []
        group.append(part)
    if group:
        yield group


def _continues(one: Run, other: Run) -> bool:
    """Whether the run of a line goes on where the line before ended."""
    return one.closes and other.opens and (len(other.places) < LISTED or plausible(other.places))


def _trimmed(part: Part) -> Iterator[Part]:
    """The part without the runs at its ends that hold no name and no unmistakable word, if it has names."""
    first, last = 0, len(part)
    while first < last and not part[first].names and not part[first].sure:
        first += 1
    while first < last and not part[last - 1].names and not part[last - 1].sure:
        last -= 1
    if any(run.names for run in part):
        yield part[first:last]


def _close(one: Part, other: Part, between: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether two parts can be of one block."""
    fit = all(len(found) > 1 and plausible(found) for found in (places(one), places(other)))
    near = one[-1].closes and other[0].opens and len(between) <= GAP
    return fit and near and all(_is_furniture(line.strip(), gazetteer) for line in between)


def _is_furniture(line: str, gazetteer: Gazetteer) -> bool:
    """A short line, but for the name of a province, which is a heading."""
    place = gazetteer.find(line)
    return bool(FURNITURE.fullmatch(line)) and not (place and place.level == 0)
