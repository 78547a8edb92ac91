"""Addresses: which article, which page of it, and its one canonical address. Pure functions of a Site and a URL."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from datetime import date
from posixpath import basename, dirname
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from crawler.site import Site

PATH_DAY = re.compile(r"/(20\d\d)/(\d\d)(\d\d)/")


class Article(NamedTuple):
    """An article's number as the site counts it, and the page of it (from 1)."""

    number: str
    page: int


def article_of(site: Site, url: str) -> Article | None:
    """The article that an address names, None for any other page."""
    found = site.article.search(urlsplit(url).path)
    return Article(found["id"], max(1, int(found["page"] or 1))) if found else None


def first_page(site: Site, url: str) -> str:
    """The address to ask: the host and script variant as linked, first page, no query, no fragment."""
    parts = urlsplit(url)
    path = parts.path
    found = site.article.search(path)
    if found and found["page"]:
        before, after = map(len, site.page_suffix.split("{n}"))
        path = path[: found.start("page") - before] + path[found.end("page") + after :]
    return urlunsplit((parts.scheme, parts.netloc, path, "" if found else parts.query, ""))


def later_page(site: Site, url: str, page: int) -> str:
    """The address of page 2, 3, … of the article whose first page is at `url`."""
    stem, dot, extension = first_page(site, url).rpartition(".")
    return stem + site.page_suffix.format(n=page) + dot + extension


def later_pages(site: Site, url: str, body: bytes) -> set[int]:
    """Numbers of the article's later pages that a page's source links to."""
    stem, dot, extension = basename(urlsplit(first_page(site, url)).path).rpartition(".")
    before, after = site.page_suffix.split("{n}")
    head = (stem + before).encode()
    if head not in body:
        return set()
    pattern = rb"(?<![0-9A-Za-z])" + re.escape(head) + rb"(\d{1,3})" + re.escape((after + dot + extension).encode())
    return {n for n in map(int, re.findall(pattern, body)) if n > 1}


def canonical(site: Site, url: str) -> str:
    """The one address of an article or listing: the site's host and script variant, first page, nothing behind it.

    Another channel of the same family keeps its host: it is another site's page. Any other host is a mirror's.
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
    found = PATH_DAY.search(urlsplit(url).path)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def listing_page(site: Site, url: str) -> int | None:
    """The number of the listing page at an address (from 1), None for other pages."""
    name = basename(urlsplit(url).path)
    if name in site.listing.first:
        return 1
    before, after = site.listing.page.split("{n}")
    found = re.fullmatch(re.escape(before) + r"(\d{1,6})" + re.escape(after), name)
    return int(found[1]) if found else None


def listing_address(site: Site, url: str, page: int) -> str:
    """The address of another page of the listing whose one page is at `url`."""
    parts = urlsplit(url)
    name = site.listing.first[0] if page == 1 else site.listing.page.format(n=page)
    return urlunsplit((parts.scheme, parts.netloc, dirname(parts.path) + "/" + name, "", ""))


def is_host(site: Site, url: str, start: str | None = None) -> bool:
    """Whether an address is on one of the hall's own hosts, or on the host that `start` names."""
    parts = urlsplit(url)
    own = parts.hostname in (site.host, *site.aliases) or bool(start and parts.netloc == urlsplit(start).netloc)
    return own and parts.scheme in ("http", "https")


def is_local(url: str) -> bool:
    """Whether an address is plainly on this machine (a name is not looked up)."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_private(url: str) -> bool:
    """Whether an address is plainly no public one (a name other than localhost is not looked up)."""
    try:
        return not ipaddress.ip_address(urlsplit(url).hostname or "").is_global
    except ValueError:
        return is_local(url)


def is_mirror(site: Site, url: str) -> bool:
    """Whether an address is on a host that is neither the hall's, nor its family's, nor this machine."""
    host = urlsplit(url).hostname or ""
    family = bool(site.family) and (host == site.family or host.endswith("." + site.family))
    return bool(host) and not (family or is_host(site, url) or is_local(url))
