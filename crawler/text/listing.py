"""A page of the listing: the articles it lists, its place in the pager. Pure: bytes and a Site in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawler.address import article_of, first_page, linked, listing_page, path_day
from crawler.site import Site
from crawler.text.decode import decode
from crawler.text.lines import plain
from crawler.text.notice import reject_large
from crawler.text.select import Element, Tree, ancestors, beside_links
from crawler.text.times import find_date


@dataclass(frozen=True, slots=True)
class Item:
    """One article in a listing: the address to ask, the title and the date printed beside it (ISO)."""

    url: str
    title: str
    day: str | None


@dataclass(frozen=True, slots=True)
class ListingPage:
    """What one listing page says. `number` is its own (None if its address tells none), `pages` those it links to,

    `declared` the number of pages that its source names, `following` the address behind 下一页.
    """

    number: int | None
    items: tuple[Item, ...]
    pages: frozenset[int]
    declared: int | None
    following: str | None


def read_listing(site: Site, url: str, body: bytes, content_type: str = "") -> ListingPage:
    """The listing page at `url`. Raises `Rejected` for what is too large to be one."""
    reject_large(body)
    text = decode(body, content_type).text
    tree = Tree(text)
    base = next((link_address(url, element) for element in tree.tags("base")), None) or url
    links = [(a, link_address(base, a)) for a in tree.tags("a")]
    pager = [(a, target) for a, target in links if target and same_folder(url, target)]
    declared = site.listing.pages.search(text) if site.listing.pages else None
    return ListingPage(
        number=listing_page(site, url),
        items=tuple(_items(site, base, tree)),
        pages=frozenset(n for n in (listing_page(site, target) for _, target in pager) if n),
        declared=int(declared[1]) if declared else None,
        following=next((target for a, target in pager if plain(a).strip(" >»›") in site.listing.next), None),
    )


def _items(site: Site, url: str, tree: Tree) -> Iterable[Item]:
    """Articles in the listing's own lists, in order, each once; where no list is known, all of the page's articles."""
    places = {place.mem_id for css in site.listing.items for place in tree.select(css)}
    dates: dict[int, str | None] = {}
    found: dict[str, Item] = {}
    for a in tree.tags("a"):
        place = next((e for e in ancestors(a) if e.mem_id in places), None) if places else a
        target = link_address(url, a) if place is not None else None
        article = article_of(site, target) if target else None
        if place is None or target is None or article is None:
            continue
        if place.mem_id not in dates:
            dates[place.mem_id] = _day(place)
        item = _item(site, target, a, dates[place.mem_id])
        known = found.get(article.number)
        found[article.number] = item if known is None or not known.title else known
    return found.values()


def _day(place: Element) -> str | None:
    """The date beside the links of a list's item; else the one in them, as a title has it."""
    dated = find_date(" ".join(beside_links(place))) or find_date(plain(place))
    return dated[0] if dated else None


def _item(site: Site, target: str, a: Element, day: str | None) -> Item:
    on_path: date | None = path_day(target)
    return Item(first_page(site, target), plain(a), day or (on_path.isoformat() if on_path else None))


def link_address(base: str, a: Element) -> str | None:
    """The absolute address of a link, None for what is none."""
    return linked(base, a.attributes.get("href") or "")


def same_folder(url: str, target: str) -> bool:
    """Whether two addresses are files of one folder."""
    a, b = urlsplit(url), urlsplit(target)
    return a.netloc == b.netloc and a.path.rpartition("/")[0] == b.path.rpartition("/")[0]
