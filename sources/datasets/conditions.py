"""Which rows and columns a mapping's cases and refusals are about."""

from collections.abc import Callable, Sequence
from typing import Any

from sources.datasets.cells import BadCell, DayReader, text_of
from sources.datasets.mapping import Case, Conditions, Mapping, Refusal, Test
from sources.datasets.tables import Cell

Cells = Sequence[Cell]
Check = Callable[[Cells], bool]


class Conditional:
    """
    The cases and refusals of a mapping over a table's columns.

    Each condition is asked once a row; its answer has a place among the row's flags.
    """

    def __init__(self, mapping: Mapping, places: dict[str, int]) -> None:
        self._mapping = mapping
        self._places = places
        self._checks: list[Check] = []
        self._cases = [(self._flag(case.conditions), case) for case in mapping.cases]
        self._refusals = [(self._flag(refusal.conditions), refusal) for refusal in mapping.refuse]

    def flags(self, cells: Cells) -> tuple[bool, ...]:
        """
        Which conditions hold for a row.

        Raises:
            BadCell: a condition compares days, and the cell holds none.
        """
        return tuple([check(cells) for check in self._checks]) if self._checks else ()

    def cases_for(self, columns: Sequence[str]) -> list[tuple[int | None, Case]]:
        """The cases about a figure of these columns, each with the place of its flag (None: always)."""
        return [(flag, case) for flag, case in self._cases if _about(case.columns, columns)]

    def refusals_for(self, columns: Sequence[str]) -> list[tuple[int | None, Refusal]]:
        """The refusals about a figure of these columns, each with the place of its flag (None: always)."""
        return [(flag, refusal) for flag, refusal in self._refusals if _about(refusal.columns, columns)]

    def named_refusals_for(self, column: str) -> list[tuple[int | None, Refusal]]:
        """The refusals that name a column which no figure is read from."""
        return [(flag, refusal) for flag, refusal in self.refusals_for([column]) if refusal.columns is not None]

    def _flag(self, conditions: Conditions) -> int | None:
        if not conditions:
            return None
        checks = [self._check(column, test) for column, test in conditions.items()]
        self._checks.append(checks[0] if len(checks) == 1 else lambda cells: all(check(cells) for check in checks))
        return len(self._checks) - 1

    def _check(self, column: str, test: Test) -> Check:
        place = self._places.get(column)
        checks = list(self._checks_of(column, test))

        def holds(cells: Cells) -> bool:
            cell = None if place is None else cells[place]
            return all(check(cell) for check in checks)

        return holds

    def _checks_of(self, column: str, test: Test) -> list[Callable[[Cell], bool]]:
        cells = self._mapping.cells
        checks: list[Callable[[Cell], bool]] = []

        def plain(cell: Cell) -> str:
            return text_of(cell).strip() if cells.trim else text_of(cell)

        if test.is_one_of is not None:
            wanted = {str(one) for one in test.is_one_of}
            checks.append(lambda cell: plain(cell) in wanted)
        if test.is_none_of is not None:
            unwanted = {str(one) for one in test.is_none_of}
            checks.append(lambda cell: plain(cell) not in unwanted)
        if test.present is not None:
            checks.append(lambda cell: (plain(cell) not in cells.empty) == test.present)
        if test.before is not None or test.from_day is not None:
            checks.append(self._between(column, test))
        return checks

    def _between(self, column: str, test: Test) -> Callable[[Cell], bool]:
        day = DayReader(self._written(column), trim=self._mapping.cells.trim)

        def holds(cell: Cell) -> bool:
            try:
                found = day(cell)
            except BadCell as bad:
                raise BadCell(str(bad), column) from bad
            return (test.before is None or found < test.before) and (test.from_day is None or found >= test.from_day)

        return holds

    def _written(self, column: str) -> str:
        """How days stand in a column: as the row's own days do, where they stand there."""
        rules = (self._mapping.row.as_of, self._mapping.row.published)
        return next((rule.format for rule in rules if rule and rule.column == column and not rule.pattern), "iso")


def matches(pattern: str, column: str) -> bool:
    """
    Whether a column is the one named, or fits a name with "*" for any letters.

    >>> matches("ext_*", "ext_killed"), matches("ext_*", "killed")
    (True, False)
    """
    first, *rest = pattern.split("*")
    if not rest:
        return first == column
    *middle, last = rest
    at = len(first)
    for part in middle:
        at = column.find(part, at) + len(part)
        if at < len(part):
            return False
    return column.startswith(first) and column.endswith(last) and at + len(last) <= len(column)


def _about(patterns: Any, columns: Sequence[str]) -> bool:
    return patterns is None or any(matches(pattern, column) for pattern in patterns for column in columns)
