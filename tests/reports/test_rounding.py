from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Count, RecordedFigure
from reports.rounding import (
    Interval,
    admits,
    half,
    is_hedged,
    is_hedged_count,
    is_relay,
    reads_as_rounded,
    shortfall,
    unit,
)

NUMBERS = st.integers(min_value=0, max_value=10**9)


def about(number: int) -> Count:
    return Count(best=number, qualifier="approximately", text=f"about {number}")


def nearly(number: int) -> Count:
    return Count(best=number, qualifier="nearly", text=f"nearly {number}")


@pytest.mark.parametrize(
    ("number", "place", "distance"),
    [(1_400, 100, 50), (1_200_000, 100_000, 50_000), (41_000, 1_000, 500), (300, 100, 30), (15, 1, 2), (5, 1, 0)],
)
def test_the_unit_is_the_place_of_the_last_digit_that_is_not_zero(number: int, place: int, distance: int) -> None:
    assert (unit(number), half(number)) == (place, distance)


@given(NUMBERS)
def test_rounding_distances_never_pass_a_tenth_of_a_round_number(number: int) -> None:
    assert 0 <= half(number) <= max(2, number // 10)
    assert 0 <= shortfall(number) <= number
    assert number == 0 or number % unit(number) == 0


@given(NUMBERS, NUMBERS)
def test_about_admits_exactly_what_lies_within_half(number: int, other: int) -> None:
    assert admits(about(number), other) == (abs(number - other) <= half(number))


def test_about_1400_admits_1350_to_1450() -> None:
    assert [admits(about(1_400), number) for number in (1_349, 1_350, 1_450, 1_451)] == [False, True, True, False]


def test_about_1200_does_not_admit_1139() -> None:
    assert not admits(about(1_200), 1_139)


def test_almost_a_million_does_not_admit_783138_nor_the_million_itself() -> None:
    assert not admits(nearly(1_000_000), 783_138)
    assert not admits(nearly(1_000_000), 1_000_000)
    assert admits(nearly(1_000_000), 900_000)


def test_a_plain_number_admits_itself_only_unless_a_relay_gives_it_round() -> None:
    assert not admits(Count.exactly(34_000), 34_400)
    assert admits(Count.exactly(34_000), 34_400, relayed=True)
    assert not admits(Count.exactly(34_500), 34_622, relayed=True)
    assert not admits(Count(text="some"), 3)


def test_bounds_are_not_rounding() -> None:
    floor = Count(low=9_500, best=9_500, qualifier="more_than", text="more than 9,500")
    assert not is_hedged_count(floor, relayed=True)
    assert not reads_as_rounded(900)


def test_an_open_interval_holds_everything_on_that_side() -> None:
    assert 10**9 in Interval(3, None)
    assert 0 in Interval(None, 3)
    assert 4 not in Interval(None, 3)


def test_a_relay_is_a_document_that_is_not_the_issuers_own(recorded: Callable[..., RecordedFigure]) -> None:
    own, relay, hidden = recorded(34_000), recorded(34_000, publisher="The Example Gazette"), recorded(5, by=None)
    assert [is_relay(one) for one in (own, relay, hidden)] == [False, True, True]
    assert [is_hedged(one) for one in (own, relay, hidden)] == [False, True, False]
