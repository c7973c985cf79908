"""
The shapes that check: what a figure, its evidence, its chain and its document must look like.

Shapes validate; tables (see tables.py) only keep. Unknown is None or an empty tuple, never 0 and never "all".
A count whose low lies above its high, or an as-of after its publication, *can* be held in a shape: what a
document printed is recorded and held for review, not lost. What a person types is refused at the command line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from db.canonical import LARGEST_INTEGER, content_id
from db.vocabulary import (
    Age,
    AsOfBasis,
    Basis,
    Condition,
    CountedBy,
    Directness,
    LinkKind,
    Modality,
    Origin,
    Outcome,
    Qualifier,
    ScopeCode,
    Sex,
    SourceKind,
    State,
    Status,
    Subgroup,
    Tally,
    Unit,
    Zone,
)

People = Annotated[int, Field(strict=True, ge=0, le=LARGEST_INTEGER)]
"""A whole number of people (or households): never negative, never a fraction."""
Name = Annotated[str, Field(min_length=1, max_length=1000)]
Position = int | str | None
"""Another figure: its 0-based place in the same document before recording, its id (hex) afterwards."""


class Shape(BaseModel):
    """A value that checks itself once and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bounds(Shape):
    """A number as low, best and high, each of which may be absent, with the qualifier and the words of the text."""

    low: People | None = None
    best: People | None = None
    high: People | None = None
    qualifier: Qualifier = "exact"
    text: str

    @property
    def value(self) -> int | None:
        """The number that stands for these bounds where one is needed: best, else low, else high."""
        if self.best is not None:
            return self.best
        return self.low if self.low is not None else self.high

    @property
    def is_ordered(self) -> bool:
        """Whether low <= best <= high, as far as they are given."""
        if self.low == self.best == self.high:
            return True
        given = [bound for bound in (self.low, self.best, self.high) if bound is not None]
        return given == sorted(given)


class Count(Bounds):
    """How many, in people (or households)."""

    @classmethod
    def exactly(cls, number: int, text: str | None = None) -> Self:
        """A plain N: all three bounds."""
        return cls(low=number, best=number, high=number, text=text if text is not None else str(number))


class Share(Bounds):
    """A part of another figure, as integers in parts per million of that whole: 70 per cent is 700000."""

    of: Position = None


class ScopeNote(Shape):
    """What the text says the count includes or excludes; only the code enters the definition's key."""

    code: ScopeCode
    text: str = ""


class Definition(Shape):
    """
    What a figure counts (the event it is filed under stands beside it, not in it).

    `group` and `place` hold the catalogue's or place table's name, several joined by " + " for a union.
    `since` and `until` belong to the tallies `cumulative` and `incident`; `hours` to `period`, `added` and `rate`.
    """

    outcome: Outcome
    group: Name | None = None
    affiliation: Name | None = None
    status: Status | None = None
    age: Age | None = None
    sex: Sex | None = None
    subgroup: Subgroup | None = None
    condition: Condition | None = None
    unit: Unit = "person"
    place: Name | None = None
    cause: Name | None = None
    actor: Name | None = None
    basis: Basis | None = None
    directness: Directness | None = None
    counted_by: CountedBy | None = None
    includes: tuple[ScopeNote, ...] = ()
    excludes: tuple[ScopeNote, ...] = ()
    tally: Tally = "unstated"
    since: date | None = None
    until: date | None = None
    hours: Annotated[int, Field(strict=True, gt=0, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def _days_fit_the_tally(self) -> Self:
        if (self.since or self.until) and self.tally not in ("cumulative", "incident"):
            raise ValueError(f"since and until belong to a cumulative or incident count, not to {self.tally!r}")
        if self.hours is not None and self.tally not in ("period", "added", "rate"):
            raise ValueError(f"hours belong to a period, added or rate count, not to {self.tally!r}")
        return self

    @cached_property
    def key(self) -> bytes:
        """The 32-byte identifier of this definition: equal definitions have one key."""
        return content_id(self._facets())

    @cached_property
    def core_key(self) -> bytes:
        """The key of the authority's line: without basis, includes, excludes and since."""
        return content_id(self._facets(without=("basis", "includes", "excludes", "since")))

    def changed(self, **facets: Any) -> Self:
        """The same definition with some facets changed, checked anew."""
        return type(self).model_validate({**{name: getattr(self, name) for name in Definition.model_fields}, **facets})

    def _facets(self, without: Sequence[str] = ()) -> dict[str, object]:
        facets = {name: getattr(self, name) for name in Definition.model_fields if name not in without}
        for listed in ("includes", "excludes"):
            if listed in facets:
                facets[listed] = sorted({note.code for note in getattr(self, listed)})
        return facets


class Period(Shape):
    """The local calendar days that a period or added count covers, both included."""

    from_day: date
    to_day: date


class Chain(Shape):
    """
    Who stands behind a figure, from the publisher outward.

    Attributes:
        attribution: the named links, nearest first, without the publisher; the catalogue's names where it
            knows them, else as printed.
        written: every chain as the document printed it (the first is `attribution`, the rest `parallel`);
            these words, not the resolved names, enter a figure's id.
        parallel: further chains beside the first ("Mediazona; Meduza").
        issuer: the last named link raised along `speaks_for`; the publisher when it speaks in its own voice;
            None where the text hides it.
        issuer_words: the words that hide the issuer ("officials said").
        authority: the body that keeps the count; None where the issuer is hidden.
        compiled_from: authorities whose numbers the issuer summed or modelled.
    """

    attribution: tuple[Name, ...] = ()
    written: tuple[tuple[Name, ...], ...] = ()
    parallel: tuple[tuple[Name, ...], ...] = ()
    issuer: Name | None = None
    issuer_words: Name | None = None
    authority: Name | None = None
    compiled_from: tuple[Name, ...] = ()

    @cached_property
    def key(self) -> bytes:
        """The 32-byte identifier of this chain, resolved names included (a figure's id holds `written` only)."""
        return content_id(self.model_dump())


class Evidence(Shape):
    """
    The exact words that carry a figure (W3C Web Annotation, TextQuoteSelector and TextPositionSelector).

    `start` and `end` are offsets in code points into the reading. A data row has a `locator` instead
    (RFC 6901 for JSON, RFC 7111 for CSV, `Sheet1!E11`), its quote is `column: value` as stored, and `row_key`
    is the mapping's key columns with their values and the column (`report_date=2023-10-16 killed_cum`): the
    row's lasting identity, where the locator is only where it was seen.
    """

    quote: Annotated[str, Field(min_length=1)]
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None
    prefix: str = ""
    suffix: str = ""
    zone: Zone = "body"
    locator: str | None = None
    row_key: str | None = None


class Figure(Shape):
    """
    One reported number, as one document gave it.

    `part_of` and `earlier_value_of` are 0-based places in the same document until the figure is recorded.
    `as_of` is a local calendar day of the issuer, never shifted; `as_of_time` its time of day as the text gives
    it, with the offset where one is stated ("18:00", "18:00+03:00").
    """

    count: Count | None = None
    share: Share | None = None
    definition: Definition
    chain: Chain
    evidence: Evidence
    publisher: Name | None = None
    published: date | None = None
    as_of: date | None = None
    as_of_time: str | None = None
    as_of_basis: AsOfBasis | None = None
    period: Period | None = None
    modality: Modality = "reported"
    part_of: Position = None
    earlier_value_of: Position = None
    doubts: tuple[str, ...] = ()
    origin: Origin
    event: Name | None = None

    @model_validator(mode="after")
    def _counts_or_shares(self) -> Self:
        if (self.count is None) == (self.share is None):
            raise ValueError("a figure has either a count or a share")
        if (self.as_of is None) != (self.as_of_basis is None):
            raise ValueError("an as-of day and its basis stand together")
        return self


class Document(Shape):
    """
    What was published at an address on a date.

    Its identity is its canonical address; without one, the SHA-256 of its bytes with publisher and published
    date as given, never a path.
    """

    address: str | None = None
    publisher: Name | None = None
    published: date | None = None
    bytes_sha256: str | None = None

    @model_validator(mode="after")
    def _has_identity(self) -> Self:
        if not self.address and not self.bytes_sha256:
            raise ValueError("a document needs its address or the SHA-256 of its bytes")
        return self

    @cached_property
    def id(self) -> bytes:
        """The 32-byte identifier of this document."""
        if self.address:
            return content_id({"address": self.address})
        return content_id({"sha256": self.bytes_sha256, "publisher": self.publisher, "published": self.published})


class Snapshot(Shape):
    """A document's bytes as retrieved at one moment, kept in a WARC file and named by their SHA-256 (hex)."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]
    retrieved_at: datetime
    status: int | None = None
    media_type: str | None = None
    warc_file: str
    warc_offset: Annotated[int, Field(ge=0)]
    warc_length: Annotated[int, Field(gt=0)]

    @field_validator("retrieved_at")
    @classmethod
    def _is_an_instant(cls, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise ValueError("an instant needs its offset from UTC")
        return value


class Reading(Shape):
    """The text that a reader's version took from a snapshot; a dataset's reading has no text of its own."""

    reader_version: Name
    text: str | None = None
    title: str | None = None
    language: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """
    One snapshot of a document as the store knows it, with the readers that read it.

    Ids are hex; `size` is in bytes, `retrieved_at` an instant, `readers` the versions in order of reading, `language`
    (BCP 47) that of the last reading that tells one.
    """

    document: str
    sha256: str
    size: int | None = None
    retrieved_at: datetime | None = None
    status: int | None = None
    media_type: str | None = None
    readers: tuple[str, ...] = ()
    language: str | None = None


class Alias(Shape):
    """A name by which a source is quoted, with its language (BCP 47) where it is known."""

    name: Name
    language: str | None = None


class Source(Shape):
    """An organisation or person that issues or relays figures; `country` is ISO 3166-1 alpha-2."""

    name: Name
    kind: SourceKind = "other"
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    party: Name | None = None
    aliases: tuple[Alias, ...] = ()

    @cached_property
    def id(self) -> bytes:
        """The 32-byte identifier of this source: its name in the catalogue."""
        return content_id({"source": self.name})


class SourceLink(Shape):
    """A dated link between two sources: a spokesman speaks for a body, a ministry is part of a government."""

    source: Name
    kind: LinkKind
    target: Name
    from_day: date | None = None
    to_day: date | None = None


class AuthorityRule(Shape):
    """Which body keeps the count that a source speaks of, and why."""

    source: Name
    authority: Name
    reason: Name
    from_day: date | None = None


class Method(Shape):
    """One dated version of how an authority counts; `usual` holds the facets its figures mean when unsaid."""

    source: Name
    from_day: date
    text: Name
    criteria: tuple[str, ...] = ()
    evidence: str | None = None
    usual: dict[str, str] = Field(default_factory=dict)


class Event(Shape):
    """The war, attack, strike or disaster that figures are about; `within` names the event that holds it."""

    name: Name
    within: Name | None = None
    place: Name | None = None
    from_day: date | None = None
    to_day: date | None = None
    aliases: tuple[Name, ...] = ()

    @cached_property
    def id(self) -> bytes:
        """The 32-byte identifier of this event: its name."""
        return content_id({"event": self.name})


@dataclass(frozen=True, slots=True)
class Recording:
    """
    All that one document gives the record in one transaction.

    `figures` come in the document's order, each with the reason for which the gate holds it, if any. They may
    be a generator, which is read once.
    """

    document: Document
    snapshot: Snapshot
    reading: Reading
    figures: Iterable[tuple[Figure, "Hold | None"]]


@dataclass(frozen=True, slots=True)
class Hold:
    """Why the gate asks a person before a figure is used: the rule's code and one sentence."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something done about a figure after it was recorded: who said so, when, why."""

    id: str
    kind: str
    figure: str | None
    other: str | None
    by: str | None
    on_day: date | None
    reason: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class RecordedFigure:
    """A figure as it stands in the store; ids are hex, `figure.part_of` and `.earlier_value_of` hold ids."""

    id: str
    figure: Figure
    state: State
    recorded_at: datetime
    document: str
    address: str | None
    title: str | None
    snapshot: str
    hold: Hold | None = None
    acts: tuple[Act, ...] = field(default=())
