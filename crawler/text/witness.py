"""A second opinion: what one damaged copy lost, another may still have. No model knows a lost digit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from crawler.items import Change, Damage, Transcript
from crawler.text.script import content_hash, fold, one_script

# No page has it by accident.
BOUNDARY = "␞"
LOST = frozenset("?？\ufffd")


def shape(turns: Iterable[tuple[str, str]]) -> bytes:
    """A digest of the lengths of labels and texts, folded: equal for copies but for single lost characters."""
    folded = fold(BOUNDARY.join(part for turn in turns for part in turn))
    lengths = ",".join(map(str, map(len, folded.split(BOUNDARY))))
    return hashlib.blake2b(lengths.encode(), digest_size=16).digest()


def witnessed(damaged: Transcript, twin: Transcript) -> Transcript | None:
    """The damaged transcript with its lost characters taken from its twin; None unless all the rest agrees.

    Each is a change of kind `witness`. Between scripts only characters are taken that are the same in both.
    """
    if len(damaged.turns) != len(twin.turns):
        return None
    same_script = damaged.language == twin.language
    changes: list[Change] = []
    title = _filled(damaged.title, twin.title, "title", same_script, changes)
    turns = []
    for turn, other in zip(damaged.turns, twin.turns, strict=True):
        text = _filled(turn.text, other.text, turn.id, same_script, changes)
        if text is None or fold(turn.label) != fold(other.label):
            return None
        turns.append(turn.model_copy(update={"text": text}))
    if title is None or not changes:
        return None
    left = max(0, damaged.damage.unresolved - len(changes))
    return damaged.model_copy(
        update={
            "title": title,
            "turns": turns,
            "cleaning": [*damaged.cleaning, *changes],
            "damage": Damage(unresolved=left, samples=damaged.damage.samples[:left], flags=damaged.damage.flags),
            "content_hash": content_hash(title, ((turn.label, turn.text) for turn in turns)),
        }
    )


def _filled(text: str, other: str, place: str, same_script: bool, changes: list[Change]) -> str | None:
    """`text` with lost characters from `other`; None where they differ in anything else."""
    filled = list(text)
    mine = [(i, c) for i, c in enumerate(text) if fold(c)]
    theirs = [c for c in other if fold(c)]
    if len(mine) != len(theirs):
        return None
    for (i, ours), witness in zip(mine, theirs, strict=True):
        if ours == witness or fold(ours) == fold(witness):
            continue
        if ours not in LOST or not witness.isalnum() or not (same_script or one_script(witness)):
            return None
        filled[i] = witness
        changes.append(Change(kind="witness", at=f"{place}:{i}", before=ours, after=witness, certain=True))
    return "".join(filled)
