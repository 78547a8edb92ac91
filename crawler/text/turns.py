"""Lines to speeches: split at the labels, run unlabelled lines on, leave captions and the page's own lines out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crawler.items import Line
from crawler.text.label_forms import Label
from crawler.text.label_page import Speakers
from crawler.text.labels import inside, inside_colon, is_sure, leaders, leading, leads
from crawler.text.lines import EDGES
from crawler.text.times import without_time

# A button that was read is not read in another way: a row of them would be tried in all combinations.
FURNITURE = re.compile(
    r"(?:[\[【［(（]\s*(?:关闭|關閉|打印|列印|返回|收藏|纠错|糾錯|分享|转发|轉發|字号|字號|推荐|推薦|评论|評論|大|中|小|上一页|上一頁|下一页|下一頁|尾页|首页|"
    r"\d{1,3})(?:\s[^\]】］)）]{1,10})?\s*[\]】］)）]\s*)++"
    r"|分享让更多人看到|分享到[：:]?.{0,20}|打印本页|打印本頁|关闭窗口|關閉窗口|返回顶部|返回頂部|推荐阅读|推薦閱讀|[【\[［]?(?:相关(?:新闻|阅读|专题|链接|报道|文章)|相關(?:新聞|閱讀|專題|"
    r"鏈接|報道|報導|文章))[】\]］]?[：:]?|延伸阅读[：:]?|延伸閱讀[：:]?|上一页|下一页|上一頁|下一頁|微信扫一扫.{0,20}"
)
SOURCE_LINE = re.compile(
    r"[（(]?\s*(?:来源|來源|稿件来源|稿件來源|信息来源|信息來源|文章来源|文章來源)\s*[：:]\s*(?P<source>[^：:]{0,60}?)\s*[）)]?"
)
EDITOR_LINE = re.compile(
    r"[（(【\[［]?\s*(?:本文)?(?:责任编辑|責任編輯|责编|責編|编辑|編輯)\s*[：:]\s*(?P<editors>[^：:]{1,60}?)\s*[）)】\]］]?"
)
CAPTION = re.compile(
    r"(?:图为|圖為|图[：:\d一二三四]|圖[：:\d一二三四]|左图|右图|上图|下图|左圖|右圖|上圖|下圖|资料图|資料圖).*|.*(?:摄影|攝影|摄|攝)(?:影报道)?[）)。]?"
)
TIME_BRACKETS = ("]", "］", "】")
BRACKETS_BEHIND = frozenset((*TIME_BRACKETS, ")", "）"))
# A live page's own line, or the end of one, says when it was written: `2021-01-18 10:05:22`.
STAMP = re.compile(
    r"(?:^|[ \xa0\u3000])[（(]?20\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ \xa0\u3000]+"
    r"(?P<time>\d{1,2}:\d\d(?::\d\d)?)[）)]?$"
    r"|^[（(]?(?P<alone>[012]?\d:[0-5]\d(?::[0-5]\d)?)[）)]?$"
)
STAMP_LENGTH = 24
LAST_HOUR = 23
FIELD_LENGTH = 90
HEADING_LENGTH = 20
CAPTION_LENGTH = 120
CENTRED_CAPTION_LENGTH = 60


@dataclass(slots=True)
class Speech:
    """One turn before its speaker is known: `pieces` are (line index, start, end) of the page's lines it is made of."""

    label: Label
    pieces: list[tuple[int, int, int]]
    time: str | None
    texts: list[str]

    @property
    def text(self) -> str:
        """The pieces, a line break between lines."""
        return self.texts[0] if len(self.texts) == 1 else "\n".join(self.texts)


@dataclass(slots=True)
class Split:
    """The lines of a page sorted: indexes of the head's lines, the speeches, captions and trailing fields."""

    head: list[int] = field(default_factory=list)
    speeches: list[Speech] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)


def split(
    lines: Sequence[Line],
    candidates: Sequence[Label | None],
    page: Speakers,
    pictures: Iterable[int],
    head_fields: Iterable[int],
) -> Split:
    """Sort a page's lines, given the candidate label of each.

    `pictures` are indexes of the lines behind pictures, `head_fields` those of lines known as fields.
    """
    done = Split()
    behind_picture, known_fields = set(pictures), set(head_fields)
    led = leaders(page)
    paragraphs = any(line.paragraph for line in lines)
    # Links that end the body (更多…请看专题>>) lead on to other pages.
    end = len(lines)
    while end and (not lines[end - 1].text or lines[end - 1].link or _is_related(lines, end - 1)):
        end -= 1
    previous = ""
    for i, (line, label) in enumerate(zip(lines, candidates, strict=True)):
        text = line.text
        if not text or i in known_fields and not done.speeches:
            continue
        if label and not (line.picture or i in behind_picture or line.link or page.nested) and is_sure(label, page):
            previous = _place(done, i, text, label, page, led)
            continue
        linked = paragraphs and line.link and not line.paragraph
        first = None if linked else leading(line, label, page, previous)
        if (line.picture or i in behind_picture) and is_caption(line, i in behind_picture, first is not None):
            done.captions.append(i)
        elif first is not None:
            previous = _place(done, i, text, first, page, led)
        elif len(text) < FIELD_LENGTH and is_field(text) and not _is_said(done, i, text, candidates, page):
            done.fields.append(i)
        elif i < end and not (paragraphs and _is_related(lines, i)):
            previous = _run_on(done, i, text, page) or previous
    return done


def is_field(text: str) -> bool:
    """Whether a line is the page's own: its source, its editors, a button's words."""
    return bool(FURNITURE.fullmatch(text) or SOURCE_LINE.fullmatch(text) or EDITOR_LINE.fullmatch(text))


def _is_said(done: Split, i: int, text: str, candidates: Sequence[Label | None], page: Speakers) -> bool:
    """Whether a line that begins as a source does is a speaker's: labels lead lines before and behind it."""
    # In brackets it is the page's wherever it stands.
    if not done.speeches or text[0] in "（(" or not SOURCE_LINE.fullmatch(text):
        return False
    return any(label and leads(label.words, page) for label in candidates[i + 1 :])


def _is_related(lines: Sequence[Line], i: int) -> bool:
    """Whether a line stands in a list of links beside the paragraphs, or is the heading of one."""
    if lines[i].paragraph:
        return False
    following = lines[i + 1] if i + 1 < len(lines) else None
    heads = (
        following is not None and following.link and not following.paragraph and len(lines[i].text) <= HEADING_LENGTH
    )
    return lines[i].link or heads


def _place(done: Split, i: int, text: str, first: Label, page: Speakers, led: frozenset[str]) -> str:
    """A labelled line to the speeches that begin in it; returns the last one's label."""
    found = inside(text, first.end, page)
    if first.form == "colon" and led and (more := inside_colon(text, first.end, led)):
        found = sorted([*found, *more], key=lambda label: label.start)
    if not found:  # nearly always
        _begin(done, i, text, first, len(text))
        return first.words
    for label, following in pairwise([first, *found, None]):
        assert label is not None
        _begin(done, i, text, label, following.start if following else len(text))
    return found[-1].words


def _run_on(done: Split, i: int, text: str, page: Speakers) -> str | None:
    """An unlabelled line to the head, or to the speech before it; speeches may begin in the middle of it."""
    if not done.speeches:
        done.head.append(i)
        return None
    found = inside(text, 0, page)
    _continue(done.speeches[-1], i, text, 0, found[0].start if found else len(text))
    for label, following in pairwise([*found, None]):
        assert label is not None
        _begin(done, i, text, label, following.start if following else len(text))
    return found[-1].words if found else None


def _begin(done: Split, i: int, text: str, label: Label, end: int) -> None:
    speech = Speech(label, [], None, [])
    done.speeches.append(speech)
    _continue(speech, i, text, label.end, end)


def _continue(speech: Speech, i: int, text: str, start: int, end: int) -> None:
    """Add text[start:end] of line i, without white space at its ends and without the time that ends it."""
    shown = text[start:end].strip(EDGES)
    last = shown[-1:]
    if last in BRACKETS_BEHIND or last.isdigit():
        shown = _without_time(speech, shown)
    if shown:
        begin = start if text.startswith(shown, start) else text.index(shown, start)
        speech.pieces.append((i, begin, begin + len(shown)))
        speech.texts.append(shown)


def _without_time(speech: Speech, shown: str) -> str:
    """A piece without the time, or the stamp, that ends it, which becomes the speech's time."""
    if shown.endswith(TIME_BRACKETS):
        shown, time = without_time(shown)
        speech.time = time or speech.time
        return shown.strip(EDGES)
    found = STAMP.search(shown, max(0, len(shown) - STAMP_LENGTH))
    if found is None or found["alone"] and len(shown) > STAMP_LENGTH:
        return shown
    hour, _, rest = (found["time"] or found["alone"]).partition(":")
    if int(hour) > LAST_HOUR:
        return shown
    speech.time = speech.time or f"{int(hour):02}:{rest}"
    return shown[: found.start()].strip(EDGES)


def is_caption(line: Line, behind_picture: bool, labelled: bool) -> bool:
    """Whether a line is the caption of the picture in it or before it."""
    text = line.text
    if len(text) > CAPTION_LENGTH or text[0] in "[【［":
        return False
    if CAPTION.fullmatch(text) or behind_picture and line.centred and len(text) <= CENTRED_CAPTION_LENGTH:
        return True
    return line.picture and not labelled
