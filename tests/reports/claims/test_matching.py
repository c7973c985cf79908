"""Whether a claimed number is the recorded one: equal, or by the claim's hedge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Count
from reports.claims.matching import VAGUE_CEILINGS, admitted, differs_by_a_digit, match, significant_digits
from reports.rounding import half


def exact(number: int) -> Count:
    return Count.exactly(number)


def at_least(number: int) -> Count:
    return Count(low=number, best=number, qualifier="at_least", text=f"at least {number}")


def more_than(number: int) -> Count:
    return Count(low=number, best=number, qualifier="more_than", text=f"more than {number}")


def at_most(number: int) -> Count:
    return Count(high=number, qualifier="at_most", text=f"up to {number}")


def less_than(number: int) -> Count:
    return Count(high=number, qualifier="less_than", text=f"fewer than {number}")


def about(number: int) -> Count:
    return Count(best=number, qualifier="approximately", text=f"about {number}")


def nearly(number: int) -> Count:
    return Count(best=number, qualifier="nearly", text=f"nearly {number}")


def between(low: int, high: int, best: int | None = None) -> Count:
    return Count(low=low, best=best, high=high, qualifier="range", text=f"{low} to {high}")


HUNDREDS = Count(low=200, qualifier="vague", text="hundreds")
DOZENS = Count(low=24, qualifier="vague", text="dozens")


@pytest.mark.parametrize(
    ("claimed", "recorded", "found"),
    [
        (exact(2_808), exact(2_808), "equal"),
        (exact(2_808), at_least(2_808), "hedge_dropped"),
        (at_least(2_808), exact(2_808), "hedge_added"),
        (more_than(1_400), at_least(1_400), "hedge_changed"),
        (more_than(1_400), exact(1_400), None),
        (less_than(1_400), exact(1_400), None),
        (at_most(500), at_least(500), None),  # a floor turned into a ceiling
        (at_least(500), at_most(500), None),
        (at_least(500), nearly(500), None),
        (about(1_400), exact(1_377), "rounded"),
        (about(1_400), at_least(1_377), "rounded"),
        (about(1_200), exact(1_139), None),
        (about(1_400), at_most(1_377), None),
        (nearly(500), exact(471), "rounded"),
        (nearly(500), exact(520), None),
        (exact(1_400), exact(1_377), "rounded"),  # so round that it reads as rounded
        (exact(1_410), exact(1_411), None),
        (at_least(1_400), exact(1_377), None),
        (between(100, 300), between(100, 300), "equal"),
        (between(100, 300), between(100, 400), None),
        (exact(600), between(500, 700, 600), "hedge_dropped"),
        (about(600), between(500, 700, 600), "equal"),
        (exact(500), between(500, 700), None),  # the end of a range is not its number
        (HUNDREDS, HUNDREDS, "equal"),
        (HUNDREDS, DOZENS, None),
        (HUNDREDS, exact(471), None),
    ],
)
def test_numbers_and_hedges(claimed: Count, recorded: Count, found: str | None) -> None:
    assert match(claimed, recorded) == found


def test_exactly_takes_nothing_but_the_number_as_it_stands() -> None:
    assert match(exact(1_400), exact(1_400), strict=True) == "equal"
    assert match(exact(1_400), at_least(1_400), strict=True) is None
    assert match(exact(1_400), exact(1_377), strict=True) is None


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_a_count_admits_is_what_it_matches(claimed: int, recorded: int) -> None:
    for count in (exact(claimed), about(claimed), nearly(claimed)):
        interval = admitted(count, strict=False)
        assert interval is not None
        if match(count, exact(recorded)) is not None:
            assert recorded in interval


@given(st.integers(0, 10**9))
def test_every_plain_number_matches_itself(number: int) -> None:
    assert match(exact(number), exact(number)) == "equal"
    assert number in (admitted(exact(number), strict=True) or ())


@given(st.integers(1, 10**6), st.data())
def test_about_admits_half_a_unit_and_no_more(number: int, data: st.DataObject) -> None:
    far = half(number)
    inside = data.draw(st.integers(max(number - far, 0), number + far))
    assert match(about(number), exact(inside)) is not None
    assert match(about(number), exact(number + far + 1)) is None


def test_a_vague_word_admits_no_number_and_implies_a_most() -> None:
    assert admitted(HUNDREDS, strict=False) is None
    assert VAGUE_CEILINGS[200] == 2_000


@given(st.integers(10, 10**9))
def test_a_zero_dropped_is_a_digit(number: int) -> None:
    assert differs_by_a_digit(number, number * 10)
    assert differs_by_a_digit(number * 10, number)
    assert not differs_by_a_digit(number, number)


@given(st.integers(10, 10**9), st.data())
def test_one_digit_changed_is_a_digit(number: int, data: st.DataObject) -> None:
    digits = str(number)
    place = data.draw(st.integers(1, len(digits) - 1))
    other = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
    assert differs_by_a_digit(number, int(other))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [(1_377, 1_737, True), (1_377, 7_137, False), (1_377, 1_388, False), (5, 6, False), (1_377, 13_777, False)],
)
def test_what_is_a_digit_and_what_is_more(one: int, other: int, found: bool) -> None:
    assert differs_by_a_digit(one, other) is found


@given(st.integers(1, 10**9))
def test_zeros_at_the_end_are_no_significant_digits(number: int) -> None:
    assert significant_digits(number) == significant_digits(number * 1_000)
