"""Questions with their answers, from the order of roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from crawler.items import Role

SUPPLEMENT = re.compile(r"补充|補充|还有|還有|谁来|誰來|也请|也請|再请|再請")
# A host's few words that hand a question over or close the hour are no answer.
HANDOVER = re.compile(r"请|請|下一|谢谢|謝謝|结束|結束|到此|到这|到這|提问|提問|先到")
SHORT = 60


class Said(NamedTuple):
    """What an exchange is told by: a turn's role and text."""

    role: Role
    text: str


class Exchanged(NamedTuple):
    """A question and its answer: indexes of turns."""

    question: list[int]
    answer: list[int]


def exchanges(turns: Sequence[Said]) -> list[Exchanged]:
    """Each run of a reporter's turns with the turns that answer it."""
    found: list[Exchanged] = []
    asks = [i for i, turn in enumerate(turns) if turn.role == "reporter"]
    i = -1
    for start in asks:
        if start <= i:
            continue
        i = start
        while i + 1 < len(turns) and (turns[i + 1].role == "reporter" or _interprets(turns, i + 1)):
            i += 1
        until = next((j for j in asks if j > i), len(turns))
        found.append(Exchanged(list(range(start, i + 1)), _answer(turns, i + 1, until)))
    return found


def _interprets(turns: Sequence[Said], i: int) -> bool:
    """An interpreter right behind a question speaks it again, if somebody else answers after him."""
    later = turns[i + 1].role if i + 1 < len(turns) else None
    return turns[i].role == "interpreter" and later in ("official", "host", "unknown")


def _answer(turns: Sequence[Said], start: int, until: int) -> list[int]:
    """Of the turns up to the next question those that answer: officials', until a host closes; else the host's own."""
    answer: list[int] = []
    for i in range(start, until):
        if turns[i].role == "host":
            if answer and not (len(turns[i].text) <= SHORT and SUPPLEMENT.search(turns[i].text)):
                break
        else:
            answer.append(i)
    if answer:
        return answer
    return [i for i in range(start, until) if len(turns[i].text) > SHORT or not HANDOVER.search(turns[i].text)]
