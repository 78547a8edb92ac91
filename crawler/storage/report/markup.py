"""HTML that is safe by how it is made: every text is escaped, but for what an element was made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from crawler.show import printable

# Longer texts of a page are cut.
MOST_TEXT = 200


class Html(str):
    """Markup that is ready."""

    __slots__ = ()


Child = str | int | None | Iterable["Child"]


def el(tag: str, /, *children: Child, **attributes: str | int | float | None) -> Html:
    """An element. `class_` is class, `aria_label` aria-label; an attribute that is None is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_safe(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{tag}{said}>{joined(children)}</{tag}>")


def void(tag: str, /, **attributes: str) -> Html:
    """An element without an end, such as meta."""
    return Html(el(tag, **attributes).removesuffix(f"</{tag}>"))


def joined(children: Iterable[Child]) -> Html:
    """Children one behind the other; None is nothing."""
    return Html("".join(_child(child) for child in children if child is not None))


def _child(child: Child) -> str:
    if isinstance(child, Html):
        return child
    if isinstance(child, str | int):
        return _safe(str(child))
    return joined(child or ())


def _safe(text: str) -> str:
    """Text for HTML; what cannot be seen, or turns the reading direction, is made visible."""
    return escape(text if text.isprintable() else printable(text), quote=True)


def short(text: str, most: int = MOST_TEXT) -> str:
    """A text, cut where it is long."""
    return text if len(text) <= most else f"{text[:most]}…"


def address(url: str) -> Html:
    """A link where an address is one that a browser may follow; else its text."""
    shown = short(url, 120)
    if url.startswith(("http://", "https://")) and len(url) < 1000:
        return el("a", shown, href=url, rel="noreferrer noopener")
    return el("span", shown)


def chinese(text: str, most: int = MOST_TEXT) -> Html:
    """Words of a page, whose characters are drawn as Chinese ones."""
    return el("span", short(text, most), lang="zh")


def amount(number: int | None) -> str:
    """`12,345`; a dash for what is not known."""
    return "–" if number is None else f"{number:,}"


def plural(number: int, one: str, many: str = "") -> str:
    """`1 page`, `2 pages`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: float) -> str:
    """`780.9 KB`."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} TB"


def share(part: int, whole: int) -> str:
    """`98 %`: never 100 where something is missing, never 0 where something is there."""
    if not whole:
        return "–"
    percent = round(100 * part / whole)
    if part < whole:
        percent = min(percent, 99)
    if part > 0:
        percent = max(percent, 1)
    return f"{percent} %"


def duration(seconds: float) -> str:
    """`1.8 s`, `5 min`, `3 h 20 min`, `2 days`."""
    if seconds < 120:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours < 48 else f"{hours // 24} days"


def when(text: str) -> str:
    """`2026-01-01 10:20 UTC` of a moment; another text as it is."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return short(text, 40)
    return f"{found:%Y-%m-%d %H:%M}{' UTC' if text.endswith('Z') else ''}"
