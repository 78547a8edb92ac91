"""A transcript as it is read: its blocks, with what is to be seen in their texts. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from crawler.browse.choice import Choice
from crawler.browse.pieces import Pieces, cut, edits_at, paragraphs
from crawler.browse.scripts import convert
from crawler.browse.speeches import Block, blocks_of
from crawler.items import Change, Transcript
from crawler.storage.search import key, matches, read_terms

PLACES = {"title", "summary"}


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reading page shows of a record. `changed` are the turns that cleaning changed."""

    record: Transcript
    lang: str
    title: Pieces
    summary: list[Pieces]
    blocks: list[Block]
    elsewhere: list[Change]
    kinds: list[tuple[str, int]]
    changed: list[str]

    @property
    def questions(self) -> list[Block]:
        """The exchanges, each where it begins."""
        return [block for block in self.blocks if block.number and not block.again]


def read(record: Transcript, choice: Choice) -> Reading:
    """The reading of a record, in the script and with the marks that were chosen."""

    def zh(text: str) -> str:
        return convert(text, choice.script)

    keys = _keys(choice.q)
    changes = record.cleaning if choice.cleaning else []

    def pieces(place: str, text: str) -> Pieces:
        shown = zh(text)
        found = [edit._replace(before=zh(edit.before)) for edit in edits_at(place, changes, shown)]
        return cut(shown, sorted(matches(text, keys)) if keys else (), found)

    known = {turn.id for turn in record.turns} | PLACES
    return Reading(
        record,
        convert_lang(record.language, choice.script),
        pieces("title", record.title),
        paragraphs(pieces("summary", record.summary or "")),
        blocks_of(record, pieces, zh),
        [change for change in record.cleaning if _place(change) not in known],
        sorted(Counter(change.kind for change in record.cleaning).items()),
        list(dict.fromkeys(place for change in record.cleaning if (place := _place(change)) in known - PLACES)),
    )


def _place(change: Change) -> str:
    return change.at.rpartition(":")[0]


def convert_lang(language: str, script: str | None) -> str:
    """The language of what is shown; "" where nobody knows."""
    if script and language.startswith("zh"):
        return {"hans": "zh-Hans", "hant": "zh-Hant"}[script]
    return "" if language == "und" else language


def _keys(words: str | None) -> list[str]:
    try:
        return [key(term) for term in read_terms(words)] if words else []
    except ValueError:
        return []
