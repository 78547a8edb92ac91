"""The datastore's tables: the record as a relational database has it.

A list of things is a table, a list of plain words a JSON array. Each row of `transcript` and of what hangs on it is
of the transcript's newest version; `version` keeps them all. `null` means what it means in the record: the page does
not say. A change is a new table, index or nullable column: an older datastore gets them when it is opened, and what
they hold with the next load.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

#: Raised with every change: what an older program does not know of, it would not keep up.
VERSION = 2

metadata = MetaData()
# SQLite keys its rows by themselves only in an INTEGER; offsets and numbers of PostgreSQL need more than 32 bits.
Big = BigInteger().with_variant(Integer, "sqlite")
Words = JSON().with_variant(JSONB(), "postgresql")


def _of_transcript() -> Column[str]:
    return Column("transcript_id", Text, ForeignKey("transcript.id"), primary_key=True)


def _position(comment: str = "in the record, from 1") -> Column[int]:
    return Column("position", Integer, primary_key=True, autoincrement=False, comment=comment)


datastore = Table(
    "datastore",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False, comment="of these tables"),
    Column("folds", Text, comment="digest of the table of scripts and widths that the search index is made with"),
    comment="What these tables are; one row",
)

source = Table(
    "source",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("offset", Big, nullable=False, comment="the byte up to which it is loaded"),
    Column("digest", Text, nullable=False, comment="BLAKE2b of the file up to there; empty: read it all again"),
    comment="The files that were loaded",
)

rejected = Table(
    "rejected",
    metadata,
    Column("source", Integer, ForeignKey("source.number"), primary_key=True),
    Column("offset", Big, primary_key=True, autoincrement=False, comment="byte at which the line begins"),
    Column("reason", Text, nullable=False),
    comment="Quarantine: lines that are no record or cannot be stored",
)

transcript = Table(
    "transcript",
    metadata,
    Column("id", Text, primary_key=True, comment="<site>/<article number>"),
    Column("number", Integer, nullable=False, unique=True, comment="counts the transcripts of this datastore"),
    Column("version", Integer, nullable=False, comment="the newest, whose text this is"),
    Column("schema_version", Integer, nullable=False, comment="of the record's format"),
    Column("site", Text, nullable=False),
    Column("day", Date, comment="on which it was held, else published"),
    Column("url", Text, nullable=False),
    Column("language", Text, nullable=False, comment="BCP 47: zh-Hans, zh-Hant, en"),
    Column("title", Text, nullable=False),
    Column("breadcrumbs", Words, nullable=False, comment="JSON array, outermost first"),
    Column("published_at", Text, comment="ISO 8601 with offset, or a date alone"),
    Column("event_date", Text),
    Column("event_time", Text),
    Column("event_place", Text),
    Column("summary", Text, comment="the lead before the transcript"),
    Column("source", Text, comment="that the page names"),
    Column("editors", Words, nullable=False, comment="JSON array"),
    Column("content_hash", Text, nullable=False, comment="equal for copies of one text, whatever their script"),
    Column("unresolved", Integer, nullable=False, comment="damaged places seen and left"),
    Column("damage_samples", Words, nullable=False, comment="JSON array"),
    Column("damage_flags", Words, nullable=False, comment="JSON array: what was put in that nobody can tell apart"),
    Column("fetched_at", Text, nullable=False, comment="ISO 8601, UTC"),
    Column("fetched_url", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("layout", Text, nullable=False),
    Column("body_digest", Text, nullable=False, comment="of the first page's bytes, decompressed"),
    Column("warc_file", Text, comment="where the archived response stands"),
    Column("warc_offset", Big),
    Column("warc_record", Text),
    Column("crawler", Text, nullable=False, comment="program and version"),
    Column("event_id", Text, comment="of the conference: equal for its editions in other languages"),
    Column("captured_at", Text, comment="ISO 8601, UTC: when the web archive fetched the page that gave it"),
    Index("transcript_day", "day"),
    Index("transcript_event", "event_id", postgresql_using="hash"),
    comment="Press conferences, each in its newest version",
)

turn = Table(
    "turn",
    metadata,
    Column("number", Big, primary_key=True, autoincrement=False, comment="downwards: newest day first, turns in order"),
    Column("transcript_id", Text, ForeignKey("transcript.id"), nullable=False),
    Column("position", Integer, nullable=False, comment="in the record, from 1"),
    Column("turn_id", Text, nullable=False, comment="t1, t2, …"),
    Column("label", Text, nullable=False, comment="as printed"),
    Column("speaker", Text, comment="a person's name"),
    Column("role", Text, nullable=False, comment="host, official, reporter, interpreter or unknown"),
    Column("affiliation", Text, comment="the reporter's outlet, or the body that an official speaks for"),
    Column("time", Text, comment="as printed with the turn"),
    Column("text", Text, nullable=False),
    Index("turn_place", "transcript_id", "position", unique=True),
    # Equality is all that is asked of a name, and a hash takes one of any length.
    Index("turn_speaker", "speaker", postgresql_using="hash"),
    comment="Speeches",
)

participant = Table(
    "participant",
    metadata,
    _of_transcript(),
    _position(),
    Column("name", Text),
    Column("organisation", Text),
    Column("titles", Words, nullable=False, comment="JSON array"),
    Column("text", Text, nullable=False, comment="the words on the page"),
    Index("participant_name", "name", postgresql_using="hash"),
    comment="Guests as the page lists them",
)

edition = Table(
    "edition",
    metadata,
    _of_transcript(),
    _position(),
    Column("language", Text, nullable=False, comment="BCP 47"),
    Column("url", Text, nullable=False),
    comment="The same conference in other languages, as the page links it",
)

exchange = Table("exchange", metadata, _of_transcript(), _position(), comment="Questions with their answers")

exchange_turn = Table(
    "exchange_turn",
    metadata,
    _of_transcript(),
    Column("exchange", Integer, primary_key=True, autoincrement=False, comment="its position"),
    Column("part", Text, primary_key=True, comment="question or answer"),
    _position("in the question or answer, from 1"),
    Column("turn_id", Text, nullable=False),
    comment="The turns of each exchange",
)

image = Table(
    "image",
    metadata,
    _of_transcript(),
    _position(),
    Column("url", Text, nullable=False),
    Column("caption", Text),
    comment="Pictures in the article",
)

change = Table(
    "change",
    metadata,
    _of_transcript(),
    _position(),
    Column("kind", Text, nullable=False, comment="spam_block, pinyin, byte_shift, punctuation, …"),
    Column("at", Text, nullable=False, comment="<place>:<offset>, where `after` stands in the record"),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("certain", Boolean, nullable=False),
    Column("margin", Float, comment="by which a chosen `after` won, in nats"),
    comment="What cleaning changed in the page's own text",
)

version = Table(
    "version",
    metadata,
    _of_transcript(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", Text, nullable=False),
    Column("fetched_at", Text, nullable=False),
    Column("source", Integer, ForeignKey("source.number"), nullable=False, comment="the file that it was read from"),
    Column("offset", Big, comment="byte at which its line begins; null: not seen again yet in a file that changed"),
    Column("digest", Text, nullable=False, comment="BLAKE2b of the line"),
    Column("record", Text, nullable=False, comment="the line: JSON"),
    Index("version_digest", "digest"),
    comment="Each version of each transcript, as its line in transcripts.jsonl has it",
)
_unseen = version.c.offset.is_(None)
Index("version_unseen", version.c.source, sqlite_where=_unseen, postgresql_where=_unseen)

#: The tables that hang on a transcript's newest version.
PARTS = (turn, participant, edition, exchange, exchange_turn, image, change)
