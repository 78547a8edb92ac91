"""The two-byte code page in which the damage was done: GBK, its user-defined areas mapped to U+E000 and on."""

from functools import lru_cache

# Python's gb18030 has the user-defined areas that its gbk lacks; longer codes are no part of the model.
CODEC = "gb18030"
LEADS = range(0x81, 0xFF)
TRAILS = tuple(t for t in range(0x40, 0xFF) if t != 0x7F)
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
FOLDED = {wide: ascii for ascii, wide in FULL_WIDTH.items()}
EURO = "\u20ac"  # what a lone 0x80 becomes


@lru_cache(1 << 15)
def encode(char: str) -> bytes:
    """One or two bytes; empty when the code page lacks the character."""
    code = char.encode(CODEC, "ignore")
    return code if len(code) <= 2 else b""


@lru_cache(1 << 16)
def decode(lead: int, trail: int) -> str:
    """The character of a pair; empty when there is none."""
    text = bytes((lead, trail)).decode(CODEC, "ignore")
    return text if len(text) == 1 and text >= "\x80" else ""


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff"


def alternatives(char: str, folded: bool) -> tuple[bytes, ...]:
    """The byte strings that are shown as this character, on a page whose full-width marks were folded or not."""
    codes = [encode(char)]
    if folded and char in FULL_WIDTH:
        codes.append(encode(FULL_WIDTH[char]))
    if folded and char == " ":
        codes.append(b"\xa1\xa1")
    if char == EURO:
        codes.append(b"\x80")
    return tuple(code for code in codes if code)
