"""What new figures changed, set beside the few recorded ones around them."""

from collections.abc import Callable

import pytest

from db.records import RecordedFigure
from reports.comparison import Surroundings
from reports.novelty import Contrast, Contrasts, Known, steps_of
from reports.render.notices import disagreement_resolved, new_disagreement, new_figure, revision, with_words

Make = Callable[..., RecordedFigure]
OFFICE = {"by": "Government Media Office"}


@pytest.fixture
def known(surroundings: Surroundings) -> Known:
    return Known({}, (), surroundings)


def begun(known: Known, before: list[RecordedFigure], *new: RecordedFigure) -> list[tuple[str, str]]:
    found = Contrasts([*before, *new], {one.id for one in new}, known)
    pairs = [pair for one in new for pair in found.begun(one.id)]
    return [(one.track.authority, other.track.authority) for one, other in pairs]


def ended(known: Known, before: list[RecordedFigure], *new: RecordedFigure) -> list[list[int]]:
    found = Contrasts([*before, *new], {one.id for one in new}, known)
    return [[held.value for held in several] for one in new for several in found.ended(one.id)]


def test_a_lower_number_of_another_authority_for_a_later_day_contradicts(recorded: Make, known: Known) -> None:
    ministry = recorded(1_500, on="2023-11-20")
    assert begun(known, [ministry], recorded(1_000, on="2023-11-21", **OFFICE)) == [
        ("Government Media Office", "Health Ministry")
    ]


def test_a_higher_number_for_a_later_day_contradicts_nobody(recorded: Make, known: Known) -> None:
    assert begun(known, [recorded(1_500, on="2023-11-20")], recorded(1_600, on="2023-11-21", **OFFICE)) == []


def test_a_contradiction_that_stood_is_not_new_whichever_of_the_two_moves(recorded: Make, known: Known) -> None:
    stood = [recorded(1_500, on="2023-11-20"), recorded(1_000, on="2023-11-21", **OFFICE)]
    assert begun(known, stood, recorded(1_010, on="2023-11-22", **OFFICE)) == []
    assert begun(known, stood, recorded(1_600, on="2023-11-20", time="18:00")) == []


def test_a_contradiction_about_another_count_is_new(recorded: Make, known: Known) -> None:
    stood = [
        recorded(1_500, on="2023-11-20"),
        recorded(1_000, on="2023-11-21", **OFFICE),
        recorded(600, on="2023-11-20", age="child"),
    ]
    assert begun(known, stood, recorded(300, on="2023-11-21", age="child", **OFFICE)) == [
        ("Government Media Office", "Health Ministry")
    ]


def test_a_part_above_the_whole_of_another_contradicts_it(recorded: Make, known: Known) -> None:
    whole = recorded(500, on="2023-11-21", **OFFICE)
    assert begun(known, [whole], recorded(600, on="2023-11-20", age="child")) == [
        ("Health Ministry", "Government Media Office")
    ]


def test_a_figure_that_is_no_longer_in_force_contradicts_nobody(recorded: Make, known: Known) -> None:
    stood = [recorded(1_500, on="2023-11-20"), recorded(1_700, on="2023-11-25", **OFFICE)]
    assert begun(known, stood, recorded(1_000, on="2023-11-21", published="2023-11-26", **OFFICE)) == []


def test_hidden_issuers_and_events_apart_contradict_nobody(recorded: Make, known: Known) -> None:
    ministry = recorded(1_500, on="2023-11-20")
    hidden = recorded(1_000, on="2023-11-21", by=None, issuer_words="officials")
    assert begun(known, [ministry], hidden) == []
    assert begun(known, [ministry], recorded(1_000, on="2023-11-21", event="Another war", **OFFICE)) == []


def test_a_contradiction_ends_with_the_figure_that_fits(recorded: Make, known: Known) -> None:
    stood = [recorded(1_500, on="2023-11-20"), recorded(1_000, on="2023-11-21", **OFFICE)]
    assert ended(known, stood, recorded(1_500, on="2023-11-22", **OFFICE)) == [[1_500, 1_500, 1_000]]
    assert ended(known, stood, recorded(1_100, on="2023-11-22", **OFFICE)) == []
    assert ended(known, stood, recorded(900, on="2023-11-22", by="Civil Defence")) == []


def test_a_contradiction_with_a_figure_that_came_along_did_not_end(recorded: Make, known: Known) -> None:
    stood = [recorded(1_500, on="2023-11-20"), recorded(1_000, on="2023-11-21", **OFFICE)]
    new = recorded(1_600, on="2023-11-22", **OFFICE), recorded(1_550, on="2023-11-22", time="18:00")
    assert ended(known, stood, *new) == []


def test_the_step_of_a_figure_is_that_of_its_authority_s_history(recorded: Make, known: Known) -> None:
    before, other = recorded(1_400, on="2023-11-01"), recorded(9, on="2023-11-01", **OFFICE)
    new = recorded(1_200, on="2023-11-10")
    stepped = steps_of([before, other, new], {new.id}, known)[new.id]
    assert (stepped.step.change, stepped.step.previous) == ("revised_down", before)
    assert revision(stepped) is not None
    first = steps_of([before], {before.id}, known)[before.id]
    assert revision(first) is None
    assert with_words(first, {}).step.previous is None


def test_injured_that_fall_as_killed_rise_are_reclassified(recorded: Make, known: Known) -> None:
    killed = [recorded(100, on="2023-11-01"), recorded(120, on="2023-11-02")]
    injured = [recorded(50, on="2023-11-01", outcome="injured"), recorded(40, on="2023-11-02", outcome="injured")]
    stepped = steps_of([*killed, *injured], {injured[1].id}, known)[injured[1].id]
    told = revision(stepped)
    assert told is not None
    assert (told.kind, told.details["change"], told.details["difference"]) == ("revision", "reclassified", -10)
    assert "die of wounds" in told.what


def test_a_figure_in_no_series_is_told_without_a_step(recorded: Make) -> None:
    told = new_figure(recorded(5), None)
    assert told.details["change"] is None
    assert told.what.startswith("Health Ministry: 5 people killed")


def test_further_authorities_are_counted(recorded: Make) -> None:
    one, other = recorded(1_000, on="2023-11-21", **OFFICE), recorded(1_500, on="2023-11-20")
    told = new_disagreement(Contrast(one, other, "contradict", "the one gives more", further=2))
    assert told.what.endswith("The new figure contradicts 2 further authorities.")
    assert new_disagreement(Contrast(one, other, "contradict", "x", further=1)).what.endswith("1 further authority.")
    assert "previous" not in disagreement_resolved(Contrast(one, other, "contradict", "x")).details
    assert told.about == new_disagreement(Contrast(other, one, "contradict", "x")).about
