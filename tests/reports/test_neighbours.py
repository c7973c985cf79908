"""The few figures looked up around new ones decide what all figures together would decide."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from db.find import find_figures
from db.lines import Lines
from db.records import Chain, Count, Definition, Event, Evidence, Figure, RecordedFigure
from db.store import Store
from reports.comparison import Surroundings
from reports.neighbours import neighbours
from reports.nesting import Nesting
from reports.novelty import Contrasts, Known, steps_of

START = date(2023, 10, 7)
EVENT = Event(name="An Invented War", from_day=START)
KILLED = Definition(outcome="killed", place="Sudan", tally="cumulative", since=START)
COUNTS = (
    KILLED, KILLED.changed(age="child"), KILLED.changed(outcome="injured"), KILLED.changed(basis="identified"),
    KILLED.changed(place=None),
)  # fmt: skip
NEW, OLD = 30, 900


def world(chance: random.Random, number: int) -> list[Figure]:
    """Counts of three authorities that grow by the day, some carried by papers, late, hedged, revised or repeated."""
    made = []
    for row in range(number):
        day = START + timedelta(days=row // 5)
        issuer = f"Invented Bureau {chance.randrange(3)}"
        counted = chance.randrange(len(COUNTS))
        late = chance.choice((0, 0, 0, 1, 9))
        value = 1_000 * (5 - counted) + 5 * (row - late) + chance.choice((0, 0, 0, -400))
        paper = chance.choice((None, None, "The Invented Courier"))
        quote = f"{value:,} people"
        made.append(
            Figure(
                count=Count.exactly(value, f"{value:,}"),
                definition=COUNTS[counted],
                chain=Chain(attribution=(issuer,) if paper else (), issuer=issuer, authority=issuer),
                evidence=Evidence(quote=quote, start=0, end=len(quote)),
                publisher=paper or issuer,
                published=day,
                as_of=day - timedelta(days=late),
                as_of_basis="publication" if paper else "stated",
                origin="extracted",
                event=EVENT.name,
            )
        )
    return made


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_what_is_looked_up_gives_the_steps_and_contradictions_of_the_whole_record(
    store: Store, make_recording: Callable[..., Any], seed: int
) -> None:
    figures = world(random.Random(seed), OLD + NEW)  # noqa: S311 - a world, not a secret
    with store.writing() as writer:
        writer.add_event(EVENT)
    for place in range(0, OLD + NEW, 10):
        several = figures[place : place + 10]
        store.record(make_recording(*several, address=f"https://courier.example/{place}"))
    known = Known({}, (), Surroundings(events=Nesting([EVENT])))
    every = find_figures(store)
    for new in sorted(every, key=lambda one: one.recorded_at)[-NEW:]:
        with store.reading() as connection:
            lines = Lines(connection)
            near = neighbours(lines, [new], known.surroundings)
            lines.close()
        assert len(near) < len(every) / 2
        assert _decided(near, new, known) == _decided(every, new, known)


def _decided(figures: list[RecordedFigure], new: RecordedFigure, known: Known) -> Any:
    stepped = steps_of(figures, {new.id}, known)[new.id]
    contrasts = Contrasts(figures, {new.id}, known)
    return (
        stepped.step.change,
        stepped.step.previous and stepped.step.previous.id,
        sorted((held.recorded.id, other.recorded.id) for held, other in contrasts.begun(new.id)),
        sorted(tuple(held.recorded.id for held in several) for several in contrasts.ended(new.id)),
    )
