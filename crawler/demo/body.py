"""The paragraphs of an article's body, page by page."""

from __future__ import annotations

from html import escape

from .labels import printed
from .model import Conference, Picture
from .record import person_text
from .spam import Spam

SHUT = "【关闭】【打印】"


def pages(conference: Conference, block: Spam | None = None) -> list[list[str]]:
    """HTML paragraphs for each page of the article."""
    groups = _turns(conference)
    parts = _divided(groups, conference.slot.pages, "split_turn" in conference.slot.traps)
    parts[0] = _opening(conference) + parts[0]
    parts[-1] += _ending(conference)
    if block:
        parts[0] = [block.head, *parts[0]] if block.head else parts[0]
        parts[-1][-1] += block.glued
    return parts


def _opening(conference: Conference) -> list[str]:
    """The lead, the fields, the guests."""
    rows = [escape(text, quote=False) for text in conference.lead]
    rows += _guests(conference) + _fields(conference)
    if conference.slot.form != "said":
        rows.append("文字实录" if conference.index % 3 else "<strong>文字实录</strong>")
    return rows


def _fields(conference: Conference) -> list[str]:
    day, told = conference.day, conference.slot.event
    if told == "fields":
        return [f"时间：{day.isoformat()} {conference.start}", f"地点：{conference.place}"]
    if told == "afternoon":
        return [f"时间：{day.year}年{day.month}月{day.day}日下午3时", f"地点：{conference.place}"]
    return [f"时间: {day.isoformat()}"] if told == "lead" and conference.index % 2 else []


def _guests(conference: Conference) -> list[str]:
    """The guest list in the style of the page."""
    style, host = conference.slot.guests, conference.host
    if style in {"lead", "none"}:
        return []
    guests = [person_text(conference, person) for person in conference.guests]
    if host and style == "line" and conference.slot.host in {"name", "named"}:
        return ["出席嘉宾: " + " ".join([person_text(conference, host), *guests])]
    first = [f"主持人：{person_text(conference, host)}"] if host else []
    if style == "lines":
        return first + [f"发布人：{guest}" for guest in guests]
    if style in {"below", "spaced"}:
        return [*first, "出席嘉宾：", *guests]
    word = "嘉宾" if style == "line" else "出席嘉宾"
    return [*first, f"{word}：{' '.join(guests)}"]


def _turns(conference: Conference) -> list[list[str]]:
    """Each turn's paragraphs, pictures behind the turn they belong to."""
    groups: list[list[str]] = []
    joined = _joined(conference) if conference.slot.flow == "joined" else {}
    for at, turn in enumerate(conference.turns):
        rows = printed(conference.slot, turn)
        if at in joined:
            groups[-1][-1] += joined[at] + rows[0]
        else:
            groups.append(rows)
        groups[-1] += [row for p in conference.pictures if p.after == at for row in _picture(p)]
    return groups


def _joined(conference: Conference) -> dict[int, str]:
    """Turns that stand in one paragraph with the turn before them: the answers."""
    return {at: " " if at % 2 else "" for exchange in conference.exchanges for at in exchange.answer}


def _picture(picture: Picture) -> list[str]:
    rows = [f'<p style="text-align: center;"><img src="{picture.src}" width="600" alt=""/></p>']
    if picture.caption:
        rows.append(f'<p style="text-align: center;">{picture.caption}</p>')
    return rows


def _ending(conference: Conference) -> list[str]:
    traps = conference.slot.traps
    rows = [f"来源：{conference.source}"] if "source_below" in traps else []
    if "tail_links" in traps:
        rows.append(
            '<a href="http://society.people.com.cn/GB/1062/index.html" '
            'target="_blank">更多发布会实录请看专题&gt;&gt;</a>'
        )
    return [*rows, SHUT] if "close_marks" in traps else rows


def _divided(groups: list[list[str]], count: int, inside: bool) -> list[list[str]]:
    """The turns on so many pages; `inside`: the cut falls inside of a turn."""
    if count == 1:
        return [[row for group in groups for row in group]]
    size = -(-len(groups) // count)
    parts = [[row for group in groups[i : i + size] for row in group] for i in range(0, len(groups), size)]
    if inside:
        long = next(i for i, group in enumerate(groups) if len(group) > 2)
        flat = [row for group in groups for row in group]
        at = sum(len(group) for group in groups[:long]) + 1
        parts = [flat[:at], flat[at:]]
    return parts
