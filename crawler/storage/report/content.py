"""What the records say, counted: fields by year, who speaks, what was cleaned, what stayed damaged. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from crawler.health import fields_of
from crawler.items import Transcript

# Names beyond so many different ones are counted together, and a name is no longer than this.
MOST_NAMES, LONGEST_NAME = 100_000, 80
MOST_SAMPLED = 200


@dataclass(slots=True)
class Tally:
    """How often each name; `others` is the sum of those that came when there were too many."""

    counts: Counter[str] = field(default_factory=Counter)
    others: int = 0

    def add(self, name: str, times: int) -> None:
        """Count a name; a negative number takes it back."""
        name = name[:LONGEST_NAME]
        if name in self.counts or len(self.counts) < MOST_NAMES:
            self.counts[name] += times
        else:
            self.others += times

    def most(self, number: int) -> list[tuple[str, int]]:
        """The most frequent names, then by name."""
        there = ((name, n) for name, n in self.counts.items() if n > 0)
        return sorted(there, key=lambda pair: (-pair[1], pair[0]))[:number]

    @property
    def different(self) -> int:
        """How many names are kept."""
        return sum(n > 0 for n in self.counts.values())


@dataclass(slots=True)
class Content:
    """The newest version of each transcript, added up. `lines` counts all versions, by the day they were fetched.

    `left_out` are the lines that are no records, (byte, reason); `torn` is the length of a torn last line.
    """

    records: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    torn: int = 0
    fields: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    roles: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    layouts: Tally = field(default_factory=Tally)
    speakers: Tally = field(default_factory=Tally)
    speaker_turns: Tally = field(default_factory=Tally)
    outlets: Tally = field(default_factory=Tally)
    outlet_turns: Tally = field(default_factory=Tally)
    changes: Tally = field(default_factory=Tally)
    changed: Tally = field(default_factory=Tally)
    chosen: Tally = field(default_factory=Tally)
    cleaned: int = 0
    unresolved: int = 0
    damaged: int = 0
    flags: Tally = field(default_factory=Tally)
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, record: Transcript, times: int = 1) -> None:
        """Count a record; `times` -1 takes one back that a newer version stands in for."""
        self.records += times
        self.fields[year_of(record)].update({name: times * n for name, n in fields_of(record).items()})
        self.languages[record.language] += times
        self.layouts.add(record.provenance.layout, times)
        self._turns(record, times)
        self._changes(record, times)
        self._damage(record, times)

    def _turns(self, record: Transcript, times: int) -> None:
        speakers = Counter(turn.speaker for turn in record.turns if turn.speaker)
        outlets = Counter(turn.affiliation for turn in record.turns if turn.role == "reporter" and turn.affiliation)
        both = (speakers, self.speakers, self.speaker_turns), (outlets, self.outlets, self.outlet_turns)
        for found, conferences, turns in both:
            for name, n in found.items():
                conferences.add(name, times)
                turns.add(name, n * times)
        for turn in record.turns:
            self.roles[turn.role] += times

    def _changes(self, record: Transcript, times: int) -> None:
        if not record.cleaning:
            return
        self.cleaned += times
        for change in record.cleaning:
            self.changes.add(change.kind, times)
            if not change.certain:
                self.chosen.add(change.kind, times)
        for kind in sorted({change.kind for change in record.cleaning}):
            self.changed.add(kind, times)

    def _damage(self, record: Transcript, times: int) -> None:
        damage = record.damage
        self.unresolved += times * damage.unresolved
        self.damaged += times * (damage.unresolved > 0)
        for flag in damage.flags:
            self.flags.add(flag, times)
        self.samples.pop(record.id, None)
        if times > 0 and damage.samples and len(self.samples) < MOST_SAMPLED:
            self.samples[record.id] = tuple(damage.samples[:2])


def year_of(record: Transcript) -> str:
    """The year of a conference, else of its publication; "" where neither is known."""
    return (record.event.date or record.published_at or "")[:4]
