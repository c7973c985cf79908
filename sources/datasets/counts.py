"""Reading the count of one figure rule from a row: one column, or the columns of its bounds."""

from collections.abc import Callable
from dataclasses import dataclass

from db.records import Count
from sources.datasets.cells import MOST_PEOPLE, BadCell, number_reader, text_of
from sources.datasets.conditions import Cells
from sources.datasets.mapping import Alone, FigureRule, Mapping
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
_ALONE = {"low": Alone(qualifier="at_least"), "best": Alone(qualifier="exact"), "high": Alone(qualifier="at_most")}


@dataclass(frozen=True, slots=True)
class Columns:
    """How the count from these columns is written down: the quote's beginning, the row key's end, the locator."""

    names: tuple[str, ...]
    key: str
    locate: Callable[[int], str]

    @classmethod
    def of(cls, names: tuple[str, ...], places: dict[str, int], locator: Locator) -> "Columns":
        """The columns of these names."""
        return cls(names, "+".join(names), locator([places[name] for name in names]))


Counted = tuple[Count, str, Columns, tuple[str, ...]]
"""A count, its quote, the columns it was read from, and the doubts of how it was read."""


def count_reader(
    rule: FigureRule, mapping: Mapping, places: dict[str, int], locator: Locator
) -> tuple[Callable[[Cells], bool], Callable[[Cells, str], Counted]]:
    """
    Two functions for a rule: whether a row gives it a value, and the count for a qualifier (a BadCell if it is none).
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
            if cell.__class__ is str and len(cell) < 11 and cell.isdecimal() and cell.isascii():  # type: ignore[arg-type,union-attr]  # noqa: E501
                return int(cell)  # type: ignore[arg-type]
            if cell.__class__ is int and 0 <= cell <= MOST_PEOPLE:  # type: ignore[operator]
                return cell  # type: ignore[return-value]
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
            count = Count(low=number, best=number, high=number, text=text)
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
        columns = known.setdefault(names, Columns.of(names, places, locator))
        numbers = {bound: number(column, cells) for bound, column in given.items()}
        quote = "; ".join(f"{column}: {text_of(cells[places[column]])}" for column in names)
        text = text_of(cells[places[names[0]]]) if len(names) == 1 else quote
        alone = _read_alone(rule, given)
        return _count(numbers, alone.qualifier if alone else "range", text), quote, columns, alone.doubts if alone else ()

    return counted


def _read_alone(rule: FigureRule, given: dict[str, str]) -> Alone | None:
    """How the count is read where it is no closed range: a best beside one bound does not close it."""
    if "low" in given and "high" in given:
        return None
    bound = next((bound for bound in ("low", "high") if bound in given), "best")
    return rule.alone.get(bound, _ALONE[bound])  # type: ignore[call-overload,no-any-return]  # a bound's name


def _count(numbers: dict[str, int], qualifier: str, text: str) -> Count:
    if len(numbers) == 1 and qualifier in BOUNDS_OF:
        (number,) = numbers.values()
        low, best, high = (number if stands else None for stands in BOUNDS_OF[qualifier])
        return Count(low=low, best=best, high=high, qualifier=qualifier, text=text)  # type: ignore[arg-type]
    return Count(**numbers, qualifier=qualifier, text=text)  # type: ignore[arg-type]  # the mapping's words are checked
