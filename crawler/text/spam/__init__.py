"""Blocks that spam mirrors add to a page: county names drawn at random, and lines of betting or porn words."""

from collections.abc import Collection, Iterator, Sequence

from crawler.text import gazetteer
from crawler.text.spam.blocks import Block, cut, in_page, merge
from crawler.text.spam.hits import crowded
from crawler.text.spam.judge import Around, script, verdict
from crawler.text.spam.parts import Part, groups, parts_of
from crawler.text.spam.words import stuffed

__all__ = ["Block", "cut", "find_blocks"]

CROWD = 3
ROUNDS = 4


def find_blocks(lines: Sequence[str], *, hidden: Collection[int] = (), mirror: bool = False) -> tuple[Block, ...]:
    """The spam blocks of a page's text lines, in order and apart from each other."""
    if not crowded("\n".join(lines), CROWD - bool(hidden)):
        return ()
    found: tuple[Block, ...] = ()
    # What a cut brings together is judged again, so that cutting twice is cutting once.
    for _ in range(ROUNDS):
        rest = cut(lines, found)
        more = [*_counties(rest, hidden, mirror), *_keywords(rest, hidden)]
        if not more:
            break
        found = merge([*found, *(in_page(block, found) for block in more)])
    return found


def _counties(lines: Sequence[str], hidden: Collection[int], mirror: bool) -> Iterator[Block]:
    """Blocks of names. Parts that stand close to each other are judged as one."""
    names = gazetteer.load()
    filled = [(number, line) for number, line in enumerate(lines) if line.strip()]
    order = {number: at for at, (number, _) in enumerate(filled)}
    page = script("\n".join(lines))
    for group in groups(parts_of(filled, names), filled, names):
        inside = [run for part in group for run in part]
        above, below = order[inside[0].line] - 1, order[inside[-1].line] + 1
        around = Around(
            above=filled[above][1] if above >= 0 else "",
            below=filled[below][1] if below < len(filled) else "",
            hidden=bool(hidden) and all(run.line in hidden for run in inside),
            mirror=mirror,
            clash=page * names.script("".join(name for run in inside for name in run.names)) < 0,
        )
        if why := verdict(inside, around):
            yield from (_block(part, lines, why) for part in group)


def _block(part: Part, lines: Sequence[str], why: str) -> Block:
    """The part's place in the page."""
    first, last = part[0], part[-1]
    start = 0 if first.opens else first.start
    end = len(lines[last.line]) if last.closes else last.end
    return Block(first.line, start, last.line, end, "counties", why)


def _keywords(lines: Sequence[str], hidden: Collection[int]) -> Iterator[Block]:
    """Lines of betting and porn words; those below each other are one block."""
    block = None
    for number, line in enumerate(lines):
        why = stuffed(line, number in hidden) if crowded(line, 2) else ""
        if block and why:
            block = Block(block.first, 0, number, len(line), "keywords", block.why)
        elif why:
            block = Block(number, 0, number, len(line), "keywords", why)
        elif block and line.strip():
            yield block
            block = None
    if block:
        yield block
