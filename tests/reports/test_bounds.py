from collections.abc import Callable

import pytest

from db.records import Count, RecordedFigure
from reports.bounds import Standing, binds, bounds, exclusion_across, meet, relate, standing
from reports.nesting import Nesting
from reports.rounding import Interval

Make = Callable[..., RecordedFigure]
Stand = Callable[..., Standing]


@pytest.fixture
def stand(recorded: Make, events: Nesting) -> Stand:
    def make(*args: object, step: int | None = None, **facts: object) -> Standing:
        found = standing(recorded(*args, **facts), events, step=step)
        assert found is not None
        return found

    return make


def test_hedged_numbers_have_a_floor_and_a_ceiling_two_halves_away() -> None:
    assert bounds(Count(best=1_400, qualifier="approximately", text="about 1,400")) == Interval(1_300, 1_500)
    assert bounds(Count(best=500, qualifier="nearly", text="nearly 500")) == Interval(450, 500)
    assert bounds(Count.exactly(34_000), relayed=True) == Interval(33_000, 35_000)
    assert bounds(Count.exactly(34_000)) == Interval(34_000, 34_000)
    assert bounds(Count(text="an unknown number")) == Interval(None, None)


def test_an_earlier_count_does_not_bind_a_later_one(stand: Stand) -> None:
    early, late = stand(1_000, by="A", on="2024-01-01"), stand(1_500, by="B", on="2024-01-05")
    assert not binds(early, late)
    found = relate(early, late)
    assert found.relation == "compatible"
    assert "500 more by 5 January 2024" in found.because


def test_a_later_count_below_an_earlier_floor_contradicts_it(stand: Stand) -> None:
    early, late = stand(1_500, by="A", on="2024-01-01"), stand(1_000, by="B", on="2024-01-05")
    found = relate(early, late)
    assert found.relation == "contradict"
    assert found.because == ("A gives 1,500 (1 January 2024); B gives 1,000 (5 January 2024), no more than 1,000")


def test_a_stricter_count_is_no_ceiling_for_a_reported_one(stand: Stand) -> None:
    verified, reported = stand(10_000, by="UN", basis="verified"), stand(30_000, by="B")
    assert relate(verified, reported).relation == "compatible"
    assert "stricter basis" in relate(reported, verified).because


def test_a_reported_count_is_a_ceiling_for_a_stricter_one(stand: Stand) -> None:
    verified, reported = stand(10_000, by="UN", basis="verified"), stand(9_000, by="B")
    assert relate(verified, reported).relation == "contradict"


def test_a_certified_count_is_bound_by_an_identified_one_and_not_the_reverse(stand: Stand) -> None:
    certified, identified = stand(64, by="A", basis="certified"), stand(60, by="B", basis="identified")
    assert binds(identified, certified)
    assert not binds(certified, identified)


def test_two_estimates_of_a_past_incident_contradict_where_their_bounds_do_not_meet(stand: Stand) -> None:
    facts = {"tally": "incident", "event": "a strike", "on": "2022-05-04"}
    council = stand(300, "approximately", by="City Council", **facts | {"on": "2022-03-25"})
    agency = stand(600, "approximately", by="News Agency", basis="estimated", **facts)
    identified = stand(12, "at_least", by="Rights Group", basis="identified", **facts)
    assert relate(council, agency).relation == "contradict"
    assert relate(council, identified).relation == "compatible"
    assert relate(agency, identified).relation == "compatible"


def test_an_estimate_above_the_count_of_its_day_is_compatible(stand: Stand) -> None:
    study = stand((55_298, 78_525), by="A Study", on="2024-06-30", published="2025-01-09", basis="estimated")
    ministry = stand(37_900, by="Health Ministry", on="2024-06-30")
    assert relate(study, ministry).relation == "compatible"
    assert "a count so far may lie below an estimate of all" in relate(ministry, study).because


def test_an_estimate_below_the_count_of_its_day_contradicts_it(stand: Stand) -> None:
    study = stand((20_000, 30_000), by="A Study", on="2024-06-30", basis="estimated")
    assert relate(study, stand(37_900, on="2024-06-30")).relation == "contradict"
    assert relate(study, stand(37_900, on="2024-08-30")).relation == "compatible"


def test_a_number_known_by_its_publication_day_may_be_stale(stand: Stand) -> None:
    relayed = stand(1_000, by="A", on="2024-03-05", basis_of_day="publication", publisher="The Example Gazette")
    found = relate(relayed, stand(1_505, by="B", on="2024-03-01"))
    assert found.relation == "compatible"
    assert "may be older than 5 March 2024" in found.because


def test_two_counts_of_one_young_day_leave_the_order_open(stand: Stand) -> None:
    one, other = stand(2_750, by="A", on="2023-10-14"), stand(2_808, by="B", on="2023-10-14")
    assert "order within the day unknown" in relate(one, other).because
    old = stand(2_750, by="A", on="2024-01-16"), stand(2_808, by="B", on="2024-01-16")
    assert relate(*old).relation == "contradict"


def test_a_gap_no_larger_than_an_issuers_own_step_that_day_leaves_the_order_open(stand: Stand) -> None:
    one, other = stand(24_000, by="A", on="2024-01-16", step=150), stand(24_100, by="B", on="2024-01-16", step=10)
    assert relate(one, other).relation == "compatible"


def test_times_of_day_decide_the_order_where_both_are_given(stand: Stand) -> None:
    morning = stand(100, by="A", on="2024-01-16", time="09:00")
    evening = stand(150, by="B", on="2024-01-16", time="18:00")
    assert relate(morning, evening).relation == "compatible"
    assert relate(stand(150, by="C", on="2024-01-16", time="08:00"), morning).relation == "contradict"


def test_stocks_compare_only_for_the_same_day(stand: Stand) -> None:
    facts = {"outcome": "held", "tally": "stock"}
    one, other = stand(48, by="A", on="2025-10-01", **facts), stand(6, by="B", on="2025-10-20", **facts)
    assert relate(one, other).relation == "not_comparable"
    assert relate(one, stand(47, by="B", on="2025-10-01", **facts)).relation == "contradict"


def test_period_counts_compare_only_for_the_same_days(stand: Stand) -> None:
    facts = {"tally": "period", "hours": 48}
    one = stand(10, by="A", on="2024-01-02", period=("2024-01-01", "2024-01-02"), **facts)
    assert relate(one, stand(30, by="B", period=("2024-01-02", "2024-01-03"), **facts)).relation == "not_comparable"
    same = stand(30, by="B", on="2024-01-02", period=("2024-01-01", "2024-01-02"), **facts)
    assert relate(one, same).relation == "contradict"
    undated = stand(10, by="A", on="2024-01-02", **facts), stand(30, by="B", on="2024-01-05", **facts)
    assert "up to 2 January 2024" in relate(*undated).because


def test_equal_numbers_agree_and_meeting_bounds_are_compatible(stand: Stand) -> None:
    assert relate(stand(5, by="A"), stand(5, by="B")).because == "both give 5"
    assert relate(stand(1_139, by="A"), stand(1_200, "approximately", by="B")).relation == "compatible"
    assert meet(stand(5, "at_least"), stand(9))


def test_the_floor_of_a_part_is_a_floor_of_its_whole(stand: Stand) -> None:
    part, whole = stand(120, by="A", age="child", on="2024-01-01"), stand(100, by="B", on="2024-01-03")
    found = exclusion_across(part, whole)
    assert found is not None
    assert found.endswith("though it counts only a part of that")
    assert exclusion_across(stand(80, by="A", age="child"), whole) is None


def test_a_part_of_the_same_young_day_is_left_open(stand: Stand) -> None:
    day = {"on": "2023-10-09"}
    assert exclusion_across(stand(120, by="A", age="child", **day), stand(100, by="B", **day)) is None


def test_a_figure_without_day_or_number_stands_nowhere(recorded: Make, events: Nesting) -> None:
    assert standing(recorded(5, on=None, published="unknown"), events) is None


def test_a_finished_total_and_an_event_that_ended_are_over(stand: Stand) -> None:
    assert stand(5, until="2023-10-31", on="2023-11-01").over
    assert stand(5, event="7 October attack").over
    assert not stand(5).over
    assert not stand(5, outcome="held", tally="stock").over
    assert not stand(5, tally="period").over


def test_a_hidden_issuer_is_named_by_its_words(stand: Stand) -> None:
    hidden = stand(9, by=None, issuer_words="local officials", on="2024-01-01")
    assert "local officials gives 9" in relate(hidden, stand(5, by="B", on="2024-02-01")).because
