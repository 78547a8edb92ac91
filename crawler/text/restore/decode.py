"""Re-align a stretch that is out of step: a Viterbi search over the bytes that the shown characters stand for.

A hypothesis is a state (pending lead byte, last character) with its best score. In step, nothing is pending and
a shown character stands for itself. Out of step, each shown character gives the trail byte of one true character
and the lead byte of the next. The items are
    a character     its bytes; two readings of an ASCII mark where the page was folded
    (reading)       no bytes, but the last two must be a character that reads so
    ?reading)       a lost byte that must make such a character: an exact inversion
    ?               itself, or a lost byte: a lead before a mark that was cut at, a trail out of step
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from .evidence import ANNOTATION, BROKEN_TAG, CUT, SWALLOWED
from .gbk import FOLDED, FULL_WIDTH, LEADS, TRAILS, alternatives, decode, encode, is_han
from .lexicon import characters
from .model import AFTER_WORD, Model

EVENT = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in (SWALLOWED, BROKEN_TAG, CUT)))
CUT_AT = frozenset("！；、。，？!;,?")
IN_STEP = 0  # no lead byte is pending
UNKNOWN = -1  # a lead byte is pending, but lost

ENTER = -6.0  # what a lost byte must gain to be believed
DROPPED = -14.0  # and one that left no trace
LOST_TRAIL = -1.0
LOST_MORE = -4.0  # a trail byte, and the ASCII character after it
UNSEEN = -1.0  # a character that the page does not annotate elsewhere
UNREAD = -12.0  # an annotation that fits nothing
FOREIGN_MARK = -8.0  # an ASCII mark where the page has full-width ones
WIDTH = 24.0  # nats below the best at which a hypothesis is dropped
BEAM = 48
FAN = 8  # hypotheses that a lost byte may belong to
LONGEST = 400  # items in one search


class Node(NamedTuple):
    """One item on a path."""

    back: "Node | None"
    start: int
    end: int
    text: str  # what it completes; true characters, full-width
    options: str  # for a lost byte without a reading: what the character may be
    in_step: bool  # after it
    sure: bool = True  # the reading allowed one character only


class State(NamedTuple):
    score: float
    pending: int
    last: str  # the last character; two where it has one byte
    node: Node | None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a line must know of its page."""

    folded: bool  # full-width marks are shown in ASCII
    table: frozenset[str]  # characters that it annotates
    spared: frozenset[str]  # Traditional-only characters that it has, and does not
    dropped: bool = False  # it lost bytes that nothing is shown for


def facts(text: str, table: Iterable[str]) -> PageFacts:
    annotated = frozenset(table)
    return PageFacts(
        text.count(",") > text.count("，"), annotated, frozenset(characters().simplified.keys() & set(text)) - annotated
    )


@dataclass(slots=True)
class Region:
    """A damaged stretch of a line and its repair; `unknown` maps places in `chars` to what they may be."""

    start: int
    end: int
    chars: list[str] = field(default_factory=list)
    unknown: dict[int, str] = field(default_factory=dict)
    margins: list[float] = field(default_factory=list)
    sure: bool = True


@lru_cache(256)
def with_trail(trail: int) -> str:
    return "".join(char for lead in LEADS if plausible(char := decode(lead, trail)))


@lru_cache(256)
def with_lead(lead: int) -> str:
    return "".join(char for trail in TRAILS if plausible(char := decode(lead, trail)))


def plausible(char: str) -> bool:
    """Characters that a lost byte may make: Han and punctuation, never a digit."""
    return char != "" and (is_han(char) or char in AFTER_WORD)


@lru_cache(4096)
def readers(lead: int, reading: str) -> tuple[tuple[int, str], ...]:
    """Trail bytes that make a Traditional-only character with this reading."""
    known = characters()
    pairs = ((trail, decode(lead, trail)) for trail in TRAILS)
    return tuple((trail, char) for trail, char in pairs if known.reads(char, reading))


def last_bytes(last: str, folded: bool) -> bytes:
    """What the last characters were, before the page was folded."""
    return b"".join(encode(FULL_WIDTH.get(char, char) if folded else char) for char in last)


def annotates(last: str, pending: int, reading: str, folded: bool) -> bool:
    """Whether the two bytes before an annotation, in step or not, are a character that reads so."""
    if pending == IN_STEP and characters().reads(last[-1:], reading):
        return True
    code = last_bytes(last, folded) + (bytes([pending]) if pending > 0 else b"")
    return len(code) >= 2 and characters().reads(decode(code[-2], code[-1]), reading)


class Search:
    """One search: from an event in a line to where all hypotheses have become one."""

    def __init__(self, line: str, page: PageFacts, model: Model) -> None:
        self.line, self.model = line, model
        self.folded, self.dropped, self.table, self.spared = page.folded, page.dropped, page.table, page.spared

    def run(self, start: int, last: str) -> tuple[int, str, list[Region]]:
        """Where the search ended, the last character there, and what it repaired."""
        states = [State(0.0, IN_STEP, last, None)]
        at = start
        for _ in range(LONGEST):
            if at == len(self.line) or at > start and len(states) == 1 and states[0].pending == IN_STEP:
                break
            end, after = self.advance(at, states)
            if not after:
                break
            at, states = end, after
        final = [state for state in states if state.pending == IN_STEP]
        if not final:
            return start + 1, self.line[start], []
        best = max(final, key=lambda state: state.score)
        return at, best.last, regions(best.node)

    def advance(self, at: int, states: list[State]) -> tuple[int, list[State]]:
        """All states after the next item, the best of each kind."""
        self.model.spend(len(states))
        end, steps = self.item(at, states)
        best: dict[tuple[int, str], State] = {}
        for state in steps:
            key = state.pending, state.last
            if key not in best or state.score > best[key].score:
                best[key] = state
        ranked = sorted(best.values(), key=lambda state: -state.score)
        kept = [state for state in ranked[:BEAM] if state.score >= ranked[0].score - WIDTH]
        # In step something can always be read: this way out stays open.
        if all(state.pending != IN_STEP for state in kept):
            kept += [state for state in ranked if state.pending == IN_STEP][:1]
        return end, kept

    def item(self, at: int, states: list[State]) -> tuple[int, Iterator[State]]:
        line = self.line
        if line[at] == "(" and (match := ANNOTATION.match(line, at)):
            return match.end(), (new for state in states for new in self.annotation(state, at, match.end(), match[1]))
        if line[at] == "?":
            if match := SWALLOWED.match(line, at):
                return match.end(), (
                    new for state in states for new in self.swallowed(state, at, match.end(), match[1])
                )
            if match := BROKEN_TAG.match(line, at):
                return match.end(), (new for state in states for new in self.broken(state, at, match.end()))
            cut = CUT.match(line, at) is not None
            return at + 1, (new for state in states[:FAN] for new in self.question(state, at, cut))
        codes = alternatives(line[at], self.folded)
        if self.dropped and line[at] in CUT_AT:
            states = [*states, *(new for state in states[:FAN] for new in self.without_trace(state, at))]
        return at + 1, (new for state in states for new in self.character(state, at, codes))

    def annotation(self, state: State, at: int, end: int, reading: str) -> Iterator[State]:
        score, pending, last, node = state
        if pending != UNKNOWN and annotates(last, pending, reading, self.folded):
            yield State(score, pending, last, Node(node, at, end, "", "", pending == IN_STEP))
        elif pending == IN_STEP:
            yield self.unchanged(state, at, end, UNREAD)

    def swallowed(self, state: State, at: int, end: int, reading: str) -> Iterator[State]:
        score, pending, last, node = state
        if pending == IN_STEP:
            yield self.unchanged(state, at, end, UNREAD)
            code = last_bytes(last, self.folded)
            found = self.readers(code[-1], reading) if code else []
            leads = [(byte, cost) for byte, _, cost in found if byte in LEADS]
            for byte, cost in leads:
                yield State(score + cost, byte, last, Node(node, at, end, "", "", False, len(leads) == 1))
        elif pending != UNKNOWN:
            found = self.readers(pending, reading)
            options = "".join(char for _, char, _ in found) if len(found) > 1 else ""
            for _, char, cost in found:
                yield self.complete(state, at, end, char, options, cost)

    def readers(self, lead: int, reading: str) -> list[tuple[int, str, float]]:
        """What a lost byte may be, and what that costs: never a character that the page has without annotation."""
        found = [(byte, char) for byte, char in readers(lead, reading) if char not in self.spared]
        return [(byte, char, 0.0 if char in self.table else UNSEEN) for byte, char in found]

    def question(self, state: State, at: int, cut: bool) -> Iterator[State]:
        score, pending, last, node = state
        if pending == IN_STEP:
            yield self.unchanged(state, at, at + 1, 0.0 if self.folded else FOREIGN_MARK)
            if cut:
                yield State(score + ENTER, UNKNOWN, last, Node(node, at, at + 1, "", "", False))
        elif pending != UNKNOWN:
            for char in with_lead(pending):
                if cut:
                    yield self.complete(state, at, at + 1, char, with_lead(pending), LOST_TRAIL)
                else:
                    yield self.complete(state, at, at + 1, char + "?", with_lead(pending), LOST_MORE)
            if not cut:  # some decoders show a lone 0x80 so
                yield from self.character(state._replace(score=score + LOST_TRAIL), at, (b"\x80",))
            if self.folded:
                yield from self.character(state, at, (b"\xa3\xbf",))
        elif self.folded:
            yield from self.character(state, at, (b"\xa3\xbf",))

    def without_trace(self, state: State, at: int) -> Iterator[State]:
        """A byte may have been lost before a mark, and nothing shown for it."""
        score, pending, last, node = state
        if pending == IN_STEP:
            yield State(score + DROPPED, UNKNOWN, last, Node(node, at, at, "", "", False))
        elif pending != UNKNOWN:
            for char in with_lead(pending):
                yield self.complete(state, at, at, char, with_lead(pending), LOST_TRAIL)

    def broken(self, state: State, at: int, end: int) -> Iterator[State]:
        """A tag that lost its bracket: its rest is no text."""
        if state.pending == IN_STEP:
            yield self.unchanged(state, at, end, 0.0)
        elif state.pending != UNKNOWN:
            for char in with_lead(state.pending):
                yield self.complete(state, at, end, char, with_lead(state.pending), LOST_TRAIL)

    def character(self, state: State, at: int, codes: tuple[bytes, ...]) -> Iterator[State]:
        if state.pending == IN_STEP:
            yield self.unchanged(state, at, at + 1, 0.0)
            return
        for code in codes:
            if state.pending == UNKNOWN:
                options = with_trail(code[0])
                for char in options:
                    yield from self.rest(self.complete(state, at, at + 1, char, options), at, code[1:])
            else:
                char = decode(state.pending, code[0])
                if char and not "\ue000" <= char <= "\uf8ff":
                    yield from self.rest(self.complete(state, at, at + 1, char), at, code[1:])

    def rest(self, state: State, at: int, code: bytes) -> Iterator[State]:
        """The second byte of a shown character: the next lead byte, or an ASCII character."""
        score, _, last, node = state
        if not code:
            yield state
        elif code[0] in LEADS and node:
            yield State(score, code[0], last, node._replace(in_step=False))
        elif code[0] < 0x80 and node:
            char = chr(code[0])
            score += self.model.step(last[-1:], char)
            yield State(score, IN_STEP, last[-1:] + char, node._replace(text=node.text + char))

    def complete(self, state: State, at: int, end: int, text: str, options: str = "", cost: float = 0.0) -> State:
        """A true character is whole, and the stream in step after it."""
        score = state.score + cost + self.model.step(state.last[-1:], text[0])
        return State(score, IN_STEP, text, Node(state.node, at, end, text, options, True))

    def unchanged(self, state: State, at: int, end: int, cost: float) -> State:
        """In step, what is shown is what was written."""
        score, last = state.score + cost, state.last
        for char in self.line[at:end]:
            score, last = score + self.model.step(last[-1:], char), last[-1:] + char if char < "\x80" else char
        return State(score, IN_STEP, last, Node(state.node, at, end, self.line[at:end], "", True))


def regions(node: Node | None) -> list[Region]:
    """The damaged stretches on a path: from where it falls out of step to where it is in step again."""
    path = []
    while node:
        path.append(node)
        node = node.back
    found: list[Region] = []
    inside = False
    for node in reversed(path):
        if inside or not node.in_step:
            if not inside:
                found.append(Region(node.start, node.end))
            region = found[-1]
            region.end = node.end
            region.sure = region.sure and node.sure
            if node.options:
                region.unknown[len(region.chars)] = node.options
            region.chars += node.text
        elif not node.text:
            found.append(Region(node.start, node.end))
        inside = not node.in_step
    return found


def shown(chars: list[str], folded: bool) -> str:
    """A repaired stretch as the page would show it."""
    return "".join(FOLDED.get(char, char) for char in chars) if folded else "".join(chars)
