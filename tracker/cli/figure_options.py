"""Every field of a figure as an option, for `add` and `correct`."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from db.vocabulary import (
    Age,
    AsOfBasis,
    Basis,
    Condition,
    CountedBy,
    Directness,
    Modality,
    Outcome,
    Qualifier,
    Sex,
    Status,
    Subgroup,
    Tally,
    Unit,
)
from tracker.cli.options import as_day

_Day = Annotated[date | None, typer.Option(parser=as_day, metavar="DATE")]
_Names = Annotated[list[str] | None, typer.Option()]
_People = Annotated[int | None, typer.Option(min=0, max=2**53 - 1, metavar="N")]


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """Every field of a figure; what is not given is not stated."""

    number: Annotated[int | None, typer.Option(min=0, max=2**53 - 1, metavar="N", help="The number reported.")] = None
    qualifier: Annotated[Qualifier | None, typer.Option(help="How the words hedge the number.")] = None
    low: _People = None
    best: _People = None
    high: _People = None
    words: Annotated[str | None, typer.Option(help="The number with its hedge, as printed.", metavar="TEXT")] = None
    quote: Annotated[str | None, typer.Option(help="The words that carry the figure.", metavar="TEXT")] = None
    publisher: Annotated[str | None, typer.Option(help="Whose document it is.")] = None
    published: _Day = None
    address: Annotated[str | None, typer.Option(help="The document's address.", metavar="URL")] = None
    attribution: Annotated[
        list[str] | None, typer.Option(help="A source in the chain, nearest first; may be repeated.")
    ] = None
    issuer_words: Annotated[str | None, typer.Option(help="Words that hide the issuer.", metavar="TEXT")] = None
    compiled_from: _Names = None
    event: Annotated[str | None, typer.Option(help="File it under this event.")] = None
    outcome: Annotated[Outcome | None, typer.Option(help="What became of the people counted.")] = None
    group: Annotated[str | None, typer.Option(help="Nationality or side.")] = None
    affiliation: Annotated[str | None, typer.Option()] = None
    status: Annotated[Status | None, typer.Option()] = None
    age: Annotated[Age | None, typer.Option()] = None
    sex: Annotated[Sex | None, typer.Option()] = None
    subgroup: Annotated[Subgroup | None, typer.Option()] = None
    condition: Annotated[Condition | None, typer.Option()] = None
    unit: Annotated[Unit | None, typer.Option()] = None
    place: Annotated[str | None, typer.Option()] = None
    cause: Annotated[str | None, typer.Option()] = None
    actor: Annotated[str | None, typer.Option()] = None
    basis: Annotated[Basis | None, typer.Option(help="How people were counted.")] = None
    directness: Annotated[Directness | None, typer.Option()] = None
    counted_by: Annotated[CountedBy | None, typer.Option()] = None
    includes: Annotated[list[str] | None, typer.Option(help="CODE or CODE=WORDS; may be repeated.")] = None
    excludes: Annotated[list[str] | None, typer.Option(help="CODE or CODE=WORDS; may be repeated.")] = None
    tally: Annotated[Tally | None, typer.Option()] = None
    since: _Day = None
    until: _Day = None
    hours: Annotated[int | None, typer.Option(min=1)] = None
    period_from: _Day = None
    period_to: _Day = None
    as_of: _Day = None
    as_of_time: Annotated[str | None, typer.Option(metavar="HH:MM[+HH:MM]")] = None
    as_of_basis: Annotated[AsOfBasis | None, typer.Option()] = None
    modality: Annotated[Modality | None, typer.Option()] = None
    part_of: Annotated[str | None, typer.Option(help="The id of the whole.", metavar="ID")] = None
    earlier_value_of: Annotated[str | None, typer.Option(help="The id of the newer figure.", metavar="ID")] = None
    doubt: Annotated[list[str] | None, typer.Option(help="CODE: a sentence; may be repeated.")] = None

    def fields(self) -> dict[str, Any]:
        """The fields that were given."""
        every = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {name: value for name, value in every.items() if value not in (None, [])}
