"""Who speaks and for whom, over all records of an export: TEI's persons and organisations. Pure.

A person is a name as printed: one name in one corpus is one person. A speaker without a name (a reporter, a question)
is the label with the outlet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256

from crawler.items import Participant, Transcript, Turn

# What an XML name may have, of what names here have; libxml2 knows the ideographs of XML 1.0's first editions.
NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._\u4e00-\u9fa5-]")
LONGEST = 60
SEPARATOR = "\x1f"


@dataclass(slots=True)
class Person:
    """A person or an unnamed speaker. `affiliations`: the titles at each organisation."""

    id: str
    name: str
    named: bool
    affiliations: dict[str, set[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Cast:
    """Persons and organisations by id; an organisation is (name, its roles)."""

    persons: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, tuple[str, set[str]]] = field(default_factory=dict)

    def add(self, record: Transcript) -> None:
        """Take in who speaks in a record and who is a guest."""
        for guest in record.participants:
            self._guest(guest)
        for said in record.turns:
            self._speaker(said)

    def _guest(self, guest: Participant) -> None:
        if guest.name:
            self._person(person_id(guest.name), guest.name, True, guest.organisation, guest.titles)
        if guest.organisation:
            self._organisation(guest.organisation, "institution")

    def _speaker(self, said: Turn) -> None:
        self._person(speaker_id(said), said.speaker or said.label, bool(said.speaker), said.affiliation, [])
        if said.affiliation:
            self._organisation(said.affiliation, "media" if said.role == "reporter" else "institution")

    def _person(self, key: str, name: str, named: bool, organisation: str | None, titles: list[str]) -> None:
        person = self.persons.setdefault(key, Person(key, name, named))
        if organisation:
            person.affiliations.setdefault(organisation, set()).update(titles)

    def _organisation(self, name: str, role: str) -> None:
        self.organisations.setdefault(organisation_id(name), (name, set()))[1].add(role)


def person_id(name: str) -> str:
    """The xml:id of a named person."""
    return f"person.{xml_name(name)}"


def speaker_id(said: Turn) -> str:
    """The xml:id of whoever speaks a turn."""
    return person_id(said.speaker) if said.speaker else f"speaker.{xml_name(said.label, said.affiliation or '')}"


def organisation_id(name: str) -> str:
    """The xml:id of an organisation."""
    return f"org.{xml_name(name)}"


def hall_id(site: str) -> str:
    """The xml:id of a hall."""
    return f"hall.{xml_name(site)}"


def xml_name(*parts: str) -> str:
    """Words as the rest of an XML name, the same for the same words and for no others."""
    text = ".".join(filter(None, parts))
    name = NOT_IN_NAMES.sub("_", text)[:LONGEST]
    whole = name == text and not any("." in part for part in parts)
    if whole:
        return name
    return f"{name}.{sha256(SEPARATOR.join(parts).encode('utf8', 'replace')).hexdigest()[:12]}"
