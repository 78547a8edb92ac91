"""What else lies in the hall: articles that are no transcripts, pages that are gone, copies, detours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from html import escape

from .compose import conference
from .data import load, words
from .draw import Draw
from .layouts import LAYOUTS, Sheet
from .model import Conference, Resource
from .pages import page
from .programme import BASE, number_on, path_of
from .script import traditional
from .spam import Spam, spam
from .wire import WIRES, encoded

GONE = (
    '<html><head><meta http-equiv="content-type" content="text/html;charset=GB2312"/><title>{0}</title></head>'
    "<body><h2>{0}</h2><p>{1}</p></body></html>"
)

MOVED = (
    '<html><head><meta http-equiv="refresh" content="0;url={0}"/><title>正在转到</title></head>'
    '<body><a href="{0}">如果没有跳转，请点这里</a></body></html>'
)


@dataclass(frozen=True, slots=True)
class Extra:
    """One of them, with the place in the listing that it follows."""

    kind: str
    path: str
    title: str
    day: date
    after: int
    form: str = ""
    of: int = -1  # the conference that it copies or leads to


def extras(size: int) -> list[Extra]:
    """All of them, for a hall of that size."""
    return [_extra(row, at, size) for at, row in enumerate(load("programme")["extras"]) if size >= BASE]


def number_in(path: str) -> int:
    """The article number of an address."""
    return int(path.rsplit("-", 1)[-1].rsplit("/", 1)[-1].split(".")[0])


def first_of(line: int, size: int) -> int:
    """The index of the conference that stands for a line of the programme."""
    return -(-line * size // BASE)


def _extra(row: dict[str, object], at: int, size: int) -> Extra:
    after = first_of(int(str(row["after"])), size)
    near = conference(after, size)
    number = number_on(near.day, 4100 + at)
    of = first_of(int(str(row.get("of", -1))), size) if "of" in row else -1
    title = conference(of, size).title if of >= 0 else _title(row, near)
    form = str(row.get("form") or row.get("spam") or row.get("layout") or "")
    return Extra(str(row["kind"]), path_of(near.day, number), title, near.day, after, form, of)


def _title(row: dict[str, object], near: Conference) -> str:
    if "article" in row:
        return str(words()["articles"][int(str(row["article"]))]["title"])
    return near.title.replace("发布会", "吹风会").replace("通气会", "吹风会")


def block_of(extra: Extra) -> Spam | None:
    """The spam of a copy."""
    return spam(extra.form, extra.path) if extra.kind == "twin" else None


def resource(extra: Extra, size: int, number: int = 1, big5: bool = False) -> Resource:
    """The page behind an extra's address."""
    if extra.kind == "gone":
        return _gone(extra)
    if extra.kind == "empty":
        return Resource(200, {"Content-Type": "text/html"}, b"")
    if extra.kind == "not_html":
        return Resource(
            200, {"Content-Type": "application/pdf"}, b"%PDF-1.4\n" + bytes(range(128, 256)) * 40 + b"\n%%EOF\n"
        )
    if extra.kind == "no_turns":
        return _article(extra, big5)
    if extra.kind == "refresh":
        target = conference(extra.of, size).path
        target = "/BIG5" + target.removeprefix("/GB") if big5 else target
        return encoded(MOVED.format(target), "gbk")
    return _copy(extra, size, number, big5)


def _gone(extra: Extra) -> Resource:
    if extra.form == "404":
        return encoded(GONE.format("404 Not Found", "nginx"), "gbk", 404)
    return encoded(GONE.format("提示信息", "对不起，您要查看的文章已被删除或不存在。"), "gbk")


def _article(extra: Extra, big5: bool) -> Resource:
    """News without a single turn."""
    text = next(a["text"] for a in words()["articles"] if a["title"] == extra.title)
    layout = "old" if extra.day < date(2013, 7, 1) else extra.form or "mid"
    rows = tuple(escape(row, quote=False) for row in text)
    stamp = f"{extra.day.year}年{extra.day:%m}月{extra.day:%d}日08:32"
    number = number_in(extra.path)
    sheet = Sheet(
        number,
        extra.title,
        stamp,
        extra.day.isoformat(),
        "东海工人网",
        ("许念禾",),
        rows,
        WIRES["gbk"].meta,
        draw=Draw("article", number),
    )
    html = LAYOUTS[layout](sheet)
    return encoded(traditional(html) if big5 else html, "gbk")


def _copy(extra: Extra, size: int, number: int, big5: bool) -> Resource:
    """A repost, a twin under other spam, and pages that are broken off."""
    if extra.kind in {"repost", "twin"}:
        source = conference(extra.of, size)
        moved = replace(source, path=extra.path, number=number_in(extra.path), slot=replace(source.slot, pages=1))
        return page(moved, 1, block_of(extra), big5)
    base = own(extra, size)
    whole = page(base, number, None, big5)
    if extra.kind == "cut_off":
        return Resource(200, whole.headers, _cut(whole.body, base, big5))
    return whole


def own(extra: Extra, size: int) -> Conference:
    """The conference behind a broken page: like its neighbour, under its own number and title."""
    near = conference(extra.after, size)
    slot = replace(near.slot, pages=1, spam=None, flow="each", form="square", traps=())
    number = number_in(extra.path)
    return replace(near, path=extra.path, number=number, title=extra.title, slot=slot, pictures=())


def _cut(body: bytes, base: Conference, big5: bool) -> bytes:
    """The bytes up to the middle of a turn two thirds down the body."""
    start = base.turns[len(base.turns) * 2 // 3].parts[0][:12]
    marker = traditional(start).encode("gbk") if big5 else start.encode(WIRES[base.slot.wire].codec)
    return body[: body.index(marker) + len(marker)]
