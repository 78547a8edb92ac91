"""What a page must not do: texts of anybody's making, hosts of others, the page as it was received."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from crawler.browse.received import still
from tests.browse.made_archive import (
    BODY,
    HOME,
    HOSTILE,
    archive_of,
    client_of,
    site,
    talk,
    tree,
    turn,
    words,
    write_page,
)
from tests.storage.made_records import record

PAGES = ["/", "/acftu/1", "/acftu/1?cleaning=1&beside=1", "/-/speakers", "/-/outlets", "/?script=hant",
         "/-/changes/acftu/1?version=2", f"/search?q={quote('工会')}", f"/search?q={quote(HOSTILE)}",
         f"/?speaker={quote(HOSTILE)}", f"/acftu/1?q={quote(HOSTILE)}", f"/?hall={quote(HOSTILE)}"]  # fmt: skip


def hostile(version: int = 1) -> Any:
    """A record with it in every field that takes it."""
    said = turn(
        1, f"工会 {HOSTILE} {version}\n{'长' * 3000}", "reporter", label=HOSTILE, speaker=HOSTILE, affiliation=HOSTILE
    )
    return talk(
        1, version, title=f"工会 {HOSTILE} {version}", breadcrumbs=[HOSTILE], summary=HOSTILE, source=HOSTILE, editors=[HOSTILE],
        turns=[said, turn(2, "\u202e\u2066\u200f\x00\x1b[31m\x85".replace("\0", ""), "host", label=HOSTILE, speaker=None)],
        participants=[{"name": HOSTILE, "organisation": HOSTILE, "titles": [HOSTILE], "text": HOSTILE}],
        images=[{"url": "javascript:alert(1)", "caption": HOSTILE}, {"url": f"http://x/{HOSTILE}", "caption": None}],
        cleaning=[{"kind": HOSTILE, "at": f"t1:{n}", "before": HOSTILE, "after": HOSTILE, "certain": True} for n in (0, 3, 9**8)]
        + [{"kind": "x", "at": HOSTILE, "before": HOSTILE, "after": HOSTILE, "certain": False}],
        damage={"unresolved": 1, "samples": [HOSTILE], "flags": [HOSTILE]},
    )  # fmt: skip


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return site(tmp_path_factory.mktemp("hostile"), hostile(1), hostile(2))


@pytest.mark.parametrize("address", PAGES)
def test_a_hostile_text_does_nothing_but_show(attacked: Any, address: str) -> None:
    page = tree(attacked, address)
    assert [one.get("src") for one in page.cssselect("script")] == ["/-/static/theme.js"]
    assert not page.cssselect("img, object, embed, base, [style], style, [onerror], [onclick], [onload]")
    assert all(one.get("http-equiv") is None for one in page.cssselect("meta"))
    for one in page.cssselect("[href], [src], [action]"):
        link = one.get("href") or one.get("src") or one.get("action")
        assert link.startswith(("/", "?", "#", "http://acftu.people.com.cn/", "http://x/")), link
    text = attacked.get(address).text
    assert "<script>alert" not in text
    assert not set(text) & (set(map(chr, range(0x20))) - {"\n", "\t"}) and "\x1b" not in text and "\x85" not in text


def test_what_turns_the_direction_ends_with_its_element(attacked: Any) -> None:
    page = tree(attacked, "/acftu/1")
    assert "\u202e" not in page.cssselect("title")[0].text
    assert {one.tag for one in page.cssselect("bdi, p, option") if "\u202e" in (one.text or "")} <= {"bdi", "p"}
    outside = [one.tag for one in page.iter() if isinstance(one.tag, str) and "\u202e" in (one.text or "")]
    assert set(outside) <= {"bdi", "p", "a", "span", "mark"}


ANSWERS = [
    "/",
    "/acftu/1",
    "/acftu/1.json",
    "/acftu/1.txt",
    "/list.json",
    "/nope",
    "/?page=x",
    "/-/static/site.css",
    "/-/static/nope",
]


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_has_the_headers(attacked: Any, address: str) -> None:
    headers = attacked.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8740", "", "127.0.0.1:x", "[::1]x", "0.0.0.0"],
)
def test_another_host_s_name_is_refused(attacked: Any, host: str) -> None:
    answer = attacked.get("/acftu/1", headers={"host": host})
    assert answer.status_code == 400
    assert "工会" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1:8740", "localhost", "LOCALHOST:1", "[::1]:8740"])
def test_this_machine_s_names_are_taken(attacked: Any, host: str) -> None:
    assert attacked.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading(attacked: Any, method: str) -> None:
    answer = attacked.request(method, "/acftu/1")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_has_the_headers_and_no_body(attacked: Any) -> None:
    answer = attacked.head("/acftu/1")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nope", 404), ("/acftu/2", 404), ("/acftu/1?version=9", 404), ("/?page=99", 404), ("/?page=0", 400),
        ("/?year=20166", 400), ("/?role=king", 400), (f"/search?q={'x' * 300}", 400), ("/search?q=x&page=101", 400),
        ("/-/static/../app.py", 404), ("/-/static/%2e%2e/app.py", 404), ("/-/received/acftu/2", 404), ("/-/nope", 404),
        (f"/search?q={quote('工会')}&year=undated", 400), (f"/search?q={quote('工会')}&year=0000", 400), ("/%00", 404),
        ("/acftu/%ff", 404),
    ],
)  # fmt: skip
def test_errors_are_pages(attacked: Any, address: str, status: int) -> None:
    answer = attacked.get(address)
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>" in answer.text and "Traceback" not in answer.text


def test_a_fault_of_ours_is_a_page_with_the_headers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site(tmp_path, talk(1))
    monkeypatch.setattr("crawler.browse.reading.read", lambda *_: 1 / 0)
    answer = client.get("/acftu/1")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text and "content-security-policy" in answer.headers


def test_an_archive_that_cannot_be_read_any_more_is_a_page(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, talk(1))
    client = client_of(archive)
    archive.close()
    for path in tmp_path.glob(".browse.sqlite*"):
        path.unlink()
    archive.cache.write_bytes(b"no database at all" * 999)
    assert client.get("/").status_code == 503


def with_page(folder: Path, **changes: Any) -> Any:
    """The site of a record whose page is in the archive."""
    place = write_page(folder / "acftu", BODY) | changes
    provenance = record().model_dump()["provenance"] | {"warc": place}
    return site(folder, talk(1, provenance=provenance))


def test_the_page_as_received_is_shown_where_it_can_do_nothing(tmp_path: Path) -> None:
    client = with_page(tmp_path)
    frame = tree(client, "/acftu/1?beside=1").cssselect("iframe")[0]
    assert (frame.get("sandbox"), frame.get("src")) == ("", "/-/received/acftu/1")
    answer = client.get("/-/received/acftu/1")
    assert "[方致远]：工会。" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = [part.strip() for part in answer.headers["content-security-policy"].split(";")]
    assert {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox", "frame-ancestors 'self'"} <= set(policy)
    assert not any(tag in answer.text.lower() for tag in ("<meta", "<base", "<link", "<script", "<img", "<iframe"))


def test_its_source_is_the_very_text(tmp_path: Path) -> None:
    client = with_page(tmp_path)
    answer = client.get("/-/source/acftu/1")
    assert answer.text == BODY
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "place",
    [
        {"file": "../../secret.warc.gz"}, {"file": "b.warc.gz"}, {"offset": 7}, {"record_id": "<urn:uuid:9>"},
        {"file": "/etc/passwd"}, {"file": ".."}, {"offset": 2**62},
    ],
)  # fmt: skip
def test_a_page_that_is_not_there_says_why(tmp_path: Path, place: dict[str, Any]) -> None:
    client = with_page(tmp_path, **place)
    (tmp_path / "secret.warc.gz").write_bytes((tmp_path / "acftu/warc/a.warc.gz").read_bytes())
    answer = client.get("/-/received/acftu/1")
    assert answer.status_code == 404
    assert "工会" not in answer.text and "frame-ancestors 'self'" in answer.headers["content-security-policy"]


def test_words_in_brackets_that_are_no_such_element_stay() -> None:
    assert still("<linker> a < base <images> <p>&lt;img") == "<linker> a < base <images> <p>&lt;img"
    assert still("</SCRIPT ><IMG/src=x><base>") == "</noframes ><x-IMG/src=x><x-base>"


def test_no_page_names_another_place_than_this(attacked: Any) -> None:
    for address in ("/", "/acftu/1", "/search"):
        page = tree(attacked, address)
        for one in page.cssselect("link[href], script[src], iframe[src], form[action]"):
            assert (one.get("href") or one.get("src") or one.get("action")).startswith(("/", "?"))
    assert words(tree(attacked, "/").cssselect("h1")[0]) == "Conferences"
    assert HOME.startswith("http://127.0.0.1")
