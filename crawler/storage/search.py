"""What is asked of a transcript, and whether a text has it, in either script, any width and case. Pure.

A text's key is its fold (one script, one width), in lower case, without white space: a term is found where its key
is part of the text's key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawler.text.script import fold

TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
# Characters of a snippet on each side of the first match.
CONTEXT = 30
# Kinds of characters that an index of words has; a term of others is looked up in the texts themselves.
INDEXED = frozenset("LN")
LAST_INDEXED = "\uffff"


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that a turn must all have, and whose, where and when it must be. `since` and `until` are inclusive."""

    terms: tuple[str, ...]
    speaker: str | None = None
    role: str | None = None
    site: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 20

    @property
    def keys(self) -> tuple[str, ...]:
        """The terms' keys."""
        return tuple(map(key, self.terms))


@dataclass(frozen=True, slots=True)
class Hit:
    """A turn that was found. `marks` are [begin, end] of the matches in the snippet."""

    id: str
    version: int
    site: str
    day: str | None
    title: str
    url: str
    turn: str
    label: str
    speaker: str | None
    role: str
    affiliation: str | None
    snippet: str
    marks: list[list[int]]


def read_terms(words: str) -> tuple[str, ...]:
    """Terms divided by white space; in double quotes it is part of a term. Raises `ValueError` for none."""
    terms = tuple(term for match in TERM.finditer(words) if key(term := match[1] or match[2] or ""))
    if not terms:
        raise ValueError("nothing to search for")
    return terms


def key(text: str) -> str:
    """What of a text is compared: each of its characters but white space, folded."""
    folded = fold(text)
    lower = folded.casefold()
    # One for one, so that a place in the key is a place in the text; the few characters that grow stay as they are.
    return lower if len(lower) == len(folded) else "".join(c if len(c.casefold()) > 1 else c.casefold() for c in folded)


def spaced(text: str) -> str:
    """A text's key with each character a word of its own: as the index takes it."""
    return " ".join(key(text))


def is_indexed(term_key: str) -> bool:
    """Whether an index of words can find a key: some of it are letters or digits that every index knows."""
    return any(unicodedata.category(c)[0] in INDEXED and c <= LAST_INDEXED for c in term_key)


def has_all(text: str, keys: Iterable[str]) -> bool:
    """Whether a text has all the terms."""
    whole = key(text)
    return all(term in whole for term in keys)


def is_named(name: str | None, *of_turn: str | None) -> bool:
    """Whether one of a turn's names has what is asked for."""
    return name is None or any(key(name) in key(each) for each in of_turn if each)


def snippet(text: str, keys: Iterable[str]) -> tuple[str, list[list[int]]]:
    """A stretch of the text around the first match, on one line, and where the matches are in it."""
    found = sorted(matches(text, keys))
    begin = max(0, found[0][0] - CONTEXT) if found else 0
    end = min(len(text), (found[0][1] if found else 0) + CONTEXT)
    head, tail = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(head) - begin
    marks = [[a + shift, b + shift] for a, b in found if b <= end]
    return head + text[begin:end].replace("\n", " ") + tail, marks


def matches(text: str, keys: Iterable[str]) -> Iterator[tuple[int, int]]:
    """[begin, end) of each match, in the text as it is."""
    kept = [n for n, c in enumerate(text) if not (c.isspace() or c == "\0")]
    whole = key(text)
    for term in set(keys):
        at = whole.find(term)
        while at >= 0:
            yield kept[at], kept[at + len(term) - 1] + 1
            at = whole.find(term, at + len(term))


def hit_of(values: dict[str, Any], text: str, keys: Iterable[str]) -> Hit:
    """A hit of a turn's and its transcript's values."""
    words, marks = snippet(text, keys)
    return Hit(**values, snippet=words, marks=marks)
