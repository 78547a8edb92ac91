"""Coverage: the conferences that the listing has, by month, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from crawler.storage.report.charts import Bar, Chart, columns
from crawler.storage.report.figures import HAD, REFUSED, WANTED
from crawler.storage.report.gather import Hall
from crawler.storage.report.markup import Child, Html, amount, el, joined, plural, share
from crawler.storage.report.tables import Caps, table

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PARTS = ("recorded, or a copy of a record", "no record: quarantined or gone", "still to be had")
EARLIER, UNDATED = "earlier", "no day known"

Three = tuple[int, int, int]


def three(outcomes: Mapping[str, int]) -> Three:
    """Articles that were had, that gave no record, that are still to be had."""
    had, refused, wanted = (sum(outcomes.get(name, 0) for name in names) for names in (HAD, REFUSED, WANTED))
    return had, refused, wanted


def by_year(months: Mapping[str, Counter[str]], most: int) -> dict[str, dict[int, Counter[str]]]:
    """Outcomes by year and month, newest year first; month 0 is the whole of what lies before, or has no day."""
    found: dict[str, dict[int, Counter[str]]] = {}
    years = sorted({month[:4] for month in months if month}, reverse=True)
    for month, outcomes in sorted(months.items(), reverse=True):
        if not month:
            continue
        early = month[:4] not in years[:most]
        year, number = (EARLIER, 0) if early else (month[:4], int(month[5:7]))
        found.setdefault(year, {}).setdefault(number, Counter()).update(outcomes)
    if undated := months.get(""):
        found[UNDATED] = {0: Counter(undated)}
    return found


def coverage(hall: Hall, ident: str, caps: Caps) -> Html:
    """The section's content."""
    ledger = hall.ledger
    if ledger is None or not ledger.found:
        why = "There is no ledger that can be read." if ledger is None else "The ledger knows no conference yet."
        return el("p", why)
    had, refused, wanted = three(ledger.counts)
    said = (
        f"The listing has shown {plural(ledger.found, 'conference')}; {amount(had)} of them"
        f" ({share(had, ledger.found)}) are recorded, {amount(refused)} gave no record,"
        f" {amount(wanted)} are still to be had."
    )
    years = by_year(ledger.months, caps.years)
    chart = columns(_chart(years, ident, said)) if caps.charts and any(year.isdigit() for year in years) else None
    rows = [_row(year, months) for year, months in years.items()]
    caption = "Conferences by month: had of known, where they differ; ! marks a month with some still to be had"
    return joined([el("p", said), chart, table(caption, ("Year", *MONTHS, "All"), rows, "months")])


def _chart(years: Mapping[str, Mapping[int, Counter[str]]], ident: str, said: str) -> Chart:
    bars = []
    for year in sorted(filter(str.isdigit, years)):
        for number, name in enumerate(MONTHS, 1):
            label = year if number == 1 else ""
            bars.append(Bar(three(years[year].get(number, {})), label, f"{name} {year}"))
    if len(bars) <= 36:
        bars = [Bar(bar.values, bar.label or bar.name[:3], bar.name) for bar in bars]
    return Chart(f"{ident}-c", "Conferences by month", f"{said} The table below has every month.", PARTS, tuple(bars))


def _row(year: str, months: Mapping[int, Counter[str]]) -> list[Child]:
    cells: list[Child] = [_cell(three(months.get(number, {}))) for number in range(1, 13)]
    return [year, *cells, _cell(three(sum(months.values(), Counter())))]


def _cell(counts: Three) -> Html:
    had, refused, wanted = counts
    known = sum(counts)
    if not known:
        return el("td", "")
    kind = "wanted" if wanted else "refused" if refused else "had"
    return el(
        "td", f"{amount(had)}/{amount(known)}" if had < known else amount(had), "!" if wanted else "", class_=kind
    )
