"""The site in a real browser, where there is one: what a reader does, and that the browser has nothing to complain of."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browse.made_archive import BODY, HOSTILE, talk, turn, write_page
from tests.browse.running import browsing
from tests.storage.made_records import record, write

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("no Chromium on this machine", allow_module_level=True)

SAID = [turn(n, f"第{n}段，工会。") for n in range(1, 40)] + [
    turn(40, f"劳动合同 {HOSTILE}", "reporter", label=HOSTILE)
]
HIT = '.hit[href^="/acftu/1?"]'
CLEANING = [{"kind": "pinyin", "at": "t40:2", "before": "(dòng)", "after": "", "certain": True}]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A phone's browser at the list; at the end it must have kept silent and to this machine."""
    folder: Path = tmp_path_factory.mktemp("browser")
    provenance = record().model_dump()["provenance"] | {"warc": write_page(folder / "acftu", BODY)}
    talked = talk(1, turns=SAID, exchanges=[], cleaning=CLEANING, provenance=provenance)
    write(folder / "acftu/transcripts.jsonl", talked, talk(2, title=HOSTILE))
    complaints: list[str] = []
    with browsing(str(folder), "--port", "0") as (process, lines), playwright.sync_playwright() as play:
        home = lines[-1].split()[0]
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 390, "height": 844})
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        tab.on("request", lambda request: request.url.startswith(home) or complaints.append(request.url))
        tab.goto(home)
        yield tab
        browser.close()
        process.send_signal(signal.SIGINT)
    assert complaints == []


def follow(page: Any, link: str) -> None:
    """Click, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.click(link)


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_search_open_and_go_to_the_turn(page: Any) -> None:
    page.fill("#q", "勞動合同")
    with page.expect_navigation():
        page.press("#q", "Enter")
    assert page.inner_text(f"{HIT} mark") == "劳动合同"
    assert fits(page)
    follow(page, HIT)
    assert page.url.endswith("#t40")
    box = page.locator("#t40").bounding_box()
    assert box and 0 <= box["y"] < 844
    assert page.inner_text("#t40 mark") == "劳动合同"
    assert fits(page)


def test_script_cleaning_and_the_page_beside(page: Any) -> None:
    follow(page, ".scripts a[lang=zh-Hant]")
    assert page.inner_text("#t40 mark") == "勞動合同"
    assert page.locator("#t40 del").count() == 0
    follow(page, "text=Cleaning")
    assert page.locator("#t40 del").count() == 1
    assert page.locator("#t40 p").inner_text().startswith("勞動")
    follow(page, "text=Page as received")
    assert page.frame_locator("iframe").locator("p").inner_text() == "[方致远]：工会。"
    assert fits(page)


def test_the_dark_is_kept(page: Any) -> None:
    page.click("#theme")
    chosen = page.evaluate("document.documentElement.dataset.theme")
    assert chosen == "dark"
    follow(page, ".brand a")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 27)"


def test_a_reader_without_a_mouse_comes_to_the_content(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
