"""Who answers all: a spokesperson whom titles or leads name, page after page of one body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.items import Transcript
from crawler.text.labels import ASKED
from crawler.text.names import is_person
from crawler.text.presumed import is_listed, presumed

HAN = r"[\u3400-\u9fff]"
NAME = rf"(?P<name>{HAN}{{2,4}}?)(?=答|主持|就|举行|出席|在|介绍|[，。、]|$)"
NAMED = re.compile(rf"(?P<organisation>{HAN}{{2,10}})(?P<title>(?:新闻)?发言人){NAME}")
# `18日外交部`, `18日下午国防部`: what stands before a body's name is a date's.
BEFORE = re.compile(r"^(?:[日号])?(?:[上下]午)?")


def spokesperson_pattern(records: Sequence[Transcript]) -> tuple[str, list[str]]:
    """The pattern of the one who answers all, with the words that it finds; "" where not every page names one."""
    bodies, words = set(), []
    for record in records:
        found = next((m for text in (record.title, record.summary or "") if (m := NAMED.search(text))), None)
        if found is None or not _is_name(found) or not _answers(found["name"], record):
            return "", []
        bodies.add(BEFORE.sub("", found["organisation"]))
        words.append(found[0])
    if len(bodies) != 1:
        return "", []
    body = bodies.pop()
    return rf"(?P<organisation>{body})(?P<title>(?:新闻)?发言人){NAME}", [body + w.partition(body)[2] for w in words]


def _is_name(found: re.Match[str]) -> bool:
    return is_listed(found["name"]) or presumed(found["name"], found.string[found.end() :], frozenset())


def _answers(name: str, record: Transcript) -> bool:
    """Whether a name is the only one among the labels, or none is and answers have no name."""
    labels = {turn.label for turn in record.turns}
    persons = {label for label in labels if is_person(label)}
    return persons == {name} or not persons and bool(labels & ASKED)
