"""Recorded figures and surroundings made in memory: facts of real reports, no sentence of theirs."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count as counter
from typing import Any

import pytest

from db.places import Group, Place, Places
from db.records import Act, Chain, Count, Definition, Event, Evidence, Figure, Period, RecordedFigure
from reports.comparison import Surroundings
from reports.nesting import Nesting

RecordFigure = Callable[..., RecordedFigure]


@pytest.fixture
def places() -> Places:
    """A small table of places and groups."""
    return Places(
        places=(
            Place("Palestine", (), "country", "PS"),
            Place("Gaza Strip", ("Palestine",), "area", "PS"),
            Place("West Bank", ("Palestine",), "area", "PS"),
            Place("Gaza City", ("Gaza Strip",), "town", "PS"),
            Place("Israel", (), "country", "IL"),
            Place("Syria", (), "country", "SY"),
            Place("government-held Syria", ("Syria",), "area of control", "SY"),
        ),
        groups=(Group("Palestinians", "Palestine", ()), Group("Israelis", "Israel", ())),
    )


@pytest.fixture
def events() -> Nesting:
    """The war in Gaza with two incidents inside it."""
    return Nesting(
        [
            Event(name="Gaza war", from_day=date(2023, 10, 7)),
            Event(name="7 October attack", within="Gaza war", from_day=date(2023, 10, 7), to_day=date(2023, 10, 7)),
            Event(
                name="al-Ahli hospital blast",
                within="Gaza war",
                from_day=date(2023, 10, 17),
                to_day=date(2023, 10, 17),
            ),
            Event(name="Russia's war in Ukraine", from_day=date(2022, 2, 24)),
        ]
    )


@pytest.fixture
def surroundings(places: Places, events: Nesting) -> Surroundings:
    return Surroundings(events=events, places=places)


_COUNT = {
    "exact": lambda n: {"low": n, "best": n, "high": n},
    "at_least": lambda n: {"low": n, "best": n},
    "more_than": lambda n: {"low": n, "best": n},
    "at_most": lambda n: {"high": n},
    "less_than": lambda n: {"high": n},
    "nearly": lambda n: {"best": n},
    "approximately": lambda n: {"best": n},
    "vague": lambda n: {"low": n},
}


def make_count(number: int | tuple[int, int], qualifier: str = "exact") -> Count:
    """A count as the bounds of its words."""
    if isinstance(number, tuple):
        return Count(low=number[0], high=number[1], qualifier="range", text=f"between {number[0]:,} and {number[1]:,}")
    words = {"exact": "", "approximately": "about "}.get(qualifier, qualifier.replace("_", " ") + " ")
    bounds: dict[str, int] = _COUNT[qualifier](number)
    return Count(**bounds, qualifier=qualifier, text=f"{words}{number:,}")


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


@pytest.fixture
def recorded() -> RecordFigure:
    """A function that makes a recorded figure: number, authority, day and whatever else matters to the test."""
    numbers = counter(1)

    def make(
        number: int | tuple[int, int],
        qualifier: str = "exact",
        *,
        by: str | None = "Health Ministry",
        authority: str | None = None,
        publisher: str | None = None,
        on: str | None = "2023-11-01",
        published: str | None = None,
        basis_of_day: str = "stated",
        time: str | None = None,
        event: str | None = "Gaza war",
        document: str | None = None,
        snapshot: str = "a",
        row_key: str | None = None,
        state: str = "recorded",
        acts: tuple[Act, ...] = (),
        period: tuple[str, str] | None = None,
        part_of: int | str | None = None,
        earlier_value_of: int | str | None = None,
        doubts: tuple[str, ...] = (),
        compiled_from: tuple[str, ...] = (),
        issuer_words: str | None = None,
        zone: str = "body",
        quote: str | None = None,
        **facets: Any,
    ) -> RecordedFigure:
        place = next(numbers)
        definition = {"outcome": "killed", "tally": "cumulative", **facets}
        said_by = publisher or by or "The Example Gazette"
        chain = Chain(
            attribution=(by,) if by and publisher else (),
            written=((by,),) if by and publisher else (),
            issuer=by,
            authority=authority or by,
            issuer_words=issuer_words,
            compiled_from=compiled_from,
        )
        counted = make_count(number, qualifier)
        figure = Figure(
            count=counted,
            definition=Definition.model_validate(definition),
            chain=chain,
            evidence=Evidence(quote=quote or f"{counted.text} people", zone=zone, row_key=row_key),
            publisher=said_by,
            published=_day(published or on) if published != "unknown" else None,
            as_of=_day(on),
            as_of_time=time,
            as_of_basis=basis_of_day if on else None,
            period=Period(from_day=_day(period[0]), to_day=_day(period[1])) if period else None,
            part_of=part_of,
            earlier_value_of=earlier_value_of,
            doubts=doubts,
            origin="manual",
            event=event,
        )
        return RecordedFigure(
            id=f"{place:064x}",
            figure=figure,
            state=state,  # type: ignore[arg-type]
            recorded_at=datetime(2024, 1, 1, 0, 0, place % 60, tzinfo=UTC),
            document=document or f"document {place}",
            address=None,
            title=None,
            snapshot=snapshot,
            acts=acts,
        )

    return make


@pytest.fixture
def act() -> Callable[..., Act]:
    """A function that makes an act on a figure."""

    def make(kind: str, *, by: str | None = None, on: str | None = None, reason: str | None = None) -> Act:
        return Act("ac", kind, None, None, by, _day(on), reason, datetime(2024, 1, 1, tzinfo=UTC))

    return make
