"""Addresses: which article, which page of it, and its one canonical address. Pure functions of a Site and a URL.

The address of a web archive's replay stands for the address that it replays.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import lru_cache
from posixpath import basename, dirname
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from crawler.reach import is_local
from crawler.site import Site, unnumbered
from crawler.text.captures import original

BREAKS = re.compile(r"[\t\r\n]")
# A path that stays as it is wherever it is linked: no step of dots, nothing behind it. Most links of a listing.
PLAIN_PATH = re.compile(r"(?:/[\w-]+)+(?:\.[\w-]+)*", re.ASCII)
# /2016/1222/, /2019-01/31/, /202608/t20260820_12007399.
PATH_DAY = re.compile(r"/t?(20\d\d)[/-]?(\d\d)[/-]?(\d\d)(?:/|_\d)")


class Article(NamedTuple):
    """An article's number as the site counts it, and the page of it (from 1)."""

    number: str
    page: int


def article_of(site: Site, url: str) -> Article | None:
    """The article that an address names, None for any other page."""
    found = site.article.search(urlsplit(original(url)).path)
    if found is None:
        return None
    return Article(found["id"], max(1, int(found["page"]) + 1 - site.page_base) if found["page"] else 1)


def channel_of(site: Site, url: str) -> str | None:
    """The channel that an address of a listing or an article names; None where none is, or the site has none."""
    found = site.channel.search(urlsplit(url).path) if site.channel else None
    return found[1] if found else None


def linked(base: str, href: str) -> str | None:
    """The absolute address of a link without its fragment; None for none, and for what is no address."""
    href = BREAKS.sub("", href.strip())
    if not href or href.startswith(("#", "javascript:", "mailto:")):
        return None
    if PLAIN_PATH.fullmatch(href) and (origin := _origin(base)):
        return origin + href
    try:
        target = urljoin(base, href).partition("#")[0]
        return target if _has_host(urlsplit(target)) else None
    except ValueError:
        return None


@lru_cache(maxsize=16)
def _origin(base: str) -> str | None:
    """Scheme and host of a page, without which its links are looked at one by one: ten times as slow."""
    try:
        parts = urlsplit(base)
        return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and _has_host(parts) else None
    except ValueError:
        return None


def _has_host(parts: SplitResult) -> bool:
    return bool(parts.hostname) and (parts.port is None or parts.port > 0)


def first_page(site: Site, url: str) -> str:
    """The address to ask: host and script variant as linked, the transcript's tab, first page, no query or fragment."""
    parts = urlsplit(original(url))
    path = parts.path
    found = site.article.search(path)
    if found and found["page"]:
        before, after = map(len, site.page_suffix.split("{n}"))
        path = path[: found.start("page") - before] + path[found.end("page") + after :]
    for pattern, replacement in site.tabs:
        path = pattern.sub(replacement, path)
    return urlunsplit((parts.scheme, parts.netloc, path, "" if found else parts.query, ""))


def later_page(site: Site, url: str, page: int) -> str:
    """The address of page 2, 3, … of the article whose first page is at `url`."""
    parts = urlsplit(first_page(site, url))
    stem, dot, extension = _file(site, parts.path).rpartition(".")
    name = stem + site.page_suffix.format(n=page - 1 + site.page_base) + dot + extension
    return urlunsplit((*parts[:2], parts.path.rpartition("/")[0] + "/" + name, *parts[3:]))


def _file(site: Site, path: str) -> str:
    """The file that an address names; a folder's own page is called as the listing's first is."""
    return basename(path) or site.listing.firsts[0]


def later_pages(site: Site, url: str, body: bytes) -> set[int]:
    """Numbers of the article's later pages that a page's source links to."""
    path = urlsplit(first_page(site, url)).path
    stem, dot, extension = _file(site, path).rpartition(".")
    before, after = site.page_suffix.split("{n}")
    head = (stem + before).encode()
    if head not in body:
        return set()
    # A number is the article's alone; `index_1.htm` is in each folder.
    own = rb"(?<![0-9A-Za-z])" if any(c.isdigit() for c in stem) else _here(path)
    pattern = own + re.escape(head) + rb"(\d{1,3})" + re.escape((after + dot + extension).encode())
    return {n for n in (int(found) + 1 - site.page_base for found in re.findall(pattern, body)) if n > 1}


def _here(path: str) -> bytes:
    """What stands before the name of a file in the folder of `path`, where it is linked."""
    return rb"(?:[\"'=(](?:\./)?|" + re.escape(dirname(path).encode()) + b"/)"


def canonical(site: Site, url: str) -> str:
    """The one address of an article or listing: the site's host and script variant, first page, nothing behind it.

    Another channel of the same family keeps its host. Any other host is a mirror's.
    """
    parts = urlsplit(first_page(site, url))
    host = parts.hostname or ""
    foreign = bool(site.family) and host.endswith("." + site.family) and host not in (site.host, *site.aliases)
    path = parts.path
    for pattern, replacement in site.variants:
        path = pattern.sub(replacement, path)
    return urlunsplit((site.scheme, host if foreign else site.host, path, "", ""))


def record_id(site: Site, url: str, announced: str | None) -> str:
    """`<site>/<article number>`: from the address, else as the page announces it, else a digest of the address."""
    article = article_of(site, url)
    number = article.number if article else announced
    return f"{site.name}/{number or 'x' + hashlib.sha256(canonical(site, url).encode()).hexdigest()[:16]}"


def path_day(url: str) -> date | None:
    """The day of publication that an address carries (`/2016/1222/`), None where it carries none."""
    found = PATH_DAY.search(urlsplit(original(url)).path)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def listing_page(site: Site, url: str) -> int | None:
    """The number of the listing page at an address (from 1), None for other pages."""
    name = basename(urlsplit(url).path)
    if name in site.listing.firsts:
        return 1
    numbered = _numbered(site, name)
    return int(numbered[1]) + 1 - site.listing.base if numbered else None


def _numbered(site: Site, name: str) -> tuple[str, str] | None:
    """The form of a listing page's file name and the number in it, None for another file."""
    for form in (site.listing.page, *site.listing.others):
        before, after = form.split("{n}")
        if found := re.fullmatch(re.escape(before) + r"(\d{1,6})" + re.escape(after), name):
            return form, found[1]
    return None


def listing_address(site: Site, url: str, page: int) -> str:
    """The address of another page of the listing whose one page is at `url`, in the same form."""
    parts = urlsplit(url)
    name = basename(parts.path)
    numbered = _numbered(site, name)
    form = (
        numbered[0] if numbered else next((f for f in site.listing.others if unnumbered(f) == name), site.listing.page)
    )
    if page > 1:
        name = form.format(n=page - 1 + site.listing.base)
    elif name not in site.listing.firsts or form == site.listing.page:
        name = unnumbered(form) if unnumbered(form) in site.listing.firsts else site.listing.firsts[0]
    return urlunsplit((parts.scheme, parts.netloc, dirname(parts.path) + "/" + name, "", ""))


def is_host(site: Site, url: str, start: str | None = None) -> bool:
    """Whether an address is on one of the hall's own hosts, or on the host that `start` names.

    Of a whole family the host that `start` names is the hall's; without a start, each of the family is.
    """
    parts = urlsplit(original(url))
    host, started = parts.hostname or "", bool(start and parts.netloc == urlsplit(start).netloc)
    if site.whole:
        own = started if start else in_family(site, host)
    else:
        own = started or host in (site.host, *site.aliases)
    return own and parts.scheme in ("http", "https")


def in_family(site: Site, host: str) -> bool:
    """Whether a host is of the hall's family of channels."""
    return bool(site.family) and (host == site.family or host.endswith("." + site.family))


def named_host(site: Site, url: str) -> str:
    """The host of an address as the ledger names it: the hall's own hosts without their port."""
    parts = urlsplit(original(url))
    return parts.hostname or "" if parts.hostname in (site.host, *site.aliases) else parts.netloc


def is_mirror(site: Site, url: str) -> bool:
    """Whether an address is on a host that is neither the hall's, nor its family's, nor this machine."""
    host = urlsplit(original(url)).hostname or ""
    return bool(host) and not (in_family(site, host) or is_host(site, url) or is_local(url))
