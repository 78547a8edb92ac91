"""Questions with their answers, from the order of roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from crawler.items import Role

SUPPLEMENT = re.compile(r"补充|補充|还有|還有|谁来|誰來|也请|也請|再请|再請")
# A host's few words that hand a question over or close the hour are no answer.
HANDOVER = re.compile(r"请|請|下一|谢谢|謝謝|结束|結束|到此|到这|到這|提问|提問|先到")
SHORT = 60


class Exchanged(NamedTuple):
    """A question and its answer: indexes of turns."""

    question: list[int]
    answer: list[int]


def exchanges(roles: Sequence[Role], texts: Sequence[str], follows: Sequence[bool] = ()) -> list[Exchanged]:
    """Each run of a reporter's turns with the turns that answer it.

    `follows` says of each turn whether it goes on with the question before.
    """
    found: list[Exchanged] = []
    asks = [i for i, role in enumerate(roles) if role == "reporter"]
    last = -1
    for start, following in pairwise([*asks, len(roles)]):
        if start <= last:
            continue
        last = start
        while last + 1 < len(roles) and (roles[last + 1] == "reporter" or _interprets(roles, last + 1)):
            last += 1
        until = following if following > last else next((j for j in asks if j > last), len(roles))
        question, answer = list(range(start, last + 1)), _answer(roles, texts, last + 1, until)
        if found and follows and follows[start]:
            found[-1].question.extend(question)
            found[-1].answer.extend(answer)
        else:
            found.append(Exchanged(question, answer))
    return found


def _interprets(roles: Sequence[Role], i: int) -> bool:
    """An interpreter right behind a question speaks it again, if somebody else answers after him."""
    return roles[i] == "interpreter" and i + 1 < len(roles) and roles[i + 1] in ("official", "host", "unknown")


def _answer(roles: Sequence[Role], texts: Sequence[str], start: int, until: int) -> list[int]:
    """Of the turns up to the next question those that answer: officials', until a host closes; else the host's own."""
    answer: list[int] = []
    for i in range(start, until):
        if roles[i] != "host":
            answer.append(i)
        elif answer and not (len(texts[i]) <= SHORT and SUPPLEMENT.search(texts[i])):
            break
    if answer:
        return answer
    return [i for i in range(start, until) if len(texts[i]) > SHORT or not HANDOVER.search(texts[i])]
