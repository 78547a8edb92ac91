"""Tables, and lists of pages under a reason; how much of them is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.storage.report.figures import Group
from crawler.storage.report.markup import Child, Html, address, amount, chinese, el, plural, short, when


@dataclass(frozen=True, slots=True)
class Caps:
    """How much is shown: rows of a list, runs, years, examples of a reason; whether charts are drawn."""

    rows: int = 15
    runs: int = 20
    years: int = 20
    examples: int = 3
    charts: bool = True


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Child]], kind: str = "") -> Html:
    """A table whose first column names the row. A phone scrolls it sideways in its own box."""
    head = el("thead", el("tr", [el("th", name, scope="col") for name in heads]))
    body = el("tbody", [_row(row) for row in rows])
    drawn = el("table", el("caption", el("span", caption)), head, body, class_=kind or None)
    return el("div", drawn, class_="wide", tabindex=0, role="region", aria_label=caption)


def _row(row: Sequence[Child]) -> Html:
    return el("tr", el("th", row[0], scope="row"), [cell if is_cell(cell) else el("td", cell) for cell in row[1:]])


def is_cell(child: Child) -> bool:
    """Whether a child is a cell already."""
    return isinstance(child, Html) and child.startswith("<td")


def left_out(shown: int, there: int, what: str) -> Html | None:
    """Says how many of a list are not shown."""
    if there <= shown:
        return None
    return el(
        "p", f"{plural(there - shown, what)} more {'is' if there - shown == 1 else 'are'} not shown.", class_="more"
    )


def reasons(groups: Sequence[Group], caps: Caps, others: int = 0) -> Html:
    """Reasons with their number and a few pages; `others` is how many pages more there are of other reasons."""
    items = []
    for group in groups[: caps.rows]:
        pages = [_page(example.url, example.detail, example.at) for example in group.examples[-caps.examples :]]
        items.append(el("li", el("strong", amount(group.count)), " ", el("span", short(group.reason)), el("ul", pages)))
    rest = sum(group.count for group in groups[caps.rows :]) + others
    more = None
    if rest:
        kinds = len(groups) - caps.rows
        said = f" ({plural(kinds, 'reason')})" if kinds > 0 and not others else ""
        more = el("p", f"{plural(rest, 'page')} of other reasons{said} not shown.", class_="more")
    return el("div", el("ul", items, class_="reasons"), more)


def _page(url: str, detail: str, at: str) -> Html:
    said = [": ", chinese(detail)] if detail else []
    return el("li", address(url), *said, el("small", " ", when(at)) if at else None)


def facts(pairs: Sequence[tuple[str, Child]]) -> Html:
    """Names and values."""
    return el("dl", [el("div", el("dt", name), el("dd", value)) for name, value in pairs], class_="facts")
