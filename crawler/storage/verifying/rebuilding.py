"""A ledger made anew of the files: records, copies and quarantine by their lines; the rest out of the archive.

What no file has is lost: which pages failed before, how often a text changed, how far a sweep was.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import URL, update

from crawler import __version__
from crawler.address import article_of, is_host, later_pages, listing_page, named_host
from crawler.site import Site
from crawler.sitemap import read_sitemap
from crawler.storage.catching_up import catch_up
from crawler.storage.jsonl import read_lines
from crawler.storage.ledger import Ledger, open_ledger
from crawler.storage.ledger.links import FEED, links_of
from crawler.storage.ledger.pages import ARTICLE, LISTING, MAP, Scope
from crawler.storage.ledger.schema import page, run
from crawler.storage.verifying.findings import key
from crawler.storage.verifying.lines import BESIDE, RECORDS
from crawler.storage.verifying.manifests import RUNS, read_manifests
from crawler.storage.warc_reader import Capture, read_warcs
from crawler.storage.warc_record import Earlier, warc_date
from crawler.text.listing import read_listing
from crawler.text.notice import Rejected
from crawler.text.times import utc_text
from crawler.tour import Tour
from crawler.visits import moment
from crawler.walk import reading

# Bytes of a sitemap, unpacked.
MOST = 20_000_000


def rebuild(path: Path, site: Site, folder: Path) -> None:
    """Write a ledger at a path where there is none. Raises `ValueError` for a line that is none, `LedgerError`."""
    ledger = open_ledger(URL.create("sqlite", database=str(path)), site.name, __version__)
    try:
        catch_up(ledger, site, folder)
        articles, start = _articles(site, folder), _start(site, folder)
        for capture in read_warcs(sorted((folder / "warc").glob("*.warc.gz"))):
            if isinstance(capture, Capture):
                _take(ledger, site, capture, articles, start)
        _runs(ledger, folder)
        ledger.connection.commit()
    finally:
        ledger.close()


def _start(site: Site, folder: Path) -> str:
    """Where the last run began: a sitemap's addresses are those of its channel."""
    starts = [values["start"] for values in read_manifests(folder / RUNS)[0].values() if values.get("start")]
    return str(starts[-1]) if starts else site.listing.url


def _articles(site: Site, folder: Path) -> dict[bytes, str]:
    """The article of each response that a line points at, by the key of its record id; the last line of each counts."""
    found: dict[str, bytes] = {}
    for name in (*BESIDE, RECORDS):
        for _, line in read_lines(folder / name):
            warc = line["provenance"]["warc"] if name == RECORDS else line["warc"]
            article = article_of(site, line["url"])
            number = line["id"].partition("/")[2] if name == RECORDS else article and article.number
            if warc and number:
                found[number] = key(warc["record_id"])
    return {record: number for number, record in found.items()}


def _take(ledger: Ledger, site: Site, capture: Capture, articles: dict[bytes, str], start: str) -> None:
    """What a response says: what a revisit of its address refers to, its article's validators, a listing's articles."""
    if not capture.revisit:
        ledger.responses.keep(Earlier(capture.payload_digest, capture.url, warc_date(capture.date), capture.record_id))
    number = articles.get(key(capture.record_id))
    if number is not None:
        _had(ledger, ARTICLE, number, _asked(capture, several=bool(later_pages(site, capture.url, capture.body))))
    if article_of(site, capture.url) is None and capture.status == 200 and not capture.revisit:
        if listing_page(site, capture.url) is None:
            _sitemap(ledger, site, capture, start)
        else:
            _listing(ledger, site, capture)


def _listing(ledger: Ledger, site: Site, capture: Capture) -> None:
    """A page of the listing: it was had, and what it links to is known."""
    place = listing_page(site, capture.url)
    try:
        said = read_listing(site, capture.url, capture.body, capture.content_type)
    except Rejected:
        return
    now, parts = utc_text(capture.date), urlsplit(capture.url)
    scope = Scope((site.host, *site.aliases, parts.netloc))
    own = [item for item in said.items if is_host(site, item.url, capture.url)]
    ledger.links.write(links_of(site, own), capture.url, LISTING, now, scope)
    ledger.pages.found(LISTING, capture.url, capture.url, named_host(site, capture.url), now, scope, number=place)
    read = {"program": __version__, "said": asdict(reading(site, said))}
    _had(ledger, LISTING, capture.url, {**_asked(capture), "queued": None, "reading": read, "asked_at": now})


def _sitemap(ledger: Ledger, site: Site, capture: Capture, start: str) -> None:
    """A sitemap or a feed, if it is one: what it names is known. The next run asks it anew."""
    if urlsplit(capture.url).path == "/robots.txt":
        return
    try:
        said = read_sitemap(capture.url, capture.body, MOST)
    except Rejected:
        return
    links, finder = links_of(site, Tour(site, start).articles(said)), FEED if said.kind == FEED else MAP
    scope = Scope((site.host, *site.aliases, urlsplit(start).netloc))
    ledger.links.write(links, capture.url, finder, utc_text(capture.date), scope)


def _asked(capture: Capture, several: bool = False) -> dict[str, Any]:
    """What a page's row has of its response. Of an article of several pages no validator says that it is unchanged."""
    headers = {} if several else {name.lower(): value for name, value in reversed(capture.headers)}
    return {
        "status": capture.status,
        "etag": headers.get("etag"),
        "last_modified": headers.get("last-modified"),
        "warc_file": capture.place.path.name,
        "warc_offset": capture.place.offset,
        "warc_record": capture.record_id,
    }


def _had(ledger: Ledger, kind: str, name: str, values: dict[str, Any]) -> None:
    wanted = page.c.site == ledger.site, page.c.kind == kind, page.c.key == name
    ledger.connection.execute(update(page).where(*wanted).values(values))


def _runs(ledger: Ledger, folder: Path) -> None:
    """The runs as their manifests tell of them."""
    sizes: dict[str, int] = {}
    for name, values in read_manifests(folder / RUNS)[0].items():
        sizes |= {file: said["to"] for file, said in values["written"].items()}
        row = {
            "site": ledger.site,
            "started_at": values["started_at"],
            "finished_at": _end(values),
            "manifest": name,
            "sizes": dict(sizes),
            **{column: values.get(column) for column in ("exit_code", "counts", "fields")},
        }
        ledger.connection.execute(run.insert().values(row))


def _end(values: dict[str, Any]) -> str:
    began: datetime = moment(values["started_at"])
    return utc_text(began + timedelta(seconds=float(values.get("seconds") or 0)))
