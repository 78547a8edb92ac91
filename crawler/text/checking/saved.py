"""A saved page read today, against the record that a person wrote down."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from crawler.address import path_day
from crawler.items import Page
from crawler.site import Site
from crawler.text.notice import Rejected
from crawler.text.record import page_to_record

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Case:
    """A saved page with its expected record; `unread`: nobody has compared that record with the page yet."""

    name: str
    page: Page = field(repr=False)
    expected: dict[str, Any] = field(repr=False)
    unread: bool = False


def wrong_fields(case: Case, site: Site) -> dict[str, tuple[Any, Any]]:
    """Each expected key that is not as expected: (found, expected). Raises as `page_to_record` does."""
    record = json.loads(page_to_record(case.page, site).model_dump_json())
    wrong = {}
    for key, expected in case.expected.items():  # whatever keys the reader wrote down
        found = record.get(key)
        if key == "cleaning":
            found, expected = ([change["before"].strip() for change in each] for each in (found or [], expected))
        if found != expected:
            wrong[key] = found, expected
    return wrong


def case_findings(case: Case, site: Site) -> list[str]:
    """What of a saved page is not read as expected, or not by a layout of its day."""
    try:
        wrong = wrong_fields(case, site)
        layout = page_to_record(case.page, site).provenance.layout
    except (Rejected, ValidationError) as error:
        return [f"{case.name}: no record: {' '.join(str(error).split())[:200]}"]
    found = [f"{case.name}: {key} is {_short(is_)}, expected {_short(was)}" for key, (is_, was) in wrong.items()]
    day = path_day(case.page.url)
    if any(one.name == layout and not one.holds(day) for one in site.layouts):
        found.append(f"{case.name}: layout {layout} is not for {day}")
    return found


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"
