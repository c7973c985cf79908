"""Acts about figures: the figure stays, its state tells, and the same act again changes nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.acts import ActKind, act, correct, file_under, find_id, review
from db.errors import AmbiguousRecord, InvalidRecord, UnknownRecord
from db.find import figure_by_id, find_figures
from db.known import counts, stored_sources
from db.records import Hold
from db.store import Store

Make = Callable[..., Any]


@pytest.fixture
def recorded(store: Store, make_figure: Make, make_recording: Make) -> str:
    """The id of one recorded figure."""
    return next(store.record(make_recording(make_figure())).figure_ids())


@pytest.mark.parametrize(("kind", "state"), [("void", "voided"), ("retract", "retracted"), ("disown", "disowned")])
def test_an_act_shows_in_the_figures_state_and_is_recorded_once(
    store: Store, recorded: str, kind: ActKind, state: str
) -> None:
    for is_new in (True, False):
        assert (
            act(store, kind, recorded, by="Libyan Red Crescent", on_day=date(2023, 9, 15), reason="it denied it")
            is is_new
        )
    found = figure_by_id(store, recorded)
    assert found.state == state
    assert found.figure.count is not None
    (about,) = found.acts
    assert (about.kind, about.by, about.on_day, about.reason) == (
        kind,
        "Libyan Red Crescent",
        date(2023, 9, 15),
        "it denied it",
    )


def test_whoever_disowns_a_figure_is_a_source(store: Store, recorded: str) -> None:
    act(store, "disown", recorded, by="Libyan Red Crescent")
    assert "Libyan Red Crescent" in {source.name for source in stored_sources(store)}


def test_a_correction_stands_beside_the_figure_it_corrects(
    store: Store, recorded: str, make_figure: Make, make_recording: Make
) -> None:
    correction = make_recording(make_figure(2800, origin="manual"))
    corrected = next(correct(store, recorded, correction, reason="misread").figure_ids())
    again = correct(store, recorded, make_recording(make_figure(2800, origin="manual")), reason="misread")
    assert again.new == 0
    assert figure_by_id(store, recorded).state == "corrected"
    assert figure_by_id(store, recorded).acts[0].other == corrected
    assert figure_by_id(store, corrected).state == "recorded"
    assert len(find_figures(store)) == 2


def test_a_correction_that_changes_nothing_or_comes_twice_is_refused(
    store: Store, recorded: str, make_figure: Make, make_recording: Make
) -> None:
    before = counts(store)
    with pytest.raises(InvalidRecord, match="already says that"):
        correct(store, recorded, make_recording(make_figure()), reason="misread")
    assert counts(store) == before
    correct(store, recorded, make_recording(make_figure(2800)), reason="misread")
    with pytest.raises(InvalidRecord, match="was corrected before"):
        correct(store, recorded, make_recording(make_figure(2801)), reason="misread")


def test_an_id_is_found_by_its_first_digits(
    store: Store, recorded: str, make_figure: Make, make_recording: Make
) -> None:
    assert find_id(store, recorded[:8].upper()) == recorded
    assert find_id(store, recorded) == recorded
    with pytest.raises(UnknownRecord, match="figures"):
        find_id(store, "0" * 12)
    for bad in ("abc", "not-a-number", "a" * 65):
        with pytest.raises(InvalidRecord, match="8 hexadecimal digits"):
            find_id(store, bad)


def test_a_prefix_of_several_ids_is_refused(store: Store, make_figure: Make, make_recording: Make) -> None:
    from db import acts

    store.record(make_recording(*(make_figure(number) for number in range(300))))
    prefixes = [figure.id[:2] for figure in find_figures(store)]
    shared = next(prefix for prefix in prefixes if prefixes.count(prefix) > 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(acts, "SHORTEST_PREFIX", 2)
        with pytest.raises(AmbiguousRecord, match="several figures"):
            find_id(store, shared)


def test_filing_under_an_unknown_event_is_refused(store: Store, recorded: str) -> None:
    with pytest.raises(UnknownRecord, match="events add"):
        file_under(store, "A war", [recorded])


HOLD = Hold("sudden_jump", "it is far from the number in force")


@pytest.fixture
def held(store: Store, make_figure: Make, make_recording: Make) -> list[str]:
    """The ids of two held figures beside one that is not."""
    numbers = [make_figure(number) for number in (2615, 2620, 463)]
    return list(store.record(make_recording(*numbers, holds={0: HOLD, 1: HOLD})).figure_ids())[:2]


def test_an_accepted_figure_is_recorded_with_who_accepted_it_and_why(store: Store, held: list[str]) -> None:
    assert review(store, "accept", held, by="An editor", reason="it stands so in the bulletin") == 2
    found = figure_by_id(store, held[0])
    assert (found.state, found.hold) == ("recorded", HOLD)
    assert [(about.kind, about.by, about.reason) for about in found.acts] == [
        ("accept", "An editor", "it stands so in the bulletin")
    ]


def test_a_rejected_figure_stays_held_and_recorded(store: Store, held: list[str]) -> None:
    assert review(store, "reject", held[:1], by="An editor", reason="misread") == 1
    found = figure_by_id(store, held[0])
    assert (found.state, [about.kind for about in found.acts]) == ("held", ["reject"])


def test_the_same_verdict_again_changes_nothing_and_another_one_is_an_act_of_its_own(
    store: Store, held: list[str]
) -> None:
    for verdict, changed, state in (
        ("accept", 1, "recorded"),
        ("accept", 0, "recorded"),
        ("reject", 1, "held"),
        ("reject", 0, "held"),
        ("accept", 1, "recorded"),
    ):
        assert review(store, verdict, held[:1], by="An editor", reason="read again") == changed  # type: ignore[arg-type]
        assert figure_by_id(store, held[0]).state == state
    assert [about.kind for about in figure_by_id(store, held[0]).acts] == ["accept", "reject", "accept"]


def test_what_is_not_held_cannot_be_reviewed_and_then_nothing_is(store: Store, held: list[str]) -> None:
    plain = next(figure.id for figure in find_figures(store))
    before = counts(store)
    with pytest.raises(InvalidRecord, match="review list"):
        review(store, "accept", [*held, plain], by="An editor", reason="read again")
    assert counts(store) == before


def test_a_figure_voided_after_it_was_accepted_is_voided(store: Store, held: list[str]) -> None:
    review(store, "accept", held, by="An editor", reason="it stands so")
    act(store, "void", held[0], reason="misread after all")
    assert figure_by_id(store, held[0]).state == "voided"
