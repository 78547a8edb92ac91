"""How a page marks who speaks."""

from __future__ import annotations

from html import escape

from .model import Slot, Turn, Voice

FORMS = {
    "square": "[{}]:",
    "square_wide": "[{}]：",
    "square_spaced": "[{}]: ",
    "square_bare": "[{}]",
    "square_full": "［{}］：",
    "lenticular": "【{}】：",
    "lenticular_half": "【{}】:",
    "lenticular_bare": "【{}】",
    "bare": "{}：",
    "bare_half": "{}: ",
    "strong": "<strong>{}：</strong>",
    "strong_inner": "<strong>{}</strong>：",
    "said": "{}说，",
}


def label(slot: Slot, voice: Voice) -> str:
    """The words of a label, without brackets and colon."""
    if voice.role == "reporter":
        return _reporter(slot.reporter, voice)
    if voice.role == "interpreter":
        return "翻译"
    if slot.reporter == "wen":
        return "答"
    name = voice.person.name if voice.person else ""
    if voice.role == "host":
        return {"plain": "主持人", "named": f"主持人{name}", "paren": f"主持人（{name}）"}.get(slot.host, name)
    if "titled" in slot.traps and voice.person:
        return f"{name}（{voice.person.titles[-1]}）" if slot.form == "bare" else f"{name}({voice.person.titles[-1]})"
    return name


def _reporter(style: str, voice: Voice) -> str:
    """A reporter's label: by outlet, by name, or by the bare role."""
    outlet = voice.outlet or ""
    if style == "outlet" and outlet:
        return f"{outlet}记者"
    if style == "paren" and outlet:
        return f"记者（{outlet}）"
    if style == "named" and outlet and voice.person:
        return f"{outlet}记者{voice.person.name}"
    return {"media": "媒体记者", "outlet": "媒体记者", "wen": "问", "asked": "提问"}.get(style, "记者")


def speaker(slot: Slot, conference_host: str | None, only: str | None, voice: Voice) -> str | None:
    """The person behind a label, as far as the page tells it."""
    if voice.role == "reporter":
        return voice.person.name if voice.person and slot.reporter == "named" else None
    if voice.role == "interpreter":
        return None
    if slot.reporter == "wen":
        return only
    if voice.role == "host" and slot.host == "plain":
        return conference_host
    return voice.person.name if voice.person else None


def mark(slot: Slot, voice: Voice, text: str = "") -> str:
    """A label as it is printed, HTML."""
    word = label(slot, voice)
    if slot.form == "said" and voice.role == "reporter":
        return "有记者问：" if len(text) % 2 else "记者问："
    return FORMS[slot.form].format(word)


def printed(slot: Slot, turn: Turn) -> list[str]:
    """The paragraphs of a turn, HTML, without their <p>."""
    head = mark(slot, turn.voice, turn.parts[0])
    parts = [escape(part, quote=False) for part in turn.parts]
    if turn.broken:
        return [head + "<br/>".join(parts)]
    if slot.flow == "alone":
        return [head.strip(), *parts]
    tail = f" [{turn.time}]" if turn.time else ""
    return [head + parts[0], *parts[1:-1], parts[-1] + tail] if len(parts) > 1 else [head + parts[0] + tail]
