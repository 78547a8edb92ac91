"""What holds for any text."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.restore_forward import damage
from benchmarks.restore_measure import table, tokens
from benchmarks.restore_prose import TEXTS
from crawler.text.restore import restore, undo

from .pages import OPENED

PIECES = [
    "會(huì)", "議(yì)", "開(kāi)", "發(fā)", "網(wǎng)", "當(dāng)?shù)氐木蜆I(yè)", "?！备鶕?jù)", "?；?、", "人(rén )", "部(🔀)门",
    "(huì)", "(", ")", "?", "？", "，", ",", "。", "、", "！", "“", "”", " ", "\ue1d6", "\ufffd", "€", "I", "^", "0", "會", "議", "的", "ù",
]  # fmt: skip
soup = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)
anything = st.text(max_size=120)
pages = st.lists(soup | anything | soup.map(OPENED.__add__), max_size=6)


@st.composite
def damaged_pages(draw: st.DrawFn) -> list[str]:
    text = TEXTS[draw(st.integers(0, len(TEXTS) - 1))]
    start, number = draw(st.integers(0, len(text) - 200)), draw(st.integers(0, 10_000))
    part = text[start : start + 250]
    size, folded, dropped = draw(st.sampled_from([20, 80, 400])), draw(st.booleans()), draw(st.booleans())
    return damage(part, table(part, size, number), tokens(number), folded, dropped).text.split("\n")


@given(pages | damaged_pages(), st.booleans(), st.booleans())
def test_restoring_twice_is_restoring_once(lines: list[str], mirror: bool, drop: bool):
    once = restore(lines, mirror=mirror, drop=drop)
    assert restore(once.lines, mirror=mirror, drop=drop).lines == once.lines


@given(pages | damaged_pages(), st.booleans(), st.booleans())
def test_nothing_is_lost(lines: list[str], mirror: bool, drop: bool):
    restored = restore(lines, mirror=mirror, drop=drop)
    assert len(restored.lines) == len(lines)
    assert undo(restored) == tuple(lines)


@given(st.binary(max_size=400), st.booleans())
def test_never_raises_on_decoded_bytes(body: bytes, mirror: bool):
    for encoding in ("gb18030", "utf-8", "latin-1"):
        restore(body.decode(encoding, "replace").split("\n"), mirror=mirror)
