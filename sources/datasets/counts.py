"""Reading the count of one figure rule from a row: one column, or the columns of its bounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from db.records import Count
from sources.datasets.cells import MOST_PEOPLE, BadCell, number_reader, shown, text_of
from sources.datasets.conditions import Cells
from sources.datasets.mapping import Alone, Bound, FigureRule, Mapping
from sources.datasets.tables import Cell, Locator

# qualifier -> whether a single number N stands for low, best and high (design: bounds from words)
BOUNDS_OF = {
    "exact": (True, True, True),
    "at_least": (True, True, False),
    "more_than": (True, True, False),
    "at_most": (False, False, True),
    "less_than": (False, False, True),
    "nearly": (False, True, False),
    "approximately": (False, True, False),
    "vague": (True, False, False),
}
_ALONE: dict[Bound, Alone] = {
    "low": Alone(qualifier="at_least"),
    "best": Alone(qualifier="exact"),
    "high": Alone(qualifier="at_most"),
}
_RANGE = Alone(qualifier="range")


@dataclass(frozen=True, slots=True)
class Columns:
    """How the count from these columns is written down: the row key's end and the locator."""

    key: str
    locate: Callable[[int], str]

    @classmethod
    def of(cls, names: tuple[str, ...], places: dict[str, int], locator: Locator) -> "Columns":
        """The columns of these names."""
        return cls("+".join(names), locator([places[name] for name in names]))


_validated: Callable[[dict[str, Any]], Count] = TypeAdapter(Count).validator.validate_python

Counted = tuple[Count, str, Columns, tuple[str, ...]]
"""A count, its quote, the columns it was read from, and the doubts of how it was read."""


def count_reader(
    rule: FigureRule, mapping: Mapping, places: dict[str, int], locator: Locator
) -> tuple[Callable[[Cells], bool], Callable[[Cells, str], Counted]]:
    """
    Two functions for a rule: whether a row gives it a value, and the count for a qualifier.

    The second raises BadCell for what is no whole number of people.
    """
    empty = _emptiness(mapping)
    if rule.column is not None:
        place = places[rule.column]
        return (lambda cells: not empty(cells[place])), _single(rule, mapping, places, locator)
    found = [places[column] for column in rule.bounds.values() if column in places]
    return (lambda cells: not all(empty(cells[place]) for place in found)), _bounded(rule, mapping, places, locator)


def _emptiness(mapping: Mapping) -> Callable[[Cell], bool]:
    empty = frozenset(mapping.cells.empty)
    if mapping.cells.trim:
        return lambda cell: cell is None or (cell.__class__ is str and str(cell).strip() in empty)
    return lambda cell: cell is None or cell in empty


def _people_reader(rule: FigureRule, mapping: Mapping) -> Callable[[Cell], int]:
    slow = number_reader(mapping.cells, rule.times)

    def people(cell: Cell) -> int:
        if rule.times == 1:
            if cell.__class__ is str and len(cell) < 11 and cell.isdecimal() and cell.isascii():
                return int(cell)
            if cell.__class__ is int and 0 <= cell <= MOST_PEOPLE:
                return cell
        return slow(cell)

    return people


def _single(
    rule: FigureRule, mapping: Mapping, places: dict[str, int], locator: Locator
) -> Callable[[Cells, str], Counted]:
    column = str(rule.column)
    place = places[column]
    people = _people_reader(rule, mapping)
    columns = Columns.of((column,), places, locator)
    opening = f"{column}: "

    def counted(cells: Cells, qualifier: str) -> Counted:
        cell = cells[place]
        number = people(cell)
        text = cell if cell.__class__ is str else text_of(cell)
        if qualifier == "exact":
            count = _validated({"low": number, "best": number, "high": number, "text": text})
        else:
            count = _count({"best": number}, qualifier, str(text))
        return count, f"{opening}{text}", columns, ()

    return counted


def _bounded(
    rule: FigureRule, mapping: Mapping, places: dict[str, int], locator: Locator
) -> Callable[[Cells, str], Counted]:
    people = _people_reader(rule, mapping)
    empty = _emptiness(mapping)
    bounds = {bound: column for bound, column in rule.bounds.items() if column in places}
    known: dict[tuple[str, ...], Columns] = {}

    def number(column: str, cells: Cells) -> int:
        try:
            return people(cells[places[column]])
        except BadCell as bad:
            raise BadCell(str(bad), column) from bad

    def counted(cells: Cells, _: str) -> Counted:
        given = {bound: column for bound, column in bounds.items() if not empty(cells[places[column]])}
        names = tuple(given.values())
        if names not in known:
            known[names] = Columns.of(names, places, locator)
        numbers = {bound: number(column, cells) for bound, column in given.items()}
        quote = "; ".join(f"{column}: {text_of(cells[places[column]])}" for column in names)
        text = text_of(cells[places[names[0]]]) if len(names) == 1 else quote
        alone = _read_alone(rule, given)
        return _count(numbers, alone.qualifier, text), quote, known[names], alone.doubts

    return counted


def _read_alone(rule: FigureRule, given: dict[Bound, str]) -> Alone:
    """How the bounds of a row are read together: a best beside one bound does not close the range."""
    if "low" in given and "high" in given:
        return _RANGE
    bound: Bound = "low" if "low" in given else "high" if "high" in given else "best"
    return rule.alone.get(bound, _ALONE[bound])


def _count(numbers: dict[Bound, int], qualifier: str, text: str) -> Count:
    if len(numbers) > 1:
        given: dict[str, Any] = dict(numbers.items())
        return _validated({**given, "qualifier": qualifier, "text": text})
    if qualifier not in BOUNDS_OF:
        raise BadCell(f"{shown(text)} is one number; a {qualifier} needs columns for low and high")
    (number,) = numbers.values()
    stands = zip(("low", "best", "high"), BOUNDS_OF[qualifier], strict=True)
    return _validated({**{bound: number for bound, does in stands if does}, "qualifier": qualifier, "text": text})
