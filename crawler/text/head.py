"""What stands before the first turn: guests, time and place, the lead. And the page's own lines at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from crawler.items import Edition, Event, Line, Participant
from crawler.site import Site
from crawler.text.guests import guest_line, read_guests
from crawler.text.label_forms import Label
from crawler.text.label_words import nameable
from crawler.text.lines import EDGES
from crawler.text.names import ROLE_WORDS, SPACE, is_word, may_be_name, together
from crawler.text.presumed import is_listed, presumed
from crawler.text.times import clock, find_date, find_day, find_moment

KEY = (
    r"(?P<key>(?:(?:发布|發布|会议|會議|召开|召開|举行|舉行|活动|活動|直播|开始|開始)?(?P<time>时间|時間|日期))|(?:(?:发布|發布|会议|會議|举行|舉行|召开|召開|活动|"
    r"活動)?(?P<place>地点|地點|场所|場所))"
    r"|主题|主題|题目|題目|主办(?:单位)?|主辦(?:單位)?|承办(?:单位)?|承辦|协办|直播(?:员|網)?|摄影|攝影|文字(?:整理|记录)?|图片|圖片|编辑|編輯|速录|速錄|策划|策劃|网址)"
)
FIELD = re.compile(rf"(?:^|[ \xa0\u3000；;])[【\[]?{KEY}[】\]]?\s*[：:]\s*")
MARKER = re.compile(
    r"[【\[（(—\-\s]*(?:以下(?:是|为|為))?.{0,20}?(?:文字实录|文字實錄|实录|實錄|图文直播|圖文直播|直播实录|问答实录)(?:如下|全文)?[】\]）)：:—\-\s]*"
)
PLACE = re.compile(r"在(?P<place>[^在，。,；;：:！？“”于於]{3,30}?)(?:举行|舉行|召开|召開|举办|舉辦)")
# A key that is set wide: `时　间：`, `主 持 人：`.
WIDE_KEY = re.compile(
    r"^[\u3400-\u9fff](?:[ \xa0\u3000]{1,6}[\u3400-\u9fff]){1,3}[ \xa0\u3000]{0,4}(?=[：:])"
    r"|(?<=[ \xa0\u3000])地[ \xa0\u3000]{1,6}点(?=[：:])"
)
ENGLISH_DATE = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2}), (20\d\d)\b"
)
MARKER_LENGTH = 30
# A lead of so many lines, at most, names the one who answers.
LEAD_LENGTH = 8
# What tells that a name is one stands so near behind it.
BEHIND_LENGTH = 8
FIELD_LENGTH = 150
# Behind so many lines no head goes on; a key stands at the beginning of its line.
HEAD_LENGTH = 60
KEY_LENGTH = 16
# A guest list may go on over lines of its own; a longer line is prose.
PERSON_LENGTH = 80
COLONS = frozenset("：:")
HOST_NAME = re.compile(r"[\u3400-\u9fff]{2,5}")
# What a line of guests or of a field may begin with, so that other lines need not be tried.
FIRST = frozenset(
    "出参參与與会會主特嘉新发發介通答议議召举舉行活动動直开開时時日地场場题題承协協摄攝文图圖编編速策网的；;【["
)


@dataclass(slots=True)
class Head:
    """The fields of a page's head; `used` are the indexes of their lines, `labels` the words of the page's labels."""

    labels: frozenset[str] = frozenset()
    used: set[int] = field(default_factory=set)
    guests: list[Participant] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    time_text: str = ""
    place: str | None = None


def read_head(lines: Sequence[Line], candidates: Sequence[Label | None]) -> Head:
    """Fields that can be told from the lines alone, before it is known where the first turn is.

    A bracketed label with its colon ends the head, as the heading 文字实录 does.
    """
    head = Head(frozenset(one.words for one in candidates if one))
    key: str | None = None
    for i, line in enumerate(lines[:HEAD_LENGTH]):
        text = line.text
        if key is None and len(text) > MARKER_LENGTH and not _may_begin(text, candidates[i]):
            continue
        if SPACE.search(text, 0, KEY_LENGTH) or "　点" in text:
            text = WIDE_KEY.sub(lambda found: SPACE.sub("", found[0]), text)
        start = text[:KEY_LENGTH]
        guests = guest_line(text) if "：" in start or ":" in start else None
        if guests and not guests[1] and ROLE_WORDS.fullmatch(guests[0]) and not _is_list(lines[i + 1 :]):
            key = None  # a label as a paragraph of its own: what it says stands below
        elif guests:
            key = guests[0] if _take_guests(head, i, *guests) else None
        elif not (key and len(text) <= PERSON_LENGTH and not COLONS & set(text) and _take_guests(head, i, key, text)):
            key, label = None, candidates[i]
            if label and label.form == "bracket" and label.colon and nameable(label.words):
                break
            if FIELD.match(text):
                _take_fields(head, i, text)
        if (
            len(text) <= MARKER_LENGTH
            and ("实录" in text or "實錄" in text or "直播" in text)
            and MARKER.fullmatch(text)
        ):
            head.used.add(i)
            break
    return head


def _may_begin(text: str, label: Label | None) -> bool:
    """Whether a line may begin with a field or a guest list, or be a bracketed label that ends the head."""
    if label and label.form == "bracket":
        return label.colon or not COLONS.isdisjoint(label.words)
    return text[0] in FIRST or text[0].isspace() or SPACE.match(text, 1) is not None


def _is_list(lines: Iterable[Line]) -> bool:
    """Whether the next line that says anything is a line of persons."""
    text = next((line.text for line in lines if line.text), "")
    return len(text) <= PERSON_LENGTH and not COLONS & set(text) and bool(read_guests(text))


def _take_guests(head: Head, i: int, key: str, rest: str) -> bool:
    """Read a guest line, or a line of persons that follows one; False for a line that is neither."""
    field = FIELD.search(rest)
    if field and field.start() > 0:  # …部长王明 地点：…
        _take_fields(head, i, rest[field.start() :].lstrip(EDGES))
        rest = rest[: field.start()].rstrip(EDGES)
    people = read_guests(rest) or _host(head, key, rest) if rest else ()
    if rest and not people:
        return False
    head.used.add(i)
    known = {guest.name for guest in head.guests}
    head.guests += [person for person in people if person.name not in known]
    if "主持" in key:
        head.hosts += [person.name for person in people if person.name]
    return True


def _host(head: Head, key: str, rest: str) -> tuple[Participant, ...]:
    """The host whose family name no list has: nothing but a name behind `主持人：`, in a head or a label as well."""
    name = SPACE.sub("", rest)
    if "主持" not in key or not HOST_NAME.fullmatch(name) or not may_be_name(name) or is_word(name):
        return ()
    if not (name in head.labels or head.used and not name.endswith("好")):  # 早上好
        return ()
    return (Participant(name=name, organisation=None, titles=[], text=rest),)


def _take_fields(head: Head, i: int, text: str) -> None:
    """Read the fields of a line that begins with one."""
    found = list(FIELD.finditer(text)) if len(text) <= FIELD_LENGTH else []
    for this, following in pairwise([*found, None]):
        assert this is not None
        value = text[this.end() : following.start() if following else len(text)].strip(EDGES + "；;")
        if this["time"] and not head.time_text and (find_date(value) or clock(value, anywhere=True)):
            head.time_text = value
        elif this["place"] and not head.place:
            head.place = value or None
        head.used.add(i)


def the_one(
    patterns: Iterable[re.Pattern[str]], title: str, lines: Sequence[Line], candidates: Sequence[Label | None]
) -> Participant | None:
    """The one person who answers all, as the title, or else the lead, names him; None for nobody and for several."""
    patterns = tuple(patterns)
    if not patterns:
        return None
    labelled = (i for i, one in enumerate(candidates) if one and one.form != "answer" and nameable(one.words))
    lead = lines[: min(next(labelled, 0), LEAD_LENGTH)]
    labels = frozenset(one.words for one in candidates if one)
    for text in (title, "\n".join(line.text for line in lead)):
        every = [named for pattern in patterns for named in pattern.finditer(text)]
        found = [named for named in every if is_listed(together(named["name"]))]
        found = found or [m for m in every if presumed(m["name"], m.string[m.end("name") :][:BEHIND_LENGTH], labels)]
        if len({together(named["name"]) for named in found}) == 1:
            said = found[0].groupdict()
            words = found[0][0].strip(EDGES)
            body = said.get("organisation")
            titles = [title.removeprefix(body or "") for title in (said.get("title") or "").split("、") if title]
            return Participant(name=together(said["name"]), organisation=body, titles=titles, text=words)
    return None


def event(
    head: Head,
    lead: str,
    title: str,
    published: str | None,
    site: Site | None = None,
    editions: Iterable[tuple[str, str]] = (),
) -> Event:
    """When and where: the fields first, then the lead, then the title's date. And what links its other editions."""
    daily = site is not None and site.daily is not None and site.daily.search(title) is not None
    if daily:  # what such a lead dates are visits and meetings
        lead = ""
    said = find_moment(head.time_text, published)
    time = said.time or (clock(head.time_text, anywhere=True) if head.time_text and not said.date else None)
    told = find_moment(lead, published)
    titled = find_date(title) or find_day(title, published) or _english_date(title)
    day = said.date or told.date or (titled[0] if titled else None)
    if not time and told.date == day:
        time = told.time
    place = PLACE.search(lead)
    return Event(
        date=day,
        time=time,
        place=head.place or (place["place"].strip(EDGES) if place else None),
        id=f"{site.name}/{day}" if site and daily and day else None,
        editions=[Edition(language=language, url=url) for language, url in editions],
    )


def _english_date(text: str) -> tuple[str, int] | None:
    """`… on December 11, 2020`: the date and the offset after it."""
    found = ENGLISH_DATE.search(text)
    try:
        moment = datetime.strptime(f"{found[1][:3]} {found[2]} {found[3]}", "%b %d %Y") if found else None
    except ValueError:
        return None
    return (moment.date().isoformat(), found.end()) if found and moment else None
