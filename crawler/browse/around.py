"""What stands around a transcript: the hall's conferences before and after it, and the same one in other languages."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select, tuple_

from crawler.browse.shelf import conference
from crawler.items import Transcript
from crawler.storage.datastore.schema import transcript

LANGUAGES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}


class Neighbour(NamedTuple):
    """A conference nearby."""

    id: str
    day: str
    title: str


class Other(NamedTuple):
    """An edition in another language: `id` where it is in this archive, else where its page is."""

    language: str
    name: str
    id: str | None
    url: str


class Around(NamedTuple):
    """The conference before in time, the one after, and the editions."""

    before: Neighbour | None
    after: Neighbour | None
    others: list[Other]


def around(connection: Connection, record: Transcript) -> Around:
    """What stands around a record, in the order of the list."""
    place = tuple_(conference.c.day, conference.c.number)
    here = select(conference.c.day, conference.c.number).where(conference.c.id == record.id)
    day, number = connection.execute(here).one()
    wanted = select(conference.c.id, conference.c.day, conference.c.title).where(conference.c.site == record.site)
    older = wanted.where(place < (day, number)).order_by(conference.c.day.desc(), conference.c.number.desc())
    newer = wanted.where(place > (day, number)).order_by(conference.c.day, conference.c.number)
    nearest = [connection.execute(one.limit(1)).one_or_none() for one in (older, newer)]
    before, after = (Neighbour(*row) if row else None for row in nearest)
    return Around(before, after, _others(connection, record))


def _others(connection: Connection, record: Transcript) -> list[Other]:
    """The editions in the archive, then those that the page links and the archive has not."""
    columns = transcript.c.language, transcript.c.id, transcript.c.url
    same = transcript.c.event_id == record.event.id, transcript.c.id != record.id
    rows = connection.execute(select(*columns).where(*same).order_by(*columns)).all() if record.event.id else []
    found = [Other(language, name_of(language), key, url) for language, key, url in rows]
    had = {one.url for one in found}
    linked = [one for one in record.event.editions if one.url not in had]
    return [*found, *(Other(one.language, name_of(one.language), None, one.url) for one in linked)]


def name_of(language: str) -> str:
    """A language in its own words."""
    return LANGUAGES.get(language, language)
