"""Numbers that may count people."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.canonical import LARGEST_INTEGER
from sources.extract.numbers import Number, numbers
from sources.extract.tokens import plain, tokens

Told = tuple[str, int | None, int | None, int | None, str]
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
ONES = f"zero one two three four five six seven eight nine {TEENS}".split()
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def told(text: str) -> list[Told]:
    found = tokens(plain(text))
    read = numbers(found)
    return [(text[found[n.first].start : found[n.after - 1].end], n.low, n.best, n.high, n.qualifier) for n in read]


def in_words(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for scale, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if rest and rest < 100 else " "
            return f"{in_words(number // scale)} {name}" + (joint + in_words(rest) if rest else "")
    raise AssertionError


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "qualifier"),
    [
        ("2,808", 2808, 2808, 2808, "exact"),
        ("2\u202f808", 2808, 2808, 2808, "exact"),
        ("2.808 ", 2808, 2808, 2808, "exact"),
        ("2'808", 2808, 2808, 2808, "exact"),
        ("1,23,456", 123456, 123456, 123456, "exact"),
        ("٢٨٠٨", 2808, 2808, 2808, "exact"),
        ("41k", 41_000, 41_000, 41_000, "exact"),
        ("1.2m", 1_200_000, 1_200_000, 1_200_000, "exact"),
        ("1.5 million", 1_500_000, 1_500_000, 1_500_000, "exact"),
        ("one and a half million", 1_500_000, 1_500_000, 1_500_000, "exact"),
        ("half a million", 500_000, 500_000, 500_000, "exact"),
        ("half a dozen", 6, 6, 6, "exact"),
        ("a dozen", 12, 12, 12, "exact"),
        ("two dozen", 24, 24, 24, "exact"),
        ("dozen", 12, 12, 12, "exact"),
        ("a hundred", 100, 100, 100, "exact"),
        ("twenty-three", 23, 23, 23, "exact"),
        ("two hundred and fifty", 250, 250, 250, "exact"),
        ("dozens", 24, None, None, "vague"),
        ("scores", 40, None, None, "vague"),
        ("several hundred", 200, None, None, "vague"),
        ("tens of thousands", 20_000, None, None, "vague"),
        ("hundreds of thousands", 200_000, None, None, "vague"),
        ("at least 12", 12, 12, None, "at_least"),
        ("no fewer than 12", 12, 12, None, "at_least"),
        ("more than 12", 12, 12, None, "more_than"),
        ("upwards of 12", 12, 12, None, "more_than"),
        ("up to 12", None, None, 12, "at_most"),
        ("as many as 12", None, None, 12, "at_most"),
        ("fewer than 12", None, None, 12, "less_than"),
        ("nearly 500", None, 500, None, "nearly"),
        ("almost a million", None, 1_000_000, None, "nearly"),
        ("about 500", None, 500, None, "approximately"),
        ("some 500", None, 500, None, "approximately"),
        ("an estimated 500", None, 500, None, "approximately"),
        ("exactly 12", 12, 12, 12, "exact"),
        ("at least an estimated 30", 30, 30, None, "at_least"),
        ("12 or more", 12, 12, None, "at_least"),
        ("12+", 12, 12, None, "at_least"),
        ("12 or so", None, 12, None, "approximately"),
        ("between 100 and 300", 100, None, 300, "range"),
        ("500 to 600", 500, None, 600, "range"),
        ("100-300", 100, None, 300, "range"),
        ("100–300", 100, None, 300, "range"),
        ("two to three million", 2_000_000, None, 3_000_000, "range"),
        ("14 or 16", 14, None, 16, "range"),
        ("about 100 to 300", 100, None, 300, "range"),
    ],
)
def test_a_number_is_read_with_its_bounds(
    text: str, low: int | None, best: int | None, high: int | None, qualifier: str
) -> None:
    assert told(text) == [(text.strip(), low, best, high, qualifier)]


@pytest.mark.parametrize(
    "text",
    [
        "on 2023-10-07 at 18:00 or 5 p.m.",
        "$500 and €1.2 million",
        "the 7th, the 1990s and an F-16",
        "a 12-year-old, aged 25, under Resolution 242",
        "men aged 19 and 22",
        "1.5 people",
        "9,007,199,254,740,993",
        "1" * 30,
        "no one, this one, every one",
        "see https://example.org/12/34 or +970 59 123 4567",
        "text[12]",
        "250 per cent",
        "9,007,199,254,740 million",
        "a half a day",
        "1.2.3",
        "no reports of casualties",
    ],
)
def test_what_counts_nobody_is_no_number(text: str) -> None:
    assert [number for number in told(text) if number[1] not in (1, 2, 3)] == []


def test_numbers_beside_each_other_stay_apart() -> None:
    assert [number[2] for number in told("one two")] == [1, 2]
    assert [number[2] for number in told("12 and 30")] == [12, 30]
    assert [number[2] for number in told("300 to 100")] == [300, 100]
    assert [number[2] for number in told("2023 to 41,615")] == [2023, 41615]
    assert [number[2] for number in told("rose from 40,000 to 41,000")] == [40000, 41000]
    assert [number[2] for number in told("at least 12 and at least 30")] == [12, 30]
    assert [number[2] for number in told("12 + 5")] == [12, 5]


def test_estimated_after_a_subject_is_a_verb() -> None:
    assert told("the study estimated 500")[0][4] == "exact"
    assert told("killed estimated 500")[0][4] == "approximately"


def test_percentages_are_parts_per_million() -> None:
    read = numbers(tokens("70 per cent, 1.5% and seventy percent"))
    assert [(number.best, number.percent) for number in read] == [(700_000, True), (15_000, True), (700_000, True)]


def test_no_before_an_outcome_is_a_count_of_none() -> None:
    assert told("no casualties") == [("no", 0, 0, 0, "exact")]
    assert told("no Fictional injuries") == [("no", 0, 0, 0, "exact")]
    assert told("no hope") == []


def test_a_number_without_bounds_has_no_value() -> None:
    with pytest.raises(AssertionError):
        assert Number(0, 1, 0, None, None, None).value
    assert Number(0, 1, 0, None, None, 7).value == 7


@given(st.integers(0, LARGEST_INTEGER))
def test_printed_digits_read_as_their_number(number: int) -> None:
    for printed in (f"{number}", f"{number:,}", f"{number:,}".replace(",", "\u00a0")):
        assert [read[2] for read in told(printed)] == [number]


@given(st.integers(0, 999_999_999))
def test_printed_words_read_as_their_number(number: int) -> None:
    assert [read[2] for read in told(in_words(number))] == [number]


@given(st.text(max_size=200))
def test_numbers_of_any_text_never_overlap_and_keep_their_order(text: str) -> None:
    read = numbers(tokens(plain(text)))
    assert all(first.after <= second.first for first, second in pairwise(read))
    assert all(0 <= number.value <= LARGEST_INTEGER for number in read)
