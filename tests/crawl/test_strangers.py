"""What a page, a header, a ledger or a link says is data: it steers no terminal, no log and no path."""

from __future__ import annotations

import ast
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import settings
from crawler.folders import leads_out
from crawler.logformatter import VisibleRecord
from crawler.show import readable, shown
from crawler.text.record import page_to_record
from crawler.text.visible import visible
from tests.forking import forks, terminal
from tests.halls import HTML, LISTING, ROOT, TinyHall, article, crawl, lines, listing, path_of, scrapy, serving
from tests.test_order import SITE, page

# Colour, title of the window, a second line, right to left, 8-bit CSI, a lone surrogate, what rich would read.
NASTY = "\x1b[31mred\x1b]0;title\x07\n12:00:00 ERROR fake\u202elive\x9b2J\ud800[red]x[/red]"
STEERING = ("\x1b", "\x07", "\u202e", "\x9b", "\x08", "\r")


@given(st.text(st.characters()))
def test_what_is_visible_is_on_one_line_and_goes_through_every_terminal(text: str) -> None:
    made = visible(text)
    made.encode("utf-8")
    assert len(made.splitlines()) <= 1
    assert all(c.isprintable() or c in "\u3000\xa0" for c in made)
    assert visible(made) == made


def test_text_as_pages_have_it_stays() -> None:
    for text in ("职工　发布会\xa0A", "a\\b [red]", "𠮷野家", "é́"):
        assert visible(text) == text
    assert visible("a\nb\tc", but="\n") == "a\nb\\tc"


def logged(message: str, *args: object) -> str:
    """A line as the project's log has it."""
    record = logging.getLogRecordFactory()("scrapy", logging.WARNING, "", 0, message, args, None)
    return logging.Formatter(settings.LOG_FORMAT).format(record)


def test_a_log_line_is_one_line_whoever_writes_it() -> None:
    assert logging.getLogRecordFactory() is VisibleRecord
    line = logged("crawled %(url)s", {"url": NASTY})
    assert "\\x1b[31mred" in line and "\\n12:00:00 ERROR fake\\u202e" in line and "\\ud800" in line
    assert "\n" not in line and not any(c in line for c in STEERING)


def test_a_traceback_keeps_its_lines_and_steers_nothing() -> None:
    try:
        raise ValueError(NASTY)
    except ValueError:
        record = VisibleRecord("scrapy", logging.ERROR, "", 0, "error", (), sys.exc_info())
    text = logging.Formatter().format(record)
    assert text.startswith("error\nTraceback") and "\\x1b[31m" in text and not any(c in text for c in STEERING)


def test_the_crawl_s_log_and_summary_show_what_a_server_says(tmp_path: Path) -> None:
    """In a header, a redirect and an address: lines of Scrapy's and of ours."""
    bad = {**HTML, "Content-Encoding": "x\x1b[31m\x7f"}
    away = {"Location": "http://127.0.0.1:9/\x1b[31mred\x9b\x08"}
    pages = {path_of(1): article(1, title="\x1b[31m[red]x"), path_of(2): (200, bad, b"x"), path_of(3): (302, away, b"")}
    with serving(TinyHall({LISTING: listing(*pages), **pages})) as server:
        result = crawl(server.url + LISTING, tmp_path, "-L", "DEBUG", "-s", "BACKOFF_FIRST=0", "-s", "RETRY_TIMES=0")
    said = result.stdout + result.stderr
    assert len(lines(tmp_path / "acftu/transcripts.jsonl")) == 1, said
    assert "x\\x1b[31m\\x7f" in said
    assert not any(c in said for c in STEERING)


def nasty_page(folder: Path) -> Path:
    said = (("方致远", "各位好\x9b2J\u202e[red]x[/red]请提问。"), ("记者", "有什么安排？"), ("林知秋", "安排有三项。"))
    path = folder / "1.html"
    path.write_text(article(1, *said, title="标题\x9b31m[bold]\u202e").replace("GB2312", "utf-8"), "utf-8")
    return path


def test_a_terminal_shows_a_record_and_does_what_no_page_says(tmp_path: Path) -> None:
    path = nasty_page(tmp_path)
    for option in ([], ["--diff"], ["--url", f"http://a.test{path_of(1)}"]):
        shown = forks().run("inspect", str(path), "--site", "acftu", *option, out=terminal, env={"TERM": "dumb"})
        assert not any(c in shown.stdout + shown.stderr for c in ("\x9b", "\u202e", "\x07")), shown
        assert ("\\\\x9b31m[bold]\\\\u202e" in shown.stdout) == (option != ["--diff"]), shown


def test_a_record_to_read_has_no_markup_of_the_page_s() -> None:
    record = page_to_record(page(), SITE)
    turn = record.turns[0].model_copy(update={"label": NASTY, "text": NASTY, "affiliation": NASTY})
    changed = record.model_copy(update={"title": NASTY, "url": NASTY, "turns": [turn]})
    text = "\n".join(line.plain for line in readable(changed))
    assert "[red]x[/red]" in text and not any(c in text for c in STEERING)
    assert not any(c in json.dumps(shown({"a": [NASTY]}), ensure_ascii=False) for c in STEERING)


def test_a_user_s_own_words_come_back_visible() -> None:
    result = scrapy("inspect", "/no\x1b[31mfile", "--site", "acftu")
    assert (result.returncode, result.stderr) == (
        2,
        "scrapy inspect: cannot read /no\\x1b[31mfile: No such file or directory\n",
    )


@pytest.mark.parametrize("what", ["transcripts.jsonl", "ledger.sqlite", "warc", "runs", "warc/a.warc.gz.open", ""])
def test_a_link_that_leads_out_of_the_output_folder_is_refused_before_anything_is_written(
    what: str, tmp_path: Path
) -> None:
    outside, hall = tmp_path / "outside", tmp_path / "output/acftu"
    outside.mkdir()
    (outside / "file").write_bytes(b"precious")
    link = hall / what if what else hall
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside if what in ("warc", "runs", "") else outside / "file")
    result = crawl("http://127.0.0.1:9" + LISTING, tmp_path / "output")
    assert (result.returncode, result.stderr) == (2, f"scrapy crawl: {link} leads out of the output folder\n")
    assert [path.name for path in outside.iterdir()] == ["file"] and (outside / "file").read_bytes() == b"precious"


def test_what_leads_out_of_a_folder(tmp_path: Path) -> None:
    output = tmp_path / "disk"
    (output / "acftu/warc").mkdir(parents=True)
    (tmp_path / "output").symlink_to(output)  # the operator's own: the whole of it is elsewhere
    (output / "acftu/again.jsonl").symlink_to("transcripts.jsonl")
    assert leads_out(tmp_path / "output", tmp_path / "output/acftu") is None
    for name in ("../acftu", "..", ".", "/etc"):
        assert leads_out(output, output / name) == output / name
    (output / "acftu/warc/far").symlink_to("../../../far")
    assert leads_out(output, output / "acftu") == output / "acftu/warc/far"


def test_a_manifest_names_no_file_of_another_folder(tmp_path: Path) -> None:
    with serving(TinyHall({LISTING: listing(path_of(1)), path_of(1): article(1)})) as server:
        crawl(server.url + LISTING, tmp_path)
    (tmp_path / "secret").write_bytes(b"0123456789")
    (path,) = (tmp_path / "acftu/runs").glob("*.json")
    said = json.loads(path.read_text("utf8"))
    for part, name in (("written", "../secret"), ("archived", "../../secret")):
        path.write_text(json.dumps({**said, part: {name: {"from": 0, "to": 5, "size": 5, "sha256": ""}}}), "utf8")
        result = scrapy("verify", str(tmp_path / "acftu"))
        assert result.returncode == 6 and "secret" not in result.stdout, result.stdout


UNPACKED = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib"}


def test_nothing_is_unpickled() -> None:
    """Scrapy's own that would (an HTTP cache, a JOBDIR) are off; between Dask and its workers only jobs and paths go."""
    for path in (ROOT / "crawler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            names = (
                [a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", None) or ""]
            )
            assert not {name.split(".")[0] for name in names} & UNPACKED, path
    on = {**settings.DOWNLOADER_MIDDLEWARES_BASE, **settings.DOWNLOADER_MIDDLEWARES}
    on |= {**settings.EXTENSIONS_BASE, **settings.EXTENSIONS}
    assert not {name.rpartition(".")[2] for name in on} & {"HttpCacheMiddleware", "SpiderState"}


def test_a_job_directory_and_an_http_cache_are_not_used(tmp_path: Path) -> None:
    with serving(TinyHall({LISTING: listing(path_of(1)), path_of(1): article(1)})) as server:
        own = ["-s", f"JOBDIR={tmp_path}/job", "-s", "HTTPCACHE_ENABLED=1", "-s", f"HTTPCACHE_DIR={tmp_path}/cache"]
        assert crawl(server.url + LISTING, tmp_path, *own).returncode == 0
        url = server.url + path_of(1)
        result = scrapy("inspect", url, "--site", "acftu", "-s", "ALLOW_PRIVATE_ADDRESSES=1", *own)
        assert result.returncode == 0, result.stderr
    made = [path for name in ("job", "cache") for path in (tmp_path / name).rglob("*") if path.is_file()]
    assert made == []


def test_an_interrupt_before_the_crawl_begins_is_a_word() -> None:
    code = "import crawler.settings; raise KeyboardInterrupt"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stderr == "interrupted\n" and result.returncode != 0
    body = ast.parse((ROOT / "crawler/settings.py").read_text("utf8")).body
    loaded = [node.names[0].name for node in body if isinstance(node, ast.Import)]
    assert loaded[:4] == ["atexit", "gc", "logging", "crawler.interrupts"], "before what takes long to load"
