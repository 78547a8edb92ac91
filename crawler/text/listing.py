"""A page of the listing: the articles it lists, its place in the pager. Pure: bytes and a Site in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from crawler.address import article_of, first_page, listing_page, path_day
from crawler.site import Site
from crawler.text.decode import decode
from crawler.text.links import Link, link_address, read_links, same_folder
from crawler.text.notice import reject_large
from crawler.text.select import Tree


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
    links = read_links(tree, base, _places(site, tree))
    pager = [link for link in links if same_folder(url, link.url)]
    declared = site.listing.pages.search(text) if site.listing.pages else None
    return ListingPage(
        number=listing_page(site, url),
        items=tuple(_items(site, links)),
        pages=frozenset(n for n in (listing_page(site, link.url) for link in pager) if n),
        declared=int(declared[1]) if declared else None,
        following=next((link.url for link in pager if link.words.strip(" >»›") in site.listing.next), None),
    )


def _places(site: Site, tree: Tree) -> Set[int]:
    """The items of the listing's own lists, by `mem_id`; where no list is known, all links are items."""
    known = {element.mem_id for css in site.listing.items for element in tree.select(css)}
    return known or {a.mem_id for a in tree.tags("a")}


def _items(site: Site, links: Iterable[Link]) -> Iterable[Item]:
    """The articles that lists link, in order, each once, under the first title that one of its links has."""
    found: dict[str, Item] = {}
    for link in links:
        if link.place is None or not (article := article_of(site, link.url)):
            continue
        known = found.get(article.number)
        if known is None or not known.title:
            found[article.number] = Item(first_page(site, link.url), link.words, link.place.day or _on_path(link.url))
    return found.values()


def _on_path(url: str) -> str | None:
    day = path_day(url)
    return day.isoformat() if day else None
