"""A cell is a whole number of people, a day, or refused: never rounded, never guessed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.datasets.cells import MOST_PEOPLE, BadCell, DayReader, number_reader, shown, text_of
from sources.datasets.mapping import CellsPart
from sources.datasets.tables import Cell


@given(st.integers(0, MOST_PEOPLE))
def test_every_whole_number_is_read_in_each_way_it_is_written(number: int) -> None:
    assert number_reader(CellsPart())(str(number)) == number
    assert number_reader(CellsPart())(number) == number
    assert number_reader(CellsPart(thousands=","))(f"{number:,}") == number
    assert number_reader(CellsPart(trim=True))(f" {number} ") == number


@given(st.text())
def test_any_other_text_is_refused_and_nothing_else_is_raised(text: str) -> None:
    try:
        number = number_reader(CellsPart())(text)
    except BadCell:
        return
    assert text.isdecimal()
    assert number == int(text)


@given(st.floats())
def test_a_float_is_a_count_only_where_it_is_a_whole_number(number: float) -> None:
    try:
        assert number_reader(CellsPart())(number) == number
    except BadCell:
        assert not (number.is_integer() and 0 <= number <= MOST_PEOPLE)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("-5", "'-5' is negative"),
        (-5, "'-5' is negative"),
        ("12.5", "'12.5' is not a whole number"),
        (12.5, "'12.5' is not a whole number"),
        ("12.0", "'12.0' is written as a fraction (cells.integral_decimals takes 12.0 as 12)"),
        ("12 ", "'12 ' is not a number (cells.trim leaves out the spaces around it)"),
        ("1,200", "'1,200' is not a number (cells.thousands names the mark that groups its digits)"),
        ("dozens", "'dozens' is not a number"),
        ("1e3", "'1e3' is not a number"),
        ("1_000", "'1_000' is not a number"),
        ("٣", "'٣' is not a number"),
        ("99999999999", "'99999999999' is more people than there are"),
        ("9" * 50, f"{shown('9' * 50)} is not a number"),
        (1e300, "'1e+300' is more people than there are"),
        (float("nan"), "'nan' is not a number"),
        (float("inf"), "'inf' is not a number"),
        (True, "'true' is not a number"),
        (date(2024, 1, 1), "'2024-01-01' is not a number"),
    ],
)
def test_a_cell_that_is_no_count_is_refused_with_the_reason(cell: Cell, why: str) -> None:
    with pytest.raises(BadCell) as refused:
        number_reader(CellsPart())(cell)
    assert str(refused.value) == why


def test_groups_of_digits_are_whole_groups() -> None:
    people = number_reader(CellsPart(thousands=","))
    assert people("1,234,567") == 1_234_567
    with pytest.raises(BadCell):
        people("12,34")


def test_an_integral_decimal_is_a_count_where_the_mapping_says_so_or_the_format_does() -> None:
    assert number_reader(CellsPart(integral_decimals=True))("12.0") == 12
    assert number_reader(CellsPart())(12.0) == 12


def test_a_unit_of_thousands_is_multiplied_exactly() -> None:
    people = number_reader(CellsPart(), times=1000)
    assert people("12.5") == 12_500
    assert people(0.29) == 290
    for text in ("12.3456", "9999999999"):
        with pytest.raises(BadCell):
            people(text)


def test_the_text_of_a_cell_is_what_is_stored() -> None:
    cells: list[Cell] = [datetime(2024, 1, 2, 3, 4), date(2024, 1, 2), 1.5, False]
    assert [text_of(cell) for cell in cells] == ["2024-01-02T03:04:00", "2024-01-02", "1.5", "false"]


def test_long_texts_are_cut_in_messages() -> None:
    assert len(shown("x" * 1000)) < 70


@given(st.dates())
def test_a_day_is_read_in_the_format_that_is_given(day: date) -> None:
    assert DayReader("iso")(day.isoformat()) == day
    assert DayReader("%d/%m/%Y")(f"{day.day}/{day.month}/{day.year:04}") == day


def test_a_date_of_the_format_itself_is_its_day() -> None:
    read = DayReader("%d/%m/%Y", trim=True)
    assert read(datetime(2024, 1, 2, 23)) == read(date(2024, 1, 2)) == read(" 2/1/2024 ") == date(2024, 1, 2)


@pytest.mark.parametrize("text", ["2024-02-30", "20240201", "2024-W05-1", "", "today", "2024-02-01T00:00"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="is no day written as 2023-10-07"):
        DayReader("iso")(text)
