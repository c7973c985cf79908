"""
The shape of a dataset mapping: which column says what, as a TOML file writes it (docs/mappings.md).

A mapping is data. Whatever a dataset needs is said with these words or not at all: no mapping runs code.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from db.records import Definition, ScopeNote
from db.vocabulary import AsOfBasis, Qualifier

Scalar = str | int | date
Bound = Literal["low", "best", "high"]
Format = Literal["csv", "tsv", "json", "jsonl", "xlsx", "parquet"]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


def _names_a_day(written: str) -> str:
    day = datetime(2001, 12, 24)
    if written != "iso" and datetime.strptime(day.strftime(written), written) != day:
        raise ValueError(f"{written!r} does not give year, month and day (iso, or strptime's letters: %d/%m/%Y)")
    return written


DayFormat = Annotated[str, Field(max_length=100), AfterValidator(_names_a_day)]

FACETS = tuple(Definition.model_fields)
"""The fields of db.records.Definition, which a mapping sets under the same names."""


class Part(BaseModel):
    """A table of a mapping file: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Value(Part):
    """
    Where a facet's word comes from: always the same, or a column of the row through a map.

    Attributes:
        map: the column's text to the facet's word; "" says that the facet is not stated. Without a map the column
            holds the word itself.
        format: how a day is written in the column ("iso", or strptime's letters).
    """

    always: Scalar | None = None
    column: Text | None = None
    map: dict[str, Scalar] | None = None
    format: DayFormat = "iso"

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if (self.always is None) == (self.column is None):
            raise ValueError("give one value, or a column with its map")
        return self


class Test(Part):
    """What a condition asks of one cell; everything that is given must hold."""

    is_one_of: tuple[Scalar, ...] | None = Field(None, alias="is")
    is_none_of: tuple[Scalar, ...] | None = Field(None, alias="not")
    before: date | None = None
    from_day: date | None = Field(None, alias="from")
    present: bool | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("a condition asks for is, not, before, from or present")
        return self


def _as_value(given: Any) -> Any:
    return {"always": given} if isinstance(given, Scalar) and not isinstance(given, bool) else given


def _as_test(given: Any) -> Any:
    if isinstance(given, dict):
        return {key: [one] if key in ("is", "not") and not isinstance(one, list) else one for key, one in given.items()}
    return {"is": given if isinstance(given, list) else [given]}


FacetValue = Annotated[Value, BeforeValidator(_as_value)]
Conditions = dict[str, Annotated[Test, BeforeValidator(_as_test)]]


class Meaning(Part):
    """What a count means, facet by facet; a table states only the facets it sets."""

    outcome: FacetValue | None = None
    group: FacetValue | None = None
    affiliation: FacetValue | None = None
    status: FacetValue | None = None
    age: FacetValue | None = None
    sex: FacetValue | None = None
    subgroup: FacetValue | None = None
    condition: FacetValue | None = None
    unit: FacetValue | None = None
    place: FacetValue | None = None
    cause: FacetValue | None = None
    actor: FacetValue | None = None
    basis: FacetValue | None = None
    directness: FacetValue | None = None
    counted_by: FacetValue | None = None
    includes: tuple[ScopeNote, ...] | None = None
    excludes: tuple[ScopeNote, ...] | None = None
    tally: FacetValue | None = None
    since: FacetValue | None = None
    until: FacetValue | None = None
    hours: FacetValue | None = None
    modality: FacetValue | None = None
    qualifier: FacetValue | None = None
    source: Text | None = None


class Alone(Part):
    """How a bound is read when its row gives no other: its qualifier, and the doubts to keep with it."""

    qualifier: Qualifier
    doubts: tuple[Text, ...] = ()


class PeriodColumns(Part):
    """The columns of the first and the last day that a count covers."""

    from_column: Text = Field(alias="from")
    to_column: Text = Field(alias="to")
    format: DayFormat = "iso"


class FigureRule(Meaning):
    """
    One figure a row: the column of its count, or the columns of its bounds, and what it counts.

    Attributes:
        times: people that one unit of the column stands for (1000 for "in thousands").
        optional: whether the column may be missing from the file.
        part_of: the column of an earlier rule, whose figure in the same row this one is a part of.
        alone: by bound ("low", "best", "high"), how that bound is read where the row gives it alone.
    """

    column: Text | None = None
    low: Text | None = None
    best: Text | None = None
    high: Text | None = None
    times: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1
    optional: bool = False
    part_of: Text | None = None
    period: PeriodColumns | None = None
    alone: dict[Bound, Alone] = {}
    doubts: tuple[Text, ...] = ()

    @property
    def bounds(self) -> dict[Bound, str]:
        """The columns of a count given as bounds; empty for a single column."""
        given: dict[Bound, str | None] = {"low": self.low, "best": self.best, "high": self.high}
        return {bound: column for bound, column in given.items() if column}

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the count is read from."""
        return (self.column,) if self.column else tuple(self.bounds.values())

    @model_validator(mode="after")
    def _counts_something(self) -> Self:
        if (self.column is None) == (not self.bounds):
            raise ValueError("a figure has either its column, or columns for low, best or high")
        return self


class Case(Part):
    """A rule for some rows or columns: where every condition holds, these facets replace the others."""

    conditions: Conditions = Field(default={}, alias="if")
    columns: tuple[Text, ...] | None = None
    set: Meaning = Meaning()
    doubts: tuple[Text, ...] = ()


class Refusal(Part):
    """Cells that are no reported figures: these columns (all, where none are named) where the conditions hold."""

    reason: Text
    columns: tuple[Text, ...] | None = None
    conditions: Conditions = Field(default={}, alias="if")

    @model_validator(mode="after")
    def _refuses_something(self) -> Self:
        if self.columns is None and not self.conditions:
            raise ValueError("a refusal names its columns, its conditions, or both")
        return self


class SourceEntry(Part):
    """
    Who stands behind a figure (design: attribution), nearest to the publisher first, without the publisher.

    Attributes:
        parallel: further chains beside the first.
        issuer_words: the words that hide the issuer; the figure then has none.
        own: the publisher speaks in its own voice.
    """

    chain: tuple[Text, ...] = ()
    parallel: tuple[tuple[Text, ...], ...] = ()
    issuer_words: Text | None = None
    own: bool = False
    compiled_from: tuple[Text, ...] = ()
    doubts: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _names_someone(self) -> Self:
        if self.own == bool(self.chain or self.issuer_words):
            raise ValueError("a source gives its chain or issuer_words, or else says own = true")
        return self

    @property
    def written(self) -> tuple[tuple[str, ...], ...]:
        """Every chain, the first one first."""
        return (self.chain, *self.parallel) if self.chain else self.parallel


class SourceRule(Part):
    """
    A named way to tell a figure's source: always the same, by a column's value, or the column's text as a name.

    >>> SourceRule.model_validate({"always": {"chain": ["OCHA"]}}).always.chain
    ('OCHA',)
    """

    always: SourceEntry | None = None
    column: Text | None = None
    values: dict[str, SourceEntry] = {}
    as_printed: bool = False

    @model_validator(mode="after")
    def _is_told_one_way(self) -> Self:
        if (self.always is None) == (self.column is None):
            raise ValueError("a source is always the same, or told by a column")
        if self.column and not self.values and not self.as_printed:
            raise ValueError("a source column needs its values, or as_printed = true")
        return self


class DayRule(Part):
    """
    Where a day stands: in a column, in part of a column's text, or given.

    Attributes:
        pattern: a regular expression with the groups year, month and day.
        optional: whether a row without it is still imported; always so with a pattern.
        basis: for an as-of day, how the dataset knows it.
    """

    column: Text | None = None
    day: date | None = None
    format: DayFormat = "iso"
    pattern: Text | None = None
    optional: bool = False
    basis: AsOfBasis = "stated"

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Self:
        if (self.column is None) == (self.day is None):
            raise ValueError("a day is given once, or stands in a column")
        return self


class DatasetPart(Part):
    """What the dataset is: its publisher, its lasting address, and how its file is laid out."""

    publisher: Text
    format: Format
    title: Text | None = None
    address: Text | None = None
    licence: Text | None = None
    encoding: Text = "utf-8-sig"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    header_row: Annotated[int, Field(ge=1, le=1000)] = 1
    sheet: Text | None = None
    records: str = ""


class CellsPart(Part):
    """
    How the text of a cell is understood; the quote keeps it as stored.

    Attributes:
        trim: spaces around the text are not part of it.
        thousands: the mark that groups digits by three.
        empty: texts that give no value.
        integral_decimals: "12.0" is twelve.
    """

    trim: bool = False
    thousands: Annotated[str, Field(pattern=r"^[,. '’\u00a0\u202f]$")] | None = None
    empty: tuple[str, ...] = ("",)
    integral_decimals: bool = False


class EventPart(Part):
    """The event that the figures are filed under; importing with the mapping creates it."""

    name: Text
    within: Text | None = None
    place: Text | None = None
    from_day: date | None = Field(None, alias="from")
    to_day: date | None = Field(None, alias="to")
    aliases: tuple[Text, ...] = ()


class RowPart(Part):
    """A row's identity (the key columns) and its days."""

    key: Annotated[tuple[Text, ...], Field(min_length=1)]
    as_of: DayRule | None = None
    published: DayRule | None = None


class Mapping(Part):
    """
    A whole mapping. `where` is its name in messages.

    Figures of one row come in the order of their rules; among facets, `cases` win over a figure's own, and these
    over `defaults`; the last case that holds wins.
    """

    where: str = ""
    dataset: DatasetPart
    cells: CellsPart = CellsPart()
    event: EventPart | None = None
    row: RowPart
    sources: dict[str, SourceRule] = {}
    defaults: Meaning = Meaning()
    figures: Annotated[tuple[FigureRule, ...], Field(min_length=1, max_length=1000)]
    cases: tuple[Case, ...] = ()
    refuse: tuple[Refusal, ...] = ()
    ignore: tuple[str, ...] = ()
