"""Parts that the pages of several halls have alike."""

from __future__ import annotations

from html import escape

from .form import Told


def page(title: str, suffix: str, inner: str) -> str:
    """A whole page in UTF-8."""
    return (
        '<!DOCTYPE html>\n<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n'
        f"<title>{escape(title)}{suffix}</title></head>\n<body>\n{inner}\n"
        '<div class="copyright">版权所有 联系我们</div>\n</body></html>\n'
    )


def rows(one: Told, label: str = "{}：", first: str = "{}", more: str = "{}", alone: bool = False) -> str:
    """The paragraphs of all turns: `label` round a label, `first` and `more` round a turn's paragraphs.

    `alone`: the label is a paragraph of its own.
    """
    found = [f"<p>　　{escape(text, quote=False)}</p>" for text in one.lead]
    for turn, words in zip(one.conference.turns, one.labels, strict=True):
        parts = [escape(part, quote=False) for part in turn.parts]
        mark = label.format(words)
        if alone:
            found += [f"<p>{mark}</p>", *(f"<p>　　{part}</p>" for part in parts)]
        else:
            asks = turn.voice.role == "reporter"
            shape = first if asks else "{}"
            found.append(f"<p>　　{shape.format(mark + parts[0])}</p>")
            found += [f"<p>　　{(more if asks else '{}').format(part)}</p>" for part in parts[1:]]
        if turn.time:
            stamp = f"{one.conference.day.isoformat()} {turn.time}"
            found.append(f"<p>{stamp}</p>")
    return "\n".join(found)
