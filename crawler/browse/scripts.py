"""Text in the other Han script, for reading only: by characters, with the words of two where that would be wrong.

A text keeps its length: what stands at a place stands there in either script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: What a reader may ask for, and how a page says it.
SCRIPTS = {"hans": "zh-Hans", "hant": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class Table:
    """One direction: characters, words, and where a word may begin."""

    characters: dict[int, int]
    words: dict[str, str]
    first: re.Pattern[str]


def convert(text: str, script: str | None) -> str:
    """A text in a script; as it is for None."""
    if script is None or text.isascii():
        return text
    table = _tables()[script]
    pieces: list[str] = []
    at = 0
    for found in table.first.finditer(text):
        start = found.start()
        word = table.words.get(text[start : start + 2])
        if word and start >= at:  # words may overlap: the first one counts
            pieces += [text[at:start].translate(table.characters), word]
            at = start + 2
    return "".join([*pieces, text[at:].translate(table.characters)])


@cache
def _tables() -> dict[str, Table]:
    lines = (files("crawler.browse") / "data" / "scripts.txt").read_text("utf8").splitlines()
    second = lines.index("hans")
    return {"hant": _table(lines[1:second]), "hans": _table(lines[second + 1 :])}


def _table(lines: list[str]) -> Table:
    words = dict(line.split(" ") for line in lines[2:])
    first = "".join(sorted({word[0] for word in words}))
    return Table(str.maketrans(lines[0], lines[1]), words, re.compile(f"[{first}]"))
