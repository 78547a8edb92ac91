"""Why the stages stand in their order, and that the parts keep to their roles."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from crawler import pipelines
from crawler.items import Page, Transcript, record_schema
from crawler.pipelines import ORDER
from crawler.spiders.acftu import AcftuSpider
from crawler.text.checking import file_findings
from crawler.text.cleaning import cut_spam
from crawler.text.extract import extract
from crawler.text.record import page_to_record
from crawler.text.transcribe import transcribe
from tests.halls import ROOT, article

SITE = AcftuSpider.site
BLOCKS = (
    "丰镇市| 乌审旗| 阿坝县| 台南市| 宁都县| 博湖县| 龙陵县| 海宁市| 遂昌县| 石台县| 罗定市| 额敏县| 房山区| 剑河县|",
    "吉隆县| 宕昌县| 天柱县| 麻栗坡县| 尼勒克县| 石泉县| 得荣县| 吉安市| 民乐县| 静海县| 土默特右旗| 丰城市|",
)


def page(block: str = "", host: str = "acftu.people.com.cn") -> Page:
    html = article(1001).replace("</p><div", f"{block}</p><div")
    return Page(
        "acftu", f"http://{host}/n1/2018/0508/c392912-1001.html", 200, "", "2026-01-01T00:00:00Z", html.encode("gbk")
    )


def place(name: str) -> int:
    return [stage.__name__ for stage in ORDER].index(name)


def test_one_transcript_under_two_spam_blocks_has_one_hash_because_spam_is_cut_first() -> None:
    assert place("CutSpam") < place("Transcribe") < place("DropCopies")
    clean, *dirty = (page_to_record(page(block), SITE) for block in ("", *BLOCKS))
    assert {record.content_hash for record in dirty} == {clean.content_hash}
    uncut = {transcribe(extract(page(block), SITE), SITE).content_hash for block in BLOCKS}
    assert len(uncut) == 2


def test_a_copy_is_known_before_it_is_written() -> None:
    assert place("DropCopies") < place("Write") == len(ORDER) - 1


def test_inspect_goes_through_the_stages_of_the_crawl() -> None:
    draft = pipelines.Extract(SITE).process_item(page(BLOCKS[0]))
    for stage in (pipelines.CutSpam, pipelines.Transcribe):
        draft = stage(SITE).process_item(draft)  # type: ignore[arg-type]
    assert draft == page_to_record(page(BLOCKS[0]), SITE)


def test_a_clean_page_is_untouched() -> None:
    draft = extract(page(), SITE)
    assert cut_spam(draft) is draft
    assert page_to_record(page(), SITE).cleaning == []


@pytest.mark.parametrize("folder", ["text", "storage"])
def test_the_thinking_imports_no_scrapy(folder: str) -> None:
    for path in (ROOT / "crawler" / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            names = (
                [a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", None) or ""]
            )
            assert not any(name.split(".")[0] in ("scrapy", "twisted") for name in names), path


def test_a_spider_s_file_class_and_name_agree() -> None:
    for path in (ROOT / "crawler/spiders").glob("[a-z]*.py"):
        assert file_findings(path.stem, path.read_text("utf8")) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("class Mof(HallSpider):\n    name = 'mof'", "class is to be MofSpider"),
        ("class MofSpider(HallSpider):\n    name = 'mfo'", "name is to be 'mof'"),
        ("class MofSpider(HallSpider):\n    name = 'mof'\n    def parse(self): ...", "has a method"),
        ("class MofSpider(", "no Python"),
    ],
)
def test_a_spider_s_file_that_is_not_so_is_told(written: str, said: str) -> None:
    (finding,) = file_findings("mof", written)
    assert said in finding


def test_the_schema_lists_the_record_s_keys_in_order() -> None:
    assert list(record_schema()["properties"]) == [f.alias or n for n, f in Transcript.model_fields.items()]


def test_files_are_where_the_house_says() -> None:
    assert {p.name for p in Path(ROOT / "crawler").iterdir() if p.is_dir() and p.name != "__pycache__"} == {
        "browse", "commands", "demo", "extensions", "politeness", "spiders", "storage", "text",
    }  # fmt: skip
