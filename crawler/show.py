"""Records for a person's eyes: a transcript to read, and what cleaning changed. Colour only on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from crawler.items import Change, Transcript, Turn
from crawler.text.visible import visible

ROLE_STYLE = {"host": "magenta", "official": "green", "reporter": "cyan", "interpreter": "yellow", "unknown": "white"}
CONTEXT = 20
# C0 and C1 but for tab and line feed.
CONTROLS = {n: f"\\x{n:02x}" for n in (*range(0x20), *range(0x7F, 0xA0)) if n not in (0x09, 0x0A)}


def readable(record: Transcript, most_turns: int | None = None) -> Iterator[Text]:
    """Title, when and where, who, and the turns."""
    yield Text(visible(record.title), style="bold")
    when = " ".join(filter(None, (record.event.date, record.event.time, record.event.place)))
    published = record.published_at or "unknown"
    about = f"{record.id}  version {record.version}  held {when or 'unknown'}  published {published}"
    yield Text(visible(about))
    yield Text(visible(record.url), style="underline")
    for person in record.participants:
        named = " · ".join(filter(None, (person.name, person.organisation, *person.titles)))
        yield Text("  " + visible(named))
    for turn in record.turns[:most_turns]:
        yield _turn(turn)
    if most_turns is not None and len(record.turns) > most_turns:
        yield Text(f"… {len(record.turns) - most_turns} more turns", style="dim")
    if record.cleaning:
        yield Text(f"cleaned: {', '.join(sorted({change.kind for change in record.cleaning}))}", style="dim")


def _turn(turn: Turn) -> Text:
    line = Text(f"{turn.id:>4} ", style="dim")
    line.append(visible(turn.label), style=ROLE_STYLE[turn.role])
    about = ", ".join(filter(None, (turn.role, turn.affiliation)))
    line.append(f" ({visible(about)}) ", style="dim")
    return line.append(printable(turn.text))


def diff(record: Transcript) -> Iterator[Text]:
    """Each change to the page's own text, in its place: `…context[-before-]{+after+}context…`."""
    texts = {turn.id: turn.text for turn in record.turns} | {"title": record.title, "summary": record.summary or ""}
    if not record.cleaning:
        yield Text("nothing was changed")
    for change in record.cleaning:
        yield _change(change, texts)
    for sample in record.damage.samples:
        yield Text("left damaged: ", style="bold yellow").append(printable(sample), style="not bold")


def _change(change: Change, texts: dict[str, str]) -> Text:
    place, _, offset = change.at.rpartition(":")
    text, at = texts.get(place, ""), int(offset)
    line = Text(f"{change.at}  {change.kind}{'' if change.certain else '  chosen'}  ", style="bold")
    line.append(printable(text[max(0, at - CONTEXT) : at]), style="not bold")
    if change.before:
        line.append(f"[-{printable(change.before)}-]", style="not bold red")
    if change.after:
        line.append(f"{{+{printable(change.after)}+}}", style="not bold green")
    after = at + len(change.after)
    return line.append(printable(text[after : after + CONTEXT]), style="not bold")


def printable(text: str) -> str:
    """Text with control characters made visible; a page must not steer the terminal."""
    return visible(text, but="\n")


def shown(value: Any) -> Any:
    """A JSON value whose texts are `printable`."""
    if isinstance(value, dict):
        return {key: shown(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shown(each) for each in value]
    return printable(value) if isinstance(value, str) else value


def without_controls(text: str) -> str:
    """Text with control characters made visible, and all else as it is: for what a program reads again."""
    return text.translate(CONTROLS)
