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

_MOST = 2**53 - 1


def _day(help: str) -> Any:
    return typer.Option(parser=as_day, metavar="DATE", help=help)


def _people(help: str) -> Any:
    return typer.Option(min=0, max=_MOST, metavar="N", help=help)


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """Every field of a figure; what is not given is not stated."""

    number: Annotated[int | None, _people("The number reported.")] = None
    qualifier: Annotated[Qualifier | None, typer.Option(help="How the words hedge the number.")] = None
    low: Annotated[int | None, _people("The lowest number that the words allow.")] = None
    best: Annotated[int | None, _people("The number that the words name.")] = None
    high: Annotated[int | None, _people("The highest number that the words allow.")] = None
    words: Annotated[str | None, typer.Option(help="The number with its hedge, as printed.", metavar="TEXT")] = None
    quote: Annotated[str | None, typer.Option(help="The words that carry the figure.", metavar="TEXT")] = None
    publisher: Annotated[str | None, typer.Option(help="Whose document it is.", metavar="NAME")] = None
    published: Annotated[date | None, _day("The day it was published.")] = None
    address: Annotated[str | None, typer.Option(help="The document's address.", metavar="URL")] = None
    attribution: Annotated[
        list[str] | None, typer.Option(help="A source in the chain, nearest first; may be repeated.", metavar="NAME")
    ] = None
    issuer_words: Annotated[str | None, typer.Option(help="Words that hide the issuer.", metavar="TEXT")] = None
    compiled_from: Annotated[
        list[str] | None,
        typer.Option(help="Whose numbers the issuer put together; may be repeated.", metavar="NAME"),
    ] = None
    event: Annotated[str | None, typer.Option(help="File it under this event.", metavar="NAME")] = None
    outcome: Annotated[Outcome | None, typer.Option(help="What became of the people counted.")] = None
    group: Annotated[str | None, typer.Option(help="Nationality or side.", metavar="NAME")] = None
    affiliation: Annotated[str | None, typer.Option(help="The organisation that they belonged to.", metavar="NAME")] = (
        None
    )
    status: Annotated[Status | None, typer.Option(help="Civilians, soldiers, journalists …")] = None
    age: Annotated[Age | None, typer.Option(help="Children, adults, elderly people.")] = None
    sex: Annotated[Sex | None, typer.Option(help="Women and girls, or men and boys.")] = None
    subgroup: Annotated[Subgroup | None, typer.Option(help="Women and children as one number.")] = None
    condition: Annotated[Condition | None, typer.Option(help="Alive, critical …, of people held or missing.")] = None
    unit: Annotated[Unit | None, typer.Option(help="People, where nothing is said, or households.")] = None
    place: Annotated[str | None, typer.Option(help="Where.", metavar="NAME")] = None
    cause: Annotated[str | None, typer.Option(help="By what, such as 'air strikes'.", metavar="WORDS")] = None
    actor: Annotated[str | None, typer.Option(help="By whom, as the source says.", metavar="NAME")] = None
    basis: Annotated[Basis | None, typer.Option(help="How people were counted.")] = None
    directness: Annotated[Directness | None, typer.Option(help="Direct or indirect deaths.")] = None
    counted_by: Annotated[CountedBy | None, typer.Option(help="What the days of the count belong to.")] = None
    includes: Annotated[
        list[str] | None, typer.Option(help="What it says it includes; may be repeated.", metavar="CODE[=WORDS]")
    ] = None
    excludes: Annotated[
        list[str] | None, typer.Option(help="What it says it leaves out; may be repeated.", metavar="CODE[=WORDS]")
    ] = None
    tally: Annotated[Tally | None, typer.Option(help="A running total, one incident, a period …")] = None
    since: Annotated[date | None, _day("The day on which the count begins.")] = None
    until: Annotated[date | None, _day("The last day of an incident of several days.")] = None
    hours: Annotated[int | None, typer.Option(min=1, metavar="N", help="The length of a period, addition or rate.")] = (
        None
    )
    period_from: Annotated[date | None, _day("The first day of a period or addition.")] = None
    period_to: Annotated[date | None, _day("The last day of a period or addition.")] = None
    as_of: Annotated[date | None, _day("The day up to which it counts.")] = None
    as_of_time: Annotated[str | None, typer.Option(help="The time of that day.", metavar="HH:MM[+HH:MM]")] = None
    as_of_basis: Annotated[AsOfBasis | None, typer.Option(help="How that day is known.")] = None
    modality: Annotated[Modality | None, typer.Option(help="How the speaker commits to the number.")] = None
    part_of: Annotated[str | None, typer.Option(help="The id of the whole.", metavar="ID")] = None
    earlier_value_of: Annotated[str | None, typer.Option(help="The id of the newer figure.", metavar="ID")] = None
    doubt: Annotated[
        list[str] | None, typer.Option(help="A doubt for the record; may be repeated.", metavar="'CODE: SENTENCE'")
    ] = None

    def fields(self) -> dict[str, Any]:
        """The fields that were given."""
        every = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {name: value for name, value in every.items() if value not in (None, [])}
