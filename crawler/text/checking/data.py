"""A Site's data: what in it would break a crawl, and whether its layouts' eras fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from urllib.parse import urlsplit

from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator
from selectolax.lexbor import SelectolaxError

from crawler.site import Layout, Listing, Site
from crawler.text.select import Tree

NUMBER = "{n}"
OFFSET = re.compile(r"Z|[+-]\d\d:\d\d")
CSS = ("body", "title", "published", "source", "editors", "breadcrumbs", "editions")


def site_mistakes(site: Site) -> list[str]:
    """What in a Site would break a crawl, a line each."""
    try:
        return [
            *_pattern_mistakes(site),
            *_listing_mistakes(site.listing),
            *_other_mistakes(site),
            *_css_mistakes(site),
        ]
    except (AttributeError, TypeError, ValueError) as error:  # a value of another kind than the field's
        return [f"a field has a value of the wrong kind: {error}"]


def _pattern_mistakes(site: Site) -> Iterator[str]:
    patterns: list[tuple[str, re.Pattern[str], tuple[str, ...]]] = [("article", site.article, ("id", "page"))]
    patterns += [("spokesperson", pattern, ("name",)) for pattern in site.spokesperson]
    for field, pattern, groups in patterns:
        for group in groups:
            if group not in pattern.groupindex:
                yield f"{field}: the pattern has no group {group!r}: {pattern.pattern}"
    for field, rewritten in (("variants", site.variants), ("tabs", site.tabs)):
        for pattern, replacement in rewritten:
            try:
                pattern.sub(replacement, "/")
            except (re.error, IndexError) as error:
                yield f"{field}: {replacement!r} is no replacement: {error}"


def _listing_mistakes(listing: Listing) -> Iterator[str]:
    for form in (listing.page, *listing.others):
        if form.count(NUMBER) != 1:
            yield f"listing: {form!r} has not one {NUMBER}"
    if listing.pages is not None and listing.pages.groups < 1:
        yield f"listing: pages has no group with the number: {listing.pages.pattern}"
    parts = urlsplit(listing.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield f"listing: {listing.url!r} is no http or https address"


def _other_mistakes(site: Site) -> Iterator[str]:
    if site.page_suffix.count(NUMBER) != 1:
        yield f"page_suffix: {site.page_suffix!r} has not one {NUMBER}"
    if not site.host or "/" in site.host:
        yield f"host: {site.host!r} is no host"
    if site.scheme not in ("http", "https"):
        yield f"scheme: {site.scheme!r} is neither http nor https"
    if not OFFSET.fullmatch(site.utc_offset):
        yield f"utc_offset: {site.utc_offset!r} is no offset such as +08:00"
    if site.delay < 0:
        yield f"delay: {site.delay} is less than nothing"
    for name, count in Counter(layout.name for layout in site.layouts).items():
        if count > 1:
            yield f"layouts: {count} are named {name!r}"
    for layout in site.layouts:
        if layout.since > layout.until:
            yield f"layout {layout.name}: since {layout.since} is after until {layout.until}"


def _css_mistakes(site: Site) -> Iterator[str]:
    if not site.listing.items:
        yield "listing: items has no CSS"
    for css in site.listing.items:
        yield from _bad_css("listing items", css)
    for layout in site.layouts:
        for part in CSS:
            css = getattr(layout, part)
            if not css.strip() and part in ("body", "title"):
                yield f"layout {layout.name}: {part} has no CSS"
            yield from _bad_css(f"layout {layout.name}, {part}", css)


def _bad_css(place: str, css: str) -> Iterator[str]:
    for one in filter(None, map(str.strip, css.split(","))):
        try:
            HTMLTranslator().css_to_xpath(one)
            Tree("").root.css(one)
        except (SelectorError, SelectolaxError) as error:
            yield f"{place}: {one!r} is no CSS: {error}"


def era_findings(site: Site) -> list[str]:
    """Days that no layout is for, and layouts that can never be taken. Eras may overlap: halls change over months."""
    return [*_gaps(site.layouts), *_hidden(site.layouts)]


def _gaps(layouts: tuple[Layout, ...]) -> Iterator[str]:
    reached: date | None = None
    for layout in sorted(layouts, key=lambda one: one.since):
        if reached is not None and reached < date.max and layout.since > reached + timedelta(days=1):
            yield f"layout {layout.name}: none is for the days from {reached + timedelta(days=1)} to {layout.since}"
        reached = max(reached or layout.until, layout.until)


def _hidden(layouts: tuple[Layout, ...]) -> Iterator[str]:
    for first, second in combinations(layouts, 2):
        overlaps = first.since <= second.until and second.since <= first.until
        if overlaps and (first.body, first.title) == (second.body, second.title):
            yield f"layout {second.name}: {first.name} has its body and title in the same days"
