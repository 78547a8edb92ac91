"""Text that somebody else wrote, for a terminal or a log: what would steer it is made visible."""

from __future__ import annotations

# Spaces of Chinese text, which Python does not call printable.
SPACES = "\u3000\xa0"


def visible(text: str, but: str = "") -> str:
    r"""Text on one line, every control, format and bidi character as Python writes it: `\x1b`, `\n`, `\u202e`.

    `but` are characters that stay.
    """
    if text.isprintable():
        return text
    stays = SPACES + but
    return "".join(c if c.isprintable() or c in stays else c.encode("unicode_escape").decode() for c in text)
