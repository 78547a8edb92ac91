"""Exports: valid, safe to open, nothing lost without a word, the same bytes each time."""

from __future__ import annotations

import csv
import io
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from crawler.items import Transcript
from crawler.show import without_controls
from crawler.storage.export.cast import Cast, xml_name
from crawler.storage.export.chosen import chosen
from crawler.storage.export.csv_table import BOM, COLUMNS, FORMULA, safe, write_csv
from crawler.storage.export.plain import as_text, write_text
from crawler.storage.export.tei import document_id, tei_document
from crawler.storage.export.tei_folder import schema, write_tei
from crawler.storage.export.xml_tree import TEI, XML_ID
from crawler.storage.latest import find_places
from tests.storage.made_records import any_record, record, write

NAMES = {"t": TEI}
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def folder_of(folder: Path, *records: Transcript) -> dict[str, bytes]:
    """The files of a corpus."""
    write_tei(records, folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def whole(folder: Path) -> etree._ElementTree:
    """The corpus with its documents in it."""
    tree = etree.parse(str(folder / "corpus.xml"))
    tree.xinclude()
    return tree


def test_a_transcript_as_tei(tmp_path: Path) -> None:
    files = folder_of(tmp_path, record(1))
    assert list(files) == ["acftu.1.xml", "corpus.xml"]
    document = etree.fromstring(files["acftu.1.xml"])
    speeches = document.findall(".//t:u", NAMES)
    assert [speech.get("who") for speech in speeches] == ["#person.方致远", "#speaker.记者.海湾晚报", "#person.林知秋"]
    assert [speech.get("ana") for speech in speeches] == ["#host", "#reporter", "#official"]
    assert [seg.text for seg in speeches[2]] == ["先谈后签。", "有问题找工会。"]
    assert speeches[2].get("corresp") == "#acftu.1.u2"
    assert document.findtext(".//t:sourceDesc//t:idno", namespaces=NAMES) == record(1).url
    assert document.find(".//t:setting/t:date", NAMES).get("when") == "2018-05-08T10:00:00"  # type: ignore[union-attr]


def test_persons_and_organisations(tmp_path: Path) -> None:
    folder_of(tmp_path, record(1), record(2))
    root = etree.parse(str(tmp_path / "corpus.xml"))
    persons = {one.get(XML_ID): one for one in root.iterfind(".//t:person", NAMES)}
    assert set(persons) == {"person.方致远", "person.林知秋", "speaker.记者.海湾晚报"}
    titles = [title.text for title in persons["person.林知秋"].iterfind(".//t:roleName", NAMES)]
    assert titles == ["发言人", "部长"]
    assert persons["speaker.记者.海湾晚报"].findtext("t:persName/t:term", namespaces=NAMES) == "记者"
    roles = {one.get(XML_ID): one.get("role") for one in root.iterfind(".//t:org", NAMES)}
    assert roles == {"org.东海职工联合总会": "institution", "org.海湾晚报": "media"}


@ANY
@given(st.lists(any_record, min_size=1, max_size=4, unique_by=lambda one: one.id))
def test_any_corpus_is_valid_and_every_pointer_points_at_something(
    tmp_path_factory: pytest.TempPathFactory, records: list[Transcript]
) -> None:
    folder = tmp_path_factory.mktemp("tei")
    files = folder_of(folder, *records)
    for body in files.values():
        assert schema().validate(etree.fromstring(body)), schema().error_log
    tree = whole(folder)
    ids = [one.get(XML_ID) for one in tree.iter() if isinstance(one.tag, str) and one.get(XML_ID)]
    assert len(ids) == len(set(ids))
    for one in tree.iter("{*}u", "{*}affiliation"):
        pointers = f"{one.get('who', '')} {one.get('ana', '')} {one.get('corresp', '')} {one.get('ref', '')}".split()
        assert {pointer.removeprefix("#") for pointer in pointers} <= set(ids)
    assert folder_of(folder, *records) == files


@ANY
@given(any_record)
def test_the_words_are_all_there(one: Transcript) -> None:
    document = tei_document(one, document_id(one, all_versions=False))
    read = etree.fromstring(document.as_bytes())
    said = ["\n".join(seg.text or "" for seg in speech) for speech in read.iterfind(".//t:u", NAMES)]
    expected = [turn.text for turn in one.turns]
    shown = ["".join(a if a == b else "\ufffd" for a, b in zip(*pair)) for pair in zip(said, expected)]
    assert said == shown and list(map(len, said)) == list(map(len, expected))
    assert document.replaced >= sum(a != b for pair in zip(said, expected) for a, b in zip(*pair))


def test_what_xml_cannot_hold_is_replaced_and_counted(tmp_path: Path) -> None:
    written = write_tei([record(1, said="a\0b\x0bc\ufffed")], tmp_path)
    assert written.replaced == 3
    assert "a\ufffdb\ufffdc\ufffdd" in (tmp_path / "acftu.1.xml").read_text("utf8")


@pytest.mark.skipif(find_spec("schemas") is None, reason="no package with TEI's own schema is installed")
def test_a_corpus_is_tei(tmp_path: Path) -> None:
    from importlib.resources import files

    grammar = etree.RelaxNG(etree.fromstring((files("schemas") / "tei_all.rng").read_bytes()))
    folder_of(tmp_path, record(1), record(2, participants=[], summary=None, editors=[], cleaning=[], event={}))
    assert grammar.validate(whole(tmp_path)), grammar.error_log


EDITIONS = {"date": "2018-05-08", "id": "mfa/2018-05-08", "editions": [{"language": "en", "url": "https://e.org/1"}]}


def test_the_editions_of_a_conference_are_in_every_form(tmp_path: Path) -> None:
    one = record(1, event=EDITIONS)
    document = etree.fromstring(folder_of(tmp_path, one)["acftu.1.xml"])
    bibl = document.find(".//t:sourceDesc/t:bibl", NAMES)
    assert bibl is not None and bibl.findtext("t:idno[@type='event']", namespaces=NAMES) == "mfa/2018-05-08"
    assert bibl.findtext("t:relatedItem/t:bibl/t:idno", namespaces=NAMES) == "https://e.org/1"
    assert "Editions: en https://e.org/1\n" in as_text(one)
    file = io.StringIO()
    write_csv([one], file)
    assert next(csv.DictReader(io.StringIO(file.getvalue())))["event_id"] == "mfa/2018-05-08"


OUTSIDE = st.text("./\\:~*?\0 ab\u00e9工%", min_size=1, max_size=40) | st.sampled_from(
    ["../../x", "..", "/etc/x", "x" * 900]
)


@ANY
@given(OUTSIDE, st.booleans())
def test_no_id_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, number: str, every: bool) -> None:
    home = tmp_path_factory.mktemp("home")
    one = record(1).model_copy(update={"id": f"acftu/{number}"})
    name = document_id(one, all_versions=every)
    assert Path(name).name == name and "\\" not in name and ":" not in name and len(f"{name}.part".encode()) < 255
    write_tei([one], home / "in" / "tei", all_versions=every)
    assert [path.name for path in home.iterdir()] == ["in"]
    assert {path.name for path in (home / "in" / "tei").iterdir()} == {f"{name}.xml", "corpus.xml"}


def test_names_that_are_alike_are_kept_apart() -> None:
    words = [("a",), ("a", "b"), ("a.b",), ("a b",), ("a_b",), ("a\0b",), ("张" * 80,), ("张" * 81,)]
    assert len({xml_name(*one) for one in words}) == len(words)
    cast = Cast()
    cast.add(record(1))
    assert all(etree.QName(one) for one in cast.persons)


def test_a_table_of_turns() -> None:
    file = io.StringIO()
    assert write_csv([record(1), record(2)], file) == 6
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 6
    assert (rows[1]["id"], rows[1]["turn"], rows[1]["speaker"], rows[1]["label"]) == ("acftu/1", "t2", "", "记者")
    assert rows[2]["text"] == "先谈后签。\n有问题找工会。"


@ANY
@given(any_record)
def test_no_cell_is_a_formula_and_every_cell_comes_back(one: Transcript) -> None:
    file = io.StringIO()
    write_csv([one], file)
    rows = list(csv.reader(io.StringIO(file.getvalue(), newline="")))[1:]
    assert len(rows) == len(one.turns)
    for row, said in zip(rows, one.turns):
        assert not any(cell.startswith(FORMULA) for cell in row)
        shown = without_controls(said.text)
        assert row[COLUMNS.index("text")] in (shown, f"'{shown}")
        assert not any(unicodedata.category(c) == "Cc" for cell in row for c in cell if c not in "\t\n")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1"])
def test_formulas(cell: str) -> None:
    assert safe(cell) == f"'{without_controls(cell)}"


def test_control_characters_of_a_cell_are_visible() -> None:
    assert safe("a\x1b[2J\r\x07\x7f\x85b\tc\nd") == "a\\x1b[2J\\x0d\\x07\\x7f\\x85b\tc\nd"


def test_what_is_no_formula_stays() -> None:
    assert [safe(cell) for cell in ("a=1", "3-4", "", 5, None)] == ["a=1", "3-4", "", 5, None]


def test_a_bom_only_where_it_is_wanted() -> None:
    plain, marked = io.StringIO(), io.StringIO()
    write_csv([record(1)], plain)
    write_csv([record(1)], marked, bom=True)
    assert marked.getvalue() == BOM + plain.getvalue()


def test_a_transcript_to_read() -> None:
    shown = as_text(record(1))
    assert shown.startswith("第1场发布会\n") and "林知秋：先谈后签。\n有问题找工会。\n" in shown
    assert "Held: 2018-05-08 10:00 报告厅" in shown and "  部长林知秋" in shown


def test_control_characters_are_visible_in_text() -> None:
    file = io.StringIO()
    assert write_text([record(1, said="\x1b[2J红\u202e")], file) == 3
    assert "\\x1b[2J红\\u202e" in file.getvalue()


def test_the_newest_versions_or_all_in_order(tmp_path: Path) -> None:
    late = record(3, event={"date": "2019-01-01"})
    path = write(tmp_path / "transcripts.jsonl", late, record(1, 2), record(1), record(2), b"{}\n", b'{"id"')
    places = find_places([path])
    assert [(one.id, one.version) for one in chosen(places, all_versions=False)] == [
        ("acftu/1", 2), ("acftu/2", 1), ("acftu/3", 1),
    ]  # fmt: skip
    every = [one.read() for one in chosen(places, all_versions=True)]
    assert every == [record(1), record(1, 2), record(2), late]
    assert len(places.invalid) == len(places.torn) == 1
    write_tei(every, tmp_path / "tei", all_versions=True)
    assert (tmp_path / "tei" / "acftu.1.v2.xml").exists()
