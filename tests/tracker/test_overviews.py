"""The overview of a store is the same whether one process makes it or several."""

from collections.abc import Callable
from datetime import date
from typing import Any

from db.records import Chain, Definition, Event
from db.store import Store
from tracker.filtering import Asked
from tracker.overviews import overview_of
from tracker.questions import disagreements_of

Make = Callable[..., Any]


def test_an_overview_is_the_same_by_one_process_and_by_two(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    with store.writing() as writer:
        for name in ("First storm", "Second storm"):
            writer.add_event(Event(name=name))
    drowned = Definition(outcome="killed", tally="cumulative")
    rows = [
        ("First storm", "A", 1, 90),
        ("First storm", "B", 3, 80),
        ("First storm", "B", 5, 90),
        ("Second storm", "A", 2, 10),
        ("Second storm", "B", 4, 12),
    ]
    store.record(
        make_recording(
            *(
                make_figure(
                    number,
                    on=date(2024, 1, day),
                    chain=Chain(attribution=(name,), written=((name,),), issuer=name, authority=name),
                    definition=drowned,
                    event=event,
                )
                for event, name, day, number in rows
            )
        )
    )
    alone = overview_of(store)
    assert alone == overview_of(store, processes=2)
    assert [(one.event, one.relation, one.from_day, one.to_day) for one in alone.stretches] == [
        ("First storm", "contradict", date(2024, 1, 3), date(2024, 1, 4)),
        ("Second storm", "compatible", date(2024, 1, 4), None),
        ("First storm", "agree", date(2024, 1, 5), None),
    ]
    assert alone.summary == disagreements_of(store, Asked()).summary
