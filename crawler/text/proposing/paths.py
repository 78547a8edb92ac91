"""Which path is an article's: a pattern with the groups `id` and `page`, from the addresses that a listing links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.text.proposing.naming import escaped
from crawler.text.proposing.value import NoHall

NUMBER = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{16,40})(?![0-9a-z])|\d+")
EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
# An id grows a digit in some years, and was shorter before.
SHORTER, LONGER = 3, 2
# A form of address that fewer have is a stray link.
LEAST_SHARE = 0.1
DATE_LENGTH = 8


class Form(NamedTuple):
    """Regular expressions of one form of address: what stands before the id, the id, what stands behind it."""

    before: str
    number: str
    behind: str
    extension: str


def article_pattern(urls: Sequence[str]) -> str:
    """The pattern of the articles' paths. Raises `NoHall` where paths do not tell the articles apart."""
    groups: dict[str, list[str]] = defaultdict(list)
    for path in dict.fromkeys(urlsplit(url).path for url in urls):
        groups[NUMBER.sub("#", path)].append(path)
    least = max(1, LEAST_SHARE * sum(map(len, groups.values())))
    if len(groups) == 1 and len(set(urls)) > 1 == len(next(iter(groups.values()))):
        raise NoHall("the articles' addresses differ in their query only, which no Site can say")
    forms = [form for paths in sorted(groups.values(), key=len, reverse=True) if (form := _form(paths, least))]
    if not forms:
        raise NoHall("no number in the articles' addresses tells them apart")
    return _joined(forms)


def _form(paths: Sequence[str], least: float) -> Form | None:
    """The form of paths that differ in their numbers only; None for too few, or where no number tells them apart."""
    parts = [path.split("/") for path in paths]
    own = next((k for k in range(len(parts[0]) - 1, 0, -1) if _tells(parts, k)), None)
    if len(paths) < least or own is None:
        return None
    last = own == len(parts[0]) - 1
    extension = EXTENSION.search(parts[0][-1])
    stems = [EXTENSION.sub("", each[own]) if last else each[own] for each in parts]
    tail = "" if last else "/" + "/".join(_any(part) for part in [EXTENSION.sub("", p) for p in parts[0][own + 1 :]])
    before, number, behind = _segment(stems)
    return Form(before, number, behind + tail, extension[0].lower() if extension else "")


def _tells(parts: Sequence[Sequence[str]], k: int) -> bool:
    """Whether the k-th segment has a number, and another one in each path."""
    values = [each[k] for each in parts]
    return len(set(values)) == len(values) and NUMBER.search(EXTENSION.sub("", values[0])) is not None


def _any(text: str) -> str:
    """Text with any number in the place of each of its numbers."""
    return r"\d+".join(map(escaped, NUMBER.split(text)))


def _segment(stems: Sequence[str]) -> tuple[str, str, str]:
    """What stands before the id, the id and what stands behind it, in segments that differ in their numbers only."""
    words = NUMBER.split(stems[0])
    numbers = list(zip(*(NUMBER.findall(stem) for stem in stems), strict=True))
    varying = [i for i, values in enumerate(numbers) if len(set(values)) > 1] or [len(numbers) - 1]
    first, last = varying[0], varying[-1]
    before = "".join(escaped(word) + r"\d+" for word in words[:first]) + escaped(words[first])
    number = _digits(numbers[first])
    for i in range(first + 1, last + 1):
        number += escaped(words[i]) + _digits(numbers[i])
    if first == 0 and (len(words[0]) == 1 or first < last and words[0].isalpha()):  # t20251118_350005, t1839549: names
        before, number = "", before + number
    behind = escaped(words[last + 1]) + "".join(r"\d+" + escaped(word) for word in words[last + 2 :])
    return before, number, behind


def _digits(values: Sequence[str]) -> str:
    """A pattern of numbers like these."""
    if not all(value.isdigit() for value in values):
        return f"[0-9a-f]{{{len(values[0])}}}"
    if all(_is_day(value) for value in values):
        return r"\d{8}"
    shortest, longest = min(map(len, values)), max(map(len, values))
    return rf"\d{{{max(1, shortest - SHORTER)},{longest + LONGER}}}"


def _is_day(text: str) -> bool:
    try:
        return len(text) == DATE_LENGTH and 1990 < datetime.strptime(text, "%Y%m%d").year < 2100
    except ValueError:
        return False


def _joined(forms: Sequence[Form]) -> str:
    """One pattern of all forms; whichever has more before its id goes first."""
    extensions = _choice([form.extension[1:] for form in forms if form.extension])
    extension = rf"\.{extensions}" if extensions else ""
    if extension and not all(form.extension for form in forms):
        extension = f"(?:{extension})?"
    before = _choice([form.before for form in forms])
    number = "|".join(dict.fromkeys(form.number for form in forms))
    behind = _choice([form.behind for form in forms])
    return rf"/{before}(?P<id>{number}){behind}(?:[-_](?P<page>\d{{1,3}}))?{extension}$"


def _choice(given: Sequence[str]) -> str:
    """Alternatives, the longest first; optional where one of them is nothing."""
    each = sorted(dict.fromkeys(given), key=len, reverse=True)
    if {"html", "htm"} >= set(each) and len(each) == 2:
        return "html?"
    if {"shtml", "html"} >= set(each) and len(each) == 2:
        return "s?html"
    several = "|".join(one for one in each if one)
    if "" in each:
        return f"(?:{several})?" if several else ""
    return several if len(each) == 1 else f"(?:{several})"
