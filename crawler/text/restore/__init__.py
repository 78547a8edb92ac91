"""Damaged text, restored exactly or left alone.

Some mirrors of Chinese sites annotate Traditional characters with their pinyin, and do it on GBK bytes: where two
bytes that belong to two characters happen to be such a character, the text behind is out of step, and bytes are
lost. Read in this order:

    gbk       the code page
    lexicon   what is known of characters and words, loaded when it is needed
    evidence  is this page damaged at all?
    raw       the bytes as served: an exact inverse, no model
    model     which character follows which
    decode    what the bytes were, when they were in step
    segment   the best division into words
    choose    which of the characters that a lost byte may have made
    settle    what is certain enough to be written; what is left
    light     three simpler kinds of damage, and two that cannot be undone
    changes   the record of it all, which can be undone
    page      the stages in their order

Bytes first: `undo_bytes` where the body as served is at hand, `restore` where only text is. Nothing here imports
the rest of the project. The data in lexicon.zip is made of words of jieba (MIT), characters of OpenCC (Apache-2.0)
and readings of pypinyin (MIT); see LICENSES.md.
"""

from .changes import Change
from .page import Restored, restore, undo
from .raw import Removal, Undone, undo_bytes

__all__ = ["Change", "Removal", "Restored", "Undone", "restore", "restore_text", "undo", "undo_bytes"]


def restore_text(text: str, *, mirror: bool = False, drop: bool = False) -> Restored:
    """`restore` for one string, split at line feeds."""
    return restore(text.split("\n"), mirror=mirror, drop=drop)
