"""One script, one width: the fold that makes copies of one text equal, and which script a text is written in."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from crawler.text.decode import UNKNOWN

# Quotes, dots and dashes that converters exchange; NFKC leaves them apart.
SAME_MARK = ("“「﹁", "”」﹂", "‘『﹃", "’』﹄", "·‧・•", "—―─﹣–", ";﹔")
HAN = range(0x3400, 0xFB00)
PRIVATE_USE = range(0xE000, 0xF900)
SAMPLE = 400
FEW = 8


@cache
def _classes() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Character -> the first of its class; the Traditional-only and the Simplified-only characters (folds.txt)."""
    fold: dict[str, str] = {}
    only = {"T": frozenset[str](), "S": frozenset[str]()}
    for line in (files("crawler.text") / "data" / "folds.txt").read_text("utf8").splitlines():
        if line[1:2] == " ":
            only[line[0]] = frozenset(line[2:])
        else:
            fold.update(dict.fromkeys(line, line[0]))
    for marks in SAME_MARK:
        fold.update(dict.fromkeys(marks, marks[0]))
    return fold, only["T"], only["S"]


def _folded(char: str, fold: dict[str, str]) -> str:
    wide = unicodedata.normalize("NFKC", char)
    return fold.get(wide, wide) if len(wide) == 1 else fold.get(char, char)


@cache
def _table() -> NDArray[np.uint16]:
    """UTF-16 unit -> folded unit; 0 stands for white space, which is dropped."""
    fold = _classes()[0]
    folded = [ord(_folded(chr(n), fold)) if not 0xD800 <= n < 0xE000 else n for n in range(0x10000)]
    table = np.array([n if n < 0x10000 else i for i, n in enumerate(folded)], dtype="<u2")
    table[[n for n in range(0x10000) if chr(n).isspace()]] = 0
    return table


def _units(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")


def _folded_bytes(units: NDArray[np.uint16]) -> bytes:
    """UTF-16 of the folded text."""
    units = _table().take(units)
    folded: bytes = units[units != 0].tobytes()
    return folded


def fold(text: str) -> str:
    """Text in one script (OpenCC's classes) and one width, without white space; for comparing, never for showing."""
    return _folded_bytes(_units(text)).decode("utf-16-le", "surrogatepass")


class Content:
    """Title and (label, text) of the turns: what copies of one text have alike. In UTF-16, for two uses."""

    def __init__(self, title: str, turns: Iterable[tuple[str, str]]) -> None:
        parts = [title]
        for label, text in turns:
            parts += (label, text)
        # U+241E cannot be in a page's text by accident, and keeps a word from moving from one part to the next.
        self._units = _units("␞".join(parts))

    @property
    def hash(self) -> str:
        """`sha256:…` over all of it, folded."""
        return "sha256:" + hashlib.sha256(_folded_bytes(self._units)).hexdigest()

    def means_nothing(self) -> bool:
        """Whether it has characters that no page means: U+FFFD and the private use area."""
        return bool(((self._units - PRIVATE_USE.start < len(PRIVATE_USE)) | (self._units == ord(UNKNOWN))).any())


def content_hash(title: str, turns: Iterable[tuple[str, str]]) -> str:
    """The hash of a title and the (label, text) of its turns."""
    return Content(title, turns).hash


@cache
def _scripts() -> NDArray[np.uint8]:
    """UTF-16 unit -> 1 for a Traditional-only and 2 for a Simplified-only character, else 0."""
    _, traditional, simplified = _classes()
    table = np.zeros(0x10000, dtype=np.uint8)
    for number, only in enumerate((traditional, simplified), 1):
        table[[ord(char) for char in only if ord(char) < 0x10000]] = number
    return table


def one_script(char: str) -> bool:
    """Whether a character is written alike in both scripts."""
    _, traditional, simplified = _classes()
    return char not in traditional and char not in simplified


def language(text: str) -> str:
    """`zh-Hans`, `zh-Hant`, `en`, or `und` for neither: by the kinds of characters at the beginning."""
    sample = text[:SAMPLE]
    units = _units(sample)
    scripts = _scripts().take(units)
    hant, hans = (len(set(units[scripts == number].tolist())) for number in (1, 2))
    if hant + hans < FEW:  # hardly any Chinese, or none
        letters = sum(c.isascii() and c.isalpha() for c in sample)
        han = sum(ord(c) in HAN for c in sample)
        if letters > 5 * han or not han:
            return "en" if letters else "und"
    return "zh-Hant" if hant > hans else "zh-Hans"
