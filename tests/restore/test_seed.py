"""A real page, where it is at hand."""

import json
import re
from pathlib import Path

from crawler.text.restore import restore_text, undo, undo_bytes

TAG = re.compile(r"<[^>]+>")


def test_bytes_path_is_exact(seed: Path):
    undone = undo_bytes((seed / "page_gbk.html").read_bytes())
    assert undone is not None
    text = TAG.sub("", undone.body.decode("gb18030"))
    for turn in json.loads((seed / "expected.json").read_text("utf-8"))["turns"]:
        assert turn["text"] in text


def test_a_clean_page_is_untouched(seed: Path):
    body = (seed / "clean_gbk.html").read_bytes()
    assert undo_bytes(body) is None
    assert restore_text(body.decode("gb18030")).changes == ()


def test_text_path_leaves_one_character(seed: Path):
    damaged = (seed / "page.txt").read_text("utf-8")
    restored = restore_text(damaged)
    expected = (seed / "restored.txt").read_text("utf-8")
    text = "\n".join(restored.lines)
    different = [(ours, theirs) for ours, theirs in zip(text, expected, strict=True) if ours != theirs]
    assert different in ([], [("?", "常")])
    assert restored.unresolved == len(different)
    assert undo(restored) == tuple(damaged.split("\n"))


def test_utf8_page(seed: Path):
    html = (seed / "page_utf8.html").read_text("utf-8")
    assert undo_bytes(html.encode()) is None
    text = "\n".join(restore_text(TAG.sub("", html)).lines)
    wrong = [
        turn["text"]
        for turn in json.loads((seed / "expected.json").read_text("utf-8"))["turns_folded"]
        if turn["text"] not in text and turn["text"].replace("工會日常“", "工會日?“") not in text
    ]
    assert wrong == []
