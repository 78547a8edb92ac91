"""Shards to records: answers in one order, later pages joined, revisits resolved, each decided as a crawl does.

The order is that in which a crawl has the articles, so that of two texts of one article the later is the new version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.items import Page, Provenance, Transcript, WarcPosition
from crawler.site import Site
from crawler.storage.reparsing.answers import Damaged, Gathered, Reader, Seen
from crawler.storage.reparsing.joining import WITHOUT_ORIGINAL, Joined, Joining
from crawler.storage.reparsing.records import Records
from crawler.storage.reparsing.shard import headers_of, page_from, position
from crawler.storage.warc_frames import Place, Unreadable
from crawler.storage.warc_reader import read_at
from crawler.text.articles import Refused, read_page
from crawler.text.times import utc_text
from crawler.visits import moment


class Merge:
    """Writes what the shards of a site's WARC files hold."""

    def __init__(self, site: Site, warcs: Sequence[Path], shards: Sequence[Path], found: Gathered, to: Records) -> None:
        self.site, self.warcs, self.found, self.to = site, warcs, found, to
        self.reader = Reader(shards)
        self.joining = Joining(site, found, self.reader)
        self.joined: dict[Seen, Joined] = {}

    def run(self) -> None:
        """Write all of it. Raises `OSError` where that cannot be done."""
        try:
            for damaged in self.found.damaged:
                self._damage(damaged)
            for _, seen in sorted((self._moment(seen), seen) for seen in self.found.answers):
                if seen.article.number > 1:
                    self._orphan(seen)
                elif seen.kind != "moved" and not (seen.failed and self.joining.had_later(seen)):
                    self._settle(seen)
        finally:
            self.reader.close()

    def _moment(self, seen: Seen) -> str:
        """When an article was had: with the last of its pages."""
        source = self.joining.source(seen) if seen.article.number == 1 else None
        if source is None or source.kind != "body":
            return seen.when
        self.joined[seen] = self.joining.joined(seen, source)
        return self.joined[seen].when

    def _damage(self, damaged: Damaged) -> None:
        """Whose page it was nobody can tell; the address says where it stands."""
        inside = f" (byte {damaged.inside} of its member)" if damaged.inside else ""
        why = Refused("damaged", f"offset {damaged.offset}{inside}: {damaged.reason}")
        warc = {"file": damaged.file.name, "offset": damaged.offset, "record_id": None}
        self.to.refuse(f"warc:{damaged.file.name}", why, None, warc)

    def _orphan(self, seen: Seen) -> None:
        """A later page is read with its first; without one it is said."""
        if not self.joining.has_first(seen):
            self._refuse(seen, Refused("incomplete", "page 1 is not in the archive"))

    def _settle(self, seen: Seen) -> None:
        source = self.joining.source(seen)
        if source is None:
            self._refuse(seen, Refused("damaged", WITHOUT_ORIGINAL))
        elif source.kind == "body":
            self._take(seen, self._whole(seen, source))
        elif source.url != seen.url:
            self._elsewhere(seen, source)
        elif source.kind == "record":
            self._record(seen, source)
        elif source.kind == "refused":
            self._refuse(seen, Refused(*self.reader.answer(source).said))

    def _elsewhere(self, seen: Seen, source: Seen) -> None:
        """A revisit of what another address had: what is read there hangs on the address, so it is read again."""
        found = read_at(Place(self.warcs[source.source], source.offset, source.inside))
        if isinstance(found, Unreadable):
            self._refuse(seen, Refused("damaged", found.reason))
            return
        page = replace(page_from(found, self.site), url=seen.url, fetched_at=_fetched(seen), warc=_position(seen))
        self._take(seen, page, headers_of(found))

    def _record(self, seen: Seen, source: Seen) -> None:
        """A record as the shard has it; as a revisit has it, it is the same but for when it was fetched."""
        line, brief = self.reader.payload(source), self.reader.answer(source).brief
        assert brief
        place = _position(seen)
        changed: dict[str, Any] = {
            "fetched_at": _fetched(seen),
            "fetched_url": seen.url,
            "warc": WarcPosition.model_construct(**place) if place else None,
        }
        if source is seen:
            self.to.take_line(line, brief, Provenance.model_construct(**changed))
        else:
            item = Transcript.model_validate_json(line)
            provenance = item.provenance.model_copy(update=changed)
            self.to.take(item.model_copy(update={"provenance": provenance}))

    def _whole(self, seen: Seen, source: Seen) -> Page:
        """An article with its later pages, or with what is missing of them."""
        joined = self.joined[seen]
        return Page(
            site=self.site.name,
            url=seen.url,
            status=source.status,
            content_type=self.reader.answer(source).content_type,
            fetched_at=_fetched(seen),
            body=self.reader.body(source),
            more=tuple(map(self.reader.body, joined.later)),
            missing=joined.missing,
            warc=_position(seen),
        )

    def _take(self, seen: Seen, page: Page, headers: Mapping[str, str] | None = None) -> None:
        read = read_page(page, self.site, headers or {})
        if isinstance(read, Transcript):
            self.to.take(read)
        else:
            self._refuse(seen, read)

    def _refuse(self, seen: Seen, why: Refused) -> None:
        self.to.refuse(seen.url, why, _fetched(seen), _position(seen))


def _fetched(seen: Seen) -> str:
    return utc_text(moment(seen.when))


def _position(seen: Seen) -> dict[str, Any] | None:
    return position(seen.file, seen.offset, seen.record_id)
