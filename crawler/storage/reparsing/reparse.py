"""WARC files to the files of a folder, by whatever does the jobs. A kill leaves nothing half: names come at the end."""

from __future__ import annotations

import os
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawler import __version__
from crawler.site import Site
from crawler.storage.reparsing.answers import Damaged, gather
from crawler.storage.reparsing.merging import Merge
from crawler.storage.reparsing.records import NAMES, Records
from crawler.storage.reparsing.shard import SUFFIX, Job
from crawler.storage.warc_members import MAGIC, WARC

#: Where shards and unfinished files stand, inside of the output folder.
WORKSHOP = ".reparse"
BEGINNING = 4096


@dataclass(frozen=True, slots=True)
class Reparsed:
    """What came of it: `counts` as `Records` has them, `answers` those for articles, `others` for anything else."""

    counts: Counter[str]
    damaged: list[Damaged]
    answers: int
    others: int

    @property
    def refused(self) -> dict[str, int]:
        """Pages in quarantine by reason."""
        return {key.partition("/")[2]: n for key, n in sorted(self.counts.items()) if key.startswith("quarantine/")}


def is_warc(path: Path) -> bool:
    """Whether a file may be a WARC file; an empty or damaged one is. Raises `OSError` where it cannot be read."""
    with path.open("rb") as file:
        start = file.read(BEGINNING)
    if start.startswith(MAGIC):
        with suppress(zlib.error):
            inflated = zlib.decompressobj(wbits=31).decompress(start, BEGINNING)
            return not inflated or WARC in inflated
    return not start or start.startswith(MAGIC) or WARC in start


def in_order(warcs: Sequence[Path]) -> list[Path]:
    """Each file once, in an order that the arguments do not change."""
    return sorted({path.resolve() for path in warcs}, key=lambda path: (path.name, path))


def reparse(warcs: Sequence[Path], site: Site, folder: Path, work: Callable[[Sequence[Job]], None]) -> Reparsed:
    """Read WARC files into the three files of a folder. `work` does the jobs.

    Raises `OSError` where the folder cannot be written, and what `work` raises.
    """
    warcs = in_order(warcs)
    workshop = folder.resolve() / WORKSHOP
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    try:
        jobs = [Job(warc, workshop / f"{n:06}{SUFFIX}", site, __version__) for n, warc in enumerate(warcs)]
        work(jobs)
        found = gather(warcs, [job.shard for job in jobs])
        records = Records(workshop)
        Merge(site, warcs, [job.shard for job in jobs], found, records).run()
        records.close()
        for name in NAMES:
            os.replace(workshop / name, folder / name)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Reparsed(records.counts, found.damaged, len(found.answers), found.others)
