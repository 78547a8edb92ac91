"""Bytes as served: every one comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.restore import SIZES
from benchmarks.restore_forward import damage
from benchmarks.restore_measure import table
from benchmarks.restore_prose import TEXTS
from crawler.text.restore import Undone, undo_bytes
from crawler.text.restore.raw import ANNOTATED

HTML = '<!DOCTYPE html><title>{0}</title><script>f(a)(b);</script><a href="/x(huì)" alt="{0}">{0}</a><p>{1}</p>\r\n'


def rebuilt(undone: Undone) -> bytes:
    body = bytearray(undone.body)
    for removal in reversed(undone.removed):
        body[removal.offset : removal.offset] = removal.removed
    return bytes(body)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:5])
def test_exact_on_a_whole_page(text: str, size: int):
    page = HTML.format(text.split("\n")[0], text)
    body = damage(page, table(text, size, size), "", folded=False).body
    undone = undo_bytes(body)
    assert undone is not None
    assert undone.body == page.encode("gb18030")
    assert rebuilt(undone) == body


def test_a_removal_tells_what_where_and_of_which_character():
    body = "會(huì)議(yì)開(kāi)幕會(huì)議(yì)開(kāi)幕數(shù)".encode("gb18030")
    undone = undo_bytes(body)
    assert undone is not None
    assert undone.body.decode("gb18030") == "會議開幕會議開幕數"
    first = undone.removed[0]
    assert (first.offset, first.removed.decode("gb18030"), first.char) == (2, "(huì)", "會")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5hkscs"])
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:5])
def test_clean_bodies_are_left_alone(text: str, encoding: str):
    assert undo_bytes(HTML.format("", text).encode(encoding, "replace")) is None


def test_what_was_undone_is_clean():
    undone = undo_bytes(damage(TEXTS[0], table(TEXTS[0], 150, 1), "", folded=False).body)
    assert undone is not None
    assert undo_bytes(undone.body) is None


@given(st.binary(max_size=300), st.booleans())
def test_never_raises(body: bytes, mirror: bool):
    undo_bytes(body, mirror)


@given(
    st.lists(
        st.sampled_from(["會", "(huì)", "議(yì)", "開(kāi)", "數(shù)", "當(dāng)", "(", ")", " ", "?", "一"]),
        max_size=60,
    )
)
def test_undone_is_removal_alone(pieces: list[str]):
    body = "".join(pieces).encode("gb18030")
    undone = undo_bytes(body)
    if undone:
        assert rebuilt(undone) == body
        assert undo_bytes(undone.body) is None


def test_an_annotation_stands_behind_a_character_and_a_call_in_a_script_behind_none():
    assert ANNOTATED.search("發(fa)".encode("gb18030"))
    assert not ANNOTATED.search("f(fa); 發 (fa) 發(fa1)".encode("gb18030"))
