"""Records for a person's eyes: a transcript to read, and what cleaning changed. Colour only on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from crawler.items import Change, Transcript, Turn

ROLE_STYLE = {"host": "magenta", "official": "green", "reporter": "cyan", "interpreter": "yellow", "unknown": "white"}
CONTEXT = 20
# C0 and C1 but for tab and line feed.
CONTROLS = {n: f"\\x{n:02x}" for n in (*range(0x20), *range(0x7F, 0xA0)) if n not in (0x09, 0x0A)}


def readable(record: Transcript, most_turns: int | None = None) -> Iterator[Text]:
    """Title, when and where, who, and the turns."""
    yield Text(record.title, style="bold")
    when = " ".join(filter(None, (record.event.date, record.event.time, record.event.place)))
    yield Text(
        f"{record.id}  version {record.version}  held {when or 'unknown'}  published {record.published_at or 'unknown'}"
    )
    yield Text(record.url, style="underline")
    for person in record.participants:
        yield Text("  " + " · ".join(filter(None, (person.name, person.organisation, *person.titles))))
    for turn in record.turns[:most_turns]:
        yield _turn(turn)
    if most_turns is not None and len(record.turns) > most_turns:
        yield Text(f"… {len(record.turns) - most_turns} more turns", style="dim")
    if record.cleaning:
        yield Text(f"cleaned: {', '.join(sorted({change.kind for change in record.cleaning}))}", style="dim")


def _turn(turn: Turn) -> Text:
    line = Text(f"{turn.id:>4} ", style="dim")
    line.append(turn.label, style=ROLE_STYLE[turn.role])
    about = ", ".join(filter(None, (turn.role, turn.affiliation)))
    line.append(f" ({about}) ", style="dim")
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
    return "".join(c if c.isprintable() or c in "\n\u3000\xa0" else f"\\x{ord(c):02x}" for c in text)


def without_controls(text: str) -> str:
    """Text with control characters made visible, and all else as it is: for what a program reads again."""
    return text.translate(CONTROLS)
