"""What `scrapy check` finds of one hall: in the project's files, and on its live pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.address import article_of
from crawler.commands._fetch import Errand
from crawler.commands._halls import ROOT, worst
from crawler.fixtures import case_folders, read_case
from crawler.halls import Halls, mistakes_of
from crawler.items import Page
from crawler.site import Site
from crawler.text.checking import (
    case_findings,
    era_findings,
    file_findings,
    listing_findings,
    look_at,
    pages_findings,
    to_ask,
)
from crawler.text.notice import Rejected, reject_answer
from crawler.verdict import COMPLETE, NOTHING


@dataclass(slots=True)
class Found:
    """A hall with its findings, the notes, which are none, and what of its live pages was `lost`.

    `spider` is None for a hall that cannot be used; `missed` the exit code of what was lost.
    """

    name: str
    spider: Any = None
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    missed: int = COMPLETE

    @property
    def site(self) -> Site:
        """The hall's data."""
        site: Site = self.spider.site
        return site

    @property
    def code(self) -> int:
        """The exit code."""
        return worst([self.missed, NOTHING if self.findings else COMPLETE])

    def lines(self) -> Iterator[str]:
        """A line each, or one that says that all is well."""
        yield from (f"{self.name}: {finding}" for finding in (*self.findings, *self.lost))
        yield from (f"{self.name}: note: {note}" for note in self.notes)
        if not self.findings and not self.lost:
            yield f"{self.name}: in order"


def check_saved(loader: Halls, name: str) -> Found:
    """A hall's file, docs and saved pages."""
    found = Found(name)
    path = ROOT / "crawler/spiders" / f"{name}.py"
    if name in loader.broken:
        found.findings.append(f"crawler/spiders/{name}.py: {loader.broken[name]}")
        return found
    named = file_findings(name, path.read_text("utf8")) if path.exists() else ["no such file"]
    found.findings += [f"crawler/spiders/{name}.py: {finding}" for finding in named]
    spider: Any = loader.load(name)
    if mistakes := mistakes_of(spider):
        found.findings += [f"crawler/spiders/{name}.py: {mistake}" for mistake in mistakes]
        return found
    found.spider = spider
    found.findings += era_findings(spider.site)
    found.findings += _undocumented(name)
    _check_cases(found, ROOT / "tests/pages")
    return found


def _undocumented(name: str) -> Iterator[str]:
    if not (ROOT / "docs/halls" / f"{name}.md").exists():
        yield f"docs/halls/{name}.md is not there"
    readme = ROOT / "README.md"
    if readme.exists() and f"`{name}`" not in readme.read_text("utf8"):
        yield "README.md does not name it"


def _check_cases(found: Found, pages: Path) -> None:
    """Every saved page, read today."""
    folders = case_folders(pages, found.name)
    if not folders:
        found.findings.append(f"tests/pages/{found.name}: no saved page")
    for folder in folders:
        try:
            case = read_case(folder)
        except (OSError, ValueError) as error:
            found.findings.append(f"{folder.parent.name}/{folder.name}: {' '.join(str(error).split())}")
            continue
        found.findings += case_findings(case, found.site)
        if case.unread:
            found.notes.append(f"{case.name}: expected.json was not read by a person yet")


def follow(site: Site, start: str, page: Page) -> list[str]:
    """The articles to ask behind a live listing page; none, if it is no page."""
    return [] if _refused(page) else to_ask(site, page, start)


def _refused(page: Page) -> str:
    try:
        reject_answer(page)
    except Rejected as rejected:
        return str(rejected)
    return ""


def check_live(found: Found, errand: Errand) -> None:
    """Add what the live pages of an errand show."""
    if not errand.pages:
        found.lost.append(f"listing: {errand.url} could not be had: {errand.why}")
        found.missed = errand.code
        return
    listing, *pages = errand.pages
    why = _refused(listing)
    found.findings += [f"listing: {why}"] if why else listing_findings(found.site, listing)
    sights = [look_at(found.site, page) for page in pages]
    found.findings += pages_findings(found.site, sights)
    for one in errand.missing:
        found.lost.append(f"{one.get('url', errand.url)} could not be had: {one['reason']}")
    if errand.missing:
        found.missed = errand.code
    for sight in sights:
        article = article_of(found.site, sight.url)
        said = f"{sight.layout or 'no page'}, {sight.published or 'no date'}, {sight.turns} turns"
        found.notes.append(f"{article.number if article else sight.url}: {said}")
