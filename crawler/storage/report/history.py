"""The runs, one by one, and how the archive grew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import accumulate

from crawler.storage.report.charts import NARROW, Bar, Chart, area, columns
from crawler.storage.report.figures import ENDED, KILLED, Files, Run
from crawler.storage.report.gather import Hall
from crawler.storage.report.markup import Child, Html, amount, duration, el, joined, plural, short, size, when
from crawler.storage.report.tables import Caps, facts, left_out, table

# So many runs are columns of the chart, and so many days or months.
MOST_BARS, MOST_DAYS = 60, 45
UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "KB"))


def runs(hall: Hall, ident: str, caps: Caps) -> Html:
    """Records of each run, and how each ended."""
    known = hall.runs.runs
    if not known:
        return el("p", "No run is known.")
    some = known[-caps.runs :][::-1]
    heads = (
        "Began",
        "Ended",
        "Exit",
        "Took",
        "Asked",
        "New",
        "Versions",
        "Copies",
        "Quarantined",
        "Not had",
        "Warnings",
    )
    caption = "Runs, newest first"
    shown = table(caption, heads, [_row(run) for run in some], "numbers")
    return joined(
        [
            _runs_chart(known, ident) if caps.charts and len(known) > 1 else None,
            shown,
            left_out(len(some), len(known), "run"),
        ]
    )


def _runs_chart(known: list[Run], ident: str) -> Html:
    some = known[-MOST_BARS:]
    bars, day = [], ""
    for run in some:
        label = run.started_at[5:10] if run.started_at[:10] != day else run.started_at[11:16]
        day = run.started_at[:10]
        values = max(0, (run.recorded or 0) - run.versions), run.versions
        bars.append(Bar(values, label, when(run.started_at)))
    best = max(some, key=lambda run: run.recorded or 0)
    total = sum(run.recorded or 0 for run in some)
    said = (
        f"{plural(len(some), 'run')} wrote {plural(total, 'record')}, new versions among them;"
        f" the most, {amount(best.recorded or 0)}, the run of {when(best.started_at)}."
        " The table below has the last runs."
    )
    parts = ("new conferences", "new versions")
    return columns(Chart(f"{ident}-r", f"Records of the last {plural(len(some), 'run')}", said, parts, tuple(bars)))


def _row(run: Run) -> list[Child]:
    if run.state != ENDED:
        how = "did not end (killed)" if run.state == KILLED else "under way"
        return [when(run.started_at), el("td", how, class_="wanted" if run.state == KILLED else None), *["–"] * 9]
    kind = "had" if run.exit_code == 0 else "wanted"
    code = "?" if run.exit_code is None else str(run.exit_code)
    if run.recorded is None:
        return [
            when(run.started_at),
            el("td", f"{run.verdict}; its manifest is not there", class_=kind),
            code,
            *["–"] * 8,
        ]
    new = max(0, run.recorded - run.versions)
    numbers = (run.requests, new, run.versions, run.duplicate, run.quarantined, run.missing, run.warnings)
    ended = el("td", short(run.verdict, 40), class_=kind)
    return [when(run.started_at), ended, code, duration(run.seconds), *map(amount, numbers)]


def growth(hall: Hall, ident: str, caps: Caps) -> Html:
    """What the archive weighs, and since when."""
    files, content = hall.files, hall.content
    lines = content.lines.total()
    weight = sum(files.sizes.values()) + files.warc_bytes
    pairs: list[tuple[str, Child]] = [
        ("All files", size(weight)),
        ("Responses (warc/)", _warc(files)),
        ("Responses archived", "not indexed" if files.responses is None else amount(files.responses)),
        ("transcripts.jsonl", f"{size(files.sizes.get('transcripts.jsonl', 0))}, {plural(lines, 'line')}"),
        ("Transcripts", f"{amount(content.records)}, and {plural(lines - content.records, 'older version')}"),
        (
            "duplicates.jsonl",
            f"{size(files.sizes.get('duplicates.jsonl', 0))}, {plural(hall.copies, 'copy', 'copies')}",
        ),
        (
            "quarantine.jsonl",
            f"{size(files.sizes.get('quarantine.jsonl', 0))}, {plural(hall.quarantine.total, 'page')}",
        ),
        ("Ledger", size(sum(n for name, n in files.sizes.items() if name.startswith("ledger")))),
    ]
    drawn = []
    if caps.charts and files.warc_bytes:
        drawn.append(_grown(files.warc_days, f"{ident}-w", "Responses archived, size", "size"))
    if caps.charts and lines:
        drawn.append(_grown(content.lines, f"{ident}-l", "Records written, all versions", "lines"))
    return joined([facts(pairs), el("div", drawn, class_="pair") if drawn else None])


def _warc(files: Files) -> str:
    still = f", {files.warc_open} of them not closed" if files.warc_open else ""
    return f"{size(files.warc_bytes)} in {plural(files.warc_files, 'file')}{still}"


def _grown(days: Mapping[str, int], ident: str, title: str, what: str) -> Html:
    """What had gathered by each day, or each month where there are many; those without a day come first."""
    steps = Counter(days)
    before = steps.pop("", 0)
    if len(steps) > MOST_DAYS:
        by_month: Counter[str] = Counter()
        for day, n in steps.items():
            by_month[day[:7]] += n
        steps = by_month
    names = sorted(steps)[-MOST_BARS:]
    before += sum(n for name, n in steps.items() if name not in names)
    sums = list(accumulate((steps[name] for name in names), initial=before))[1:] or [before]
    divisor, unit = next(((d, f" {u}") for d, u in UNITS if what == "size" and sums[-1] >= 5 * d), (1.0, ""))
    told = size if what == "size" else lambda n: f"{int(n):,}"
    first, last = (names[0], names[-1]) if names else ("an unknown day", "now")
    said = f"{told(sums[0])} by {first}, {told(sums[-1])} by {last}."
    chart = Chart(ident, title, said, (title,), tuple(Bar((), name) for name in names), NARROW)
    rows = [(name, told(n)) for name, n in zip(names, sums)][-6:]
    numbers = table(f"{title}: the last days" if len(steps) == len(names) else title, ("By", "In all"), rows, "numbers")
    drawn = area(chart, unit, [n / divisor for n in sums]) if len(names) > 1 else None
    return el("div", drawn, numbers)
