"""Small damaged pages, with what they were."""

from benchmarks.restore_forward import Damaged, damage
from benchmarks.restore_measure import table, tokens
from benchmarks.restore_prose import TEXTS

# Enough annotations for the gate, in front of what a test is about.
OPENED = "會(huì)議(yì)開(kāi)幕。會(huì)議(yì)繼續(xù)進(jìn)行，會(huì)議(yì)開(kāi)幕。"
CLEAN = "會議開幕。會議繼續進行，會議開幕。"


def page(number: int = 0, size: int = 150, folded: bool = False, dropped: bool = False) -> Damaged:
    text = TEXTS[number % len(TEXTS)]
    return damage(text, table(text, size, number), tokens(number), folded, dropped)
