"""That everybody can read the pages: contrast, headings, names of controls, landmarks. By our own count, not a tool's."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html

from tests.browse.made_archive import site, talk, tree, words
from tests.halls import ROOT

CSS = (ROOT / "crawler/browse/static/site.css").read_text("utf8")
VARIABLE = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6}|#[0-9a-f]{3});")
THEMES = {"light": ":root {\n  color-scheme: light;", "dark by choice": ':root[data-theme="dark"] {',
          "dark by system": '  :root:not([data-theme="light"]) {'}  # fmt: skip
GROUNDS = ("paper", "card")
PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in (*GROUNDS, "tint")),
    *((f"hue{n}", ground) for n in (*range(8), "-reporter") for ground in GROUNDS),
    *(("on-hue", f"hue{n}") for n in range(8)),
    ("on-accent", "accent"), ("on-mark", "mark"), ("gone", "gone-tint"), ("new", "new-tint"), ("ink", "warn-tint"), ("ink", "target"), ("soft", "target"),
    ("accent", "warn-tint"),
]  # fmt: skip
ADDRESSES = ["/", "/?year=2018", "/acftu/1", "/acftu/1?cleaning=1&beside=1&script=hant", "/-/changes/acftu/1?version=2",
             "/-/speakers", "/search", f"/search?q={quote('工会')}"]  # fmt: skip


def colours(theme: str) -> dict[str, str]:
    return dict(VARIABLE.findall(CSS.split(THEMES[theme], 1)[1].split("}", 1)[0]))


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_stands_out(theme: str) -> None:
    found = colours(theme)
    low = {pair: round(contrast(found[pair[0]], found[pair[1]]), 2) for pair in PAIRS}
    assert {pair: value for pair, value in low.items() if value < 4.5} == {}
    assert all(contrast(found["focus"], found[ground]) >= 3 for ground in GROUNDS)
    assert contrast(found["bar"], found["paper"]) >= 3


def test_both_ways_to_the_dark_are_one() -> None:
    assert colours("dark by choice") == colours("dark by system")
    assert colours("light").keys() == colours("dark by choice").keys()


def test_no_text_is_tiny() -> None:
    sizes = [float(size) for size in re.findall(r"(?:font-size:|font:[^;{]*?) ?([\d.]+)rem", CSS)]
    assert min(sizes) >= 0.8125
    assert "outline: 3px solid var(--focus)" in CSS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return site(
        tmp_path_factory.mktemp("access"),
        talk(1, said="工会。"),
        talk(1, 2, said="工会好。"),
        talk(2, day="2016-01-01"),
    )


@pytest.mark.parametrize("address", [*ADDRESSES, "/nope"])
def test_a_page_can_be_read_without_seeing_it(client: Any, address: str) -> None:
    page = html.fromstring(client.get(address).text)
    levels = [int(one.tag[1]) for one in page.cssselect("h1, h2, h3, h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert [len(page.cssselect(name)) for name in ("main", "body > header", "body > footer", "title")] == [1, 1, 1, 1]
    assert page.get("lang") == "en"
    skip = page.cssselect("a")[0]
    assert page.get_element_by_id(skip.get("href")[1:]).tag == "main"
    ids = [one.get("id") for one in page.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    for one in page.cssselect("[aria-labelledby]"):
        assert words(page.get_element_by_id(one.get("aria-labelledby")))
    navs = [one.get("aria-label") for one in page.cssselect("nav")]
    assert all(navs) and len(navs) == len(set(navs))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_control_has_a_name(client: Any, address: str) -> None:
    page = tree(client, address)
    for one in page.cssselect("a, button, summary"):
        assert words(one) or one.get("aria-label"), html.tostring(one)
    for one in page.cssselect("input:not([type=hidden]), select"):
        assert words(page.cssselect(f"label[for={one.get('id')}]")[0])
    assert all(one.get("title") for one in page.cssselect("iframe"))
    assert all(one.get("aria-hidden") == "true" for one in page.cssselect("svg, .mark"))
    assert not page.cssselect("[tabindex]:not([tabindex='-1']):not([role=group])")


def test_the_bars_are_told_in_words(client: Any) -> None:
    bars = [words(one) for one in tree(client, "/").cssselect(".bars .vh")]
    assert bars == ["2016: 1 conference", "2017: none", "2018: 1 conference"]


def test_chinese_is_marked_as_such(client: Any) -> None:
    page = tree(client, "/acftu/1")
    for one in page.cssselect(".turn p, h1, .who strong, .guests li, .summary"):
        assert one.get("lang") == "zh-Hans"


def test_the_files_name_no_other_place() -> None:
    for path in Path(ROOT / "crawler/browse/static").iterdir():
        text = path.read_text("utf8").replace("http://www.w3.org/2000/svg", "")
        assert (
            "//" not in re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
            and "@import" not in text
            and "url(" not in text
        )
