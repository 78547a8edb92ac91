"""One page to one record, without an engine: what `inspect` shows is what the stages write."""

from __future__ import annotations

from crawler.address import is_mirror
from crawler.items import Page, Transcript
from crawler.site import Site
from crawler.text.cleaning import cut_spam
from crawler.text.extract import extract
from crawler.text.repair import repair
from crawler.text.transcribe import transcribe


def page_to_record(page: Page, site: Site) -> Transcript:
    """The record of a page. Raises `Rejected` for no transcript, pydantic's `ValidationError` for an invalid one."""
    mirror = is_mirror(site, page.url)
    draft = extract(page, site, mirror=mirror)
    draft = cut_spam(draft, mirror=mirror)
    return transcribe(repair(draft, mirror=mirror), site)
