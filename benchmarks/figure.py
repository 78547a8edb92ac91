"""A figure of a benchmark: what something costs us, and what it costs a peer. Less is always better."""

from __future__ import annotations

import argparse
import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`most` is the limit of our own figure, `most_ratio` of ours to the peer's; `missing` says why there is none.

    A peer without a figure is not installed.
    """

    what: str
    ours: float | None = None
    unit: str = ""
    peer: str = ""
    theirs: float | None = None
    most: float | None = None
    most_ratio: float | None = None
    missing: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's; None where one of them is missing or the peer's is nothing."""
        return self.ours / self.theirs if self.ours is not None and self.theirs else None

    @property
    def whole(self) -> bool:
        """Is everything there that was to be measured?"""
        return not self.missing and (not self.peer or self.theirs is not None)

    @property
    def missed(self) -> bool:
        """Is it beyond its limit?"""
        pairs = ((self.ours, self.most), (self.ratio, self.most_ratio))
        return any(have is not None and most is not None and have > most for have, most in pairs)


COLUMNS = ("figure", "ours", "peer", "the peer's", "ratio", "limit")


def cells(figure: Figure) -> tuple[str, ...]:
    """A row of the table, a text for each of `COLUMNS`."""
    limits = [amount(figure.most, figure.unit)] if figure.most is not None else []
    limits += [f"ratio {ratio(figure.most_ratio)}"] if figure.most_ratio is not None else []
    return (
        figure.what,
        f"not measured: {figure.missing}" if figure.missing else amount(figure.ours, figure.unit),
        figure.peer,
        "not installed" if figure.peer and figure.theirs is None else amount(figure.theirs, figure.unit),
        ratio(figure.ratio),
        ", ".join(limits) + (" (missed)" if figure.missed else ""),
    )


def amount(value: float | None, unit: str) -> str:
    """`3.14 CPU ms`."""
    return "" if value is None else f"{number(value)} {unit}".strip()


def number(value: float) -> str:
    """Three digits, or all of those before the point."""
    digits = 2 - math.floor(math.log10(abs(value))) if value else 0
    return f"{value:,.{max(0, digits)}f}"


def ratio(value: float | None) -> str:
    """`3.14`, and below one `1/3.14`: in which the peer has 3.14 times as much."""
    if value is None:
        return ""
    return f"1/{value**-1:.3g}" if 0 < value < 0.995 else f"{value:.3g}"


def show(figures: Iterable[Figure]) -> None:
    """Print them as a table."""
    rows = [COLUMNS, *map(cells, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def alone(told: str | None, figures: Callable[..., Iterable[Figure]], **sizes: int | str) -> None:
    """The command of one benchmark: its sizes are options, its figures are printed."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, size in sizes.items():
        parser.add_argument(f"--{name}", type=type(size), default=size, help=f"({size})")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    show(figures(**vars(options)))
