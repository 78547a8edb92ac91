"""What `scrapy newhall` reads, shows and writes."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand

from crawler.address import article_of
from crawler.arguments import http_address
from crawler.commands._halls import ROOT
from crawler.commands._usage import fail, halls
from crawler.items import Page
from crawler.show import printable
from crawler.site import Listing, Site
from crawler.spider import HallSpider
from crawler.text.decode import decode
from crawler.text.proposing import Proposal, docs_page, fixture, site_file
from crawler.text.proposing.hall import DELAY
from crawler.text.select import Tree
from crawler.text.times import utc_text

WORD = "newhall"
NAME = re.compile(r"[a-z][a-z0-9]{1,30}")
# What browsers write into a page that they save.
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://[^\s>]{1,2000})\s")
NO_FILE_NAME = re.compile(r"[^A-Za-z0-9_-]+")


def check_name(command: ScrapyCommand, name: str) -> None:
    """End where a name cannot be a hall's, or is one's already."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        fail(WORD, f"{name!r} is no name for a hall: small letters and digits, such as mof")
    loader = halls(command)
    if name in loader.list() or name in loader.broken:
        fail(WORD, f"there is a site {name!r} already")
    for path in (_spider(name), _docs(name), _pages(name)):
        if path.exists():
            fail(WORD, f"{path.relative_to(ROOT)} is there already")


def _spider(name: str) -> Path:
    return ROOT / "crawler/spiders" / f"{name}.py"


def _docs(name: str) -> Path:
    return ROOT / "docs/halls" / f"{name}.md"


def _pages(name: str) -> Path:
    return ROOT / "tests/pages" / name


def blank_spider(name: str, url: str) -> type[HallSpider]:
    """A spider that asks politely and knows nothing of the hall."""
    anything = re.compile(r"(?P<id>(?P<page>))$")
    listing = Listing(url=url, items=())
    blank = Site(name, urlsplit(url).hostname or "", listing, article=anything, layouts=(), delay=DELAY)
    return type("BlankSpider", (HallSpider,), {"name": name, "site": blank})


def read_saved(name: str, file: str, url: str | None = None) -> Page:
    """A saved page, under the address that is given or that it names; "" for none. Ends where it cannot be read."""
    try:
        body, modified = Path(file).read_bytes(), Path(file).stat().st_mtime
    except OSError as error:
        fail(WORD, f"cannot read {file}: {error.strerror}")
    fetched = utc_text(datetime.fromtimestamp(modified, UTC))
    return Page(name, url or _own_url(body) or "", 200, "text/html", fetched, body)


def _own_url(body: bytes) -> str | None:
    """The address that a saved page names as its own: the browser's comment, or its canonical link."""
    text = decode(body).text
    found = SAVED_FROM.search(text[:4096])
    links = (link.attributes for link in Tree(text).tags("link"))
    canonical = (link.get("href") for link in links if (link.get("rel") or "").lower() == "canonical")
    url = found[1] if found else next(canonical, None)
    try:
        return http_address("address", url) if url else None
    except ValueError:
        return None


def table(proposal: Proposal) -> Table:
    """The proposal as a person reads it: each part, what it matches, examples, and whether it is a guess."""
    shown = Table(box=SIMPLE_HEAD, title=f"{proposal.site.name}: as proposed", title_justify="left")
    for column, ratio in (("part", None), ("proposed", 3), ("matches", 3), ("examples", 4)):
        shown.add_column(column, overflow="fold", ratio=ratio)
    for one in proposal.told:
        matches = Text(printable(one.matches))
        if one.guess:
            matches.append(f"\nguess: {one.guess}", style="yellow")
        examples = Text("\n".join(printable(example) for example in one.examples))
        shown.add_row(one.what, Text(printable(one.value)) if one.value else Text("–", style="dim"), matches, examples)
    return shown


def proposed_files(proposal: Proposal) -> dict[Path, bytes]:
    """The files of a hall, by their paths."""
    site = proposal.site
    files = {_spider(site.name): site_file(proposal).encode(), _docs(site.name): docs_page(proposal).encode()}
    for layout, page in proposal.cases.items():
        article = article_of(site, page.url)
        case = NO_FILE_NAME.sub("_", f"{layout.removeprefix(site.name + '-')}_{article.number if article else 'page'}")
        files |= {_pages(site.name) / case / name: content for name, content in fixture(page, site).items()}
    return files


def taken(files: Iterable[Path]) -> list[Path]:
    """Those of the files that are there already."""
    return [path for path in files if path.exists()]
