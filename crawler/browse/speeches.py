"""Who speaks: turns in a row of one person as speeches, speeches as exchanges, each person with his mark. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.browse.pieces import Pieces, paragraphs
from crawler.items import Transcript, Turn

ROLE_NAMES = {
    "host": "Host",
    "official": "Official",
    "reporter": "Reporter",
    "interpreter": "Interpreter",
    "unknown": "Speaker",
}
#: Colours that persons are told apart by; reporters, who come once, share one.
HUES = 8


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: `anchor` is empty where its id was there before."""

    id: str
    anchor: str
    time: str | None
    paragraphs: list[Pieces]


@dataclass(frozen=True, slots=True)
class Speech:
    """Turns in a row of one person. `initial` and `hue` are his mark; `part` is question, answer or empty."""

    who: str
    label: str
    role: str
    role_name: str
    affiliation: str | None
    initial: str
    hue: str
    part: str
    turns: list[Said]


@dataclass(frozen=True, slots=True)
class Block:
    """An exchange, or what is said outside of any (number 0)."""

    number: int
    again: bool
    outlet: str | None
    opening: str
    speeches: list[Speech]


def blocks_of(record: Transcript, pieces: Callable[[str, str], Pieces], zh: Callable[[str], str]) -> list[Block]:
    """The blocks of a record: `pieces` cuts the text of a place, `zh` writes in the script that was chosen."""
    parts = _parts(record)
    hues = _hues(record.turns)
    seen: set[int] = set()
    anchors: set[str] = set()
    blocks = []
    for number, some in groupby(record.turns, key=lambda turn: parts.get(turn.id, (0, ""))[0]):
        turns = list(some)
        speeches = [
            _speech(list(one), part, hues, anchors, pieces, zh)
            for (_, part), one in groupby(turns, key=lambda turn: (_person(turn), parts.get(turn.id, (0, ""))[1]))
        ]
        outlet = next((turn.affiliation for turn in turns if turn.role == "reporter" and turn.affiliation), None)
        blocks.append(Block(number, number in seen, outlet and zh(outlet), _opening(zh(turns[0].text)), speeches))
        seen.add(number)
    return blocks


def _parts(record: Transcript) -> dict[str, tuple[int, str]]:
    """The exchange of each turn, counted from 1, and whether it asks or answers."""
    found: dict[str, tuple[int, str]] = {}
    for number, exchange in enumerate(record.exchanges, 1):
        for part, ids in (("question", exchange.question), ("answer", exchange.answer)):
            for one in ids:
                found.setdefault(one, (number, part))
    return found


def _person(turn: Turn) -> tuple[str, str, str]:
    return turn.speaker or turn.label, turn.role, turn.affiliation or ""


def _hues(turns: Iterable[Turn]) -> dict[str, str]:
    """A colour for each person by the order of appearance."""
    people = dict.fromkeys(_person(turn)[0] for turn in turns if turn.role != "reporter")
    return {who: f"hue{n % HUES}" for n, who in enumerate(people)}


def _speech(
    turns: Sequence[Turn], part: str, hues: dict[str, str], anchors: set[str],
    pieces: Callable[[str, str], Pieces], zh: Callable[[str], str],
) -> Speech:  # fmt: skip
    first = turns[0]
    who = first.speaker or first.label
    said = []
    for turn in turns:
        anchor = turn.id if turn.id not in anchors else ""
        anchors.add(turn.id)
        said.append(Said(turn.id, anchor, turn.time, paragraphs(pieces(turn.id, turn.text))))
    return Speech(
        zh(who),
        zh(first.label),
        first.role,
        ROLE_NAMES[first.role],
        first.affiliation and zh(first.affiliation),
        _initial(zh(who)),
        "hue-reporter" if first.role == "reporter" else hues[who],
        part,
        said,
    )


def _initial(who: str) -> str:
    """The first letter or digit of a name: its mark."""
    return next((c for c in who if c.isalnum()), "·").upper()[:1]


def _opening(text: str) -> str:
    words = " ".join(text[:120].split())
    return words[:36] + ("…" if len(words) > 36 else "")
