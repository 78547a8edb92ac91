"""What a soak has shown: a chart of its samples, and a page with a row for each part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

# The speed is drawn as the mean of a stretch of time, so many of which make up the whole.
POINTS = 150
COLOURS = {
    "first crawl": "#1f5fa8",
    "every page again": "#2e8540",
    "every page, some edited": "#c8691c",
    "news only": "#7b4ea3",
}
KILLED = "#c0202a"
AXES = (
    ("Resident memory", "MB"),
    ("Open files", "descriptors"),
    ("The ledger on disk, with its journal", "MB"),
    ("Speed", "requests a CPU second"),
)
COLUMNS = (
    "part",
    "ended",
    "minutes",
    "requests",
    "CPU s",
    "memory, MB",
    "open files",
    "requests a CPU s",
    "ledger, MB",
)
PAGE = """\
# A long run

Written by `python -m benchmarks.soak --chart docs/soak.svg`; not to be edited.

{measured}

The bundled hall, grown to {size} conferences, is crawled over HTTP on one machine, and the crawl is killed (SIGKILL) on
its way and run again. Then every page is asked once more (`-a full=1`), which the server answers with 304; pages are
edited, one in fifty in each edition, and all are asked again; the last run asks for news only. Each run is a process of
its own on the same folder, sampled every two seconds.

![Memory, open files, ledger and speed over time]({chart})

What must hold: memory and open files do not grow with what was done, a request costs as much at the end as at the
beginning, and the ledger, with its journal of some megabytes, grows with the pages alone. Of memory, files and speed a
row has the first and the last third of its run.

{table}
At the end `scrapy verify`: {verified}.
"""


class Sample(NamedTuple):
    """The process: seconds since the start, MB, open files, CPU seconds, requests answered, MB of ledger."""

    at: float
    memory: float
    files: int
    cpu: float
    requests: int
    ledger: float


class Part(NamedTuple):
    """One process: what it did, its samples, and how it ended."""

    name: str
    samples: tuple[Sample, ...]
    killed: bool
    code: int


def row(part: Part) -> tuple[str, ...]:
    """A row of the table, a text for each of `COLUMNS`; the first and the last third of what should not change."""
    ended = "killed" if part.killed else f"exit {part.code}"
    steady = working(part.samples)
    if len(steady) < 4:
        return (part.name, ended, *[""] * (len(COLUMNS) - 2))
    first, *_, last = part.samples
    third = len(steady) // 3 + 1
    one, three = steady[:third], steady[-third:]
    return (
        part.name,
        ended,
        f"{(last.at - first.at) / 60:.1f}",
        f"{last.requests - first.requests:,}",
        f"{last.cpu:,.0f}",
        f"{fmean(s.memory for s in one):.0f} → {fmean(s.memory for s in three):.0f}",
        f"{max(s.files for s in one)} → {max(s.files for s in three)}",
        f"{speed(one[0], one[-1]):.0f} → {speed(three[0], three[-1]):.0f}",
        f"{last.ledger:,.1f}",
    )


def working(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Those behind the first answer: the program is loaded."""
    return [sample for sample in samples if sample.requests > samples[0].requests]


def speed(before: Sample, after: Sample) -> float:
    """Requests a CPU second between two samples."""
    return (after.requests - before.requests) / ((after.cpu - before.cpu) or 1)


def page(parts: Sequence[Part], measured: str, verified: str, size: str, name: str) -> str:
    """The page, in Markdown."""
    rows = [COLUMNS, ("---",) * len(COLUMNS), *map(row, parts)]
    table = "".join(f"| {' | '.join(each)} |\n" for each in rows)
    return PAGE.format(measured=measured, size=size, chart=name, table=table, verified=verified)


def speeds(samples: Sequence[Sample], apart: float) -> tuple[list[float], list[float]]:
    """Minutes, and the mean speed between samples that lie so many seconds apart, without the start of the program."""
    chosen: list[Sample] = []
    for sample in working(samples):
        if not chosen or sample.at - chosen[-1].at >= apart:
            chosen.append(sample)
    pairs = list(pairwise(chosen))
    return [(a.at + b.at) / 120 for a, b in pairs], [speed(a, b) for a, b in pairs]


def chart(parts: Sequence[Part], path: Path) -> None:
    """The samples as four charts over one time, SVG: a colour for each kind of run, a red line for each kill."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update(
        {"svg.hashsalt": "soak", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    )
    from matplotlib import pyplot

    parts = [part for part in parts if part.samples]
    figure, axes = pyplot.subplots(4, 1, sharex=True, figsize=(9, 9), layout="constrained", facecolor="white")
    apart = (parts[-1].samples[-1].at - parts[0].samples[0].at) / POINTS
    for part in parts:
        look = {"color": COLOURS[part.name], "linewidth": 1.5}
        minutes = [sample.at / 60 for sample in part.samples]
        axes[0].plot(minutes, [sample.memory for sample in part.samples], **look)
        axes[1].plot(minutes, [sample.files for sample in part.samples], **look)
        axes[2].plot(minutes, [sample.ledger for sample in part.samples], **look)
        axes[3].plot(*speeds(part.samples, apart), **look)
        for axis in axes:
            axis.axvspan(minutes[0], minutes[-1], color=COLOURS[part.name], alpha=0.07, linewidth=0)
            if part.killed:
                axis.axvline(minutes[-1], color=KILLED, linewidth=1, linestyle=(0, (4, 2)))
    for axis, (title, unit) in zip(axes, AXES, strict=True):
        axis.set_title(title, loc="left", fontsize=10, fontweight="bold")
        axis.set_ylabel(unit)
        axis.set_ylim(0, axis.get_ylim()[1] * 1.1)
        axis.grid(axis="y", alpha=0.3)
    axes[-1].set_xlim(0, parts[-1].samples[-1].at / 60)
    axes[-1].set_xlabel("minutes since the start")
    _legend(figure, {part.name for part in parts}, any(part.killed for part in parts))
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def _legend(figure: Any, names: set[str], killed: bool) -> None:
    from matplotlib.lines import Line2D

    lines = [Line2D([], [], color=colour, linewidth=3, label=name) for name, colour in COLOURS.items() if name in names]
    if killed:
        lines.append(Line2D([], [], color=KILLED, linewidth=1, linestyle=(0, (4, 2)), label="killed (SIGKILL)"))
    figure.legend(handles=lines, loc="outside upper center", ncols=len(lines), frameon=False)
