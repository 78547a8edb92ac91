"""Articles over HTTP: versions, copies, later pages, and answers that are no transcript. Nothing is lost silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.halls import HTML, LISTING, TinyHall, article, crawl, lines, listing, manifest, path_of, serving

SPAM = "丰镇市| 乌审旗| 阿坝县| 台南市| 宁都县| 博湖县| 龙陵县| 海宁市| 遂昌县| 石台县| 罗定市| 额敏县| 房山区| 剑河县| 宁安市| 江陵县| 云龙县| 衡山县| 金华市| 普宁市|"
OTHER_SPAM = "吉隆县| 宕昌县| 天柱县| 麻栗坡县| 尼勒克县| 石泉县| 得荣县| 吉安市| 民乐县| 静海县| 土默特右旗| 丰城市| 松原市| 双城市| 新巴尔虎左旗| 阿拉善左旗|"


def run(pages: dict[str, Any], output: Path, *arguments: str, links: tuple[str, ...] = ()) -> Any:
    articles = links or tuple(path for path in pages if path != LISTING)
    with serving(TinyHall({LISTING: listing(*articles), **pages})) as server:
        return crawl(server.url + LISTING, output, "-s", "RETRY_ENABLED=0", *arguments)


def records(output: Path) -> list[dict[str, Any]]:
    return lines(output / "acftu/transcripts.jsonl")


def quarantine(output: Path) -> dict[str, str]:
    return {entry["url"].rpartition("/")[2]: entry["reason"] for entry in lines(output / "acftu/quarantine.jsonl")}


def test_an_edited_page_is_a_new_version_and_the_old_line_stays(tmp_path: Path) -> None:
    a = path_of(1001)
    run({a: article(1001, ("甲文", "原来的话。"), ("乙武", "好。"))}, tmp_path)
    run({a: article(1001, ("甲文", "改过的话。"), ("乙武", "好。"))}, tmp_path)
    run({a: article(1001, ("甲文", "改过的话。"), ("乙武", "好。"))}, tmp_path)
    assert [(r["id"], r["version"], r["turns"][0]["text"]) for r in records(tmp_path)] == [
        ("acftu/1001", 1, "原来的话。"),
        ("acftu/1001", 2, "改过的话。"),
    ]


def test_one_transcript_under_two_spam_blocks_is_one_record(tmp_path: Path) -> None:
    """Two when the spam is cut behind the turns: the block would count in the content hash."""
    said = (("方致远", "今天的发布会到这里，谢谢大家！"), ("记者", "谢谢。"))
    one = article(1001, *said).replace("</p><div", f"{SPAM}</p><div")
    two = article(1002, *said, title="第1001场发布会").replace("</p><div", f"{OTHER_SPAM}</p><div")
    run({path_of(1001): one, path_of(1002): two}, tmp_path)
    assert [r["turns"][-1]["text"] for r in records(tmp_path)] == ["谢谢。"]
    assert [d["duplicate_of"] for d in lines(tmp_path / "acftu/duplicates.jsonl")] == ["acftu/1001"]


def test_pages_two_and_three_are_one_transcript(tmp_path: Path) -> None:
    first = path_of(1001)
    pages = {
        first: article(1001, ("方致远", "第一页。")).replace(
            '<div class="edit">', f'<div class="zdfy"><a href="{first[:-5]}-2.html">2</a></div><div class="edit">'
        ),
        first[:-5] + "-2.html": article(1001, ("林知秋", "第二页。")).replace(
            '<div class="edit">', f'<div class="zdfy"><a href="{first[:-5]}-3.html">下一页</a></div><div class="edit">'
        ),
        first[:-5] + "-3.html": article(1001, ("方致远", "第三页。")),
    }
    result = run(pages, tmp_path, links=(first,))
    assert result.returncode == 0
    assert [t["text"] for t in records(tmp_path)[0]["turns"]] == ["第一页。", "第二页。", "第三页。"]


def test_a_later_page_that_cannot_be_had_makes_no_half_record(tmp_path: Path) -> None:
    first = path_of(1001)
    page = article(1001).replace('<div class="edit">', f'<a href="{first[:-5]}-2.html">2</a><div class="edit">')
    result = run({first: page}, tmp_path)
    assert result.returncode == 3
    assert records(tmp_path) == []
    assert quarantine(tmp_path) == {"c392912-1001.html": "incomplete"}
    assert manifest(tmp_path)["missing"][0]["url"].endswith("1001-2.html")


WHOLE = article(1001)
ANSWERS: dict[str, tuple[Any, str]] = {
    "nothing": (b"", "empty"),
    "white space": (b" \n ", "empty"),
    "a PDF": ((200, HTML, b"%PDF-1.4 \x00\x01\x02"), "not_html"),
    "random bytes": (bytes(range(256)) * 20, "not_html"),
    "plain text": ("只有一句话。", "not_html"),
    "gone": ((404, HTML, b"<html>no</html>"), "gone"),
    "says it is gone": ("<html><body><p>您访问的页面不存在或已被删除</p></body></html>", "gone"),
    "an article": (WHOLE.replace("[方致远]：", "").replace("[记者]：", "").replace("[林知秋]：", ""), "no_turns"),
    "cut off": (WHOLE[: WHOLE.index("海湾晚报")], "cut_off"),
    "forbidden": ((403, HTML, b"<html>no</html>"), "http_error"),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_what_is_no_transcript_goes_to_quarantine_with_its_reason(what: str, tmp_path: Path) -> None:
    answer, reason = ANSWERS[what]
    result = run({path_of(1001): answer, path_of(1002): article(1002)}, tmp_path, links=(path_of(1001), path_of(1002)))
    assert "Traceback" not in result.stderr
    assert quarantine(tmp_path) == {"c392912-1001.html": reason}
    assert [r["id"] for r in records(tmp_path)] == ["acftu/1002"]


HARD = {
    "nested 200 deep": lambda p: p.replace("<p>", "<div>" * 200 + "<p>", 1),
    "nested 10,000 deep": lambda p: p.replace("<p>", "<div>" * 10_000 + "<p>", 1),
    "control characters": lambda p: p.replace("各位", "\x01\x1b[31m各\x08位"),
    "NUL": lambda p: p.replace("各位", "各\0位"),
    "unclosed": lambda p: p.replace("</p>", "").replace("</div>", ""),
}


@pytest.mark.parametrize("what", HARD)
def test_hard_html_is_read(what: str, tmp_path: Path) -> None:
    result = run({path_of(1001): HARD[what](article(1001))}, tmp_path)
    assert "Traceback" not in result.stderr
    assert [turn["label"] for turn in records(tmp_path)[0]["turns"]] == ["方致远", "记者", "林知秋"]


def test_nesting_that_no_parser_follows_is_refused_with_its_reason(tmp_path: Path) -> None:
    result = run({path_of(1001): article(1001).replace("<p>", "<div>" * 30_000 + "<p>", 1)}, tmp_path)
    assert "Traceback" not in result.stderr
    assert quarantine(tmp_path) == {"c392912-1001.html": "no_turns"}


def test_nul_is_counted_as_damage(tmp_path: Path) -> None:
    run({path_of(1001): article(1001).replace("各位", "各\0位")}, tmp_path)
    assert records(tmp_path)[0]["damage"]["unresolved"] == 1


def test_a_page_of_more_than_20_mb_is_refused_and_named(tmp_path: Path) -> None:
    big = article(1001).replace("</body>", "<!-- " + "x" * 21_000_000 + " --></body>")
    result = run({path_of(1001): big, path_of(1002): article(1002)}, tmp_path)
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert [r["id"] for r in records(tmp_path)] == ["acftu/1002"]
    assert manifest(tmp_path)["missing"][0]["url"].endswith("1001.html")


def test_since_and_until_choose_by_date(tmp_path: Path) -> None:
    days = {1001: "2017-12-31", 1002: "2018-01-01", 1003: "2018-06-30", 1004: "2018-07-01"}
    pages = {path_of(n, day): article(n, day=day) for n, day in days.items()}
    with serving(
        TinyHall({LISTING: listing(*pages).replace("<i", "<b").replace("</i", "</b").replace("2018-05-0", ""), **pages})
    ) as server:
        result = crawl(server.url + LISTING, tmp_path, "-a", "since=2018-01-01", "-a", "until=2018-06-30")
        assert not any("1001" in path or "1004" in path for path in server.requests)
    assert result.returncode == 0, result.stdout
    assert {r["id"] for r in records(tmp_path)} == {"acftu/1002", "acftu/1003"}


def test_limit_is_never_passed(tmp_path: Path) -> None:
    result = run(
        {path_of(n): article(n) for n in range(1001, 1011)},
        tmp_path,
        "-a",
        "limit=3",
        "-s",
        "CONCURRENT_REQUESTS_PER_DOMAIN=8",
    )
    assert result.returncode == 0, result.stdout
    assert len(records(tmp_path)) == 3


FIRST = path_of(1001)
SECOND = FIRST[:-5] + "-2.html"
LINKED = article(1001).replace('<div class="edit">', f'<a href="{SECOND}">2</a><div class="edit">')
LATER: dict[str, dict[str, Any]] = {
    "redirects to page 1": {SECOND: (302, {"Location": FIRST}, b"")},
    "redirects to another article": {SECOND: (302, {"Location": path_of(1002)}, b"")},
    "redirects to the front page": {
        SECOND: (302, {"Location": "/"}, b""),
        "/": "<html><body><p>欢迎</p></body></html>",
    },
    "is a PDF": {SECOND: (200, HTML, b"%PDF-1.4")},
    "has nothing": {SECOND: b""},
    "says that it is gone": {SECOND: "<html><body><p>页面不存在</p></body></html>"},
}


@pytest.mark.parametrize("what", LATER)
def test_a_later_page_that_is_none_makes_the_article_incomplete(what: str, tmp_path: Path) -> None:
    """No word of another page gets into a speaker's mouth, and the article does not vanish."""
    pages = {FIRST: LINKED, path_of(1002): article(1002), **LATER[what]}
    run(pages, tmp_path, links=(FIRST, path_of(1002)))
    assert quarantine(tmp_path) == {"c392912-1001.html": "incomplete"}
    assert [r["id"] for r in records(tmp_path)] == ["acftu/1002"]


def test_a_stray_link_to_page_201_makes_no_half_record(tmp_path: Path) -> None:
    page = LINKED.replace(SECOND, FIRST[:-5] + "-201.html")
    result = run({FIRST: page}, tmp_path)
    assert result.returncode == 3
    assert records(tmp_path) == []
    assert quarantine(tmp_path) == {"c392912-1001.html": "incomplete"}


def test_a_page_that_refreshes_itself_is_taken_as_it_is(tmp_path: Path) -> None:
    page = article(1001).replace("<title>", f'<meta http-equiv="refresh" content="60;url={FIRST}"/><title>')
    result = run({FIRST: page}, tmp_path)
    assert result.returncode == 0, result.stdout
    assert [r["id"] for r in records(tmp_path)] == ["acftu/1001"]


def test_a_redirect_to_itself_is_missing_and_named(tmp_path: Path) -> None:
    result = run({FIRST: (302, {"Location": FIRST}, b""), path_of(1002): article(1002)}, tmp_path)
    assert result.returncode == 3
    assert "1001.html" in manifest(tmp_path)["missing"][0]["url"]
    assert [r["id"] for r in records(tmp_path)] == ["acftu/1002"]


def test_one_link_with_a_bad_port_costs_only_itself(tmp_path: Path) -> None:
    bad = "http://acftu.people.com.cn:abc/n1/2018/0508/c392912-1009.html"
    result = run({FIRST: article(1001)}, tmp_path, links=(bad, FIRST))
    assert result.returncode == 0, result.stdout + result.stderr
    assert [r["id"] for r in records(tmp_path)] == ["acftu/1001"]


@pytest.mark.parametrize("name", ["duplicates.jsonl", "quarantine.jsonl"])
def test_a_damaged_file_beside_the_records_is_named_before_the_run(name: str, tmp_path: Path) -> None:
    (tmp_path / "acftu").mkdir()
    (tmp_path / "acftu" / name).write_text("garbage\n", "utf8")
    result = run({FIRST: article(1001)}, tmp_path)
    assert result.returncode == 6
    assert len(result.stderr.splitlines()) == 1
    assert name in result.stderr
