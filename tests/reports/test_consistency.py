"""Whether one authority's own numbers fit together; what does not fit is shown with its reason, and only that."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import Act, RecordedFigure
from reports.comparison import Surroundings
from reports.consistency import Consistency, Misfit, consistency
from reports.history import histories

Make = Callable[..., RecordedFigure]
Ask = Callable[..., Consistency]


@pytest.fixture
def ask(surroundings: Surroundings) -> Ask:
    def find(*figures: RecordedFigure) -> Consistency:
        series = histories(figures, surroundings=surroundings)
        return consistency(figures, series, surroundings=surroundings)

    return find


def only(found: Consistency) -> Misfit:
    (misfit,) = found.misfits
    return misfit


def test_a_part_above_its_whole_is_shown_with_both(recorded: Make, ask: Ask) -> None:
    whole, part = recorded(100), recorded(120, age="child")
    found = ask(whole, part)
    misfit = only(found)
    assert (misfit.rule, misfit.difference, misfit.figures) == ("part_above_whole", 20, (part, whole))
    assert misfit.because == "120 children killed, a part of 100 people killed"
    assert found.checked["part_above_whole"] == 1


def test_more_killed_than_killed_or_injured_is_a_part_above_its_whole(recorded: Make, ask: Ask) -> None:
    found = ask(recorded(120), recorded(100, outcome="killed_or_injured"))
    assert only(found).rule == "part_above_whole"


def test_parts_that_share_nobody_may_not_exceed_their_whole(recorded: Make, ask: Ask) -> None:
    parts = [recorded(60, age="child"), recorded(60, age="adult")]
    misfit = only(ask(recorded(100), *parts))
    assert (misfit.rule, misfit.difference) == ("parts_above_total", 20)
    assert ask(recorded(120), *parts).misfits == ()


def test_killed_and_injured_are_summed_only_where_all_three_are_given(recorded: Make, ask: Ask) -> None:
    killed, injured = recorded(40), recorded(60, outcome="injured")
    assert ask(killed, injured).checked.get("sum_differs") is None
    misfit = only(ask(killed, injured, recorded(110, outcome="killed_or_injured")))
    assert (misfit.rule, misfit.difference) == ("sum_differs", 10)
    assert ask(killed, injured, recorded(100, outcome="killed_or_injured")).misfits == ()


@pytest.mark.parametrize("outcome", ["casualties", "losses"])
def test_casualties_and_losses_enter_no_sum(recorded: Make, ask: Ask, outcome: str) -> None:
    found = ask(recorded(40), recorded(60, outcome="injured"), recorded(90, outcome=outcome))
    assert [misfit.rule for misfit in found.misfits if misfit.rule in ("sum_differs", "parts_above_total")] == []


def test_a_running_total_that_falls_without_a_reason_is_shown(recorded: Make, ask: Ask) -> None:
    found = ask(recorded(1000, on="2023-10-20"), recorded(967, on="2023-10-21"))
    misfit = only(found)
    assert (misfit.rule, misfit.difference) == ("total_fell", 33)
    assert misfit.because == "the running total went from 1,000 to 967 people killed, and no reason is recorded"


def test_a_stock_may_fall(recorded: Make, ask: Ask) -> None:
    held = {"outcome": "held", "tally": "stock"}
    assert ask(recorded(48, on="2025-09-30", **held), recorded(6, on="2025-11-10", **held)).misfits == ()


def added(recorded: Make, number: int, on: str, **facets: Any) -> RecordedFigure:
    return recorded(number, on=on, tally="added", hours=24, counted_by="registration", **facets)


def test_an_addition_is_the_difference_of_the_running_total(recorded: Make, ask: Ask) -> None:
    totals = [recorded(100, on="2023-11-01"), recorded(150, on="2023-11-02")]
    assert ask(*totals, added(recorded, 50, "2023-11-02")).misfits == ()
    misfit = only(ask(*totals, added(recorded, 62, "2023-11-02")))
    assert (misfit.rule, misfit.difference) == ("additions_differ", 12)
    assert "went from 100 to 150, by 50" in misfit.because


def test_an_addition_fits_where_it_fits_the_total_of_any_baseline(recorded: Make, ask: Ask) -> None:
    since_october = [recorded(n, on=day, since="2023-10-07") for n, day in ((100, "2023-11-01"), (150, "2023-11-02"))]
    since_november = [recorded(n, on=day, since="2023-11-01") for n, day in ((2, "2023-11-01"), (10, "2023-11-02"))]
    assert ask(*since_october, *since_november, added(recorded, 8, "2023-11-02")).misfits == ()


def test_two_authorities_are_never_set_beside_one_another(recorded: Make, ask: Ask) -> None:
    assert ask(recorded(100), recorded(120, age="child", by="Media Office")).misfits == ()


def test_what_is_voided_or_hedged_breaks_no_rule(recorded: Make, ask: Ask) -> None:
    assert ask(recorded(100), recorded(120, age="child", state="voided")).misfits == ()
    assert ask(recorded(100, "approximately"), recorded(110, age="child")).misfits == ()


def test_a_reported_reason_explains_a_fall(recorded: Make, surroundings: Surroundings) -> None:
    figures = [recorded(1400, on="2023-11-01"), recorded(1200, on="2023-11-10")]
    series = histories(figures, surroundings=surroundings)
    assert [misfit.rule for misfit in consistency(figures, series).misfits] == ["total_fell"]
    act = Act(
        id="a" * 64, kind="reason", figure=figures[1].id, by="The Example Gazette", reason="counted twice",
        on_day=None, other=None, recorded_at=figures[1].recorded_at,
    )  # fmt: skip
    explained = [figures[0], replace(figures[1], acts=(act,))]
    assert consistency(explained, histories(explained, surroundings=surroundings)).misfits == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(0, 50), min_size=1, max_size=6), wrong=st.integers(-3, 3))
def test_additions_fit_exactly_when_they_are_the_differences(
    recorded: Make, ask: Ask, steps: list[int], wrong: int
) -> None:
    figures, total = [recorded(100, on="2023-11-01")], 100
    for day, step in enumerate(steps, start=2):
        total += step
        figures.append(recorded(total, on=f"2023-11-{day:02}"))
        figures.append(added(recorded, max(0, step + wrong), f"2023-11-{day:02}"))
    broken = sum(max(0, step + wrong) != step for step in steps)
    assert sum(misfit.rule == "additions_differ" for misfit in ask(*figures).misfits) == broken
