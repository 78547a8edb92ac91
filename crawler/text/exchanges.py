"""Questions with their answers, from the order of roles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.items import Exchange, Turn

SUPPLEMENT = re.compile(r"补充|補充|还有|還有|谁来|誰來|也请|也請|再请|再請")
# A host's few words that hand a question over or close the hour are no answer.
HANDOVER = re.compile(r"请|請|下一|谢谢|謝謝|结束|結束|到此|到这|到這|提问|提問|先到")
SHORT = 60


def exchanges(turns: Sequence[Turn]) -> list[Exchange]:
    """Each run of a reporter's turns with the turns that answer it."""
    found: list[Exchange] = []
    i = 0
    while i < len(turns):
        if turns[i].role != "reporter":
            i += 1
            continue
        start = i
        while i < len(turns) and (turns[i].role == "reporter" or _interprets(turns, i, start)):
            i += 1
        until = next((j for j in range(i, len(turns)) if turns[j].role == "reporter"), len(turns))
        question = [turn.id for turn in turns[start:i]]
        found.append(Exchange(question=question, answer=[turn.id for turn in _answer(turns[i:until])]))
        i = until
    return found


def _interprets(turns: Sequence[Turn], i: int, start: int) -> bool:
    """An interpreter right behind a question speaks it again, if somebody else answers after him."""
    later = turns[i + 1].role if i + 1 < len(turns) else None
    return turns[i].role == "interpreter" and i > start and later in ("official", "host", "unknown")


def _answer(turns: Sequence[Turn]) -> list[Turn]:
    """Of the turns up to the next question those that answer: officials', until a host closes; else the host's own."""
    answer: list[Turn] = []
    for turn in turns:
        if turn.role == "host":
            if answer and not (len(turn.text) <= SHORT and SUPPLEMENT.search(turn.text)):
                break
        else:
            answer.append(turn)
    if answer:
        return answer
    return [t for t in turns if len(t.text) > SHORT or not HANDOVER.search(t.text)]
