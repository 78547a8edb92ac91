"""The site as an application: addresses to pages, errors to pages, the guard around all of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from crawler.browse.archive import Archive
from crawler.browse.choice import Choice
from crawler.browse.guard import LOCAL, Guard
from crawler.browse.lists import Lists
from crawler.browse.papers import Papers
from crawler.browse.rendering import Templates
from crawler.storage.datastore import DatastoreError

HEADINGS = {
    400: "That cannot be asked",
    404: "Not here",
    405: "Only to be read",
    500: "Something is wrong here",
    503: "The archive cannot be read",
}
REASONS = {404: "There is no such page.", 500: "The fault is this program's; what happened stands in its log."}


def make_app(archive: Archive, hosts: frozenset[str] = LOCAL, *, any_address: bool = False) -> ASGIApp:
    """The site of an archive, for the names in `hosts`; `any_address`: for every address that is no name as well."""
    templates = Templates()

    def failed(status: int, reason: str) -> Response:
        heading = HEADINGS.get(status, HEADINGS[400])
        return templates.page("error.html", Choice(), status, heading=heading, reason=reason)

    def on_http(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        own = error.detail.endswith(".")  # the framework's own words are no sentence
        return failed(error.status_code, error.detail if own else REASONS.get(error.status_code, error.detail))

    def on_archive(_request: Request, error: Exception) -> Response:
        return failed(503, " ".join(str(getattr(error, "orig", None) or error).split())[:300])

    def on_error(_request: Request, _error: Exception) -> Response:
        return failed(500, REASONS[500])

    site = Starlette(
        routes=_routes(Lists(archive, templates), Papers(archive, templates)),
        exception_handlers={
            HTTPException: on_http,
            DatastoreError: on_archive,
            SQLAlchemyError: on_archive,
            OSError: on_archive,
            Exception: on_error,
        },
    )
    return Guard(site, failed, hosts, any_address=any_address)


def _routes(lists: Lists, papers: Papers) -> list[Route | Mount]:
    static = StaticFiles(directory=Path(__file__).parent / "static")
    return [
        Route("/", lists.conferences),
        Route("/list.json", lists.conferences),
        Route("/list.txt", lists.conferences),
        Route("/search", lists.search),
        Route("/search.json", lists.search),
        Route("/search.txt", lists.search),
        Mount("/-/static", static),
        Route("/-/speakers", lists.facet),
        Route("/-/outlets", lists.facet),
        Route("/-/changes/{site}/{number:path}", papers.changes),
        Route("/-/received/{site}/{number:path}", papers.received),
        Route("/-/source/{site}/{number:path}", papers.received),
        Route("/{site}/{number:path}", papers.transcript),
        Route("/{site}", lists.hall),
    ]
