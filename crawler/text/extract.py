"""Page to Draft: decode, find the layout, take each field's own words and the body's lines. Understands no word yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement
from parsel import Selector
from parsel.csstranslator import HTMLTranslator

from crawler.address import path_day
from crawler.items import Draft, Line, Page, Picture
from crawler.site import Layout, Site
from crawler.text.decode import decode
from crawler.text.lines import EDGES, LineWriter, write_lines
from crawler.text.notice import Rejected, reject_answer, reject_cut_off
from crawler.text.times import DATE, find_date

# The words of a CSS selector: a page in whose source one of them is missing cannot match it.
CSS_NAME = re.compile(r"[.#]([\w-]+)")
META = re.compile(r"""<meta\s[^>]{0,40}?name=["'](contentid|publishdate|source)["']\s+content=["']([^"'<>]{0,200})["']""", re.I)
FALLBACK = Layout(name="fallback", body="", title="", published="")
# A county-name block outside of the article has many of these; the furniture of a clean page has hardly any.
COUNTY_ENDINGS = "县縣旗市"
MANY = 5


@cache
def _xpath(css: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(css))


def select(root: HtmlElement, css: str) -> list[HtmlElement]:
    """Elements of a tree that CSS selects, in document order; none for no CSS."""
    return _xpath(css)(root) if css else []  # type: ignore[no-any-return]


def plain(element: HtmlElement | None) -> str:
    """An element's text on one line."""
    return " ".join("".join(element.itertext()).split()).strip(EDGES) if element is not None else ""


def extract(page: Page, site: Site) -> Draft:
    """What a page says, field by field. Raises `Rejected` for an answer that cannot be an article."""
    reject_answer(page)
    text, encoding = decode(page.body, page.content_type)
    root = tree(text)
    metas = {name.lower(): value.strip(EDGES) for name, value in META.findall(text)}
    day = path_day(page.url) or _day(metas.get("publishdate"))
    layout, body = find_layout(site, root, text, day)
    skip = set(select(body, layout.strip)) if layout.strip else set()
    written = write_lines(body, skip)
    reject_cut_off(text, body, written.lines)
    lines, pictures = list(written.lines), _pictures(page, written, 0)
    for later in page.more:
        more = _later(site, layout, later, page)
        pictures += _pictures(page, more, len(lines))
        lines += more.lines
    before, after = _furniture(root, body, lines)
    head = _head(root, layout, body)
    return Draft(
        page=page,
        layout=layout.name,
        encoding=encoding,
        title=_title(root, layout, site),
        breadcrumbs=_breadcrumbs(root, layout),
        published=head.get("published") or metas.get("publishdate", ""),
        source=head.get("source", ""),
        editors=" ".join(plain(e) for e in select(root, layout.editors)),
        article=metas.get("contentid") or None,
        lines=tuple(lines),
        before=before,
        after=after,
        pictures=tuple(pictures),
    )


def tree(text: str) -> HtmlElement:
    """The HTML tree of a text, whatever it is. Comments are left out of it by no one; walkers skip them."""
    root = Selector(text=text, type="html").root
    if not isinstance(root, etree._Element):
        raise Rejected("not_html", "the page is no HTML")
    return root  # type: ignore[no-any-return]


def find_layout(site: Site, root: HtmlElement, text: str, day: date | None) -> tuple[Layout, HtmlElement]:
    """The first layout whose body and title the page has, else the fallback: where most of the paragraphs' text is."""
    for layout in site.layouts_on(day):
        if not (_may_match(layout.body, text) and _may_match(layout.title, text)):
            continue
        bodies = select(root, layout.body)
        if bodies and select(root, layout.title):
            return layout, max(bodies, key=_weight) if len(bodies) > 1 else bodies[0]
    return FALLBACK, _densest(root)


@cache
def _names(css: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(CSS_NAME.findall(one)) for one in css.split(","))


def _may_match(css: str, text: str) -> bool:
    return any(all(name in text for name in names) for names in _names(css))


def _weight(element: HtmlElement) -> int:
    return sum(map(len, element.itertext()))


def _densest(root: HtmlElement) -> HtmlElement:
    """The element that holds the most text in paragraphs (or in lines of its own) directly."""
    weights: dict[HtmlElement, int] = {}
    for element in root.iter("p", "br", "div", "td", "section", "article"):
        parent = element.getparent() if element.tag in ("p", "br") else element
        own = _weight(element) if element.tag == "p" else len((element.text or "").strip()) + len(element.tail or "")
        if parent is not None:
            weights[parent] = weights.get(parent, 0) + own
    return max(weights, key=lambda e: weights[e]) if weights else root


def _later(site: Site, layout: Layout, later: bytes, page: Page) -> LineWriter:
    text = decode(later, page.content_type).text
    root = tree(text)
    bodies = select(root, layout.body)
    body = max(bodies, key=_weight) if bodies else find_layout(site, root, text, None)[1]
    written = write_lines(body, set(select(body, layout.strip)))
    reject_cut_off(text, body, written.lines)
    return written


def _pictures(page: Page, written: LineWriter, shift: int) -> list[Picture]:
    found = ((src.strip(), alt.strip(EDGES), line + shift) for src, alt, line in written.pictures)
    return [Picture(_absolute(page.url, src), alt, line) for src, alt, line in found if src and not src.startswith("data:")]


def _absolute(base: str, src: str) -> str:
    try:
        return urljoin(base, src)
    except ValueError:  # such as a broken IPv6 literal
        return src


def _title(root: HtmlElement, layout: Layout, site: Site) -> str:
    for element in select(root, layout.title) or [*root.iter("h1"), *root.iter("h2")]:
        if title := plain(element):
            return title
    title = plain(next(root.iter("title"), None))
    return site.title_suffix.sub("", title) if site.title_suffix else title


def _breadcrumbs(root: HtmlElement, layout: Layout) -> tuple[str, ...]:
    """Texts of the links; where the path has none, its text between the `>`."""
    for path in select(root, layout.breadcrumbs):
        links = [crumb for crumb in map(plain, path.iter("a")) if crumb]
        if links:
            return tuple(links)
        crumbs = [crumb.strip(EDGES) for crumb in re.split(r"[>＞»]+", plain(path))]
        if len(crumbs) > 1:
            return tuple(crumb for crumb in crumbs if crumb and crumb != "正文")
    return ()


def _head(root: HtmlElement, layout: Layout, body: HtmlElement) -> dict[str, str]:
    """The words that carry the date and the source."""
    published = next((t for t in map(plain, select(root, layout.published)) if find_date(t)), "")
    source = " ".join(plain(e) for e in select(root, layout.source))
    if layout is FALLBACK:
        published, source = _fallback_head(root, body)
    return {"published": published, "source": source}


def _fallback_head(root: HtmlElement, body: HtmlElement) -> tuple[str, str]:
    """In an unseen layout: the first short line outside of the body, from the heading on, that has a date."""
    heads = [line.text for line in _outside(root, body)[0] if len(line.text) < 200]
    dated = next((i for i, text in enumerate(heads) if DATE.search(text)), None)
    near = heads[dated : dated + 3] if dated is not None else []
    return (near[0] if near else ""), " ".join(near)


def _outside(root: HtmlElement, body: HtmlElement) -> tuple[list[Line], list[Line]]:
    """The lines of the page before and after the body."""
    mark = body.getprevious(), body.getparent()
    everything = write_lines(root, {body}).lines if mark[1] is not None else []
    index = _lines_before(root, body)
    return everything[:index], everything[index:]


def _lines_before(root: HtmlElement, body: HtmlElement) -> int:
    ancestors = set(body.iterancestors())
    later: set[HtmlElement] = {body}
    for ancestor in (body, *ancestors):
        later.update(ancestor.itersiblings())
    writer = write_lines(root, later)
    return len(writer.lines)


def _furniture(root: HtmlElement, body: HtmlElement, lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines before and after the body, if a block of names may be in them; reading them costs more than the body."""
    whole = etree.tostring(root, method="text", encoding="unicode")
    inside = etree.tostring(body, method="text", encoding="unicode", with_tail=False)
    if sum(whole.count(c) - inside.count(c) for c in COUNTY_ENDINGS) < MANY:
        return (), ()
    before, after = _outside(root, body)
    return tuple(before), tuple(after)


def _day(text: str | None) -> date | None:
    dated = find_date(text or "")
    return date.fromisoformat(dated[0]) if dated else None
