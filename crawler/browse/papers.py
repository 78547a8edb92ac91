"""Transcripts: to read, to compare with the version before, beside the page as it was received."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from crawler.browse import reading, versions
from crawler.browse.answers import as_plain, chosen
from crawler.browse.archive import Archive
from crawler.browse.around import around
from crawler.browse.choice import Choice
from crawler.browse.received import POLICY, received, still
from crawler.browse.records import Kept, kept, versions_of
from crawler.browse.rendering import Templates
from crawler.browse.scripts import convert
from crawler.browse.speeches import ROLE_NAMES
from crawler.items import Transcript
from crawler.storage.export.plain import as_text

SUFFIXES = (".json", ".txt")


class Papers:
    """The transcripts of one archive."""

    def __init__(self, archive: Archive, templates: Templates) -> None:
        self.archive = archive
        self.templates = templates

    def transcript(self, request: Request) -> Response:
        """A transcript: `/<hall>/<number>`, with `.json` or `.txt` behind it."""
        choice = chosen(request)
        record_id = f"{request.path_params['site']}/{request.path_params['number']}"
        with self.archive.reading() as connection:
            one, suffix = _with_suffix(connection, record_id, choice.version)
            if one is None:
                raise HTTPException(404, "There is no such transcript in this archive.")
            if suffix == ".json":
                return Response(f"{one.line}\n", media_type="application/json")
            record = one.read()
            if suffix == ".txt":
                return as_plain(convert(as_text(record), choice.script))
            known, nearby = versions_of(connection, record.id), around(connection, record)
        return self.templates.page(
            "transcript.html", choice, r=reading.read(record, choice), record=record, versions=known,
            newest=known[-1].number, role_names=ROLE_NAMES, around=nearby,
        )  # fmt: skip

    def changes(self, request: Request) -> Response:
        """What changed between a version and the one before it: `/-/changes/<id>?version=2`."""
        choice = chosen(request)
        with self._record(request, choice) as (connection, _, record):
            known = [one.number for one in versions_of(connection, record.id)]
            at = known.index(record.version)
            before = kept(connection, record.id, known[at - 1]) if at else None
        if before is None:
            raise HTTPException(404, "There is no version before this one.")
        old = before.read()
        return self.templates.page(
            "changes.html", choice, record=record, before=old, turns=versions.compare(old, record),
            fields=versions.other_fields(old, record),
        )  # fmt: skip

    def received(self, request: Request) -> Response:
        """The page as it was received, for a frame: `/-/received/<id>`; its source: `/-/source/<id>`."""
        choice = chosen(request)
        with self._record(request, choice) as (_, one, record):
            page = received(record, one.folder)
        if isinstance(page, str):
            answer = self.templates.page("no_page.html", choice, 404, reason=page)
            answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors 'self'"
            return answer
        if request.url.path.startswith("/-/source/"):
            return as_plain(page.text)
        headers = {"Content-Security-Policy": POLICY}
        return Response(still(page.text).encode("utf-8", "replace"), headers=headers, media_type="text/html")

    @contextmanager
    def _record(self, request: Request, choice: Choice) -> Iterator[tuple[Connection, Kept, Transcript]]:
        record_id = f"{request.path_params['site']}/{request.path_params['number']}"
        with self.archive.reading() as connection:
            one = kept(connection, record_id, choice.version)
            if one is None:
                raise HTTPException(404, "There is no such transcript in this archive.")
            yield connection, one, one.read()


def _with_suffix(connection: Connection, record_id: str, version: int | None) -> tuple[Kept | None, str]:
    """A record, and the suffix that its address had; a number may end like one."""
    one = kept(connection, record_id, version)
    if one is None:
        for suffix in SUFFIXES:
            if record_id.endswith(suffix):
                return kept(connection, record_id.removesuffix(suffix), version), suffix
    return one, ""
