"""The report's page: safe whatever a page said, small whatever there is, the same for the same figures."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.storage.report import MOST_BYTES, gather, page
from crawler.storage.report.charts import nice
from crawler.storage.report.concerns import BAD, WARN, concerns
from crawler.storage.report.coverage import by_year, three
from crawler.storage.report.figures import KEPT, KILLED, RUNNING, Example, LastRun, LedgerFigures, LedgerRun, Run, Runs
from crawler.storage.report.gather import Hall
from crawler.storage.report.markup import address, el, share, size
from crawler.storage.report.runs import read_runs, with_ledger
from tests.storage.made_records import record

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\"' onload=x \x00\x1b[31m\u202e\ud800]]>--></style></title>&amp;"


class Elements(HTMLParser):
    """All elements with their attributes, as a browser's tokenizer would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def hostile(name: str = EVIL, many: int = 3) -> Hall:
    """A hall in which every text is an attack, and there are many of each."""
    hall = Hall(name, EVIL, NOW)
    for n in range(many):
        turns = [
            turn.model_copy(update={"speaker": f"{n}{EVIL}", "affiliation": f"{n}{EVIL}"}) for turn in record().turns
        ]
        changes = [record().cleaning[0].model_copy(update={"kind": f"{n}{EVIL}"})]
        damage = record().damage.model_copy(update={"samples": [EVIL * 9], "flags": [f"{n}{EVIL}"]})
        year = record().event.model_copy(update={"date": f"{1000 + n % 8999}-01-01"})
        hall.content.add(
            record(n).model_copy(
                update={"turns": turns, "cleaning": changes, "damage": damage, "language": EVIL, "event": year}
            )
        )
        hall.quarantine.add(f"{n}{EVIL}", Example(f"javascript:{EVIL}", EVIL * 50, EVIL))
        hall.unread.append(EVIL * 99)
        hall.runs.runs.append(Run(f"{n}{EVIL}", verdict=EVIL, recorded=n))
    last = LastRun(Run(EVIL, verdict=EVIL, exit_code=3, missing=many), warnings=[EVIL * 99] * many, program=EVIL)
    for n in range(many):
        last.missing.add(f"{n}{EVIL}", Example(f"http://h/{EVIL}", EVIL))
    last.listing_missing = [Example(EVIL, f"{n}{EVIL}") for n in range(many)]
    hall.runs.last = last
    months = {f"{1000 + n % 8999}-0{n % 9 + 1}": Counter(failed=1) for n in range(many)}
    hall.ledger = LedgerFigures(Counter(failed=many), months)
    hall.ledger.waiting.first = [Example(EVIL, at=EVIL)]
    hall.files.warc_days["2026-01-01"] = hall.files.warc_bytes = many
    return hall


def test_what_a_page_said_is_text_and_nothing_else() -> None:
    made = page([hostile(), hostile("b")], EVIL, NOW).decode()
    elements = Elements(made).found
    assert {"script", "iframe", "object", "img", "link", "base", "form"}.isdisjoint(tag for tag, _ in elements)
    for _, attributes in elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "action")]
        assert (attributes.get("href") or "#").startswith(("#", "http://", "https://"))
    assert sum(tag == "style" for tag, _ in elements) == 1
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", made)
    assert "&lt;script&gt;alert(1)" in made and "url(" not in made and "@import" not in made


def test_the_policy_allows_the_one_style_sheet_only() -> None:
    made = page([hostile()], "output", NOW).decode()
    style = made.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = html.document_fromstring(made).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


@pytest.mark.parametrize(("halls", "many"), [(1, 2000), (12, 60), (200, 30), (3000, 1)])
def test_the_page_is_small_whatever_there_is_and_says_what_it_leaves_out(halls: int, many: int) -> None:
    hall = hostile("hall", many)
    made = page([hall] * halls, "output", NOW)
    assert len(made) < MOST_BYTES
    assert b"not shown" in made or b"no section" in made
    assert made == page([hall] * halls, "output", NOW)


def test_ids_are_used_once_and_every_picture_has_its_words() -> None:
    made = html.document_fromstring(page([hostile(), hostile("b")], "output", NOW))
    ids = made.xpath("//@id")
    assert len(ids) == len(set(ids))
    for chart in made.xpath("//svg[@role='img']"):
        assert chart.xpath("./title/text()") and chart.xpath("./desc/text()")
        assert set(chart.get("aria-labelledby").split()) <= set(ids)
    assert {link[1:] for link in made.xpath("//a/@href") if link.startswith("#")} <= set(ids)
    assert all(table.xpath("./caption") and table.xpath("./thead//th[@scope='col']") for table in made.xpath("//table"))
    assert [heading.tag for heading in made.xpath("//h1|//h2")] == ["h1", "h2", "h2"]


def test_warnings_come_before_everything_else() -> None:
    hall = hostile()
    levels = [concern.level for concern in concerns(hall)]
    assert levels == sorted(levels, key=(BAD, WARN, "note").index) and levels[0] == BAD
    first = html.document_fromstring(page([hall], "output", NOW)).xpath("//main/section/*")[1]
    assert first.get("class") == "state bad" and "What the last run could not have" in first.text_content()


def test_an_empty_hall_says_what_is_not_there(tmp_path: Path) -> None:
    hall = gather(tmp_path, "acftu", NOW)
    said = html.document_fromstring(page([hall], "output", NOW)).text_content()
    for words in ("No run has left a manifest", "There is no ledger", "There is no archive", "There are no records"):
        assert words in said


def test_files_that_are_none_are_said(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    for n, text in enumerate(("[]", "{", '{"started_at": 1}', "[" * 100_000, "\udcff")):
        (tmp_path / f"runs/{n}.json").write_text(text, "utf8", errors="surrogateescape")
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 500)
    (tmp_path / "transcripts.jsonl").mkdir()
    hall = gather(tmp_path, "acftu", NOW)
    assert len(hall.runs.unreadable) == 5
    assert [line.partition(" cannot")[0] for line in hall.unread] == ["ledger.sqlite", "transcripts.jsonl"]
    assert page([hall], "output", NOW)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)
KEYS = ("exit_code run quarantine listing missing warnings requests seconds fields archived settings crawler").split()


@given(st.dictionaries(st.sampled_from(KEYS), values), st.dictionaries(st.just("missing") | st.just("looped"), values))
def test_any_manifest_makes_a_page(said: dict, listing: dict) -> None:
    with TemporaryDirectory() as folder:
        manifest = {"started_at": "2026-01-01T00:00:00Z", "verdict": "x", "listing": listing, **said}
        (Path(folder) / "1.json").write_text(json.dumps(manifest), "utf8")
        hall = Hall("acftu", "", NOW, runs=read_runs(Path(folder)))
    assert len(hall.runs.runs) == 1
    assert page([hall], "output", NOW)


def test_a_run_without_an_end_was_killed_unless_it_is_the_last_and_a_crawl_runs() -> None:
    rows = [LedgerRun("1", None, None, None), LedgerRun("2", "3", 0, "a.json"), LedgerRun("4", None, None, None)]
    had = Runs([Run("2", manifest="a.json")])
    assert [run.state for run in with_ledger(had, rows, running=True).runs] == [KILLED, "ended", RUNNING]
    assert [run.state for run in with_ledger(Runs(), rows, running=False).runs] == [KILLED, "ended", KILLED]


def test_a_crawl_that_has_not_run_for_a_sweep_is_a_warning() -> None:
    def said(began: str) -> list[str]:
        run = Run(began, verdict="complete", exit_code=0)
        hall = Hall("acftu", "", NOW, runs=Runs([run], LastRun(run, sweep_days=7.0)))
        return [concern.text for concern in concerns(hall) if concern.text.startswith("No run for")]

    assert said("2025-12-24T00:00:00Z") == ["No run for 8 days; the listing is to be walked every 7 days."]
    assert said("2025-12-25T00:00:00Z") == said("") == []


def test_months_are_counted_by_what_became_of_their_conferences() -> None:
    months = {"2018-05": Counter(recorded=2, gone=1), "2017-01": Counter({KEPT: 1}), "1999-01": Counter(failed=1)}
    years = by_year({**months, "": Counter(pending=4)}, most=2)
    assert list(years) == ["2018", "2017", "earlier", "no day known"]
    assert (three(years["2018"][5]), three(years["2017"][1])) == ((2, 1, 0), (1, 0, 0))
    assert (three(years["earlier"][0]), three(years["no day known"][0])) == ((0, 0, 1), (0, 0, 4))


@given(st.text(), st.text())
def test_an_element_gives_back_its_text(text: str, title: str) -> None:
    made = el("p", text, title=title)
    assert Elements(made).found[0][0] == "p" and len(Elements(made).found) == 1
    assert made.count("<") == 2


def test_only_web_addresses_are_links() -> None:
    assert address("http://h/a?b&c").startswith('<a href="http://h/a?b&amp;c"')
    assert address("javascript:alert(1)") == "<span>javascript:alert(1)</span>"


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_share_is_whole_only_where_nothing_is_missing(part: int, more: int) -> None:
    whole = part + more
    assert (share(part, whole) == "100 %") == (whole > 0 and more == 0)
    assert (share(part, whole) == "0 %") == (whole > 0 and part == 0)


@given(st.integers(0, 10**12))
def test_a_scale_ends_at_or_above_its_highest(highest: int) -> None:
    assert highest <= nice(highest) <= max(1, 5 * highest // 2)


def test_sizes_are_said_in_the_unit_that_fits() -> None:
    assert [size(n) for n in (0, 999, 1500, 2_500_000, 3e12)] == ["0 bytes", "999 bytes", "1.5 KB", "2.5 MB", "3.0 TB"]
