"""How often reports of one event give different numbers: counted by hand on small records."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import RecordedFigure
from reports.comparison import Surroundings
from reports.divergence import divergences

Make = Callable[..., RecordedFigure]
BLAST = {"event": "al-Ahli hospital blast", "tally": "incident"}


def incident(recorded: Make, number: int, day: str, document: str, **facets: str) -> RecordedFigure:
    return recorded(number, event=None, place="Israel", tally="incident", since=day, document=document, **facets)


def test_divergence_is_the_number_of_different_values_less_one_over_all_events(recorded: Make) -> None:
    figures = [
        incident(recorded, 4, "2024-01-01", "a"),
        incident(recorded, 5, "2024-01-01", "b"),
        incident(recorded, 5, "2024-01-01", "c"),
        incident(recorded, 7, "2024-01-02", "d"),
        incident(recorded, 9, "2024-01-03", "e"),
        incident(recorded, 9, "2024-01-03", "f"),
    ]
    (killed,) = divergences(figures)
    assert (killed.outcome, killed.events, killed.several, killed.differing) == ("killed", 3, 2, 1)
    assert killed.mean == pytest.approx(1 / 3)
    assert killed.normalised == pytest.approx(1 / 12)
    assert killed.share == 0.5


def test_a_total_of_an_event_of_one_day_is_a_report_of_it_and_of_a_war_it_is_not(
    recorded: Make, surroundings: Surroundings
) -> None:
    figures = [recorded(471, document="a", **BLAST), recorded(500, document="b", **BLAST), recorded(34_000)]
    (killed,) = divergences(figures, surroundings=surroundings)
    assert (killed.events, killed.differing) == (1, 1)


def test_other_people_are_another_event_and_one_document_is_one_report(recorded: Make) -> None:
    figures = [
        incident(recorded, 4, "2024-01-01", "a"),
        incident(recorded, 2, "2024-01-01", "b", age="child"),
        incident(recorded, 1, "2024-01-01", "c", outcome="injured"),
        incident(recorded, 3, "2024-01-05", "d"),
        incident(recorded, 3, "2024-01-05", "d"),
    ]
    found = {one.outcome: one for one in divergences(figures)}
    assert (found["killed"].events, found["killed"].several, found["killed"].share) == (3, 0, None)
    assert found["injured"].events == 1


def test_what_is_held_or_voided_is_no_report(recorded: Make) -> None:
    figures = [incident(recorded, 4, "2024-01-01", "a", state="voided"), incident(recorded, 5, "2024-01-01", "b")]
    (killed,) = divergences(figures)
    assert (killed.events, killed.several) == (1, 0)
    assert divergences([]) == []


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 4)), min_size=1, max_size=12))
def test_the_measures_are_zero_exactly_where_no_event_has_two_values(
    recorded: Make, reports: list[tuple[int, int]]
) -> None:
    figures = [incident(recorded, number, f"2024-01-0{day}", str(place)) for place, (day, number) in enumerate(reports)]
    (killed,) = divergences(figures)
    differs = any(one[0] == other[0] and one[1] != other[1] for one in reports for other in reports)
    assert (killed.mean > 0) == (killed.normalised > 0) == (killed.differing > 0) == differs
    assert 0 <= killed.normalised <= 1
