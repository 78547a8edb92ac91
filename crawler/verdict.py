"""What a run came to: its counts, its exit code, and the summary that a person reads. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.text.visible import visible

COMPLETE, PROGRAM_ERROR, WRONG_USAGE, INCOMPLETE, NOTHING, REFUSED, DAMAGED = range(7)
WORDS = {
    COMPLETE: "complete",
    PROGRAM_ERROR: "program error",
    INCOMPLETE: "incomplete",
    NOTHING: "nothing found",
    REFUSED: "refused by the site",
    DAMAGED: "archive damaged",
}
# Why a run ended, other than by itself, and what that makes of it.
ENDS = {
    "cannot_write": PROGRAM_ERROR,
    "cannot_archive": PROGRAM_ERROR,
    "ledger_damaged": DAMAGED,
    "refused": REFUSED,
    "unreachable": INCOMPLETE,
}
# What a run did, by Scrapy's stats.
DONE = {
    "requests": "requests",
    "not_modified": "pages/not_modified",
    "recorded": "transcripts/recorded",
    "versions": "transcripts/versions",
    "unchanged": "transcripts/unchanged",
    "duplicate": "transcripts/duplicate",
    "outside": "transcripts/unwanted",
    "not_captured": "captures/none",
}
# What came of the sitemaps and feeds: read, the same as before, not had, gone; the hall's articles in them, addresses
# of others; sitemaps that were not asked, since they had been or are too many or too deep.
SITEMAPS = ("read", "unchanged", "unread", "gone", "articles", "elsewhere", "again", "too_many")
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Missing:
    """An address that could not be had."""

    what: str
    url: str
    reason: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Warning:
    """What a person should look at. `incomplete`: it means that something was not had."""

    text: str
    incomplete: bool = False


@dataclass(slots=True)
class Outcome:
    """All that the verdict is made of. `stats` are Scrapy's; `counts` the ledger's articles, `pending` those of them

    that the run wanted and did not have; `via` the web archive that was asked in place of the listing;
    `unlisted` the articles that a sitemap or a feed names and no page of the listing.
    """

    stats: Mapping[str, Any]
    counts: Mapping[str, int]
    pending: int = 0
    missing: list[Missing] = field(default_factory=list)
    listing_missing: Mapping[int, str] = field(default_factory=dict)
    listing_last: int = 0
    looped: bool = False
    swept: bool = True
    reason: str = "finished"
    warnings: list[Warning] = field(default_factory=list)
    via: str | None = None
    sitemaps: Mapping[str, int] = field(default_factory=dict)
    unlisted: Mapping[str, int] = field(default_factory=dict)

    def _get(self, key: str) -> int:
        return int(self.stats.get(key, 0))

    @property
    def quarantine(self) -> dict[str, int]:
        """Pages that this run put into quarantine, by reason."""
        return {k.partition("/")[2]: v for k, v in sorted(self.stats.items()) if k.startswith("quarantine/")}

    @property
    def exit_code(self) -> int:
        """The exit code of the run."""
        broken = any(key.startswith("spider_exceptions") for key in self.stats)
        if self.reason in ENDS:
            return ENDS[self.reason]
        if self._get("quarantine/error") or self._get("write_errors") or broken:
            return PROGRAM_ERROR
        if self.reason not in ("finished", "limit"):
            return INCOMPLETE
        if any(m.what == "listing" and m.refused for m in self.missing):
            return REFUSED
        if self.missing or self.listing_missing or any(w.incomplete for w in self.warnings):
            return INCOMPLETE
        if self.pending and self.reason == "finished":
            return INCOMPLETE
        useful = self.counts["recorded"] + self.counts["duplicate"] + self.counts["pending"]
        return COMPLETE if useful or self.counts["gone"] and self.counts["gone"] < self.counts["found"] else NOTHING

    def manifest(self) -> dict[str, Any]:
        """The run for runs/<time>.json."""
        return {
            "verdict": WORDS[self.exit_code],
            "exit_code": self.exit_code,
            "finish_reason": self.reason,
            "counts": dict(self.counts),
            "run": {name: self._get(key) for name, key in DONE.items()},
            "quarantine": self.quarantine,
            "listing": {
                "swept": self.swept,
                "pages": self._get("listing/pages"),
                "last": self.listing_last,
                "missing": {str(n): reason for n, reason in self.listing_missing.items()},
                "looped": self.looped,
                "other_channel": self._get("listing/other_channel"),
                "outside_dates": self._get("listing/outside_dates"),
            },
            "sitemaps": {name: self.sitemaps.get(name, 0) for name in SITEMAPS},
            "not_in_listing": dict(self.unlisted),
            "missing": [{"what": m.what, "url": m.url, "reason": m.reason} for m in self.missing],
            "warnings": [w.text for w in self.warnings],
            "requests": self._get("requests"),
            "seconds": round(float(self.stats.get("elapsed_time_seconds") or 0), 1),
        }


def summary(site: str, outcome: Outcome, path: str) -> list[str]:
    """The run in a few lines of plain text."""
    manifest, counts, run = outcome.manifest(), outcome.counts, outcome.manifest()["run"]
    listing = manifest["listing"]
    told = [f"{n} {word}" for word, n in counts.items() if n and word != "found"]
    did = [f"{n} {word.replace('_', ' ')}" for word, n in run.items() if n and word != "requests"]
    seen = "pages" if outcome.swept else "pages asked for news"
    lines = [
        f"{site}: {manifest['verdict']} (exit {outcome.exit_code}),"
        f" {manifest['requests']} requests in {manifest['seconds']} s",
        f"  archive    {outcome.via}"
        if outcome.via
        else f"  listing    {listing['pages']} of {max(listing['last'], listing['pages'])} {seen}"
        + (", then a loop in the pager" if outcome.looped else ""),
        f"  articles   {counts['found']} found: {', '.join(told) or 'none'}",
        f"  this run   {', '.join(did) or 'nothing new'}",
    ]
    if listing["other_channel"] or listing["outside_dates"]:
        lines.append(
            f"  not asked  {listing['other_channel']} links to other channels,"
            f" {listing['outside_dates']} outside of the dates"
        )
    lines += _of_sitemaps(manifest["sitemaps"], manifest["not_in_listing"])
    if manifest["quarantine"]:
        lines.append("  quarantine " + ", ".join(f"{n} {reason}" for reason, n in manifest["quarantine"].items()))
    lines += [f"  warning    {warning.text}" for warning in outcome.warnings]
    for number, reason in list(outcome.listing_missing.items())[:MOST_LISTED]:
        lines.append(f"  missing    listing page {number}: {reason}")
    for m in outcome.missing[:MOST_LISTED]:
        lines.append(f"  missing    {m.what} {m.url}: {m.reason}")
    if len(outcome.missing) > MOST_LISTED:
        lines.append(f"  missing    … and {len(outcome.missing) - MOST_LISTED} more, in the manifest")
    lines.append(f"  records    {path}")
    return [visible(line) for line in lines]


def _of_sitemaps(counts: Mapping[str, int], unlisted: Mapping[str, int]) -> list[str]:
    """What the sitemaps had, if any was asked; which articles are not in the listing, if any is not."""
    told = [f"{n} {name.replace('_', ' ')}" for name, n in counts.items() if n]
    only = [f"{n} found by {finder} alone" for finder, n in unlisted.items()]
    return [f"  sitemaps   {', '.join(told)}"] * bool(told) + [f"  unlisted   {', '.join(only)}"] * bool(only)
