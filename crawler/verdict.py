"""What a run came to: its counts, its exit code, and the summary that a person reads. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

COMPLETE, PROGRAM_ERROR, WRONG_USAGE, INCOMPLETE, NOTHING, REFUSED = range(6)
WORDS = {
    COMPLETE: "complete",
    PROGRAM_ERROR: "program error",
    INCOMPLETE: "incomplete",
    NOTHING: "nothing found",
    REFUSED: "refused by the site",
}
# Quarantine reasons that count as an article that is gone.
GONE = "quarantine/gone"
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Missing:
    """An address that could not be had."""

    what: str
    url: str
    reason: str
    refused: bool = False


@dataclass(slots=True)
class Outcome:
    """All that the verdict is made of. `stats` are Scrapy's."""

    stats: Mapping[str, Any]
    missing: list[Missing] = field(default_factory=list)
    listing_missing: Mapping[int, str] = field(default_factory=dict)
    listing_last: int = 0
    looped: bool = False
    reason: str = "finished"

    def _get(self, key: str) -> int:
        return int(self.stats.get(key, 0))

    @property
    def counts(self) -> dict[str, int]:
        """Articles by what became of them; `found` is the sum of the others."""
        quarantined = sum(int(n) for key, n in self.stats.items() if key.startswith("quarantine/"))
        gone = self._get(GONE)
        incomplete = self._get("quarantine/incomplete")
        errors = sum(int(n) for key, n in self.stats.items() if key == "quarantine/http_error")
        failed = len({m.url for m in self.missing if m.what == "article"}) - incomplete - errors
        counts = {
            "recorded": self._get("transcripts/recorded"),
            "unchanged": self._get("transcripts/unchanged"),
            "duplicate": self._get("transcripts/duplicate"),
            "quarantined": quarantined - gone,
            "gone": gone,
            "failed": max(0, failed),
            "outside": self._get("transcripts/unwanted"),
            "redirected": self._get("articles/redirected"),
        }
        found = self._get("articles/found")
        counts["pending"] = max(0, found - sum(counts.values()))
        return {"found": found, **counts}

    @property
    def exit_code(self) -> int:
        """The exit code of the run."""
        counts = self.counts
        if (
            self._get("quarantine/error")
            or self._get("write_errors")
            or any(key.startswith("spider_exceptions") for key in self.stats)
        ):
            return PROGRAM_ERROR
        if self.reason not in ("finished", "limit"):
            return PROGRAM_ERROR if self.reason == "cannot_write" else INCOMPLETE
        if any(m.what == "listing" and m.refused for m in self.missing):
            return REFUSED
        if self.missing or self.listing_missing or counts["pending"] and self.reason == "finished":
            return INCOMPLETE
        useful = counts["recorded"] + counts["unchanged"] + counts["duplicate"] + counts["outside"]
        if not useful and not self._get("listing/outside_dates"):
            return NOTHING
        return COMPLETE

    def manifest(self) -> dict[str, Any]:
        """The run for runs/<time>.json."""
        return {
            "verdict": WORDS[self.exit_code],
            "exit_code": self.exit_code,
            "finish_reason": self.reason,
            "counts": self.counts,
            "quarantine": {
                k.partition("/")[2]: v for k, v in sorted(self.stats.items()) if k.startswith("quarantine/")
            },
            "listing": {
                "pages": self._get("listing/pages"),
                "last": self.listing_last,
                "missing": {str(n): reason for n, reason in self.listing_missing.items()},
                "looped": self.looped,
                "other_channel": self._get("listing/other_channel"),
                "outside_dates": self._get("listing/outside_dates"),
            },
            "missing": [{"what": m.what, "url": m.url, "reason": m.reason} for m in self.missing],
            "requests": self._get("downloader/request_count"),
            "seconds": round(float(self.stats.get("elapsed_time_seconds") or 0), 1),
        }


def summary(site: str, outcome: Outcome, path: str) -> list[str]:
    """The run in a few lines of plain text."""
    manifest, counts = outcome.manifest(), outcome.counts
    listing = manifest["listing"]
    told = [f"{n} {word}" for word, n in counts.items() if n and word != "found"]
    lines = [
        f"{site}: {manifest['verdict']} (exit {outcome.exit_code}),"
        f" {manifest['requests']} requests in {manifest['seconds']} s",
        f"  listing    {listing['pages']} of {max(listing['last'], listing['pages'])} pages"
        + (", then a loop in the pager" if outcome.looped else ""),
        f"  articles   {counts['found']} found: {', '.join(told) or 'none'}",
    ]
    if listing["other_channel"] or listing["outside_dates"]:
        lines.append(
            f"  not asked  {listing['other_channel']} links to other channels,"
            f" {listing['outside_dates']} outside of the dates"
        )
    if manifest["quarantine"]:
        lines.append("  quarantine " + ", ".join(f"{n} {reason}" for reason, n in manifest["quarantine"].items()))
    for number, reason in list(outcome.listing_missing.items())[:MOST_LISTED]:
        lines.append(f"  missing    listing page {number}: {reason}")
    for m in outcome.missing[:MOST_LISTED]:
        lines.append(f"  missing    {m.what} {m.url}: {m.reason}")
    if len(outcome.missing) > MOST_LISTED:
        lines.append(f"  missing    … and {len(outcome.missing) - MOST_LISTED} more, in the manifest")
    lines.append(f"  records    {path}")
    return lines
