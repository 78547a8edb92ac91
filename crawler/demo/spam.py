"""Blocks of place names, as spam mirrors add them. The page's own text is left as it is."""

from __future__ import annotations

from dataclasses import dataclass

from .data import load
from .draw import Draw
from .script import traditional

SEPARATORS = {"comma": ",", "underscore": "_", "wide": "｜", "dash": "-"}
HIDDEN = {
    "hidden": '<div style="display:none">{}</div>',
    "offscreen": '<p style="position:absolute;left:-9999px;top:0">{}</p>',
}


@dataclass(frozen=True, slots=True)
class Spam:
    """Where a block goes: before the first, behind the last paragraph, onto it, behind the article."""

    before: str
    head: str = ""
    glued: str = ""
    tail: str = ""
    after: str = ""


def spam(form: str, seed: object) -> Spam:
    """The block of that form."""
    draw = Draw("spam", form, seed)
    names = draw.mixed(draw.some(load("places")["names"], draw.between(22, 40)))
    if form == "betting":
        for word in load("places")["betting"]:
            names.insert(draw.below(len(names)), word)
    if form == "traditional":
        names = [traditional(name) for name in names]
    if form == "several":
        rows = ["| ".join(names[i : i + 9]) + "|" for i in range(0, len(names), 9)]
        return Spam("\n".join(rows), tail="".join(f"<p>{row}</p>\n" for row in rows))
    return _placed(form, _joined(form, names))


def _joined(form: str, names: list[str]) -> str:
    if form in SEPARATORS:
        return SEPARATORS[form].join(names)
    if form == "truncated":
        return "| ".join([*names, "土默特左"])
    return "| ".join(names) + "|"


def _placed(form: str, text: str) -> Spam:
    if form == "glued":
        return Spam(text, glued=text)
    if form == "head":
        return Spam(text, head=text)
    if form in {"outside", "words"}:
        about = '<div class="about"><a href="#">平台简介</a></div>' if form == "words" else ""
        return Spam(text, after=f"{about}<div>{text}</div>")
    return Spam(text, tail=HIDDEN.get(form, "<p>{}</p>").format(text) + "\n")
