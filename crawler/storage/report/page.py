"""The report as one HTML page: nothing of it comes from elsewhere, and no script runs in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from importlib.resources import files

from crawler.storage.report.concerns import BAD, WARN, Concern, concerns
from crawler.storage.report.contents import damage, fields, speakers
from crawler.storage.report.coverage import coverage
from crawler.storage.report.figures import KEPT, KILLED, RUNNING
from crawler.storage.report.gather import Hall
from crawler.storage.report.history import growth, runs
from crawler.storage.report.markup import Child, Html, amount, el, joined, plural, short, void, when
from crawler.storage.report.tables import Caps, facts, table
from crawler.storage.report.troubles import failures, missing, next_run, quarantine
from crawler.text.times import utc_text

MOST_BYTES = 500_000
#: Tried in turn until the page is small enough.
CAPS = (Caps(), Caps(rows=8, runs=8, years=12, examples=2), Caps(rows=3, runs=3, years=5, examples=1, charts=False))
MOST_HALLS_NAMED, MOST_CONCERNS = 500, 30
# What links to the sections add to the list of halls.
SPARE = 25_000
NAMED = ("duplicate", "quarantined", "gone", KEPT, "failed", "pending")
WORDS = {BAD: "Problem", WARN: "Warning"}


def page(halls: Sequence[Hall], title: str, now: datetime) -> bytes:
    """The page of some halls, under `MOST_BYTES`: with shorter lists where it must be, and at last with fewer halls."""
    room = MOST_BYTES - len(_page(halls, [], title, now)) - SPARE
    for caps in CAPS:
        sections = _sections(halls, caps, room)
        if len(sections) == len(halls):
            break
    return _page(halls, sections, title, now)


def _sections(halls: Sequence[Hall], caps: Caps, room: int) -> list[Html]:
    """The sections of the first halls, as many as there is room for."""
    found = []
    for n, hall in enumerate(halls, 1):
        section = _hall(hall, f"h{n}", caps)
        room -= len(section.encode())
        if room <= 0:
            break
        found.append(section)
    return found


def _page(halls: Sequence[Hall], sections: Sequence[Html], title: str, now: datetime) -> bytes:
    style = files(__package__).joinpath("style.css").read_text("utf8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = el(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        void("meta", name="color-scheme", content="light dark"),
        el("title", f"Report: {title}"),
        el("style", Html(style)),
    )
    made = el("p", f"{title}, as it was {when(utc_text(now))}.", class_="made")
    several = _overview(halls, len(sections)) if len(halls) > 1 else None
    body = el("body", el("header", el("h1", "Report on the crawl"), made, several), el("main", sections))
    return f"<!DOCTYPE html>\n{el('html', head, body, lang='en')}\n".encode()


def _overview(halls: Sequence[Hall], shown: int) -> Html:
    """Several halls in a table."""
    rows: list[list[Child]] = []
    for n, hall in enumerate(halls[:MOST_HALLS_NAMED], 1):
        found = concerns(hall)
        name = el("a", short(hall.title, 60), href=f"#h{n}") if n <= shown else short(hall.title, 60)
        kind = "wanted" if any(each.level == BAD for each in found) else "had"
        counted = [sum(each.level == level for each in found) for level in (BAD, WARN)]
        rows.append([name, el("td", verdict(hall), class_=kind), *map(amount, (*counted, hall.content.records))])
    heads = ("Hall", "Last run", "Problems", "Warnings", "Transcripts")
    left = [
        f"{plural(len(halls) - shown, 'hall')} have no section: the page would be too large."
        if shown < len(halls)
        else "",
        f"{len(halls) - MOST_HALLS_NAMED} halls are not named." if len(halls) > MOST_HALLS_NAMED else "",
    ]
    return joined([table("Halls", heads, rows, "numbers"), [el("p", text, class_="more") for text in left if text]])


def verdict(hall: Hall) -> str:
    """How the last run ended, in a few words."""
    newest, last = hall.runs.runs[-1:], hall.runs.last
    if newest and newest[0].state == KILLED:
        return "did not end (killed)"
    if last is None:
        return "under way" if hall.files.running else "no run known"
    before = "under way; the one before " if newest and newest[0].state == RUNNING else ""
    return f"{before}{short(last.run.verdict, 40)} (exit {'?' if last.run.exit_code is None else last.run.exit_code})"


def _hall(hall: Hall, ident: str, caps: Caps) -> Html:
    parts: list[tuple[str, str, Html | None]] = [
        ("coverage", "Coverage by month", coverage(hall, ident, caps)),
        ("runs", "Runs", runs(hall, ident, caps)),
        ("failures", "What failed and why", failures(hall, caps)),
        ("quarantine", "Quarantine", quarantine(hall, caps)),
        ("fields", "Fields over time", fields(hall, caps)),
        ("damage", "Damage found and restored", damage(hall, caps)),
        ("speakers", "Speakers and outlets", speakers(hall, caps)),
        ("archive", "The archive and its growth", growth(hall, ident, caps)),
        ("next", "The next run", next_run(hall, caps)),
    ]
    links = [el("li", el("a", title, href=f"#{ident}-{name}")) for name, title, _ in parts]
    return el(
        "section",
        el("h2", short(hall.title, 60), id=f"{ident}-name"),
        _state(hall, caps),
        el("nav", el("ul", links), aria_label=f"Parts of {short(hall.title, 60)}"),
        [el("section", el("h3", title, id=f"{ident}-{name}"), content) for name, title, content in parts],
        id=ident,
        aria_labelledby=f"{ident}-name",
    )


def _state(hall: Hall, caps: Caps) -> Html:
    """Warnings first: the verdict, what to look at, what is missing and why."""
    found = concerns(hall)
    level = found[0].level if found else "good"
    newest = hall.runs.runs[-1:]
    began = f", began {when(newest[0].started_at)}" if newest else ""
    items = [_concern(each) for each in found[:MOST_CONCERNS]]
    more = len(found) - len(items)
    if more:
        items.append(el("li", f"{more} more are not shown."))
    lines = el("ul", items, class_="concerns") if items else el("p", "Nothing needs a look.")
    box = el("div", el("h3", f"Last run: {verdict(hall)}{began}"), lines, missing(hall, caps), class_=f"state {level}")
    return joined([box, facts(_facts(hall))])


def _concern(concern: Concern) -> Html:
    word = WORDS.get(concern.level)
    return el("li", el("strong", f"{word}: ") if word else None, short(concern.text, 400), class_=concern.level)


def _facts(hall: Hall) -> list[tuple[str, Child]]:
    pairs: list[tuple[str, Child]] = [("Transcripts", amount(hall.content.records))]
    if hall.ledger:
        counts = hall.ledger.counts
        unlisted = hall.runs.last.unlisted if hall.runs.last else {}
        pairs += [("Found", amount(hall.ledger.found))]
        pairs += [(f"Found by a {finder} alone", amount(n)) for finder, n in unlisted.items()]
        pairs += [(name.capitalize(), amount(counts[name])) for name in NAMED]
    years = sorted(filter(None, (year for year, n in hall.content.fields.items() if n["records"] > 0)))
    if years:
        pairs.append(("Years", years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"))
    pairs += [(f"Language {name}", amount(n)) for name, n in sorted(hall.content.languages.items()) if n > 0]
    return pairs[:16]
