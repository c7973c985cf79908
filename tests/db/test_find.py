"""Filters find what they say, and leave out what they must."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from db.acts import file_under, review
from db.checkpoints import ledger_size
from db.errors import UnknownRecord
from db.find import Filters, count_figures, figure_by_id, find_figures, ids_recorded_after
from db.known import (
    event_named,
    snapshot_of,
    stored_events,
    stored_links,
    stored_methods,
    stored_sources,
)
from db.records import Alias, AuthorityRule, Chain, Definition, Document, Event, Hold, Method, Source, SourceLink
from db.store import Store

Make = Callable[..., Any]
IN_JENIN = Definition(outcome="injured", group="Israelis + Palestinians", place="Jenin", status="police")
RELAYED = Chain(
    attribution=("Al Jazeera", "Government Media Office"),
    written=(("Al Jazeera", "the media office"),),
    parallel=(("Reuters",),),
    issuer="Government Media Office",
    authority="Government Media Office",
)


@pytest.fixture
def filled(store: Store, make_figure: Make, make_recording: Make) -> Store:
    """Four figures: two of the ministry in Gaza, one of the media office under an event, one injured in Jenin."""
    with store.writing() as writer:
        writer.add_event(Event(name="Gaza war", aliases=("the war in Gaza",)))
        writer.add_event(Event(name="Hospital blast", within="Gaza war"))
        writer.add_event(Event(name="Ward fire", within="Hospital blast"))
    store.record(
        make_recording(
            make_figure(2750, on=date(2023, 10, 15)),
            make_figure(2808, on=date(2023, 10, 16)),
            make_figure(471, on=date(2023, 10, 18), chain=RELAYED, event="Hospital blast"),
            make_figure(
                12,
                on=date(2023, 10, 17),
                definition=Definition(
                    outcome="injured", group="Israelis + Palestinians", place="Jenin", status="police"
                ),
                published=None,
            ),
        )
    )
    return store


def numbers(store: Store, **filters: Any) -> list[int | None]:
    return [found.figure.count.best for found in find_figures(store, Filters(**filters)) if found.figure.count]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [2750, 2808, 12, 471]),
        ({"outcome": "injured"}, [12]),
        ({"group": "Palestinians"}, [2750, 2808, 12, 471]),
        ({"group": "Israelis"}, [12]),
        ({"group": "Thais"}, []),
        ({"status": "police"}, [12]),
        ({"place": "Palestine"}, [2750, 2808, 12, 471]),
        ({"place": "Gaza Strip"}, [2750, 2808, 471]),
        ({"place": "West Bank"}, [12]),
        ({"issuer": "Government Media Office"}, [471]),
        ({"issuer": "Al Jazeera"}, []),
        ({"source": "Al Jazeera"}, [471]),
        ({"source": "Reuters"}, [471]),
        ({"source": "The Invented Courier"}, [2750, 2808, 12, 471]),
        ({"publisher": "The Invented Courier", "outcome": "injured"}, [12]),
        ({"publisher": "Another"}, []),
        ({"event": "Gaza war"}, [471]),
        ({"event": "Ward fire"}, []),
        ({"event": "THE WAR IN GAZA"}, [471]),
        ({"from_day": date(2023, 10, 16), "to_day": date(2023, 10, 17)}, [2808, 12]),
        ({"as_known_on": date(2023, 10, 16)}, [2750, 2808]),
        ({"as_recorded_on": datetime(2020, 1, 1, tzinfo=UTC)}, []),
        ({"as_recorded_on": datetime(2030, 1, 1, tzinfo=UTC)}, [2750, 2808, 12, 471]),
        ({"document": Document(address="https://courier.example/news/1").id.hex()}, [2750, 2808, 12, 471]),
        ({"held": True}, []),
    ],
)
def test_a_filter_finds_what_it_says(filled: Store, filters: dict[str, Any], expected: list[int]) -> None:
    assert numbers(filled, **filters) == expected


def test_an_unknown_event_is_an_error_that_names_the_near_ones(filled: Store) -> None:
    with pytest.raises(UnknownRecord, match="near: Gaza war"):
        find_figures(filled, Filters(event="Gaza wars"))
    with pytest.raises(UnknownRecord, match="events add"):
        event_named(filled, "zzzz")


def test_a_figure_stands_under_the_event_it_was_last_filed_under(filled: Store) -> None:
    identifier = find_figures(filled, Filters(issuer="Government Media Office"))[0].id
    assert file_under(filled, "Ward fire", [identifier]) == 1
    assert numbers(filled, event="Ward fire") == [471]
    assert file_under(filled, "Ward fire", [identifier]) == 0
    assert file_under(filled, "Hospital blast", [identifier]) == 1
    assert file_under(filled, "Ward fire", [identifier]) == 1
    assert figure_by_id(filled, identifier).figure.event == "Ward fire"
    early = datetime(2020, 1, 1, tzinfo=UTC)
    assert numbers(filled, event="Ward fire", as_recorded_on=early) == []


def test_what_is_held_is_found_only_when_asked_for_until_a_person_accepts_it(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    hold = Hold("sudden_jump", "it is far from the number in force")
    recording = make_recording(make_figure(463), make_figure(2615), holds={1: hold})
    held = list(store.record(recording).figure_ids())[1]
    assert (numbers(store), numbers(store, held=True)) == ([463], [2615])
    review(store, "accept", [held], by="An editor", reason="it stands so")
    assert (numbers(store), numbers(store, held=True)) == ([463, 2615], [])
    review(store, "reject", [held], by="An editor", reason="misread after all")
    assert (numbers(store), numbers(store, held=True)) == ([463], [2615])
    again = store.record(recording)
    assert (again.new, again.held, again.unchanged) == (0, 0, 2)
    assert numbers(store) == [463]


def test_before_it_was_accepted_a_held_figure_was_in_no_answer(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    hold = Hold("sudden_jump", "it is far from the number in force")
    (held,) = store.record(make_recording(make_figure(2615), holds={0: hold})).figure_ids()
    recorded_at = figure_by_id(store, held).recorded_at
    review(store, "accept", [held], by="An editor", reason="it stands so")
    accepted_at = figure_by_id(store, held).acts[0].recorded_at
    assert recorded_at < accepted_at
    assert numbers(store, as_recorded_on=recorded_at) == []
    assert numbers(store, held=True, as_recorded_on=recorded_at) == [2615]
    assert find_figures(store, Filters(held=True, as_recorded_on=recorded_at))[0].state == "held"
    assert numbers(store, as_recorded_on=accepted_at) == [2615]
    assert numbers(store, held=True, as_recorded_on=accepted_at) == []


def test_a_figure_that_nobody_recorded_is_an_error(filled: Store) -> None:
    with pytest.raises(UnknownRecord, match="not recorded here"):
        figure_by_id(filled, "00" * 32)


def test_the_snapshot_and_the_reading_of_a_figure_can_be_had(filled: Store) -> None:
    found = find_figures(filled)[0]
    snapshot, reading = snapshot_of(filled, found)
    assert snapshot.sha256 == found.snapshot == "ab" * 32
    assert snapshot.retrieved_at == datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert reading.text == "2,750 people killed, it was reported."


def test_sources_links_methods_and_events_read_back_as_they_were_given(store: Store) -> None:
    source = Source(
        name="A ministry", kind="ministry", country="PS", aliases=(Alias(name="the ministry", language="en"),)
    )
    link = SourceLink(source="A spokesman", kind="speaks_for", target="A ministry", from_day=date(2023, 10, 7))
    rule = AuthorityRule(source="A spokesman", authority="A ministry", reason="speaks for it")
    method = Method(
        source="A ministry",
        from_day=date(2023, 10, 7),
        text="counts bodies",
        criteria=("off_duty",),
        usual={"place": "Gaza Strip"},
    )
    event = Event(name="A war", place="Gaza Strip", from_day=date(2023, 10, 7), aliases=("The war",))
    for _ in range(2):
        with store.writing() as writer:
            writer.add_source(source)
            writer.fact(link)
            writer.fact(rule)
            writer.fact(method)
            writer.add_event(event)
            writer.add_event(Event(name="An attack", within="A war"))
    assert stored_sources(store) == [source, Source(name="A spokesman")]
    assert stored_links(store) == ([link], [rule])
    assert stored_methods(store) == [method]
    assert stored_events(store) == [event, Event(name="An attack", within="A war")]


def test_an_alias_can_be_added_later(store: Store) -> None:
    for aliases in ((), (Alias(name="MoH"),), (Alias(name="MoH"),)):
        with store.writing() as writer:
            writer.add_source(Source(name="A ministry", aliases=aliases))
            writer.add_event(Event(name="A war", aliases=tuple(alias.name for alias in aliases)))
    assert stored_sources(store)[0].aliases == (Alias(name="MoH"),)
    assert stored_events(store)[0].aliases == ("MoH",)


def test_the_last_figures_of_what_was_recorded_since_can_be_found_and_all_counted(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    earlier = store.record(make_recording(make_figure(1, on=date(2023, 10, 1))))
    with store.reading() as connection:
        size = ledger_size(connection)
    new = [make_figure(number, on=date(2023, 10, number)) for number in (4, 2, 3)]
    store.record(make_recording(*new, sha256="cd" * 32))
    filters = Filters(document=earlier.document, after_entry=size)
    found = find_figures(store, replace(filters, latest=2))
    assert [one.figure.count.best for one in found if one.figure.count] == [3, 4]
    assert count_figures(store, filters) == len(ids_recorded_after(store, earlier.document, size)) == 3
    assert count_figures(store, replace(filters, outcome="displaced")) == 0
