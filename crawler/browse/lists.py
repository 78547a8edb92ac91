"""Lists: conferences under facets, the facets' values, hits of a search. Each as a page, as JSON and as text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crawler.browse import finding, listing, timeline
from crawler.browse.answers import as_json, as_plain, chosen
from crawler.browse.archive import Archive
from crawler.browse.choice import ROLES, Choice
from crawler.browse.rendering import Templates, record_path

FACETS = ("speaker", "outlet")


class Lists:
    """The lists of one archive."""

    def __init__(self, archive: Archive, templates: Templates) -> None:
        self.archive = archive
        self.templates = templates
        self._facets = lru_cache(256)(self._count_facets)

    def conferences(self, request: Request) -> Response:
        """The list: `/`, `/list.json`, `/list.txt`."""
        choice = chosen(request)
        with self.archive.reading() as connection:
            total = listing.count(connection, choice)
            pages = listing.pages_of(total)
            if choice.page > pages:
                raise HTTPException(404, f"There are {pages} pages of these conferences.")
            found = listing.listed(connection, choice)
            facets = self._facets(self.archive.generation, _facet_choice(choice))
        if request.url.path == "/list.json":
            return as_json(_list_json(choice, total, pages, found, facets))
        if request.url.path == "/list.txt":
            return as_plain("".join(f"{one.day or '          '}  {one.id}  {one.title}\n" for one in found))
        bars = (
            timeline.by_month(choice.year, facets["month"])
            if choice.year and choice.year.isdigit()
            else timeline.by_year(facets["year"])
        )
        return self.templates.page(
            "list.html", choice, total=total, pages=pages, conferences=found, facets=facets, bars=bars,
            refused=self.archive.refused, folder=str(self.archive.folder),
        )  # fmt: skip

    def facet(self, request: Request) -> Response:
        """More values of a facet: `/-/speakers`, `/-/outlets`."""
        choice = chosen(request)
        kind = request.url.path.rpartition("/")[2].removesuffix("s")
        with self.archive.reading() as connection:
            values = listing.by_name(connection, kind, choice, listing.MANY)
        return self.templates.page("facet.html", choice, kind=kind, values=values, most=listing.MANY)

    def search(self, request: Request) -> Response:
        """Turns with some words: `/search`, `/search.json`, `/search.txt`."""
        choice = chosen(request)
        with self.archive.reading() as connection:
            facets = self._facets(self.archive.generation, Choice())
            try:
                found = finding.hits(connection, choice) if choice.q else finding.Page([], [], False)
            except ValueError as error:
                raise HTTPException(400, f"{error}.".capitalize()) from None
        if request.url.path == "/search.json":
            return as_json({"q": choice.q, "page": choice.page, "more": found.more, "hits": found.hits})
        if request.url.path == "/search.txt":
            lines = (f"{hit.day or ''}  {hit.id}#{hit.turn}  {hit.label}  {hit.snippet}\n" for hit in found.hits)
            return as_plain("".join(lines))
        return self.templates.page("search.html", choice, found=found, facets=facets, roles=ROLES)

    def hall(self, request: Request) -> Response:
        """A hall's own address is the list of its conferences."""
        choice = Choice(hall=request.path_params["site"])
        with self.archive.reading() as connection:
            if not listing.count(connection, choice):
                raise HTTPException(404, "There is no such page.")
        return RedirectResponse(f"/{choice.query()}", 303)

    def _count_facets(self, _generation: int, choice: Choice) -> dict[str, list[listing.Value]]:
        with self.archive.reading() as connection:
            return {
                "hall": listing.halls(connection, choice),
                "year": listing.years(connection, choice),
                "month": listing.months(connection, choice) if choice.year else [],
                **{kind: listing.by_name(connection, kind, choice) for kind in FACETS},
            }


def _facet_choice(choice: Choice) -> Choice:
    return Choice(**{name: getattr(choice, name) for name in ("hall", "speaker", "outlet", "year", "month")})


def _list_json(
    choice: Choice, total: int, pages: int, shown: list[listing.Listed], facets: dict[str, list[listing.Value]]
) -> dict[str, Any]:
    following = choice.query(page=choice.page + 1) if choice.page < pages else None
    return {
        "total": total,
        "page": choice.page,
        "pages": pages,
        "next": following and f"/list.json{following}",
        "conferences": [{**one._asdict(), "json": record_path(one.id, ".json"), "text": record_path(one.id, ".txt")}
                        for one in shown],
        "facets": {kind: [{"value": one.name, "count": one.many} for one in found] for kind, found in facets.items()},
    }  # fmt: skip
