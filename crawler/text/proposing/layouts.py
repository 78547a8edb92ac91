"""Layouts from article pages: CSS that finds the same part on as many of them as possible, a layout for each look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from crawler.site import Layout
from crawler.text.extract import weight
from crawler.text.lines import plain
from crawler.text.proposing.article import Article, css_of
from crawler.text.proposing.naming import names
from crawler.text.proposing.value import Told
from crawler.text.select import Element, ancestors, lineage, same
from crawler.text.times import find_date
from crawler.text.transcribe import SOURCE

# A body's CSS may find an element with so much more text: what it has besides the speeches.
MORE_TEXT = 1.3
# Words of an example, and how many are shown.
WORDS, EXAMPLES = 28, 2
PARTS = ("title", "published", "source", "body", "editors", "breadcrumbs")
OPTIONAL = frozenset({"source", "editors", "breadcrumbs"})


class Look(NamedTuple):
    """A layout, the pages that have it, and what each part of it matches."""

    layout: Layout
    pages: tuple[Article, ...]
    told: tuple[Told, ...]


def find_looks(name: str, articles: Sequence[Article]) -> list[Look]:
    """A look for each kind of page among those with labelled paragraphs, the first page's first."""
    left = [article for article in articles if article.body is not None]
    looks: list[Look] = []
    while left:
        first = left[0]
        body = _best(first, first.body, _finds_body, left)
        title = _best(first, first.heading, _finds_title, left)
        alike = [one for one in left if one is first or _finds_body(one, body) and _finds_title(one, title)]
        if body and title:
            looks.append(_look(_named(name, first, looks), body, title, alike))
        left = [one for one in left if one not in alike]
    return looks


def _named(name: str, article: Article, looks: Sequence[Look]) -> str:
    """`<hall>-<year>`; of two of one year the second has a number."""
    wanted = f"{name}-{article.day[:4]}" if article.day else name
    taken = {look.layout.name for look in looks}
    return next(n for n in (wanted, *(f"{wanted}-{i}" for i in range(2, 99))) if n not in taken)


def _look(name: str, body: str, title: str, pages: Sequence[Article]) -> Look:
    first = pages[0]
    layout = Layout(
        name=name,
        title=title,
        published=_best(first, first.dated, _finds_date, pages),
        source=_best(first, first.source, _finds_source, pages),
        body=body,
        editors=_best(first, first.editors, _finds_editors, pages),
        breadcrumbs=_best(first, first.path, _finds_path, pages),
        strip=_strip(first),
    )
    return Look(layout, tuple(pages), tuple(_told(layout, pages)))


def _strip(article: Article) -> frozenset[str]:
    """The id or class of the editors' element, where it stands in the body and is no text of it."""
    editors, body = article.editors, article.body
    if editors is None or body is None or not any(same(body, e) for e in ancestors(editors)):
        return frozenset()
    return frozenset(name[1:] for name in names(editors)[:1])


def _best(
    article: Article, element: Element | None, finds: Callable[[Article, str], bool], pages: Sequence[Article]
) -> str:
    """Of the CSS of an element that which serves on the most pages, the simplest first; "" for none."""
    if element is None:
        return ""
    candidates = list(dict.fromkeys(css_of(article, element, finds)))
    return max(candidates, key=lambda css: sum(finds(page, css) for page in pages), default="")


def _finds_body(article: Article, css: str) -> bool:
    """Whether CSS finds the body, or an element that holds it and little else."""
    found = article.tree.select(css)
    if article.body is None or len(found) != 1 or found[0].tag in ("body", "html"):
        return False
    holds = any(same(found[0], e) for e in lineage(article.body))
    return holds and weight(found[0]) <= MORE_TEXT * weight(article.body)


def _finds_title(article: Article, css: str) -> bool:
    """Whether CSS finds the heading first of what has words."""
    first = next(filter(None, map(plain, article.tree.select(css))), None)
    return article.heading is not None and first == plain(article.heading)


def _finds_date(article: Article, css: str) -> bool:
    """Whether CSS finds the date first of what has one."""
    dated = [plain(e) for e in article.tree.select(css) if article.is_short(e)]
    day = next((d[0] for d in map(find_date, dated) if d), None)
    own = find_date(plain(article.dated)) if article.dated is not None else None
    return day is not None and own is not None and day == own[0]


def _finds_source(article: Article, css: str) -> bool:
    found = article.tree.select(css)
    return len(found) == 1 and article.is_short(found[0]) and bool(SOURCE.search(plain(found[0])))


def _finds_editors(article: Article, css: str) -> bool:
    found = article.tree.select(css)
    return article.editors is not None and len(found) == 1 and same(found[0], article.editors)


def _finds_path(article: Article, css: str) -> bool:
    found = article.tree.select(css)
    return article.path is not None and bool(found) and same(found[0], article.path)


def _told(layout: Layout, pages: Sequence[Article]) -> list[Told]:
    """What each part of a layout matches on its pages."""
    guess = "one page only" if len(pages) == 1 else ""
    said = [Told("layout", layout.name, f"{len(pages)} pages", tuple(p.page.url for p in pages)[:EXAMPLES], guess)]
    return said + [_part(layout, part, pages) for part in PARTS]


def _part(layout: Layout, part: str, pages: Sequence[Article]) -> Told:
    """What one part matches."""
    css = getattr(layout, part)
    if not css:
        return Told(part, "", "nothing", guess="" if part in OPTIONAL else "not found: the page's first date counts")
    words = [plain(found[0]) for page in pages if (found := page.tree.select(css))]
    shown = tuple(dict.fromkeys(word[:WORDS] for word in words))[:EXAMPLES]
    guess = ""
    if part == "body" and not set(css) & set("#."):
        guess = "by its tag alone"
    elif part == "published" and not any(page.day for page in pages):
        guess = "the date nearest to the heading; no listing says it"
    return Told(part, css, f"{len(words)} of {len(pages)} pages", shown, guess)
