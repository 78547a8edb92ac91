"""`scrapy reparse <warc>… --site <site> -o <dir>`: archived pages through today's parser. No network, no engine."""

from __future__ import annotations

import argparse
import fcntl
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from scrapy.commands import ScrapyCommand

from crawler.commands._differences import report
from crawler.commands._usage import fail, find_spider, no_unknown_options, quiet, quiet_parser, say
from crawler.site import Site
from crawler.storage.jsonl import read_lines
from crawler.storage.reparsing.cluster import WorkError, connected
from crawler.storage.reparsing.records import NAMES
from crawler.storage.reparsing.reparse import Reparsed, is_warc, reparse
from crawler.storage.reparsing.shard import Job
from crawler.storage.reparsing.workers import cores, work_here, work_there
from crawler.verdict import COMPLETE, INCOMPLETE, MOST_LISTED, NOTHING, PROGRAM_ERROR, WORDS

WORD = "reparse"
# Pages that an archive should have and has not, or that nobody can read.
NOT_HAD = ("damaged", "incomplete", "http_error")


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "<warc or folder>… --site <site> [-o <dir>] [--diff <old.jsonl>]"

    def short_desc(self) -> str:
        return "Read archived pages (WARC of any origin) with today's parser; no network"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        quiet_parser(parser, WORD)
        super().add_options(parser)
        parser.add_argument("--site", help="the site whose articles are read (needed)")
        parser.add_argument("-o", "--output", metavar="DIR", help="a folder without records, for the three files")
        parser.add_argument("--diff", metavar="FILE", help="show what is otherwise than in these records")
        parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one for each core)")
        parser.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler, tcp://host:8786, in their place")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        quiet(self, opts)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        no_unknown_options(WORD, args)
        site, warcs = check(self, args, opts)
        work = worker(opts)
        try:
            if opts.output:
                self.exitcode = into(Path(opts.output), warcs, site, work, opts.diff)
            else:
                with TemporaryDirectory() as folder:
                    self.exitcode = into(Path(folder), warcs, site, work, opts.diff)
        except WorkError as error:
            end(str(error))
        except OSError as error:
            end(f"cannot write to {opts.output or 'a temporary folder'}: {error.strerror or error}")


def check(command: ScrapyCommand, args: list[str], opts: argparse.Namespace) -> tuple[Site, list[Path]]:
    """The site and the files. Ends with one line where something is wrong with them."""
    if not args or not opts.site:
        fail(WORD, "wanted are WARC files and a site: scrapy reparse a.warc.gz --site acftu -o folder")
    site: Site = find_spider(command, opts.site, WORD).site
    if not (opts.output or opts.diff):
        fail(WORD, "wanted is a folder (-o), or records to compare with (--diff)")
    if opts.cluster and not opts.output:
        fail(WORD, "--cluster needs a folder that all workers reach: -o")
    if opts.workers is not None and opts.workers < 1:
        fail(WORD, f"--workers {opts.workers} is no number from 1")
    warcs = [path for name in args for path in files_of(Path(name))]
    if not warcs:
        fail(WORD, f"no WARC file in {' '.join(args)}")
    for path in warcs:
        try:
            right = is_warc(path)
        except OSError as error:
            fail(WORD, f"cannot read {path}: {error.strerror}")
        if not right:
            fail(WORD, f"{path} is no WARC file")
    if opts.diff:
        check_records(Path(opts.diff))
    return site, warcs


def files_of(path: Path) -> list[Path]:
    """The file, or the WARC files of a folder."""
    return sorted(path.glob("*.warc*")) if path.is_dir() else [path]


def check_records(path: Path) -> None:
    """End where the records to compare with cannot be read."""
    if not path.is_file():
        fail(WORD, f"cannot read {path}: {'it is a folder' if path.is_dir() else 'there is no such file'}")
    try:
        for number, (_, values) in enumerate(read_lines(path), 1):
            if not {"id", "version"} <= values.keys():
                fail(WORD, f"{path}, line {number}: no record")
    except (OSError, ValueError) as error:
        fail(WORD, str(error))


def worker(opts: argparse.Namespace) -> Callable[[Sequence[Job]], None]:
    """What does the jobs. Ends where a cluster cannot be had."""
    if not opts.cluster:
        return partial(work_here, workers=opts.workers or cores())
    try:
        connected(opts.cluster).close()
    except WorkError as error:
        fail(WORD, str(error))
    return partial(work_there, scheduler=opts.cluster)


def into(folder: Path, warcs: list[Path], site: Site, work: Callable[[Sequence[Job]], None], diff: str | None) -> int:
    """Fill a folder, report, and say the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fail(WORD, f"another run is writing to {folder}")
        for name in NAMES:
            if (folder / name).exists() and (folder / name).stat().st_size:
                fail(WORD, f"{folder} has {name} already; an empty folder is wanted")
        done = reparse(warcs, site, folder, work)
    if diff:
        console = Console(highlight=False, soft_wrap=True)
        for text in report(Path(diff), folder / "transcripts.jsonl"):
            console.print(text)
    code = exit_code(done)
    for line in damage(done):
        say(line)
    print("\n".join(summary(site.name, len(warcs), done, code)))
    return code


def exit_code(done: Reparsed) -> int:
    """What cannot be read makes it incomplete, not a damaged archive: that verdict is `verify`'s, which proves it."""
    if done.counts["quarantine/error"]:
        return PROGRAM_ERROR
    if any(done.counts[f"quarantine/{reason}"] for reason in NOT_HAD):
        return INCOMPLETE
    return COMPLETE if done.counts["records"] else NOTHING


def damage(done: Reparsed) -> list[str]:
    """A line for each place that cannot be read, the first of them."""
    lines = [f"{each.file}, offset {each.offset}: {each.reason}" for each in done.damaged[:MOST_LISTED]]
    left = len(done.damaged) - len(lines)
    return [*lines, f"… and {left} more places, in quarantine.jsonl"] if left else lines


def summary(name: str, files: int, done: Reparsed, code: int) -> list[str]:
    """The run in a few lines."""
    words = ("records", "versions", "unchanged", "copies")
    told = ", ".join(f"{done.counts[word]} {word}" for word in words if done.counts[word])
    lines = [
        f"{name}: {WORDS[code]} (exit {code}), {files} files",
        f"  answers    {done.answers} for articles, {done.others} others",
        f"  articles   {told or 'none'}",
    ]
    if done.refused:
        lines.append("  quarantine " + ", ".join(f"{n} {reason}" for reason, n in done.refused.items()))
    if done.damaged:
        lines.append(f"  damaged    {len(done.damaged)} places that cannot be read")
    return lines


def end(message: str) -> None:
    """A run that could not go on."""
    say(f"scrapy {WORD}: {message}")
    raise SystemExit(PROGRAM_ERROR)
