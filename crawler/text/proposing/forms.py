"""The forms of speakers' labels that stand on pages, as the parser took them. No Site says any: it knows them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from crawler.items import Draft, Transcript
from crawler.text.label_forms import candidate
from crawler.text.label_words import is_role
from crawler.text.labels import ASKED
from crawler.text.proposing.value import Told

WORDS, EXAMPLES = 16, 3


def label_forms(read: Iterable[tuple[Draft, Transcript]]) -> list[Told]:
    """Each form of label with how many turns have it and examples, the commonest first."""
    forms: dict[str, list[str]] = defaultdict(list)
    for draft, record in read:
        labels = {turn.label for turn in record.turns}
        for line in draft.lines:
            label = candidate(line.text)
            if label and label.words in labels:
                forms[_form(line.text, label.words, label.end, line.bold)].append(line.text[:WORDS])
    ranked = sorted(forms.items(), key=lambda form: -len(form[1]))
    return [Told("labels", form, f"{len(texts)} turns", _examples(texts)) for form, texts in ranked]


def _form(text: str, words: str, end: int, bold: int) -> str:
    """A label as it is printed, with 名 for a name and 职务 名 for one with more than a name."""
    at = text.index(words)
    printed = text[:at] + _kind(words) + text[at + len(words) : end].strip()
    alone = ", a paragraph of its own" if end >= len(text) else ""
    return printed + (", bold" if bold >= end - 1 else "") + alone


def _kind(words: str) -> str:
    if words in ASKED or len(words) == 1:
        return words
    return "记者" if is_role(words) else "名" if len(words) <= len("名名名名") else "职务 名"


def _examples(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:EXAMPLES]
