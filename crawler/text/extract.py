"""Page to Draft: decode, find the layout, take each field's own words and the body's lines. Understands no word yet."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple
from urllib.parse import urljoin

from crawler.address import article_of, canonical, path_day
from crawler.items import Draft, Line, Page, Picture
from crawler.site import Layout, Site
from crawler.text.decode import UNKNOWN, decode
from crawler.text.label_forms import candidate
from crawler.text.label_words import nameable
from crawler.text.lines import EDGES, LineWriter, plain, write_lines
from crawler.text.marks import marked, unmarked
from crawler.text.notice import Rejected, reject_answer, reject_cut_off, reject_later
from crawler.text.restore import Removal, undo_bytes
from crawler.text.select import Element, Tree, leading, same
from crawler.text.times import DATE, find_date

# Only in these bytes can annotations be taken out exactly.
GBK = "gb18030"
FALLBACK = Layout(name="fallback", body="", title="", published="")
# A block of county names outside of the article has many of these; the furniture of a clean page has few.
COUNTY_ENDINGS = (("县縣", 3), ("市", 20))
ENTITIES = 50
# Each is weighed by all of its text; nested ones would weigh it again and again.
MOST_BODIES = 10
# What may hold paragraphs, and what ends one.
WEIGHED = frozenset("p br div td section article body".split())
# A labelled paragraph outweighs a page of text without labels.
LABELLED = 100_000
EDITOR = re.compile(r"[（(【\[]?\s*(?:责任编辑|責任編輯|责编|責編)")
LANGUAGES = {
    "en": re.compile(r"\bEnglish\b|英文|英語|英语", re.I),
    "zh": re.compile(r"中文|汉语|漢語|\bChinese\b", re.I),
}
# Beside these a line's date is its stamp.
OF_STAMP = re.compile(r"来源|來源|发布|發布|发表|發表|时间|時間|日期")
CRUMB = re.compile(r"[>＞»]+")


class Article(NamedTuple):
    """Where an article stands on a page, and its lines."""

    tree: Tree
    layout: Layout
    body: Element
    written: LineWriter


def extract(page: Page, site: Site, *, mirror: bool = False) -> Draft:
    """What a page says, field by field. Raises `Rejected` for an answer that cannot be an article."""
    reject_answer(page)
    removed: list[Removal] = []
    tree, encoding = _read(page.body, page, mirror, removed)
    metas = {name: content.strip(EDGES) for name, content in tree.metas().items()}
    day = path_day(page.url) or _day(metas.get("publishdate"))
    tree, layout, body, written = _article(tree, lambda tree: find_layout(site, tree, day))
    lines, pictures = written.lines, list(_pictures(written, 0))
    for later in page.more:
        reject_later(page, later)
        more, _ = _read(later, page, mirror, removed)
        shown = _article(more, lambda more: (layout, _same_body(layout, more))).written
        pictures += _pictures(shown, len(lines))
        lines = lines + shown.lines
    before, after = _furniture(tree, body, lines)
    title = _title(tree, layout, site)
    published, origin = _head(tree, layout, body, title)
    published = published or metas.get("publishdate") or metas.get("PubDate") or ""
    if not published and layout is not FALLBACK:
        published, near = _fallback_head(tree.root, body, title, _is_stamp)
        origin = origin or near
    draft = Draft(
        page=page,
        layout=layout.name,
        encoding=encoding,
        title=title,
        breadcrumbs=_breadcrumbs(tree, layout),
        published=published,
        source=origin,
        editors=_editors(tree, body, layout),
        article=metas.get("contentid") or None,
        lines=tuple(lines),
        before=before,
        after=after,
        pictures=tuple(pictures),
        editions=tuple(_editions(tree, layout, site, canonical(site, page.url))) if layout.editions else (),
    )
    return unmarked(draft, removed) if removed else draft


def _read(body: bytes, page: Page, mirror: bool, removed: list[Removal]) -> tuple[Tree, str]:
    """The tree of one page's bytes, marked where annotations were taken out of them; those go to `removed`."""
    source, encoding = decode(body, page.content_type)
    undone = undo_bytes(body, mirror) if encoding == GBK else None
    if undone:
        source = marked(undone, len(removed))
        removed += undone.removed
    as_it_is = encoding == "utf-8" and UNKNOWN not in source and not body.startswith(BOM_UTF8)
    return Tree(source, body if as_it_is else None), encoding


def find_layout(site: Site, tree: Tree, day: date | None) -> tuple[Layout, Element]:
    """The first layout whose body and title the page has, else the fallback: where most of the paragraphs' text is."""
    for layout in site.layouts_on(day):
        bodies = tree.select(layout.body)
        if bodies and tree.select(layout.title):
            return layout, max(bodies[:MOST_BODIES], key=weight) if len(bodies) > 1 else bodies[0]
    return FALLBACK, _densest(tree.root)


def weight(element: Element) -> int:
    """Characters of text in an element."""
    return len(element.text())


def _densest(root: Element) -> Element:
    """The element that holds the most labelled paragraphs directly, and of those alike the most text."""
    weights = speech_weights(root)
    return max(weights, key=lambda one: one.weight).holder if weights else root


class Held(NamedTuple):
    """What the paragraphs weigh that an element holds directly."""

    holder: Element
    weight: int


def speech_weights(root: Element) -> list[Held]:
    """What the paragraphs of each element weigh that it holds directly: `LABELLED` and their length, or that alone."""
    weights: dict[int, int] = {}
    holders: dict[int, Element] = {}
    for element in root.traverse():
        tag = element.tag
        if tag not in WEIGHED:
            continue
        holder = element.parent if tag in ("p", "br") else element
        own = _speech(element.text() if tag == "p" else leading(element))
        following = element.next if tag == "br" else None
        tail = _speech(following.text_content or "") if following is not None else 0
        if holder is not None:
            holders[holder.mem_id] = holder
            weights[holder.mem_id] = weights.get(holder.mem_id, 0) + own + tail
    return [Held(holders[number], weight) for number, weight in weights.items()]


def _speech(text: str) -> int:
    """How much a paragraph weighs: its length, and more than any length if it is labelled."""
    text = text.strip(EDGES)
    label = candidate(text)
    return len(text) + (LABELLED if label and label.form != "answer" and nameable(label.words) else 0)


def _same_body(layout: Layout, tree: Tree) -> Element:
    """The body of a later page, which has the layout of the first."""
    bodies = tree.select(layout.body) if layout is not FALLBACK else [_densest(tree.root)]
    if not bodies:
        raise Rejected("incomplete", "a later page has another layout, or no article")
    return max(bodies[:MOST_BODIES], key=weight)


def _article(tree: Tree, find: Callable[[Tree], tuple[Layout, Element]]) -> Article:
    """The article of one page; where lines are links or bold because one was left open, of the page straightened."""
    layout, body = find(tree)
    written = write_lines(body, strip=layout.strip)
    if _run_on(written.lines) and tree.leaves_open():
        return _article(tree.straightened(), find)
    reject_cut_off(tree.source, body, written.lines)
    return Article(tree, layout, body, written)


def _run_on(lines: Sequence[Line]) -> bool:
    """Whether a link or bold print may run on from where it should have ended: to the end of the article, if bold."""
    return any(line.link for line in lines) or bool(lines) and lines[-1].bold == len(lines[-1].text)


def _pictures(written: LineWriter, shift: int) -> Iterable[Picture]:
    for src, alt, line in written.pictures:
        if src.strip() and not src.startswith("data:"):
            yield Picture(src.strip(), alt.strip(EDGES), line + shift)


def _title(tree: Tree, layout: Layout, site: Site) -> str:
    for element in tree.select(layout.title) or [*tree.tags("h1"), *tree.tags("h2")]:
        if title := plain(element):
            return title
    title = plain(next(iter(tree.tags("title")), None))
    return site.title_suffix.sub("", title) if site.title_suffix else title


def _breadcrumbs(tree: Tree, layout: Layout) -> tuple[str, ...]:
    """Texts of the links; where the path has none, its text between the `>`."""
    for path in tree.select(layout.breadcrumbs):
        links = [crumb for crumb in map(plain, path.css("a")) if crumb]
        if links:
            return tuple(links)
        crumbs = [crumb.strip(EDGES) for crumb in CRUMB.split(plain(path))]
        if len(crumbs) > 1:
            return tuple(crumb for crumb in crumbs if crumb and crumb != "正文")
    return ()


def _editions(tree: Tree, layout: Layout, site: Site, base: str) -> Iterable[tuple[str, str]]:
    """(language, address) of the same conference in other languages: links to articles that say so, by `hreflang` or

    their words."""
    for link in tree.select(layout.editions):
        words = plain(link)
        given = link.attributes
        language = given.get("hreflang") or next((code for code, said in LANGUAGES.items() if said.search(words)), None)
        href = (given.get("href") or "").strip()
        with suppress(ValueError):  # an address that is none
            address = urljoin(base, href)
            if language and address != base and article_of(site, address):
                yield language, address


def _editors(tree: Tree, body: Element, layout: Layout) -> str:
    """The editors' words: inside of the body in most eras, behind it in some."""
    if layout is FALLBACK:
        return " ".join(line.text for line in outside(tree.root, body)[1] if EDITOR.match(line.text))
    return " ".join(map(plain, tree.select(layout.editors, body) or tree.select(layout.editors)))


def _head(tree: Tree, layout: Layout, body: Element, title: str) -> tuple[str, str]:
    """The words that carry the date, and those that carry the source. A date in the title is the conference's."""
    if layout is FALLBACK:
        return _fallback_head(tree.root, body, title)
    dated = [_beside(plain(element), title) for element in tree.select(layout.published)]
    origin = dated if layout.source == layout.published else map(plain, tree.select(layout.source))
    return next(filter(find_date, dated), ""), " ".join(origin)


def _beside(text: str, title: str) -> str:
    return text.replace(title, "", 1).strip(EDGES) if title else text


def _fallback_head(
    root: Element, body: Element, title: str, dates: Callable[[str], object] = DATE.search
) -> tuple[str, str]:
    """In an unseen layout: the first short line before the body that has a date, and the two that follow."""
    heads = [_beside(line.text, title) for line in outside(root, body)[0] if len(line.text) < 200]
    dated = next((i for i, text in enumerate(heads) if dates(text)), len(heads))
    near = heads[dated : dated + 3]
    return (near[0] if near else ""), " ".join(near)


def _is_stamp(text: str) -> bool:
    """Whether a line that no layout knows dates the page: the date comes first, or beside the source."""
    return find_date(text) is not None and (text.lstrip("[（( ")[:4].isdigit() or OF_STAMP.search(text) is not None)


def outside(root: Element, body: Element) -> tuple[list[Line], list[Line]]:
    """The lines of the page before and after the body."""
    if same(body, root):
        return [], []
    written = write_lines(root, apart=body)
    return written.lines[: written.before], written.lines[written.before :]


def _furniture(tree: Tree, body: Element, lines: list[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines before and after the body, if a block of names may be in them; reading them costs a lot."""
    source = tree.source
    entities = source.count("#") >= ENTITIES and source.count("&#") >= ENTITIES
    reached = [(ends, enough) for ends, enough in COUNTY_ENDINGS if _occur(ends, source, enough)]
    if not (entities or reached):
        return (), ()
    inside = "".join([line.text for line in lines])
    counts = ((sum(source.count(c) - inside.count(c) for c in ends), enough) for ends, enough in reached)
    if not entities and not any(count >= enough for count, enough in counts):
        return (), ()
    before, after = outside(tree.root, body)
    return tuple(before), tuple(after)


def _occur(letters: str, text: str, enough: int) -> bool:
    """Whether letters occur so many times in a text. Finding is ten times as fast as counting where they are few."""
    for letter in letters:
        at = text.find(letter)
        while at >= 0:
            enough -= 1
            if not enough:
                return True
            at = text.find(letter, at + 1)
    return False


def _day(text: str | None) -> date | None:
    dated = find_date(text or "")
    return date.fromisoformat(dated[0]) if dated else None
