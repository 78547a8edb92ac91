"""What a person should look at first, gravest first. Pure."""

from __future__ import annotations

from typing import NamedTuple

from crawler.storage.report.figures import KEPT, KILLED, REFUSED, RUNNING, WANTED, LastRun
from crawler.storage.report.gather import Hall
from crawler.storage.report.loose import moment
from crawler.storage.report.markup import amount, plural, when
from crawler.verdict import COMPLETE, DAMAGED, INCOMPLETE, NOTHING, PROGRAM_ERROR
from crawler.verdict import REFUSED as REFUSED_RUN

BAD, WARN, NOTE = "bad", "warn", "note"
#: What is to be done about an exit code.
ADVICE = {
    PROGRAM_ERROR: "The program failed: look at its log, and at the pages in quarantine for `error`.",
    INCOMPLETE: "Run it again: it asks for what is missing.",
    NOTHING: "The listing gave no conference: look whether it moved.",
    REFUSED_RUN: "The site refuses: look at its robots.txt and ask less often.",
    DAMAGED: "Look at it with scrapy verify, which can mend the ledger.",
}


class Concern(NamedTuple):
    """A line and how grave it is."""

    level: str
    text: str


def concerns(hall: Hall) -> list[Concern]:
    """All of a hall's, gravest first."""
    found = [*_last(hall), *_runs(hall), *_ledger(hall), *_files(hall)]
    return sorted(found, key=lambda concern: (BAD, WARN, NOTE).index(concern.level))


def _last(hall: Hall) -> list[Concern]:
    last = hall.runs.last
    if last is None:
        return [Concern(WARN, "No run has left a manifest: what the crawl did and did not have is not known.")]
    found = []
    code = last.run.exit_code
    if code != COMPLETE:
        said = f"The last run that ended was not complete: {last.run.verdict} (exit {'?' if code is None else code})."
        advice = ADVICE.get(code or 0, "") if last.run.missing or code != INCOMPLETE else ""
        found.append(Concern(BAD, f"{said} {advice}".strip()))
    if missing := last.run.missing:
        found.append(Concern(BAD, f"{plural(missing, 'address', 'addresses')} could not be had; why is below."))
    found += [Concern(WARN, warning) for warning in last.warnings]
    found += _silent(hall, last)
    if last.looped:
        found.append(Concern(WARN, "The listing's pager leads in a circle."))
    return found


def _silent(hall: Hall, last: LastRun) -> list[Concern]:
    """No run for longer than the time after which the whole listing is to be walked again."""
    began = moment(hall.runs.runs[-1].started_at) if hall.runs.runs else None
    if began is None or not last.sweep_days or hall.files.running:
        return []
    days = (hall.now - began).days
    if days <= last.sweep_days:
        return []
    return [
        Concern(WARN, f"No run for {plural(days, 'day')}; the listing is to be walked every {last.sweep_days:g} days.")
    ]


def _runs(hall: Hall) -> list[Concern]:
    found, runs = [], hall.runs
    if runs.runs and runs.runs[-1].state == KILLED:
        begun = when(runs.runs[-1].started_at)
        found.append(
            Concern(BAD, f"The last run began {begun} and did not end: it was killed. Run it again, it goes on.")
        )
    elif hall.files.running:
        begun = f" since {when(runs.runs[-1].started_at)}" if runs.runs and runs.runs[-1].state == RUNNING else ""
        found.append(Concern(NOTE, f"A crawl is writing to the archive{begun}: the figures are of the moment."))
    killed = sum(run.state == KILLED for run in runs.runs)
    if killed > 1 or (killed and runs.runs[-1].state != KILLED):
        found.append(Concern(NOTE, f"{plural(killed, 'run')} did not end: killed, or the machine went down."))
    if runs.unreadable:
        found.append(
            Concern(WARN, f"{len(runs.unreadable)} files in runs/ are no manifests, first {runs.unreadable[0]}")
        )
    if runs.older:
        found.append(Concern(NOTE, f"{plural(runs.older, 'older manifest')} were not read."))
    return found


def _ledger(hall: Hall) -> list[Concern]:
    ledger = hall.ledger
    if ledger is None:
        text = "There is no ledger that can be read: coverage, failures and what is due are not known."
        return [Concern(WARN, f"{text} The next crawl makes one from the files.")]
    found = []
    if wanted := ledger.of(WANTED):
        text = f"{amount(wanted)} of {plural(ledger.found, 'known article')} are still to be had"
        found.append(
            Concern(WARN, f"{text} ({ledger.counts['failed']} failed, {ledger.counts['pending']} not had yet).")
        )
    pages = [pages for _, pages in ledger.sweeps[-2:]]
    told = hall.runs.last is not None and any(line.startswith("the listing has") for line in hall.runs.last.warnings)
    if len(pages) == 2 and pages[1] < pages[0] and not told:
        found.append(Concern(WARN, f"The listing has {pages[1]} pages; at the sweep before it had {pages[0]}."))
    if refused := ledger.of(REFUSED):
        found.append(Concern(NOTE, f"{plural(refused, 'article')} gave no record: quarantined or gone."))
    if kept := ledger.counts[KEPT]:
        found.append(Concern(NOTE, f"{plural(kept, 'page')} had a record and can be had no more; the records stay."))
    lost = ledger.counts["recorded"] - hall.content.records
    if lost > 0 and not hall.files.running:
        text = f"The ledger has {plural(lost, 'article')} more with a record than transcripts.jsonl"
        found.append(Concern(BAD, f"{text}: look at it with scrapy verify."))
    return found


def _files(hall: Hall) -> list[Concern]:
    content = hall.content
    found = [Concern(BAD, line) for line in hall.unread]
    if content.left_out:
        at, reason = content.left_out[0]
        text = f"transcripts.jsonl: {plural(len(content.left_out), 'line')} left out, first byte {at}: {reason}"
        found.append(Concern(BAD, text))
    if content.torn and not hall.files.running:
        text = f"transcripts.jsonl ends in a torn line of {content.torn} bytes; the next crawl cuts it off."
        found.append(Concern(WARN, text))
    if not hall.files.warc_files:
        found.append(
            Concern(WARN, "There is no archive of the responses (warc/): records cannot be read anew from it.")
        )
    if not content.records and not content.left_out:
        found.append(Concern(WARN, "There are no records."))
    return found
