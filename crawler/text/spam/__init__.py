"""Blocks that spam mirrors add to a page: county names drawn at random, and lines of betting or porn words."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from crawler.text import gazetteer
from crawler.text.spam import judge, words
from crawler.text.spam.runs import ANY, Run, runs

# One pass over the page, for names with a separator behind and for pieces of betting and porn words. The set in front
# lets the engine skip other letters; what follows looks back at the letter it stopped at.
_ENDS = "县縣区區市旗"
HIT = re.compile(
    f"[{_ENDS}{''.join(sorted({hint[1] for hint in words.HINTS}))}]"
    rf"(?:(?<=[一-鿿][{_ENDS}])[{re.escape(ANY)}\s]|(?<={'|'.join(words.HINTS)}))"
)
CROWD = 3  # hits that close together are looked at
CROWDED = 36
SHORT = 16
FURNITURE = re.compile(r"[^\d:：|｜。！？]{1,12}")
GAP = 2  # short lines that may stand between the parts of a block
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Block:
    """What to cut: from `start` in line `first` to before `end` in line `last`."""

    first: int
    start: int
    last: int
    end: int
    kind: str  # counties or keywords
    why: str


def find_blocks(lines: Sequence[str], *, hidden: Collection[int] = (), mirror: bool = False) -> tuple[Block, ...]:
    """The spam blocks of a page's text lines, in order and apart from each other."""
    if not _suspect("\n".join(lines), CROWD - bool(hidden)):
        return ()
    found: tuple[Block, ...] = ()
    # What a cut brings together is judged again, so that cutting twice is cutting once.
    for _ in range(ROUNDS):
        rest = cut(lines, found)
        more = [*_counties(rest, hidden, mirror), *_keywords(rest, hidden)]
        if not more:
            break
        found = _merge([*found, *(_in_page(block, found) for block in more)])
    return found


def cut(lines: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The lines without the blocks. A line that is eaten whole becomes "", so numbers of lines stay; nothing else changes."""
    kept = list(lines)
    for block in reversed(blocks):
        head, tail = kept[block.first][: block.start], kept[block.last][block.end :]
        kept[block.first : block.last + 1] = [""] * (block.last - block.first + 1)
        if block.first == block.last:
            kept[block.first] = head + tail
        else:
            kept[block.first], kept[block.last] = head, tail
    return kept


def _suspect(text: str, crowd: int) -> bool:
    """Whether enough hits stand close together somewhere."""
    at = [match.start() for match in HIT.finditer(text + "\n")]
    return any(last - first <= CROWDED for first, last in zip(at, at[crowd - 1 :], strict=False))


def _counties(lines: Sequence[str], hidden: Collection[int], mirror: bool) -> Iterator[Block]:
    """Blocks of names: parts that stand close to each other are judged as one."""
    names = gazetteer.load()
    filled = [number for number, line in enumerate(lines) if line.strip()]
    order = {number: at for at, number in enumerate(filled)}
    page = judge.script("\n".join(lines))
    for group in _groups(_parts(lines, filled, names), lines, filled, order, names):
        inside = [run for part in group for run in part]
        before, after = order[inside[0].line] - 1, order[inside[-1].line] + 1
        around = judge.Around(
            above=lines[filled[before]] if before >= 0 else "",
            below=lines[filled[after]] if after < len(filled) else "",
            hidden=bool(hidden) and all(run.line in hidden for run in inside),
            mirror=mirror,
            clash=page * names.script("".join(name for run in inside for name in run.names)) < 0,
        )
        if why := judge.verdict(inside, around):
            yield from (_block(part, lines, why) for part in group)


def _parts(lines: Sequence[str], filled: Sequence[int], names: gazetteer.Gazetteer) -> Iterator[list[Run]]:
    """Runs with nothing between them but the ends of lines."""
    part: list[Run] = []
    for number in filled:
        line = lines[number]
        found = list(runs(number, line, names)) if len(line) <= SHORT or _suspect(line, 2) else []
        for run in found:
            if part and not (part[-1].closes and run.opens and (len(run.places) < 3 or judge.plausible(run.places))):
                yield from _trimmed(part)
                part = []
            part.append(run)
        if not found and part and number == filled[-1] and len(part) > 1 and part[-1].closes and names.begins(line.strip()) and not names.find(line.strip()):
            part.append(Run(number, 0, len(line), (), (), 0, 0, 1, "", False, "", ""))
        elif not found and part:
            yield from _trimmed(part)
            part = []
    yield from _trimmed(part)


def _trimmed(part: list[Run]) -> Iterator[list[Run]]:
    """A part begins and ends with a name or an unmistakable word, and has names."""
    while part and not part[0].names and not part[0].edges[0]:
        part = part[1:]
    while part and not part[-1].names and not part[-1].edges[1]:
        part = part[:-1]
    if any(run.names for run in part):
        yield part


def _groups(
    parts: Iterator[list[Run]], lines: Sequence[str], filled: Sequence[int], order: dict[int, int],
    names: gazetteer.Gazetteer,
) -> Iterator[list[list[Run]]]:  # fmt: skip
    """Parts with no more than a little furniture between them."""
    group: list[list[Run]] = []
    for part in parts:
        if group and not _close(group[-1], part, [lines[n] for n in filled[order[group[-1][-1].line] + 1 : order[part[0].line]][: GAP + 1]], names):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _close(one: list[Run], other: list[Run], between: list[str], names: gazetteer.Gazetteer) -> bool:
    """Whether two parts can be of one block."""
    def fits(part: list[Run]) -> bool:
        places = [place for run in part for place in run.places]
        return len(places) > 1 and judge.plausible(places)

    def is_furniture(line: str) -> bool:
        place = names.find(line.strip())
        return bool(FURNITURE.fullmatch(line.strip())) and not (place and place.level == 0)

    return (
        one[-1].line != other[0].line and one[-1].closes and other[0].opens
        and len(between) <= GAP and all(map(is_furniture, between)) and fits(one) and fits(other)
    )  # fmt: skip


def _block(part: list[Run], lines: Sequence[str], why: str) -> Block:
    """The part's place in the page."""
    first, last = part[0], part[-1]
    start = 0 if first.opens else first.start
    end = len(lines[last.line]) if last.closes else last.end
    return Block(first.line, start, last.line, end, "counties", why)


def _keywords(lines: Sequence[str], hidden: Collection[int]) -> Iterator[Block]:
    """Lines of betting and porn words."""
    for number, line in enumerate(lines):
        if _suspect(line, 2) and (why := words.stuffed(line, number in hidden)):
            yield Block(number, 0, number, len(line), "keywords", why)


def _in_page(block: Block, before: Sequence[Block]) -> Block:
    """A block of the cut lines, told in the lines as they were."""
    start, end = block.start, block.end
    for old in before:
        if old.last == block.first and old.end - _begin(old) > 0 and start > _begin(old):
            start += old.end - _begin(old)
        if old.last == block.last and end > _begin(old):
            end += old.end - _begin(old)
    return Block(block.first, start, block.last, end, block.kind, block.why)


def _begin(block: Block) -> int:
    """Where a block begins in its last line."""
    return block.start if block.first == block.last else 0


def _merge(blocks: list[Block]) -> tuple[Block, ...]:
    """In order; a block that reaches into another becomes one with it."""
    merged: list[Block] = []
    for block in sorted(blocks, key=lambda block: (block.first, block.start, -block.last, -block.end)):
        if merged and (block.first, block.start) < (merged[-1].last, merged[-1].end):
            old = merged[-1]
            last, end = max((old.last, old.end), (block.last, block.end))
            merged[-1] = Block(old.first, old.start, last, end, "counties" if "counties" in (old.kind, block.kind) else old.kind, old.why)
        else:
            merged.append(block)
    return tuple(merged)
