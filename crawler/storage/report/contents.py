"""What is in the records: fields over the years, who speaks, what cleaning did and what stayed damaged."""

from __future__ import annotations

from collections import Counter

from crawler.health import USUAL
from crawler.storage.report.charts import bar, strip
from crawler.storage.report.content import Tally
from crawler.storage.report.gather import Hall
from crawler.storage.report.markup import Child, Html, amount, chinese, el, joined, plural, share
from crawler.storage.report.tables import Caps, facts, left_out, table

EARLIER, UNDATED = "earlier", "no day"


def fields(hall: Hall, caps: Caps) -> Html:
    """How often each field is there, by year of the conference, and in the last run."""
    years = field_years(hall.content.fields, caps.years)
    if not years:
        return el("p", "There are no records.")
    names = sorted({name for _, counts in years for name in counts} - {"records"})
    last = hall.runs.last.fields if hall.runs.last else {}
    told = bool(last.get("records"))
    rows = [_field(name, years, last if told else None) for name in names]
    records = [amount(counts["records"]) for _, counts in years]
    rows.append(["records", "", amount(hall.content.records), *([amount(last["records"])] if told else []), *records])
    heads = ("Field", "Over the years", "All", *(["Last run"] if told else []), *(year for year, _ in years))
    caption = "Records that have a field, in percent, by year of the conference; the small columns go from old to new"
    layouts = ", ".join(f"{name} {amount(n)}" for name, n in hall.content.layouts.most(caps.rows))
    return joined([table(caption, heads, rows, "fields numbers"), el("p", f"Layouts that read them: {layouts}.")])


def _field(name: str, years: list[tuple[str, Counter[str]]], last: dict[str, int] | None) -> list[Child]:
    there = sum(counts[name] for _, counts in years)
    records = sum(counts["records"] for _, counts in years)
    shares = [counts[name] / counts["records"] for year, counts in years if year.isdigit()]
    each = [] if last is None else [(last.get(name, 0), last["records"])]
    each += [(counts[name], counts["records"]) for _, counts in years]
    usual = there / records
    return [name, strip(shares[::-1]), _share(there, records, usual), *(_share(*one, usual) for one in each)]


def _share(part: int, whole: int, usual: float) -> Html:
    """Marked where a field that is usually there is there half as often."""
    here = part / whole if whole else 0.0
    emptied = usual >= USUAL and here <= usual / 2
    return el("td", share(part, whole).removesuffix(" %"), class_="wanted" if emptied else f"f{min(4, int(5 * here))}")


def field_years(found: dict[str, Counter[str]], most: int) -> list[tuple[str, Counter[str]]]:
    """Counts by year, newest first; what lies before the years that are shown is one sum."""
    there = {year: counts for year, counts in found.items() if counts["records"] > 0}
    dated = sorted(filter(None, there), reverse=True)
    years = [(year, there[year]) for year in dated[:most]]
    if early := dated[most:]:
        years.append((EARLIER, sum((there[year] for year in early), Counter())))
    return [*years, (UNDATED, there[""])] if "" in there else years


def speakers(hall: Hall, caps: Caps) -> Html:
    """The most frequent speakers and outlets."""
    content = hall.content
    turns = content.roles.total()
    if not turns:
        return el("p", "There are no records.")
    roles = ", ".join(f"{role} {amount(n)}" for role, n in sorted(content.roles.items(), key=lambda pair: -pair[1]))
    both = (
        _names("Speakers, by conferences", "Speaker", content.speakers, content.speaker_turns, caps),
        _names("Outlets whose reporters ask, by conferences", "Outlet", content.outlets, content.outlet_turns, caps),
    )
    said = f"{plural(turns, 'turn')}: {roles}. A name in the two scripts is two names here."
    return joined([el("p", said), el("div", both, class_="pair")])


def _names(caption: str, head: str, conferences: Tally, turns: Tally, caps: Caps) -> Html:
    some = conferences.most(caps.rows)
    highest = some[0][1] if some else 1
    rows = [[chinese(name), bar(n / highest), amount(n), amount(turns.counts[name])] for name, n in some]
    shown = table(caption, (head, "", "Conferences", "Turns"), rows, "names numbers")
    return el("div", shown, left_out(len(some), conferences.different, "name"))


def damage(hall: Hall, caps: Caps) -> Html:
    """What cleaning took away and restored, and what is still damaged."""
    content = hall.content
    if not content.records:
        return el("p", "There are no records.")
    pairs: list[tuple[str, Child]] = [
        ("Records cleaned", f"{amount(content.cleaned)} ({share(content.cleaned, content.records)})"),
        ("Records still damaged", f"{amount(content.damaged)} ({share(content.damaged, content.records)})"),
        ("Damaged places left", amount(content.unresolved)),
    ]
    kinds = content.changes.most(caps.rows)
    rows: list[list[Child]] = [
        [kind, amount(n), amount(content.changed.counts[kind]), amount(content.chosen.counts[kind])]
        for kind, n in kinds
    ]
    caption = "Changes to the pages' own text, by kind; a chosen one is the likeliest, not certain"
    shown = table(caption, ("Kind", "Changes", "Records", "Chosen"), rows, "numbers") if rows else None
    return joined([facts(pairs), shown, left_out(len(kinds), content.changes.different, "kind"), *_left(hall, caps)])


def _left(hall: Hall, caps: Caps) -> list[Html | None]:
    """Samples of what stayed damaged."""
    content = hall.content
    flags = ", ".join(f"{name} {amount(n)}" for name, n in content.flags.most(caps.rows))
    some = sorted(content.samples.items())[: caps.rows]
    items = [el("li", name, ": ", [[chinese(sample, 80), " "] for sample in samples]) for name, samples in some]
    return [
        el("p", f"Put in by others, and not to be told from the page's own words: {flags}.") if flags else None,
        joined([el("h4", "Left damaged, samples"), el("ul", items)]) if items else None,
        left_out(len(some), content.damaged, "record") if items else None,
    ]
