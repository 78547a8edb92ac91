"""Draft to Transcript: the understanding. Everything here is a pure function of the Draft and its Site."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

from crawler import __version__
from crawler.address import canonical, record_id
from crawler.items import Draft, Image, Role, Transcript
from crawler.site import Site
from crawler.text.captures import captured_at
from crawler.text.decode import UNKNOWN
from crawler.text.exchanges import exchanges
from crawler.text.head import Head, event, read_head, the_one
from crawler.text.label_forms import candidate
from crawler.text.label_page import Speakers, gather
from crawler.text.lines import EDGES
from crawler.text.notice import Rejected, removed
from crawler.text.places import changes
from crawler.text.script import Content, language
from crawler.text.speakers import Who, looks_like_reporter, opening_host, outlet_of, read_label, tidy_outlet
from crawler.text.times import published_at
from crawler.text.turns import EDITOR_LINE, SOURCE_LINE, Speech, Split, split

SOURCE = re.compile(
    r"(?:来源|來源)\s*[：:]\s*(?P<source>[^|｜\s\d\xa0\u3000][^|｜\xa0\u3000]{0,40}?)(?:\s*(?:[|｜\xa0\u3000]|分享|字号|字號|打印|列印|"
    r"纠错|糾錯|手机看|手機看)|\s+\d{4}[年-]|\s{2}|\s+字号|\s+字號|\s*$|\s+(?=[^\s]*[：:]))"
)
EDITORS = re.compile(r"(?:责任编辑|責任編輯|责编|責編|编辑|編輯)\s*[：:]\s*(?P<editors>[^（）()：:]{1,60})")
NAMES = re.compile(r"[、，,\s\u3000；;/]+")
NO_MEANING = re.compile(f"[{UNKNOWN}\ue000-\uf8ff]")
# A question that goes on with the one before it.
FOLLOWS = re.compile(r"[（(]?(?:再|继续|繼續)?(?:追问|追問)|\bFollow-up\b")
FOLLOWS_FIRST = frozenset("（(再继繼追F")
SAMPLES = 10
CONTEXT = 8


def transcribe(draft: Draft, site: Site) -> Transcript:
    """The record of a Draft. Raises `Rejected` for no transcript, `ValidationError` for an invalid one."""
    candidates = [candidate(line.text) for line in draft.lines]
    head = read_head(draft.lines, candidates)
    one = None if head.guests else the_one(site.spokesperson, draft.title, draft.lines, candidates)
    if one:
        head.guests.append(one)
    texts = [line.text for line in draft.lines]
    names = [guest.name for guest in head.guests if guest.name]
    bold = [line.bold for line in draft.lines]
    page = gather(candidates, names, one.name if one else None, texts, bold)
    sorted_ = split(draft.lines, candidates, page, (p.line for p in draft.pictures), head.used)
    _reject_without_turns(draft, sorted_, page)
    lead = "\n".join(draft.lines[i].text for i in sorted_.head if i not in head.used)
    texts = [speech.text for speech in sorted_.speeches]
    turns = _turns(sorted_.speeches, texts, head, lead, page)
    content = Content(draft.title, ((turn["label"], turn["text"]) for turn in turns))
    url = canonical(site, draft.page.url)
    published = published_at(draft.published, site.utc_offset)
    # One validation of the whole: twice as fast as a model for each turn.
    return Transcript.model_validate(
        {
            "schema": 1,
            "id": record_id(site, draft.page.url, draft.article),
            "site": site.name,
            "url": url,
            "language": language(draft.title + "".join(texts[:8])),
            "title": draft.title,
            "breadcrumbs": list(draft.breadcrumbs),
            "published_at": published,
            "event": event(head, lead, draft.title, published, site, draft.editions),
            "summary": lead or None,
            "participants": head.guests,
            "turns": turns,
            "exchanges": _exchanges(turns, texts),
            "source": _source(draft, sorted_),
            "editors": _editors(draft, sorted_),
            "images": _images(draft, sorted_, url),
            "content_hash": content.hash,
            "cleaning": list(changes(draft, sorted_, lead, head.used)),
            "damage": _damage(draft, texts, content),
            "provenance": _provenance(draft),
        }
    )


def _reject_without_turns(draft: Draft, sorted_: Split, page: Speakers) -> None:
    speeches = sorted_.speeches
    said = [speech for speech in speeches if speech.texts]
    if len(said) > 1 or said and page.known(said[0].label.words):
        if not draft.title:
            raise Rejected("invalid", "a transcript without a title")
        return
    text = draft.title + "\n" + "\n".join(line.text for line in draft.lines)
    notice = removed(text)
    if notice:
        raise Rejected("gone", f"the page says {notice!r}")
    if not text.strip():
        raise Rejected("empty", "the page has no text")
    found = f"one labelled paragraph, {speeches[0].label.words!r}" if speeches else "no labelled paragraph"
    raise Rejected("no_turns", f"{found} in {len(draft.lines)} lines of {draft.title[:40]!r}")


def _turns(
    speeches: Sequence[Speech], texts: Sequence[str], head: Head, lead: str, page: Speakers
) -> list[dict[str, Any]]:
    """The turns as the record has them."""
    whos = {words: read_label(words, head.guests) for words in {s.label.words for s in speeches}}
    host = opening_host(speeches, whos, lead)
    hosting = {who.person for words, who in whos.items() if who.person and (words == host or who.role == "host")}
    whos = {words: _same_person(who, whos.values()) for words, who in whos.items()}
    firsts: dict[str, Speech] = {}
    for speech in speeches:
        firsts.setdefault(speech.label.words, speech)
    order = [speech.label.words for speech in speeches]
    answering = {after for before, after in pairwise(order) if whos[before].role == "reporter"}
    if page.one:
        whos = {words: _questioner(words, who, order, firsts, page) for words, who in whos.items()}
    roles = {
        words: "host"
        if words == host or who.person in hosting and not who.role
        else _role(who, firsts[words], words in answering, head)
        for words, who in whos.items()
    }
    people = {words: _person(who, roles[words], head) for words, who in whos.items()}
    turns = []
    for number, (speech, text) in enumerate(zip(speeches, texts, strict=True), 1):
        words = speech.label.words
        speaker, affiliation = people[words]
        role = roles[words]
        turns.append(
            {
                "id": f"t{number}",
                "label": words,
                "speaker": speaker,
                "role": role,
                "affiliation": outlet_of(text) if affiliation is None and role == "reporter" else affiliation,
                "text": text,
                "time": speech.time,
            }
        )
    return turns


def _same_person(who: Who, others: Iterable[Who]) -> Who:
    """What one label of a person says holds for his others on this page: `外交部发言人林知秋`, later `林知秋`."""
    if not who.person or who.outlet or who.guest:
        return who
    outlet = next((other.outlet for other in others if other.person == who.person and other.outlet), None)
    return replace(who, outlet=outlet) if outlet and not who.role else who


def _questioner(words: str, who: Who, order: Sequence[str], firsts: Mapping[str, Speech], page: Speakers) -> Who:
    """Where one answers all, a label that nobody can tell is his who asks: `Al Jazeera`."""
    if who.role or who.guest or who.person and not words.isascii():
        return who
    answered = any(before == words and after.endswith(page.one or "") for before, after in pairwise(order))
    text = firsts[words].text
    return Who("reporter", None, tidy_outlet(words)) if answered and ("?" in text or "？" in text) else who


def _person(who: Who, role: Role, head: Head) -> tuple[str | None, str | None]:
    """Name and affiliation of a label's person, as far as they do not depend on what is said."""
    person, guest = who.person, who.guest
    if person is None and role == "host" and len(head.hosts) == 1:
        person = head.hosts[0]
    if person is None and role == "official" and len(head.guests) == 1:
        person = head.guests[0].name
    if guest is None and person:
        guest = next((g for g in head.guests if g.name == person), None)
    if role == "reporter":
        return person, who.outlet
    return person, guest.organisation if guest else who.outlet


def _exchanges(turns: Sequence[dict[str, Any]], texts: Sequence[str]) -> list[dict[str, list[str]]]:
    labels = {label for label in {turn["label"] for turn in turns} if FOLLOWS.search(label)}
    follows = [turn["role"] == "reporter" and (turn["label"] in labels or _goes_on(turn["text"])) for turn in turns]
    found = exchanges([turn["role"] for turn in turns], texts, follows)
    return [{"question": [turns[i]["id"] for i in q], "answer": [turns[i]["id"] for i in a]} for q, a in found]


def _goes_on(text: str) -> bool:
    return text[:1] in FOLLOWS_FIRST and FOLLOWS.match(text) is not None


def _role(who: Who, first: Speech, answers: bool, head: Head) -> Role:
    """The role of a label's person: as the label says, else by the guest list, his first words, and whom he follows."""
    if who.role:
        return who.role
    if who.person and who.person in head.hosts:
        return "host"
    if who.guest:
        return "official"
    if looks_like_reporter(first):
        return "reporter"
    return "official" if answers or not head.guests else "unknown"


def _source(draft: Draft, sorted_: Split) -> str | None:
    found = SOURCE.search(draft.source)
    if found:
        return found["source"].strip(EDGES)
    for i in sorted_.fields:
        line = SOURCE_LINE.fullmatch(draft.lines[i].text)
        if line and line["source"].strip(EDGES):
            return line["source"].strip(EDGES)
    return None


def _editors(draft: Draft, sorted_: Split) -> list[str]:
    texts = [
        draft.editors,
        *(draft.lines[i].text for i in sorted_.fields if EDITOR_LINE.fullmatch(draft.lines[i].text)),
    ]
    for text in texts:
        found = EDITORS.search(text)
        if found:
            return [name for name in NAMES.split(found["editors"].strip(EDGES + "；;。")) if name]
    return []


def _images(draft: Draft, sorted_: Split, base: str) -> list[Image]:
    """Pictures with their captions; addresses are the hall's, whatever host the page came from."""
    captions = dict.fromkeys(sorted_.captions)
    found = []
    for picture in draft.pictures:
        line = picture.line if picture.line in captions else None
        found.append(
            Image(
                url=_absolute(base, picture.url),
                caption=(draft.lines[line].text if line is not None else picture.alt) or None,
            )
        )
    return found


def _absolute(base: str, src: str) -> str:
    try:
        return urljoin(base, src)
    except ValueError:  # such as a broken IPv6 literal
        return src


def _damage(draft: Draft, texts: Iterable[str], content: Content) -> dict[str, Any]:
    """What an earlier stage left, and characters that no page means: U+FFFD and the private use area."""
    samples = list(draft.samples)
    parts = (draft.title, *texts)
    if content.means_nothing():
        found = ((text, m.span()) for text in parts for m in NO_MEANING.finditer(text))
        samples += [text[max(0, start - CONTEXT) : end + CONTEXT] for text, (start, end) in found]
    unresolved = draft.unresolved + len(samples) - len(draft.samples)
    return {"unresolved": unresolved, "samples": samples[:SAMPLES], "flags": list(draft.flags)}


def _provenance(draft: Draft) -> dict[str, Any]:
    page = draft.page
    return {
        "fetched_at": page.fetched_at,
        "fetched_url": page.url,
        "status": page.status,
        "encoding": draft.encoding,
        "layout": draft.layout,
        "body_digest": "sha256:" + hashlib.sha256(page.body).hexdigest(),
        "warc": page.warc,
        "crawler": f"press-conference-archive/{__version__}",
        "captured_at": captured_at(page.url),
    }
