"""Who speaks: the label at the head of a turn, in all its forms, and the look-alikes that are none.

A form alone proves nothing (`【打印】`, `商务部：…`, `他说：`). A label is a role, a guest, or a name that the
page's other lines confirm; so candidates are gathered over the whole page first, then judged.
"""

from __future__ import annotations

import re

from crawler.items import Line
from crawler.text.guests import titled_person
from crawler.text.label_forms import BRACKET, Label
from crawler.text.label_page import ANSWERS, BRACKETS, Speakers
from crawler.text.label_words import (
    INTERPRETED,
    SHORT_NAME,
    TITLED,
    asks,
    greets,
    is_furniture,
    is_role,
    nameable,
)
from crawler.text.names import ROLE_WORDS, is_nickname, is_outlet, is_person, is_press, is_word, may_be_person, together

# Whoever holds such an office is quoted, and does not speak here.
QUOTED = re.compile(
    r"(?:总统|總統|总理|總理|首相|外长|外長|防长|防長|官员|官員|领导人|領導人|发言人|發言人|政府|国王|國王)$"
)
# News of an outlet, not its reporter: `路透社报道：`.
REPORTS = re.compile(r"^[据據]|[社报報台臺网網体體](?:报道|報道|報導|消息|评论|評論)$")
BYLINE = re.compile(r"(?:[\u3400-\u9fff]{2,4}[ 、，,\u3000]*){1,4}(?:摄|攝|报道|報道)?")
BYLINE_END = re.compile(r"(?:摄|攝|报道|報道)$")
BETWEEN_NAMES = re.compile(r"[ 、，,\u3000]+")
# A number to call, an address to open.
CONTACT = re.compile(r"[+（(]?\d[\d()（） -]{3,24}(?=[，。,；;、 ]|$)|https?:|www\.")
# Who puts a question says so.
ASKS = re.compile(
    r"请问|請問|想问|想問|提问|提問|[？?]$|[？?](?:谢谢|謝謝)|我的(?:问题|問題)|[请請][您你]?(?:证实|證實|介绍|介紹|评论|評論|谈谈|談談)"
)
LABEL_ALONE = 20
ASKED = frozenset({"问", "問", "答"})
LETTERS = frozenset({"Q", "A"})
COLONS = re.compile(r"[：:][ \xa0\u3000]*")
SENTENCE_END = "。！？!?”》〉）)…] \xa0\u3000】"


def leading(line: Line, label: Label | None, page: Speakers, previous: str = "") -> Label | None:
    """The label at the head of a line, given its candidate and the label before; None where it has none."""
    if label is None:
        alone = line.bold and line.bold == len(line.text) and len(line.text) <= LABEL_ALONE
        is_label = alone and (page.known(line.text) or is_role(line.text))
        return Label(line.text, 0, len(line.text), "alone") if is_label else None
    if label.form == "bracket":
        accepted = _bracketed(label, line.text, page)
    elif is_furniture(label.words):
        accepted = False
    elif label.form == "colon":
        accepted = _colon(label.words, line.text[label.end :], line, page, previous)
    else:
        accepted = label.form == "question" or _reported(label.words, page, previous)
    return label if accepted else None


def is_sure(label: Label, page: Speakers) -> bool:
    """Whether such a label was accepted before, whatever stands around it: nearly all of a page's."""
    return label.colon and page.judged.get((label.words, label.form), False)


def leads(words: str, page: Speakers) -> bool:
    """Whether words are a label on this page, as far as that can be told without their line."""
    return page.known(words) or is_role(words) or page.counts[words] > 1


def _reported(words: str, page: Speakers, previous: str) -> bool:
    """`林知秋说，` answers a question, or goes on with an answer; in a news report it stands anywhere."""
    if page.told or QUOTED.search(words):
        return False
    if (page.one or page.counts.keys() & ASKED) and not (page.known(words) or page.counts[words] > 1):
        return False
    if asks(previous) and (page.known(words) or is_person(words) or is_person(words[-3:]) or is_person(words[-2:])):
        page.answered.add(words)
    return words in page.answered


def _bracketed(label: Label, text: str, page: Speakers) -> bool:
    if not label.colon and text[label.end : label.end + 1] in ("[", "【", "［"):
        return False
    key = label.words, label.form if label.colon else "no colon"
    if key not in page.judged:
        page.judged[key] = not is_furniture(label.words) and _is_bracketed(label.words, label.colon, page)
    return page.judged[key] or _outlet_asks(label.words, text[label.end :])


def _outlet_asks(words: str, rest: str) -> bool:
    """`[灯下早报]灯够吗？`: an outlet's name alone before a question."""
    name = words.strip("《》“”")
    asked = is_outlet(name) and ASKS.search(rest) is not None
    return asked and not (is_furniture(words) or greets(name) or REPORTS.search(name) or CONTACT.match(rest))


def _is_bracketed(words: str, colon: bool, page: Speakers) -> bool:
    if page.known(words) or is_role(words):
        return True
    if colon:
        short = len(words) <= SHORT_NAME and may_be_person(words) and not is_word(words) or is_outlet(words)
        return nameable(words) or (short or page.counts[words] > 1) and not greets(words)
    return nameable(words) and (page.counts[words] > 1 or not page.guests)


def _colon(words: str, rest: str, line: Line, page: Speakers, previous: str) -> bool:
    if is_nickname(words):
        return bool(previous or ASKS.search(rest) or page.counts[words] > 1)
    if page.known(words) and not is_role(words):
        page.judged[words, "colon"] = True
        return True
    if greets(words) or "者" not in words and CONTACT.match(rest):
        return False
    if is_role(words):
        return not ("者" in words and rest and BYLINE.fullmatch(rest) and _are_names(rest))
    if words in LETTERS:
        return page.counts.keys() >= LETTERS
    titled = TITLED.fullmatch(words)
    if titled:
        return may_be_person(together(titled["name"].strip()))
    if page.one and _asks_the_one(words, rest, line, page, previous):
        return True
    if is_press(words.rstrip("》”")) and (ASKS.search(rest) or not rest and previous) and not REPORTS.search(words):
        return True
    if titled_person(words):
        return True
    name = together(words)
    if is_word(name) or not (is_person(name) or _in_bold(words, name, line, page, previous)):
        return False
    if line.centred and page.counts[words] == 1:  # a heading: `谈就业：…`
        return False
    if page.counts[words] > 1 or asks(previous) or previous in INTERPRETED or previous and not rest:
        return True
    return line.bold >= len(words) and not page.guests


def _in_bold(words: str, name: str, line: Line, page: Speakers, previous: str) -> bool:
    """Whether bold words that lead several lines, one behind a question, are a name without a known family name."""
    found = line.bold >= len(words) and page.counts[words] > 1 and asks(previous) and may_be_person(name)
    if found:
        page.confirm(words)
    return found


def _are_names(text: str) -> bool:
    """`方致远 林知秋 摄`: persons, and nobody says anything."""
    names = BETWEEN_NAMES.split(BYLINE_END.sub("", text).strip())
    return all(is_person(name) for name in names if name)


def _asks_the_one(words: str, rest: str, line: Line, page: Speakers, previous: str) -> bool:
    """`中评社：`, `Al Jazeera:` behind an answer of the one who answers all."""
    if REPORTS.search(words) or previous and not (page.known(previous) or ANSWERS.fullmatch(previous)):
        return False
    latin = words.isascii()
    if latin and not is_press(words):
        return False
    if line.bold >= len(words) and (latin or ASKS.search(rest)):
        return True
    return is_outlet(words.rstrip("》”")) and (not latin or "?" in rest or "？" in rest or page.counts[words] > 1)


def inside(text: str, start: int, page: Speakers) -> list[Label]:
    """Bracketed labels of further turns within one line, behind `start`."""
    if not page.nested or all(text.find(bracket, start) < 0 for bracket in BRACKETS):
        return []
    labels = (
        Label(found["words"], found.start(), found.end(), "bracket", bool(found["colon"]))
        for found in BRACKET.finditer(text, start)
        if found.start() > start and not is_furniture(found["words"])
    )
    return [one for one in labels if page.known(one.words) or is_role(one.words) or one.colon and nameable(one.words)]


def leaders(page: Speakers) -> frozenset[str]:
    """Labels that may stand in the middle of a line, behind a sentence: those that lead lines, and 问 with 答."""
    led = {words for words, n in page.counts.items() if n > 1 and (ROLE_WORDS.fullmatch(words) or page.known(words))}
    return frozenset(led | ASKED if page.counts.keys() & ASKED else led)


def inside_colon(text: str, start: int, led: frozenset[str]) -> list[Label]:
    """`问：…答：…` in one line: one of `led` between the end of a sentence and a colon."""
    if text.find("：", start) < 0 and text.find(":", start) < 0:
        return []
    found = []
    # By length: a page may have thousands of labels, and as many colons.
    lengths = sorted({len(words) for words in led}, reverse=True)
    for colon in COLONS.finditer(text, start):
        at = colon.start()
        heads = (at - length for length in lengths if at - length >= start)
        head = next((i for i in heads if text[i - 1] in SENTENCE_END and text[i:at] in led), None)
        if head is not None:
            found.append(Label(text[head:at], head, colon.end(), "colon"))
    return found
