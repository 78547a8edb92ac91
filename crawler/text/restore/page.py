"""A page through all stages: the light ones, the gate, then line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import light
from .changes import Change, Line, undo_line
from .decode import EVENT, PageFacts, facts
from .evidence import ANNOTATION, weigh
from .model import Model, TooMuch
from .settle import Settled, inner, proven, settle, sound

SAMPLES = 10
ROUNDS = 3  # one is enough, but for pages that are damaged in several ways
PROOFS = 2
AROUND = 8  # characters on each side of a sample


@dataclass(frozen=True, slots=True)
class Restored:
    """A page as restored; the damaged lines can be had back from it, see `undo`."""

    lines: tuple[str, ...]
    changes: tuple[Change, ...] = ()  # in order
    unresolved: int = 0  # damaged places seen and not repaired
    samples: tuple[str, ...] = ()  # some of them, with what stands around
    flags: tuple[str, ...] = ()  # seen, and never undone


def restore(lines: Sequence[str], *, mirror: bool = False, drop: bool = False) -> Restored:
    """Restore the lines of one page. `mirror`: other evidence says that it is a mirror's; `drop`: try lost bytes
    that left no trace, where the page shows that it lost some."""
    text = "\n".join(lines)
    flags = tuple(light.flags(text))
    if not (ANNOTATION.search(text) or light.suspicious(text)) or not damaged(lines, text, mirror):
        return Restored(tuple(lines), flags=flags)
    page = [Line(number, line, []) for number, line in enumerate(lines)]
    for _ in range(ROUNDS):
        left = repair(page, mirror, drop)
        after = tuple(line.text for line in page)
        if not damaged(after, "\n".join(after), mirror):
            changes = tuple(change for line in page for change in line.changes)
            return Restored(after, changes, len(left), tuple(left[:SAMPLES]), flags)
    # Whatever this is, it would read differently each time: it is left alone.
    return Restored(tuple(lines), unresolved=len(left), samples=tuple(left[:SAMPLES]), flags=flags)


def repair(page: Sequence[Line], mirror: bool, drop: bool) -> list[str]:
    """One round of all stages; what stands around each place that is left."""
    tidy(page, light.doubled_commas, mirror)
    tidy(page, light.emoji, mirror)
    left = realign(page, mirror, drop)
    tidy(page, light.spaced_pinyin, mirror)
    return left


def tidy(page: Sequence[Line], stage: light.Stage, mirror: bool) -> None:
    for line, edits in zip(page, stage([line.text for line in page], mirror)):
        line.apply(edits)


def damaged(lines: Sequence[str], text: str, mirror: bool) -> bool:
    """Whether any of the gates opens."""
    if ANNOTATION.search(text) and weigh(text).damaged(mirror):
        return True
    return any(any(stage(lines, mirror)) for stage in light.STAGES)


def realign(page: Sequence[Line], mirror: bool, drop: bool) -> list[str]:
    """Take the annotations out and put the bytes in step; what stands around each place that is left."""
    text = "\n".join(line.text for line in page)
    evidence = weigh(text)
    if not evidence.damaged(mirror):
        return []
    for line in page:
        line.apply(inner(line.text))
    known = facts(text, evidence.table)
    model = Model("\n".join(sound(line.text) for line in page)) if EVENT.search(text) or drop else None
    try:
        settled = [settle(line.text, known, model) for line in page]
        if drop and model is not None:
            settled = lost_without_trace(page, settled, known, model)
    except TooMuch:  # what is in step is undone, all else is left
        settled = [settle(line.text, known, None) for line in page]
    left = []
    for line, done in zip(page, settled):
        line.apply(done.edits)
        left += [line.text[max(0, place - AROUND) : place + AROUND + 1] for place in done.left]
    return left


def lost_without_trace(page: Sequence[Line], settled: list[Settled], known: PageFacts, model: Model) -> list[Settled]:
    """Settle the lines in which damage is left anew, if two annotations of the page bear out that bytes are gone."""
    if sum(proven(line.text, known, model) for line, done in zip(page, settled) if done.left) < PROOFS:
        return settled
    known = replace(known, dropped=True)
    return [settle(line.text, known, model) if done.left else done for line, done in zip(page, settled)]


def undo(restored: Restored) -> tuple[str, ...]:
    """The lines as they were before."""
    changes: dict[int, list[Change]] = {}
    for change in restored.changes:
        changes.setdefault(change.line, []).append(change)
    return tuple(undo_line(line, changes.get(number, ())) for number, line in enumerate(restored.lines))
