"""Figures by event are those that the filters find, without what only a reader needs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from db.acts import act, file_under, review
from db.find import Filters, find_figures
from db.records import Definition, Event, Hold, Period, RecordedFigure, Share
from db.store import Store
from db.streaming import event_names, figures_by_event

Make = Callable[..., Any]


def compared(recorded: RecordedFigure) -> tuple[Any, ...]:
    """What comparing looks at."""
    figure = recorded.figure
    count = figure.count
    assert count is not None
    return (
        recorded.id,
        recorded.state,
        recorded.recorded_at,
        recorded.acts,
        figure.event,
        (count.low, count.best, count.high, count.qualifier, count.value),
        figure.definition,
        figure.chain,
        figure.publisher,
        (figure.published, figure.as_of, figure.as_of_time, figure.as_of_basis, figure.period),
        figure.earlier_value_of,
        (figure.evidence.zone, figure.evidence.row_key, figure.evidence.start),
        (figure.part_of, figure.doubts),
    )


def fill(store: Store, make_figure: Make, make_recording: Make) -> None:
    with store.writing() as writer:
        writer.add_event(Event(name="Gaza war"))
        writer.add_event(Event(name="Hospital blast", within="Gaza war"))
    period = Period(from_day=date(2023, 10, 17), to_day=date(2023, 10, 18))
    store.record(
        make_recording(
            make_figure(2750, on=date(2023, 10, 15)),
            make_figure(2808, on=date(2023, 10, 16), event="Gaza war"),
            make_figure(471, on=date(2023, 10, 18), event="Hospital blast"),
            make_figure(
                500,
                event="Hospital blast",
                published=None,
                as_of=None,
                as_of_basis=None,
                part_of=2,
                doubts=("place_ambiguous: it may be two",),
            ),
            make_figure(
                110,
                on=date(2023, 10, 18),
                period=period,
                definition=Definition(outcome="killed", tally="period", hours=24),
                event="Gaza war",
            ),
        )
    )


def by_event(store: Store) -> dict[str | None, list[tuple[Any, ...]]]:
    names = event_names(store)
    streamed = zip(names, figures_by_event(store, names), strict=True)
    return {name: sorted((compared(one) for one in figures), key=str) for name, figures in streamed}


def found(store: Store) -> dict[str | None, list[tuple[Any, ...]]]:
    every = find_figures(store, Filters())
    return {
        name: sorted((compared(one) for one in every if one.figure.event == name), key=str)
        for name in event_names(store)
    }


def test_each_event_has_the_figures_filed_under_it(store: Store, make_figure: Make, make_recording: Make) -> None:
    fill(store, make_figure, make_recording)
    assert {name: len(figures) for name, figures in by_event(store).items()} == {
        None: 1,
        "Gaza war": 2,
        "Hospital blast": 2,
    }
    assert by_event(store) == found(store)


def test_a_figure_filed_anew_moves_and_a_retracted_one_says_so(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    fill(store, make_figure, make_recording)
    blast = find_figures(store, Filters(event="Hospital blast"))
    loose = next(one for one in find_figures(store, Filters()) if one.figure.event is None)
    file_under(store, "Gaza war", [blast[0].id])
    file_under(store, "Hospital blast", [loose.id])
    act(store, "retract", blast[1].id, reason="withdrawn", on_day=date(2023, 10, 19))
    assert {name: len(figures) for name, figures in by_event(store).items()} == {
        None: 0,
        "Gaza war": 3,
        "Hospital blast": 2,
    }
    assert by_event(store) == found(store)
    assert len(find_figures(store, Filters(event="Hospital blast"))) == 2


def test_held_figures_and_shares_are_left_out(store: Store, make_figure: Make, make_recording: Make) -> None:
    share = make_figure(70).model_copy(update={"count": None, "share": Share(best=700_000, text="70 per cent")})
    store.record(make_recording(make_figure(9), share, make_figure(8), holds={2: Hold("falls", "it falls")}))
    ((nine,),) = figures_by_event(store, [None])
    assert nine.figure.count is not None
    assert nine.figure.count.best == 9


def test_a_held_figure_streams_once_it_is_accepted(store: Store, make_figure: Make, make_recording: Make) -> None:
    store.record(make_recording(make_figure(9), make_figure(8), holds={1: Hold("sudden_jump", "it jumps")}))
    (held,) = find_figures(store, Filters(held=True))
    review(store, "accept", [held.id], by="A. Editor", reason="it stands in the text")
    assert by_event(store) == found(store)
    assert len(by_event(store)[None]) == 2
