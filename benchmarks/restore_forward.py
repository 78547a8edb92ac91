"""The forward model: what a mirror does to a page, byte for byte, with the place of every byte kept.

annotate   for each (character, reading) of an ordered table, behind every two bytes that are this character's
cut        the stream round some full-width marks; a lead byte left alone is shown as `?`
show       what a decoder makes of the bytes; folded: full-width marks and letters as ASCII
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CODEC = "gb18030"
INSERTED, BARRIER = -1, -2
NEWLINE = 0x0A
CUT_AT = frozenset("！；、。，？")
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
Unit = tuple[int, int, list[int], str]  # start and end as shown, the characters its bytes came from, what is shown


@dataclass(frozen=True, slots=True)
class Site:
    """A stretch that is out of step: where it is shown, and which characters were there."""

    start: int
    end: int
    truth_start: int
    truth_end: int
    kind: str  # 'straddled': readings tell each lost byte; 'cut': one was lost at a mark; 'lost ASCII': a digit is gone


@dataclass(frozen=True, slots=True)
class Damaged:
    text: str
    truth: str
    sites: tuple[Site, ...]
    body: bytes  # as a mirror that still serves GBK has it


@dataclass(slots=True)
class Stream:
    """Bytes, each with the index of the character it came from."""

    data: bytes
    origin: list[int]

    def insert_after(self, needle: bytes, insertion: bytes) -> None:
        self.rewrite(needle, b"", insertion, INSERTED)

    def cut_round(self, needle: bytes) -> None:
        self.rewrite(needle, b"\0", b"\0", BARRIER)

    def rewrite(self, needle: bytes, before: bytes, after: bytes, origin: int) -> None:
        pieces, origins, at = [], [], 0
        found = self.data.find(needle)
        while found >= 0:
            end = found + len(needle)
            pieces += [self.data[at:found], before, needle, after]
            origins += self.origin[at:found] + [origin] * len(before) + self.origin[found:end] + [origin] * len(after)
            at, found = end, self.data.find(needle, end)
        if at:
            self.data = b"".join(pieces) + self.data[at:]
            self.origin = origins + self.origin[at:]


def damage(text: str, table: Iterable[tuple[str, str]], marks: str, folded: bool, dropped: bool = False) -> Damaged:
    """A page as a mirror shows it, and what it was."""
    codes = [code if len(code := char.encode(CODEC, "ignore")) in (1, 2) else b"?" for char in text]
    stream = Stream(b"".join(codes), [index for index, code in enumerate(codes) for _ in code])
    for char, reading in table:
        stream.insert_after(char.encode(CODEC), b"(" + reading.encode(CODEC) + b")")
    body = stream.data
    for mark in marks:
        stream.cut_round(mark.encode(CODEC))
    units = show(stream, "" if dropped else "?")
    fold: dict[int, int] = FOLD if folded else {}
    truth = b"".join(codes).decode(CODEC).translate(fold)
    return Damaged("".join(unit[0] for unit in units).translate(fold), truth, tuple(sites(units, codes)), body)


def show(stream: Stream, alone: str) -> list[tuple[str, list[int]]]:
    """Shown characters, each with the origins of its bytes."""
    data, origin, units, at = stream.data, stream.origin, [], 0
    while at < len(data):
        byte = data[at]
        if byte == 0:
            at += 1
        elif byte <= 0x80:
            units.append((chr(byte) if byte < 0x80 else "\u20ac", origin[at : at + 1]))
            at += 1
        elif at + 1 == len(data) or data[at + 1] == 0:
            units.append((alone, origin[at : at + 1]))
            at += 1
        elif data[at + 1] == NEWLINE:
            # The line ends with `</p>`; its bracket is gone.
            units.append(("?/p>", origin[at : at + 1]))
            at += 1
        else:
            char = data[at : at + 2].decode(CODEC, "ignore") if data[at + 1] >= 0x40 else ""
            units.append((char if len(char) == 1 else "?", origin[at : at + 2]))
            at += 2
    return units


def sites(units: Sequence[tuple[str, list[int]]], codes: Sequence[bytes]) -> Iterable[Site]:
    """Maximal runs of shown characters that are not whole characters of the original."""
    at, run, text = 0, list[Unit](), "".join(char for char, _ in units)
    for char, origin in units:
        own = [index for index in origin if index >= 0]
        whole = len(own) == len(origin) and len(set(own)) == 1 and len(own) == len(codes[own[0]])
        if own and not whole:
            run.append((at, at + len(char), own, char))
        elif own and run:
            yield site(run, text)
            run = []
        at += len(char)
    if run:
        yield site(run, text)


def site(run: Sequence[Unit], text: str) -> Site:
    origins = [index for _, _, own, _ in run for index in own]
    return Site(run[0][0], run[-1][1], min(origins), max(origins) + 1, kind(run, text))


def kind(run: Sequence[Unit], text: str) -> str:
    """What was lost: the hardest first."""
    if any(shown == "?" and len(own) == 2 for _, _, own, shown in run):
        return "lost ASCII"
    cut = any(shown in ("", "?") and len(own) == 1 and text[end : end + 1] in CUT_AT for _, end, own, shown in run)
    return "cut" if cut else "straddled"
