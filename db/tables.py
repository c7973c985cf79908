"""
The tables that keep the record; they check nothing (see records.py) and are written only by store.py.

Each recorded table is append-only: guards.py puts triggers on every name in `APPEND_ONLY`. `key` is a small
number local to one store; `id` is a SHA-256 that is the same on every machine. No foreign key points to
`figure` or from it, so that it can be partitioned, and loaded in bulk (checking seven references of every row is
a third of an import's time on PostgreSQL): `verify` finds a reference that leads nowhere.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, MetaData, UniqueConstraint, func
from sqlmodel import Field, SQLModel

from db.types import Day, Digest, Instant, JsonText, Key, Number, Words
from db.vocabulary import VOCABULARIES

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """The base of every table, on metadata of our own."""

    metadata = metadata


def _column(kind: Any, *constraints: Any, null: bool = False, **options: Any) -> Any:
    return Field(sa_column=Column(kind, *constraints, nullable=null, **options))


def _key() -> Any:
    return Field(default=None, sa_column=Column(Key, primary_key=True, autoincrement=False))


def _of(vocabulary: str, column: str | None = None) -> CheckConstraint:
    words = ", ".join(f"'{word}'" for word in VOCABULARIES[vocabulary])
    name = column or vocabulary
    return CheckConstraint(f"{name} IN ({words})", name=f"{name}_word")


class EntryRow(Row, table=True):
    """One entry of the ledger: its canonical bytes as hashed."""

    __tablename__ = "entry"
    seq: int = _key()
    kind: str = _column(Words)
    body: bytes = _column(Digest)
    leaf: bytes = _column(Digest)
    recorded_at: datetime = _column(Instant())


class NodeRow(Row, table=True):
    """The hash of one complete subtree above the leaves."""

    __tablename__ = "node"
    level: int = Field(sa_column=Column(Number, primary_key=True, autoincrement=False))
    position: int = Field(sa_column=Column(Number, primary_key=True, autoincrement=False))
    hash: bytes = _column(Digest)


class LedgerHeadRow(Row, table=True):
    """The one row that writers lock: how many entries there are."""

    __tablename__ = "ledger_head"
    __table_args__ = (CheckConstraint("one = 1", name="single"),)
    one: int = Field(sa_column=Column(Number, primary_key=True, autoincrement=False))
    size: int = _column(Number)


class SourceRow(Row, table=True):
    """A source named in a recorded chain or added by hand."""

    __tablename__ = "source"
    __table_args__ = (_of("source_kind", "kind"),)
    key: int = _key()
    id: bytes = _column(Digest, unique=True)
    name: str = _column(Words, unique=True)
    kind: str = _column(Words)
    country: str | None = _column(Words, null=True)
    party: str | None = _column(Words, null=True)
    entry: int = _column(Key, ForeignKey("entry.seq"))


class SourceAliasRow(Row, table=True):
    """A name by which a source is quoted."""

    __tablename__ = "source_alias"
    source: int = Field(sa_column=Column(Key, ForeignKey("source.key"), primary_key=True))
    name: str = Field(sa_column=Column(Words, primary_key=True))
    language: str = Field(sa_column=Column(Words, primary_key=True))
    entry: int = _column(Key, ForeignKey("entry.seq"))


class SourceLinkRow(Row, table=True):
    """A dated link between two sources."""

    __tablename__ = "source_link"
    __table_args__ = (_of("link_kind", "kind"),)
    id: bytes = Field(sa_column=Column(Digest, primary_key=True))
    source: str = _column(Words)
    kind: str = _column(Words)
    target: str = _column(Words)
    from_day: date | None = _column(Day(), null=True)
    to_day: date | None = _column(Day(), null=True)
    entry: int = _column(Key, ForeignKey("entry.seq"))


class AuthorityRow(Row, table=True):
    """Which body keeps the count that a source speaks of."""

    __tablename__ = "authority"
    id: bytes = Field(sa_column=Column(Digest, primary_key=True))
    source: str = _column(Words)
    authority: str = _column(Words)
    reason: str = _column(Words)
    from_day: date | None = _column(Day(), null=True)
    entry: int = _column(Key, ForeignKey("entry.seq"))


class MethodRow(Row, table=True):
    """A dated version of how an authority counts."""

    __tablename__ = "method"
    id: bytes = Field(sa_column=Column(Digest, primary_key=True))
    source: str = _column(Words, index=True)
    from_day: date = _column(Day())
    text: str = _column(Words)
    criteria: list[str] = _column(JsonText())
    evidence: str | None = _column(Words, null=True)
    usual: dict[str, str] = _column(JsonText())
    entry: int = _column(Key, ForeignKey("entry.seq"))


class EventRow(Row, table=True):
    """The war, attack, strike or disaster that figures are about."""

    __tablename__ = "event"
    key: int = _key()
    id: bytes = _column(Digest, unique=True)
    name: str = _column(Words, unique=True)
    within: int | None = _column(Key, ForeignKey("event.key"), null=True)
    place: str | None = _column(Words, null=True)
    from_day: date | None = _column(Day(), null=True)
    to_day: date | None = _column(Day(), null=True)
    entry: int = _column(Key, ForeignKey("entry.seq"))


class EventAliasRow(Row, table=True):
    """Another name of an event."""

    __tablename__ = "event_alias"
    event: int = Field(sa_column=Column(Key, ForeignKey("event.key"), primary_key=True))
    name: str = Field(sa_column=Column(Words, primary_key=True))
    entry: int = _column(Key, ForeignKey("entry.seq"))


class DefinitionRow(Row, table=True):
    """What figures count; equal definitions are one row."""

    __tablename__ = "definition"
    __table_args__ = (
        *(
            _of(facet)
            for facet in (
                "outcome",
                "status",
                "age",
                "sex",
                "subgroup",
                "condition",
                "unit",
                "basis",
                "directness",
                "counted_by",
                "tally",
            )
        ),
    )
    key: int = _key()
    id: bytes = _column(Digest, unique=True)
    core: bytes = _column(Digest, index=True)
    outcome: str = _column(Words)
    population: str | None = Field(default=None, sa_column=Column("group", Words, nullable=True))
    affiliation: str | None = _column(Words, null=True)
    status: str | None = _column(Words, null=True)
    age: str | None = _column(Words, null=True)
    sex: str | None = _column(Words, null=True)
    subgroup: str | None = _column(Words, null=True)
    condition: str | None = _column(Words, null=True)
    unit: str = _column(Words)
    place: str | None = _column(Words, null=True)
    cause: str | None = _column(Words, null=True)
    actor: str | None = _column(Words, null=True)
    basis: str | None = _column(Words, null=True)
    directness: str | None = _column(Words, null=True)
    counted_by: str | None = _column(Words, null=True)
    includes: list[dict[str, str]] = _column(JsonText())
    excludes: list[dict[str, str]] = _column(JsonText())
    tally: str = _column(Words)
    since: date | None = _column(Day(), null=True)
    until: date | None = _column(Day(), null=True)
    hours: int | None = _column(Number, null=True)


class ChainRow(Row, table=True):
    """Who stands behind figures; equal chains are one row."""

    __tablename__ = "chain"
    key: int = _key()
    id: bytes = _column(Digest, unique=True)
    attribution: list[str] = _column(JsonText())
    written: list[list[str]] = _column(JsonText())
    parallel: list[list[str]] = _column(JsonText())
    issuer: str | None = _column(Words, null=True, index=True)
    issuer_words: str | None = _column(Words, null=True)
    authority: str | None = _column(Words, null=True)
    compiled_from: list[str] = _column(JsonText())


class DocumentRow(Row, table=True):
    """What was published at an address on a date."""

    __tablename__ = "document"
    key: int = _key()
    id: bytes = _column(Digest, unique=True)
    address: str | None = _column(Words, null=True)
    publisher: int | None = _column(Key, ForeignKey("source.key"), null=True, index=True)
    published: date | None = _column(Day(), null=True)
    bytes_sha256: bytes | None = _column(Digest, null=True)


class SnapshotRow(Row, table=True):
    """A document's bytes as retrieved at one moment, and where the archive keeps them."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("document", "sha256"),)
    key: int = _key()
    sha256: bytes = _column(Digest)
    document: int = _column(Key, ForeignKey("document.key"))
    size: int = _column(Number)
    retrieved_at: datetime = _column(Instant())
    status: int | None = _column(Number, null=True)
    media_type: str | None = _column(Words, null=True)
    warc_file: str = _column(Words)
    warc_offset: int = _column(Number)
    warc_length: int = _column(Number)


class TextRow(Row, table=True):
    """The text of readings, compressed (zlib), named by the SHA-256 of its UTF-8 bytes."""

    __tablename__ = "text"
    sha256: bytes = Field(sa_column=Column(Digest, primary_key=True))
    body: bytes = _column(Digest)


class ReadingRow(Row, table=True):
    """The text that one reader's version took from a snapshot."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("snapshot", "reader_version"),)
    key: int = _key()
    snapshot: int = _column(Key, ForeignKey("snapshot.key"))
    text_sha256: bytes | None = _column(Digest, ForeignKey("text.sha256"), null=True)
    reader_version: str = _column(Words)
    published: date | None = _column(Day(), null=True)
    language: str | None = _column(Words, null=True)
    title: str | None = _column(Words, null=True)


class FigureRow(Row, table=True):
    """One reported number, as one document gave it. Bounds of a share are parts per million."""

    __tablename__ = "figure"
    __table_args__ = (
        CheckConstraint("low >= 0 AND best >= 0 AND high >= 0", name="counts_people"),
        CheckConstraint("(as_of IS NULL) = (as_of_basis IS NULL)", name="as_of_has_basis"),
    )
    key: int = _key()
    id: bytes = _column(Digest, unique=True)
    document: int = _column(Key, index=True)
    reading: int = _column(Key)
    entry: int = _column(Key)
    definition: int = _column(Key)
    chain: int = _column(Key)
    authority: int | None = _column(Key, null=True)
    event: int | None = _column(Key, null=True)
    low: int | None = _column(Number, null=True)
    best: int | None = _column(Number, null=True)
    high: int | None = _column(Number, null=True)
    qualifier: str = _column(Words)
    words: str = _column(Words)
    is_share: int = _column(Number)
    share_of: bytes | None = _column(Digest, null=True)
    modality: str = _column(Words)
    as_of: date | None = _column(Day(), null=True)
    as_of_time: str | None = _column(Words, null=True)
    as_of_basis: str | None = _column(Words, null=True)
    published: date | None = _column(Day(), null=True)
    from_day: date | None = _column(Day(), null=True)
    to_day: date | None = _column(Day(), null=True)
    part_of: bytes | None = _column(Digest, null=True)
    earlier_value_of: bytes | None = _column(Digest, null=True)
    doubts: str | None = _column(Words, null=True)
    origin: str = _column(Words)
    quote: str = _column(Words)
    prefix: str = _column(Words)
    suffix: str = _column(Words)
    start: int | None = Field(default=None, sa_column=Column("start_at", Number, nullable=True))
    end: int | None = Field(default=None, sa_column=Column("end_at", Number, nullable=True))
    zone: str = _column(Words)
    locator: str | None = _column(Words, null=True)
    row_key: str | None = _column(Words, null=True)
    nth: int = _column(Number)


figure = FigureRow.__table__  # type: ignore[attr-defined]  # made at class creation
Index("ix_figure_series", figure.c.definition, figure.c.authority, figure.c.as_of)
Index("ix_figure_number", figure.c.definition, func.coalesce(figure.c.best, figure.c.low, figure.c.high))
_undated = figure.c.as_of.is_(None)
Index("ix_figure_undated", figure.c.definition, sqlite_where=_undated, postgresql_where=_undated)
Index("ix_figure_event", figure.c.event, figure.c.definition, figure.c.authority, figure.c.as_of)


class LineRow(Row, table=True):
    """Whose figures of which definition were recorded under which event; 0 stands for none."""

    __tablename__ = "line"
    definition: int = Field(sa_column=Column(Key, primary_key=True, autoincrement=False))
    authority: int = Field(sa_column=Column(Key, primary_key=True, autoincrement=False))
    event: int = Field(sa_column=Column(Key, primary_key=True, autoincrement=False, index=True))


class SightingRow(Row, table=True):
    """A recorded figure seen again in a later reading."""

    __tablename__ = "sighting"
    figure_id: bytes = Field(sa_column=Column(Digest, primary_key=True))
    reading: int = Field(sa_column=Column(Key, ForeignKey("reading.key"), primary_key=True, index=True))
    start: int | None = Field(default=None, sa_column=Column("start_at", Number, nullable=True))
    end: int | None = Field(default=None, sa_column=Column("end_at", Number, nullable=True))
    locator: str | None = _column(Words, null=True)
    place: int = _column(Number)
    entry: int = _column(Key, ForeignKey("entry.seq"))


class HeldRow(Row, table=True):
    """Why the gate asks a person before a figure is used."""

    __tablename__ = "held"
    figure_id: bytes = Field(sa_column=Column(Digest, primary_key=True))
    rule: str = _column(Words)
    reason: str = _column(Words)
    entry: int = _column(Key, ForeignKey("entry.seq"))


class ActRow(Row, table=True):
    """Something done about a figure after it was recorded."""

    __tablename__ = "act"
    key: int = _key()
    id: bytes = _column(Digest, unique=True)
    kind: str = _column(Words)
    figure_id: bytes | None = _column(Digest, null=True, index=True)
    other: str | None = _column(Words, null=True)
    by: str | None = Field(default=None, sa_column=Column("by_whom", Words, nullable=True))
    on_day: date | None = _column(Day(), null=True)
    reason: str | None = _column(Words, null=True)
    recorded_at: datetime = _column(Instant())
    entry: int = _column(Key, ForeignKey("entry.seq"))


class WatchRow(Row, table=True):
    """An address that is visited on a schedule; beside the record, and in no ledger entry."""

    __tablename__ = "watch"
    key: int = _key()
    name: str = _column(Words, unique=True)
    kind: str = _column(Words)
    address: str = _column(Words)
    every: int | None = _column(Number, null=True)
    cron: str | None = _column(Words, null=True)
    timezone: str = _column(Words)
    publisher: str | None = _column(Words, null=True)
    event: str | None = _column(Words, null=True)
    mapping: str | None = _column(Words, null=True)
    match: str | None = _column(Words, null=True)
    state: str = _column(Words)
    why: str | None = _column(Words, null=True)
    failures: int = _column(Number)
    figures: int = _column(Number)
    added_at: datetime = _column(Instant())
    next_due: datetime = _column(Instant(), index=True)
    notice_outcome: str | None = _column(Words, null=True)
    notice_group: str | None = _column(Words, null=True)
    notice_status: str | None = _column(Words, null=True)
    notice_place: str | None = _column(Words, null=True)
    notice_event: str | None = _column(Words, null=True)


class RunRow(Row, table=True):
    """One visit of a watch; a slot of its schedule is taken once."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("watch", "slot"),)
    key: int = _key()
    watch: str = _column(Words)
    slot: datetime = _column(Instant())
    started_at: datetime = _column(Instant())
    ended_at: datetime | None = _column(Instant(), null=True)
    outcome: str | None = _column(Words, null=True)
    pages: int = _column(Number)
    unchanged: int = _column(Number)
    new: int = _column(Number)
    held: int = _column(Number)
    failed: int = _column(Number)
    cause: str | None = _column(Words, null=True)
    ledger_size: int | None = _column(Number, null=True)


class VisitedRow(Row, table=True):
    """What an address answered last, for asking only for what changed since."""

    __tablename__ = "visited"
    address: str = Field(sa_column=Column(Words, primary_key=True))
    status: int = _column(Number)
    etag: str | None = _column(Words, null=True)
    last_modified: str | None = _column(Words, null=True)
    sha256: bytes | None = _column(Digest, null=True)
    first_seen: datetime = _column(Instant())
    last_seen: datetime = _column(Instant())


class HostRow(Row, table=True):
    """When a host may be asked again; all workers of a store keep to it."""

    __tablename__ = "host"
    name: str = Field(sa_column=Column(Words, primary_key=True))
    free_at: datetime = _column(Instant())


class WorkerRow(Row, table=True):
    """A process that visits watches, and when it last said that it is alive."""

    __tablename__ = "worker"
    id: str = Field(sa_column=Column(Words, primary_key=True))
    seen_at: datetime = _column(Instant())


class NoticeRow(Row, table=True):
    """What is to be told of a visit, until it was."""

    __tablename__ = "notice"
    key: int = _key()
    id: bytes = _column(Digest, unique=True)
    watch: str = _column(Words, index=True)
    content: str = _column(Words)
    is_written: int = _column(Number)


for _table in metadata.tables.values():
    _table.dialect_options["sqlite"]["strict"] = True  # SQLite then refuses values of another type

OPERATIONAL = frozenset({"watch", "run", "visited", "host", "worker", "notice"})
"""What keeps watches going: no part of the record."""
APPEND_ONLY: tuple[str, ...] = tuple(sorted(set(metadata.tables) - {"ledger_head"} - OPERATIONAL))
"""The tables whose rows the database refuses to change or delete."""
