"""What the pages show."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest

from crawler.items import Transcript
from tests.browse.made_archive import site, talk, titles, tree, turn, words
from tests.storage.made_records import line, write

TALKS = [
    talk(1, day="2016-12-22", title="第一场"),
    talk(2, day="2018-05-08", title="第二场", turns=[turn(1, "开始。", "host", speaker="王晓峰"), turn(2, "请问？", "reporter", speaker=None, affiliation="海湾晚报")]),
    talk(3, day="2018-11-01", title="第三場", language="zh-Hant", turns=[turn(1, "工會法。", speaker="王曉峰"), turn(2, "問？", "reporter", speaker=None, affiliation="北岸通讯社")]),
    talk(4, day=None, title="没有日期"),
]  # fmt: skip


def test_the_list_is_by_date_and_without_a_date_last(tmp_path: Path) -> None:
    client = site(tmp_path, *TALKS)
    assert titles(client, "/") == ["第三場", "第二场", "第一场", "没有日期"]
    assert [words(one) for one in tree(client, "/").cssselect("h2.year")] == ["2018", "2016", "Undated"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("year=2018", ["第三場", "第二场"]),
        ("month=2018-05", ["第二场"]),
        ("year=undated", ["没有日期"]),
        (f"speaker={quote('王晓峰')}", ["第三場", "第二场"]),
        (f"speaker={quote('王曉峰')}&outlet={quote('北岸通訊社')}", ["第三場"]),
        (f"speaker={quote('王曉峰')}&year=2016", []),
        ("hall=mfa", []),
        ("hall=acftu&year=2016", ["第一场"]),
    ],
)
def test_facets_are_combined_in_either_script(tmp_path: Path, query: str, found: list[str]) -> None:
    client = site(tmp_path, *TALKS)
    assert titles(client, f"/?{query}") == found
    answer = client.get(f"/list.json?{query}").json()
    assert [one["title"] for one in answer["conferences"]] == found
    assert answer["total"] == len(found)


def test_a_facet_counts_under_the_others_and_one_person_is_one_entry(tmp_path: Path) -> None:
    facets = site(tmp_path, *TALKS).get("/list.json?year=2018").json()["facets"]
    assert facets["speaker"] == [{"value": "王晓峰", "count": 2}]
    assert {(one["value"], one["count"]) for one in facets["outlet"]} == {("海湾晚报", 1), ("北岸通讯社", 1)}
    assert [(one["value"], one["count"]) for one in facets["year"]] == [("2018", 2), ("2016", 1), ("undated", 1)]


def test_every_link_of_a_list_leads_somewhere(tmp_path: Path) -> None:
    client = site(tmp_path, *TALKS)
    links = {one.get("href") for one in tree(client, "/?year=2018").cssselect("a[href]")}
    for link in links:
        if not link.startswith("#"):
            assert client.get("/" + link if link.startswith("?") else link).status_code == 200, link


def test_pages_of_the_list_go_on_without_a_gap(tmp_path: Path) -> None:
    client = site(tmp_path, *(talk(n, day=f"2018-05-{n % 28 + 1:02}") for n in range(90)))
    seen, following = [], "/list.json"
    while following:
        answer = client.get(following).json()
        seen += [one["id"] for one in answer["conferences"]]
        following = answer["next"]
    assert len(seen) == len(set(seen)) == 90
    assert client.get("/?page=4").status_code == 404
    assert len(tree(client, "/?page=3").cssselect(".conference")) == 10


def test_a_transcript_has_its_turns_guests_and_exchanges(tmp_path: Path) -> None:
    page = tree(site(tmp_path, talk(1)), "/acftu/1")
    assert words(page.get_element_by_id("t2")) == "t2 我来自海湾晚报。劳动合同怎么签？"
    assert [words(one) for one in page.cssselect("#t3 p")] == ["先谈后签。", "有问题找工会。"]
    exchange = page.get_element_by_id("q1").getparent()
    assert words(page.get_element_by_id("q1")) == "Question 1 海湾晚报"
    assert [one.get("id") for one in exchange.cssselect(".turn")] == ["t2", "t3"]
    assert [words(one) for one in page.cssselect(".guests li")] == ["林知秋东海职工联合总会部长、发言人", "有关人士"]
    roles = [(words(one.cssselect("strong")[0]), words(one.cssselect(".role")[0])) for one in page.cssselect(".who")]
    assert roles == [("方致远", "Host"), ("记者", "Reporter"), ("林知秋", "Official")]


def test_persons_differ_in_colour_and_roles_in_shape(tmp_path: Path) -> None:
    page = tree(site(tmp_path, talk(1)), "/acftu/1")
    assert [one.get("class").split()[1] for one in page.cssselect(".speech")] == ["hue0", "hue-reporter", "hue1"]
    assert [one.get("class") for one in page.cssselect(".who .mark")] == ["mark host", "mark reporter", "mark official"]


def test_turns_of_one_person_in_a_row_are_one_speech(tmp_path: Path) -> None:
    turns = [turn(1, "一"), turn(2, "二"), turn(3, "三", speaker="方致远", label="方致远")]
    page = tree(site(tmp_path, talk(1, turns=turns, exchanges=[], cleaning=[])), "/acftu/1")
    assert [len(one.cssselect(".turn")) for one in page.cssselect(".speech")] == [2, 1]


def test_an_exchange_that_is_interrupted_goes_on(tmp_path: Path) -> None:
    turns = [turn(n, f"第{n}") for n in range(1, 5)]
    exchanges = [{"question": ["t1"], "answer": ["t3"]}, {"question": ["t2"], "answer": ["t9"]}]
    page = tree(site(tmp_path, talk(1, turns=turns, exchanges=exchanges)), "/acftu/1")
    headings = [words(one) for one in page.cssselect(".exchange h3")]
    assert headings == ["Question 1", "Question 2", "Question 1, continued"]


def test_cleaning_is_shown_in_its_place_when_asked_for(tmp_path: Path) -> None:
    cleaning = [
        {"kind": "pinyin", "at": "t3:1", "before": "(tán)", "after": "", "certain": True},
        {"kind": "byte_shift", "at": "title:0", "before": "?", "after": "第", "certain": False, "margin": 3.0},
        {"kind": "spam_block", "at": "line 9:0", "before": "丰镇市| 乌审旗|", "after": "", "certain": True},
    ]
    client = site(tmp_path, talk(1, cleaning=cleaning))
    assert not tree(client, "/acftu/1").cssselect("article del")
    page = tree(client, "/acftu/1?cleaning=1")
    removed = page.cssselect("#t3 del")[0]
    assert (removed.getprevious(), removed.getparent().text, removed.get("title")) == (None, "先", "pinyin")
    assert words(page.cssselect("h1 ins")[0]) == "[put in: 第]"
    assert "丰镇市| 乌审旗|" in words(page.cssselect(".cleaning")[0])
    assert page.cssselect('.cleaning a[href="#t3"]')


def test_either_script_at_a_click_and_it_says_so(tmp_path: Path) -> None:
    client = site(tmp_path, *TALKS)
    page = tree(client, "/acftu/3?script=hans")
    assert words(page.cssselect("h1")[0]) == "第三场"
    assert page.cssselect("h1")[0].get("lang") == "zh-Hans"
    assert "工会法。" in words(page.get_element_by_id("t1"))
    assert "character by character" in words(page.cssselect("footer")[0])
    assert "工會法。" in words(tree(client, "/acftu/3").get_element_by_id("t1"))
    assert "第二場" in titles(client, "/?script=hant")
    assert all("script=hant" in one.get("href") for one in tree(client, "/?script=hant").cssselect("h3 a"))


def test_versions_are_switched_and_compared(tmp_path: Path) -> None:
    client = site(tmp_path, talk(1, 1, said="有19项。"), talk(1, 2, said="有21项。", title="新题"))
    assert "有21项。" in words(tree(client, "/acftu/1").get_element_by_id("t3"))
    old = tree(client, "/acftu/1?version=1")
    assert "有19项。" in words(old.get_element_by_id("t3"))
    assert old.cssselect(".notice a")[0].get("href") == "?"
    changes = tree(client, "/-/changes/acftu/1?version=2")
    assert [words(one) for one in changes.cssselect(".compared")] == [
        "t3 · edited · 林知秋 林知秋：有[taken out: 19][put in: 21]项。"
    ]
    assert "新题" in words(changes.cssselect("table")[0])
    assert client.get("/-/changes/acftu/1?version=1").status_code == 404
    assert client.get("/acftu/1?version=3").status_code == 404


def test_json_is_the_line_itself_and_text_has_all_turns(tmp_path: Path) -> None:
    one = talk(1)
    client = site(tmp_path, one)
    assert client.get("/acftu/1.json").content == line(one)
    answer = client.get("/acftu/1.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "林知秋：先谈后签。" in answer.text
    assert "林知秋：先談後簽。" in client.get("/acftu/1.txt?script=hant").text
    assert client.get("/list.txt").text == "2018-05-08  acftu/1  第1场发布会\n"


def test_a_number_may_end_like_an_address_of_json(tmp_path: Path) -> None:
    client = site(tmp_path, talk(1, id="acftu/a.json"), talk(2, id="acftu/b/c"))
    assert tree(client, "/acftu/a.json").cssselect("#t1")
    assert json.loads(client.get("/acftu/a.json.json").text)["id"] == "acftu/a.json"
    assert tree(client, "/acftu/b/c").cssselect("#t1")


@pytest.mark.parametrize("number", ["../../../etc", "..", ".", "/other.example/x", "a/../../b", "a/"])
def test_a_number_that_climbs_leads_to_its_record_and_nowhere_else(number: str, tmp_path: Path) -> None:
    client = site(tmp_path, talk(1, id=f"acftu/{number}"))
    (link,) = tree(client, "/").cssselect("h3 a")
    assert urljoin("http://127.0.0.1/-/x/y/", link.get("href")) == f"http://127.0.0.1{link.get('href')}"
    page = tree(client, link.get("href"))
    assert page.cssselect("#t1")
    assert not [one for one in page.cssselect("a[href*='..']") if "%2F..".lower() not in one.get("href").lower()]


def test_search_marks_its_hits_in_either_script_and_leads_to_the_turn(tmp_path: Path) -> None:
    client = site(tmp_path, *TALKS)
    page = tree(client, "/search?q=" + quote("工会"))
    hits = page.cssselect("a.hit")
    assert "工會" in [words(one) for one in page.cssselect("mark")]
    assert hits[0].get("href") == f"/acftu/3?q={quote('工会')}#t1"
    assert [words(one) for one in tree(client, hits[0].get("href").split("#")[0]).cssselect("#t1 mark")] == ["工會"]
    answer = client.get("/search.json?year=2018&q=" + quote("工会")).json()
    assert [(hit["id"], hit["turn"]) for hit in answer["hits"]] == [("acftu/3", "t1")]
    assert "acftu/3#t1" in client.get("/search.txt?q=" + quote("工会")).text


def test_search_by_role_and_speaker_and_for_nothing(tmp_path: Path) -> None:
    client = site(tmp_path, *TALKS)
    assert len(client.get(f"/search.json?q={quote('问')}&role=reporter").json()["hits"]) == 2
    assert client.get(f"/search.json?q={quote('问')}&speaker={quote('王')}").json()["hits"] == []
    assert "Nothing found" in client.get("/search?q=" + quote("鲸鱼")).text
    assert client.get("/search").status_code == 200
    assert client.get('/search?q=""').status_code == 400


def test_hits_go_on_on_the_next_page(tmp_path: Path) -> None:
    client = site(tmp_path, talk(1, turns=[turn(n, "工会") for n in range(1, 72)], exchanges=[], cleaning=[]))
    pages = [client.get(f"/search.json?q={quote('工会')}&page={n}").json() for n in (1, 2, 3)]
    assert [len(page["hits"]) for page in pages] == [30, 30, 11]
    assert [page["more"] for page in pages] == [True, True, False]
    assert len({hit["turn"] for page in pages for hit in page["hits"]}) == 71


def test_two_thousand_turns_are_one_page(tmp_path: Path) -> None:
    turns = [turn(n, f"第{n}段。") for n in range(1, 2001)]
    exchanges = [{"question": [f"t{n}"], "answer": [f"t{n + 1}"]} for n in range(1, 2000, 2)]
    page = tree(site(tmp_path, talk(1, turns=turns, exchanges=exchanges)), "/acftu/1")
    assert len(page.cssselect(".turn")) == 2000
    assert len(page.cssselect(".contents li")) == 1000


def test_a_record_that_says_nothing_but_one_turn(tmp_path: Path) -> None:
    bare = talk(1, day=None, turns=[turn(1, "", "unknown", speaker=None)], exchanges=[], participants=[], images=[],
                cleaning=[], source=None, editors=[], summary=None, breadcrumbs=[], language="und")  # fmt: skip
    page = tree(site(tmp_path, bare), "/acftu/1?cleaning=1&beside=1")
    assert words(page.get_element_by_id("t1")) == "t1 (no words)"
    assert page.cssselect("h1")[0].get("lang") is None


def test_a_transcript_leads_to_the_ones_before_and_after_it_in_its_hall(tmp_path: Path) -> None:
    write(tmp_path / "mfa/transcripts.jsonl", talk(9, day="2018-05-09", site="mfa", id="mfa/9"))
    days = ("2018-05-08", "2018-05-08", "2018-05-10", None)
    client = site(tmp_path, *(talk(n, day=day) for n, day in enumerate(days, 1)))
    found = {}
    for n in range(1, 5):
        links = tree(client, f"/acftu/{n}?script=hant").cssselect(".around a")
        found[n] = {link.get("rel"): link.get("href") for link in links}
    assert found == {
        4: {"next": "/acftu/1?script=hant"},
        1: {"prev": "/acftu/4?script=hant", "next": "/acftu/2?script=hant"},
        2: {"prev": "/acftu/1?script=hant", "next": "/acftu/3?script=hant"},
        3: {"prev": "/acftu/2?script=hant"},
    }
    assert tree(client, "/mfa/9").cssselect(".around") == []


def test_the_editions_of_a_conference_lead_to_each_other(tmp_path: Path) -> None:
    def edition(n: int, language: str, *others: tuple[str, str]) -> Transcript:
        linked = [{"language": code, "url": url} for code, url in others]
        event = {"date": "2018-05-08", "id": "acftu/2018-05-08", "editions": linked}
        return talk(n, language=language, event=event)

    there, script = "http://elsewhere.example/fr", "javascript:alert(1)"
    chinese = edition(1, "zh-Hans", ("en", talk(2).url), ("fr", there), ("ru", script))
    client = site(tmp_path, chinese, edition(2, "en"), talk(3))
    links = [(one.get("href"), words(one)) for one in tree(client, "/acftu/1").cssselect(".facts a[hreflang]")]
    assert links == [("/acftu/2", "English"), (there, "fr")]
    assert [one.get("href") for one in tree(client, "/acftu/2").cssselect(".facts a[hreflang]")] == ["/acftu/1"]
    assert tree(client, "/acftu/3").cssselect(".facts a[hreflang]") == []
