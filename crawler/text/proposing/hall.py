"""A listing page and some articles to a proposed hall."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic import ValidationError

from crawler.address import article_of, first_page, later_pages, listing_address, listing_page
from crawler.items import Draft, Page, Transcript
from crawler.site import Listing, Site
from crawler.text.articles import Refused, read_page
from crawler.text.decode import decode
from crawler.text.extract import extract
from crawler.text.lines import plain
from crawler.text.listing import Item, ListingPage, read_listing
from crawler.text.notice import Rejected, reject_answer
from crawler.text.proposing.answering import spokesperson_pattern
from crawler.text.proposing.article import Article
from crawler.text.proposing.forms import label_forms
from crawler.text.proposing.layouts import Look, find_looks
from crawler.text.proposing.naming import escaped
from crawler.text.proposing.pager import Pager, find_pager
from crawler.text.proposing.paths import NUMBER, article_pattern
from crawler.text.proposing.rows import Row, Rows, find_rows
from crawler.text.proposing.value import NOTE, NoHall, Proposal, Told
from crawler.text.record import page_to_record
from crawler.text.select import Tree

# Seconds; what robots.txt asks for counts where it is more.
DELAY = 10.0
# Page 2 of an article is called like one of these.
SUFFIXES = ("_{n}", "-{n}")
DIVIDER = re.compile(r"\s*[_|｜—–-]+\s*")
SHORTEST_SUFFIX = 2
GUESSED = "the words behind a name are those of other halls"
WANTED = 3


class Listed(NamedTuple):
    """A listing page as proposed: the Site without its layouts, the links, what is told of each part."""

    site: Site
    items: tuple[Item, ...]
    told: tuple[Told, ...]
    title: str


def propose_listing(name: str, page: Page) -> Listed:
    """What a listing page tells of its hall. Raises `NoHall`."""
    try:
        reject_answer(page)
    except Rejected as rejected:
        raise NoHall(f"no listing: {rejected.detail}") from None
    tree = Tree(decode(page.body, page.content_type).text)
    rows = find_rows(tree, page.url)
    pattern = article_pattern([row.url for row in rows.rows])
    pager = find_pager(tree, page.url, (row.url for row in rows.rows))
    parts, host = urlsplit(page.url), _host(rows.rows)
    listing = Listing(
        url=page.url,
        items=(rows.css,),
        page=pager.page,
        first=pager.first,
        base=pager.base,
        pages=re.compile(pager.pages) if pager.pages else None,
        next=pager.next,
    )
    site = Site(
        name=name,
        host=host,
        aliases=(parts.hostname,) if parts.hostname and parts.hostname != host else (),
        scheme=parts.scheme,
        listing=listing,
        article=re.compile(pattern),
        page_suffix=SUFFIXES[0],
        layouts=(),
        delay=DELAY,
    )
    first = listing_address(site, page.url, 1) if (listing_page(site, page.url) or 1) > 1 else page.url
    site = replace(site, listing=replace(listing, url=first))
    read = read_listing(site, page.url, page.body, page.content_type)
    if not read.items:
        raise NoHall("no listing: none of its links is an article's")
    rows_ = [Item(first_page(site, row.url), row.title, row.day) for row in rows.rows if article_of(site, row.url)]
    linked = {item.url: item for item in reversed(rows_)}
    title = plain(next(iter(tree.tags("title")), None))
    return Listed(site, tuple(linked.values())[::-1], _told(site, read, rows, pager), title)


def _host(rows: Sequence[Row]) -> str:
    """The host of most articles."""
    return Counter(urlsplit(row.url).hostname or "" for row in rows).most_common(1)[0][0]


def _told(site: Site, read: ListingPage, rows: Rows, pager: Pager) -> tuple[Told, ...]:
    """What the parts of the listing match, as the crawl's own reader finds it."""
    dated = [item for item in read.items if item.day]
    examples = tuple(f"{item.day} {item.title[:20]}" for item in read.items[:2])
    matches = f"{len(read.items)} articles, {len(dated)} with a date, {rows.besides} elements besides"
    paths = tuple(dict.fromkeys(urlsplit(item.url).path for item in read.items))
    counted = f"; the source says {read.declared} pages" if read.declared else ""
    url = site.listing.url
    made = "" if read.number in (1, None) else "made of a later page's address"
    return (
        Told("listing.url", url, f"page {read.number or 1} was read", guess=made),
        Told("listing.items", rows.css, matches, examples),
        Told("listing.page", pager.page, pager.matches + counted, pager.examples, pager.guess),
        Told("article", site.article.pattern, f"{len(read.items)} addresses", paths[:2]),
        *_note([url for url in rows.dated if not article_of(site, url)]),
    )


def _note(unread: Sequence[str]) -> tuple[Told, ...]:
    """That some dated links are none of the hall's articles, which may be right or a form that the pattern lacks."""
    if not unread:
        return ()
    links = "1 dated link of the listing does" if len(unread) == 1 else f"{len(unread)} dated links of the listing do"
    return (Told(NOTE, "", f"{links} not match the article pattern, e.g. {unread[0]}"),)


def to_fetch(listed: Listed) -> list[str]:
    """Addresses of up to three articles: of each form of address one, then the newest, the oldest, the middle."""
    items = listed.items
    forms = {NUMBER.sub("#", urlsplit(item.url).path): item for item in reversed(items)}
    spread = [*sorted(forms.values(), key=items.index), items[0], items[-1], items[len(items) // 2]]
    return list(dict.fromkeys(item.url for item in spread))[:WANTED]


def propose_hall(listed: Listed, pages: Sequence[Page]) -> Proposal:
    """The whole hall. Raises `NoHall` where no page has speeches that the parser can tell."""
    known = {item.url: item for item in listed.items}
    articles = [_article(page, known) for page in pages if _is_page(page)]
    looks = find_looks(listed.site.name, articles)
    if not looks:
        raise NoHall(f"no transcript: none of {len(pages)} pages has labelled paragraphs under a heading")
    suffix, base, seen = _later(listed.site, pages)
    ending = _suffix(articles, looks)
    site = replace(
        listed.site,
        page_suffix=suffix,
        page_base=base,
        title_suffix=re.compile(escaped(ending) + "$") if ending else None,
        layouts=tuple(look.layout for look in looks),
    )
    read = {look.layout.name: _read(site, look) for look in looks}
    first = next((each for each in read.values() if each), [])
    if not first:
        raise NoHall(f"no transcript: {_why(site, looks[0])}")
    pattern, named = spokesperson_pattern([record for pairs in read.values() for _, record in pairs])
    if pattern:
        site = replace(site, spokesperson=(re.compile(pattern),))
        read = {look.layout.name: _read(site, look) for look in looks}
    told = (
        *listed.told,
        _page_told(suffix, seen),
        Told("title_suffix", ending, "the pages' titles"),
        Told("spokesperson", pattern, f"{len(named)} pages name one", tuple(named[:2]), GUESSED if pattern else ""),
        *_looks_told(looks, read),
    )
    cases = {name: each[0][0].page for name, each in read.items() if each}
    return Proposal(site, told, cases, listed.title)


def _is_page(page: Page) -> bool:
    try:
        reject_answer(page)
    except Rejected:
        return False
    return True


def _article(page: Page, known: Mapping[str, Item]) -> Article:
    item = known.get(page.url)
    return Article(page, item.title, item.day) if item else Article(page)


def _later(site: Site, pages: Sequence[Page]) -> tuple[str, int, tuple[str, ...]]:
    """How the articles' later pages are called, the base, and the numbers that were seen of them."""
    for suffix in SUFFIXES:
        for page in pages:
            named = replace(site, page_suffix=suffix, page_base=1)
            found = later_pages(named, page.url, page.body)
            if found:
                return suffix, 1, tuple(f"page {n} of {page.url}" for n in sorted(found)[:2])
            if later_pages(replace(named, page_base=0), page.url, page.body):
                return suffix, 0, (f"page 2 of {page.url}",)
    return site.page_suffix, site.page_base, ()


def _page_told(suffix: str, seen: tuple[str, ...]) -> Told:
    return Told(
        "page_suffix", suffix, "pages of one article", seen, "" if seen else "no article of several pages was seen"
    )


def _suffix(articles: Sequence[Article], looks: Sequence[Look]) -> str:
    """What the pages' titles have behind their headings, divided from them; "" where they differ."""
    heads = {one.page.url: plain(one.heading) for look in looks for one in look.pages}
    endings = {
        one.document[len(heads[one.page.url]) :]
        for one in articles
        if one.page.url in heads and one.document.startswith(heads[one.page.url])
    }
    ending = endings.pop() if len(endings) == 1 else ""
    return ending if DIVIDER.match(ending) and len(ending) > SHORTEST_SUFFIX else ""


def _read(site: Site, look: Look) -> list[tuple[Draft, Transcript]]:
    """The drafts and records of a look's pages, without those that have none."""
    found = []
    for article in look.pages:
        try:
            found.append((extract(article.page, site), page_to_record(article.page, site)))
        except (Rejected, ValidationError):
            continue
    return found


def _why(site: Site, look: Look) -> str:
    """Why the first page of a look has no record."""
    refused = read_page(look.pages[0].page, site, {})
    return f"{refused.reason}: {refused.detail}" if isinstance(refused, Refused) else ""


def _looks_told(looks: Sequence[Look], read: Mapping[str, list[tuple[Draft, Transcript]]]) -> list[Told]:
    told: list[Told] = []
    for look in looks:
        records = [record for _, record in read[look.layout.name]]
        turns = tuple(
            f"{len(r.turns)} turns, {r.published_at or 'no date'}, {len(r.exchanges)} exchanges" for r in records
        )
        told += look.told
        told.append(Told("turns", look.layout.name, f"{len(records)} of {len(look.pages)} pages", turns[:2]))
    return told + label_forms(pair for pairs in read.values() for pair in pairs)
