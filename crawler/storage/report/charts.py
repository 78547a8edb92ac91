"""Charts as inline SVG, each with a title and its numbers in words. Colours are the style sheet's, by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.storage.report.markup import Html, amount, el, joined

WIDE, NARROW, HEIGHT = 720, 400, 220
LEFT, RIGHT, TOP, BOTTOM = 74, 6, 12, 26
PLOT_HEIGHT = HEIGHT - TOP - BOTTOM
STEPS = (1, 2, 5)
# What is there is seen, however little it is.
LEAST = 1.5
# Labels below the axis stand no closer than this.
LABEL_ROOM = 44


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: its values from the bottom up, and the label below the axis, if any."""

    values: tuple[int, ...]
    label: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart is: `id` is used once on a page, `parts` name the values of a bar, `text` has the numbers."""

    id: str
    title: str
    text: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]
    width: int = WIDE

    @property
    def slot(self) -> float:
        """The room of one bar."""
        return (self.width - LEFT - RIGHT) / max(1, len(self.bars))


def columns(chart: Chart) -> Html:
    """Stacked columns with a scale at the left and a legend below."""
    highest = nice(max((sum(bar.values) for bar in chart.bars), default=0))
    slot = chart.slot
    drawn = [_column(bar, LEFT + n * slot, min(slot, 60.0), highest) for n, bar in enumerate(chart.bars)]
    return figure(chart, [_scale(chart, highest), *drawn, _labels(chart)])


def _column(bar: Bar, x: float, slot: float, highest: int) -> Html:
    width = slot * 0.8 if slot > 4 else slot
    bottom, parts = float(TOP + PLOT_HEIGHT), []
    for n, value in enumerate(bar.values):
        if value:
            height = max(PLOT_HEIGHT * value / highest, LEAST)
            bottom -= height
            parts.append(
                el(
                    "rect",
                    class_=f"p{n}",
                    x=f"{x:.1f}",
                    y=f"{bottom:.1f}",
                    width=f"{width:.1f}",
                    height=f"{height:.1f}",
                )
            )
    if not parts:
        return Html("")
    return el("g", el("title", f"{bar.name or bar.label}: {' + '.join(map(str, bar.values))}"), parts)


def area(chart: Chart, unit: str, values: Sequence[float]) -> Html:
    """One value over time, filled to the axis; `values` belong to the chart's bars."""
    highest = nice(max(1, round(max(values, default=0) + 0.499)))
    slot = chart.slot
    floor = TOP + PLOT_HEIGHT
    points = [(LEFT + n * slot, floor - PLOT_HEIGHT * value / highest) for n, value in enumerate(values)]
    steps = [f"L{x:.1f} {y:.1f}H{x + slot:.1f}" for x, y in points]
    path = f"M{LEFT} {floor}" + "".join(steps) + f"V{floor}Z"
    return figure(chart, [_scale(chart, highest, unit), el("path", class_="p0", d=path), _labels(chart)])


def figure(chart: Chart, drawn: Sequence[Html]) -> Html:
    """The drawing with its words."""
    picture = el(
        "svg",
        el("title", chart.title, id=f"{chart.id}-t"),
        el("desc", chart.text, id=f"{chart.id}-d"),
        drawn,
        class_="chart",
        viewBox=f"0 0 {chart.width} {HEIGHT}",
        role="img",
        aria_labelledby=f"{chart.id}-t {chart.id}-d",
    )
    caption = el("figcaption", chart.title, legend(chart.parts) if len(chart.parts) > 1 else None)
    return el("figure", caption, el("div", picture, class_="wide", tabindex=0, role="group", aria_label=chart.title))


def legend(parts: Sequence[str]) -> Html:
    """The colours' meaning."""
    swatch = [el("svg", el("rect", class_=f"p{n}", width=10, height=10), class_="key", viewBox="0 0 10 10",
                 aria_hidden="true") for n in range(len(parts))]  # fmt: skip
    return el("ul", [el("li", key, " ", part) for key, part in zip(swatch, parts)], class_="legend")


def _scale(chart: Chart, highest: int, unit: str = "") -> Html:
    """Lines at nothing, the half and the highest."""
    marks = [0, highest // 2, highest] if highest > 1 and highest % 2 == 0 else [0, highest]
    lines = []
    for mark in marks:
        y = TOP + PLOT_HEIGHT * (1 - mark / highest)
        lines.append(el("line", class_="grid", x1=LEFT, x2=chart.width - RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}"))
        said = f"{amount(mark)}{unit}"
        lines.append(el("text", said, class_="tick", x=LEFT - 6, y=f"{y + 4:.1f}", text_anchor="end"))
    return joined(lines)


def _labels(chart: Chart) -> Html:
    """Labels that do not run into each other."""
    found, free = [], float(LEFT)
    for n, bar in enumerate(chart.bars):
        x = LEFT + n * chart.slot
        if bar.label and x >= free - 0.01 and x <= chart.width - 9 * len(bar.label):
            found.append(el("text", bar.label, class_="tick", x=f"{x:.1f}", y=HEIGHT - 8))
            free = x + max(LABEL_ROOM, 9 * len(bar.label) + 10)
    return joined(found)


def strip(values: Sequence[float]) -> Html:
    """A row of small columns, each a share from 0 to 1; the numbers stand beside it."""
    bars = [
        el("rect", class_="p0", x=f"{n + 0.1:.1f}", y=f"{10 - 10 * value:.1f}", width="0.8", height=f"{10 * value:.1f}")
        for n, value in enumerate(values)
    ]
    box = f"0 0 {max(1, len(values))} 10"
    return el("svg", bars, class_="strip", viewBox=box, preserveAspectRatio="none", aria_hidden="true")


def bar(part: float) -> Html:
    """A bar across a table's cell; its number stands beside it."""
    drawn = el("rect", class_="p0", width=f"{100 * part:.1f}", height=10)
    return el("svg", drawn, class_="bar", viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true")


def nice(highest: int) -> int:
    """The next number of 1, 2 or 5 and noughts: where a scale ends; 1 at least."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= highest:
                return step * power
        power *= 10
