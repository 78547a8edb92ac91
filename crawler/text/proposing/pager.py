"""How a listing's pages are numbered: from its links, else from its script, else as most halls have it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from posixpath import basename
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.site import NEXT
from crawler.text.links import read_links, same_folder
from crawler.text.select import Tree

# A brace is a place for a number in a form.
NUMBERED = re.compile(r"(?P<before>[^{}]*?)(?P<n>\d{1,4})(?P<after>\.[A-Za-z]{3,5})")
FILE = re.compile(r"(?P<stem>[^.{}]*)(?P<extension>\.[A-Za-z]{3,5})?")
WORDS = re.compile(r"下一?页|下一?頁|后一?页|後一?頁|次页|次頁|[Nn]ext(?: [Pp]age)?")
ARROWS = " >»›"
# createPageHTML(12, 0, "index", "htm")
CALL = re.compile(r"createPageHTML\(\s*(\d{1,5})\s*,\s*\d{1,5}\s*,\s*[\"']([\w-]{1,60})[\"']\s*,\s*[\"'](\w{3,5})[\"']")
# Names under which sources say how many pages there are.
COUNTS = re.compile(
    r"(?P<name>countPage|pageCount|PageCount|page_count|totalPages?|TotalPages?|total_pages?|pageTotal|PageNo)"
    r"\s*(?P<sign>[=:])\s*[\"']?(?P<count>\d{1,5})"
)
FEW = 3


class Pager(NamedTuple):
    """The fields of a Listing that number its pages, what they match and, where it is one, why it is a guess."""

    page: str = ""
    first: tuple[str, ...] = ()
    base: int = 1
    pages: str | None = None
    next: tuple[str, ...] = NEXT
    matches: str = ""
    examples: tuple[str, ...] = ()
    guess: str = ""


def find_pager(tree: Tree, url: str, articles: Iterable[str]) -> Pager:
    """The pager of the listing page at `url`; `articles` are no pages of it."""
    links = _links(tree, url, frozenset(articles))
    own = basename(urlsplit(url).path)
    counted, count = _count(tree.source)
    words = tuple(dict.fromkeys(word for word, _ in links if WORDS.fullmatch(word) and word not in NEXT))
    said = Pager(pages=counted, next=NEXT + words[:2])
    found = _numbered(links)
    if found:
        form, base, examples = found
        matches = f"{len(examples)} links to numbered pages{f', {count} pages in the source' if count else ''}"
        shown = examples[:FEW]
        return said._replace(page=form, first=_first(own, form), base=base, matches=matches, examples=shown)
    following = [target for word, target in links if WORDS.fullmatch(word)]
    return _scripted(tree.source, own, count, following, said)


def _links(tree: Tree, url: str, articles: frozenset[str]) -> list[tuple[str, str]]:
    """Words and address of the links that stay in the listing's folder and are no article's."""
    links = [(link.words.strip(ARROWS), link.url) for link in read_links(tree, url)]
    return [(words, to) for words, to in links if to not in articles and to != url and same_folder(url, to)]


def _count(source: str) -> tuple[str | None, int]:
    """A pattern of the number of pages in the source, and that number."""
    found = CALL.search(source)
    if found:
        return r"createPageHTML\(\s*(\d{1,5})", int(found[1])
    counted = COUNTS.search(source)
    if not counted:
        return None, 0
    return rf"{counted['name']}\s*{counted['sign']}\s*\W?(\d{{1,5}})", int(counted["count"])


def _numbered(links: list[tuple[str, str]]) -> tuple[str, int, tuple[str, ...]] | None:
    """The form of numbered links, the base and the links; None for none.

    A link whose words are its page's number tells the base; else the least number: nobody links page 1 as a later one.
    """
    names = [(words, basename(urlsplit(target).path)) for words, target in links]
    found = [(words, name, m) for words, name in names if (m := NUMBERED.fullmatch(name))]
    forms = Counter((m["before"], m["after"]) for words, _, m in found if words.isdecimal() or WORDS.fullmatch(words))
    if not forms:
        return None
    before, after = forms.most_common(1)[0][0]
    own = [(words, name, int(m["n"])) for words, name, m in found if (m["before"], m["after"]) == (before, after)]
    told = Counter(
        number - int(words) + 1 for words, _, number in own if words.isdecimal() and len(words) < len("00000")
    )
    base = told.most_common(1)[0][0] if told else min(number for _, _, number in own) - 1
    examples = tuple(dict.fromkeys(name for _, name, _ in own))
    return f"{before}{{n}}{after}", max(0, min(base, 1)), examples


def _scripted(source: str, own: str, count: int, following: list[str], said: Pager) -> Pager:
    """The pager of a page without numbered links: made by a script, one link to the next page, or none."""
    call = CALL.search(source)
    file = FILE.match(own)
    assert file is not None
    stem, extension = file["stem"] or "index", file["extension"] or ".html"
    form = f"{call[2]}_{{n}}.{call[3]}" if call else f"{stem}_{{n}}{extension}"
    said = said._replace(page=form, first=_first(own, form))
    if call:
        return said._replace(base=0, matches=f"createPageHTML of {count} pages", examples=(call[0],))
    if count:
        made = re.search(rf"[\"']{re.escape(stem)}[\"']\s*\+\s*[\"']_", source)
        guess = "" if made else "how the script names its pages"
        return said._replace(
            base=0, matches="the number of pages in the source", examples=(f"{count} pages",), guess=guess
        )
    if following:
        guess, matches = "no numbered page was linked", f"{len(following)} links to the next page by their words"
        return said._replace(matches=matches, examples=tuple(following[:FEW]), guess=guess)
    return said._replace(matches="nothing", guess="no pager was seen")


def _first(own: str, form: str) -> tuple[str, ...]:
    """The file names of the first page: its own, the form's without its number, and the folder's own page."""
    before, after = form.split("{n}")
    stem = before.rstrip("_-") + after
    later = re.fullmatch(re.escape(before) + r"\d{1,4}" + re.escape(after), own)
    names = [own] if own and not later else []
    names += [stem] if before.rstrip("_-") else []
    return tuple(dict.fromkeys([*names, *([""] if not own or stem.startswith(("index.", "default.")) else [])]))
