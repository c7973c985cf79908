"""The days of a row: as-of, published, and the first and last day that a count covers."""

from collections.abc import Callable
from datetime import date, timedelta

import regex  # type: ignore[import-untyped]  # it ships no types

from db.records import Period
from sources.datasets.cells import BadCell, DayReader, text_of
from sources.datasets.conditions import Cells
from sources.datasets.mapping import DayRule, Mapping, PeriodColumns
from sources.errors import MappingError

RowDay = Callable[[Cells], date | None]
_LONGEST_SEARCHED = 4000
_PATTERN_SECONDS = 0.25
_MOST_KEPT = 100_000


def row_day(rule: DayRule | None, key: str, mapping: Mapping, places: dict[str, int]) -> RowDay:
    """
    A function that gives a row's day by a rule; None where the rule lets it be absent.

    Its BadCell names the column. `key` is the rule's place in the mapping, for messages.
    """
    if rule is None or (rule.column is not None and rule.column not in places):
        return lambda _: None
    if rule.day is not None:
        given = rule.day
        return lambda _: given
    column = str(rule.column)
    place = places[column]
    if rule.pattern is not None:
        return _patterned(rule.pattern, f"{mapping.where}: {key}.pattern", column, place)
    return _stated(rule, mapping, column, place)


def _stated(rule: DayRule, mapping: Mapping, column: str, place: int) -> RowDay:
    read = DayReader(rule.format, trim=mapping.cells.trim)
    empty = mapping.cells.empty

    def day(cells: Cells) -> date | None:
        if (found := read.known.get(cells[place])) is not None:
            return found
        try:
            return read(cells[place])
        except BadCell as bad:
            if text_of(cells[place]).strip() not in empty:
                raise BadCell(str(bad), column) from bad
            if rule.optional:
                return None
            raise BadCell("no day is given", column) from bad

    return day


def _patterned(pattern: str, key: str, column: str, place: int) -> RowDay:
    try:
        search = regex.compile(pattern)
    except regex.error as error:
        raise MappingError(f"{key}: not a regular expression: {error}") from error
    if not {"year", "month", "day"} <= search.groupindex.keys():
        raise MappingError(f"{key}: needs the groups (?P<year>…), (?P<month>…) and (?P<day>…)")
    known: dict[str, date | None] = {}

    def find(text: str) -> date | None:
        try:
            found = search.search(text[:_LONGEST_SEARCHED], timeout=_PATTERN_SECONDS)
            return date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
        except TimeoutError as error:
            raise MappingError(
                f"{key}: takes over {_PATTERN_SECONDS:g} s on one cell; write a simpler pattern"
            ) from error
        except (ValueError, TypeError) as error:
            raise BadCell(f"what {key} finds in {text[:80]!r} is no day", column) from error

    def day(cells: Cells) -> date | None:
        text = text_of(cells[place])
        if text not in known:
            if len(known) >= _MOST_KEPT:
                known.clear()
            known[text] = find(text)
        return known[text]

    return day


class Periods:
    """The periods of rows, each made once."""

    def __init__(self) -> None:
        self._known: dict[tuple[date, int], Period] = {}

    def ending(self, last_day: date, hours: int) -> Period:
        """
        The days that a count over some hours covers, whole days counted back from the last one.

        >>> Periods().ending(date(2024, 3, 2), 48).from_day.isoformat()
        '2024-03-01'
        """
        found = self._known.get((last_day, hours))
        if found is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            try:
                first_day = last_day - timedelta(days=-(-hours // 24) - 1)
            except OverflowError as error:
                raise BadCell(f"{hours} hours before {last_day} is no day") from error
            found = self._known[last_day, hours] = Period(from_day=first_day, to_day=last_day)
        return found

    @staticmethod
    def of_columns(rule: PeriodColumns, mapping: Mapping, places: dict[str, int]) -> Callable[[Cells], Period | None]:
        """A function that reads a row's period from two columns; None where both are empty."""
        first, last = (
            row_day(DayRule(column=column, format=rule.format, optional=True), "figures.period", mapping, places)
            for column in (rule.from_column, rule.to_column)
        )

        def period(cells: Cells) -> Period | None:
            from_day, to_day = first(cells), last(cells)
            if from_day is None and to_day is None:
                return None
            if from_day is None or to_day is None or from_day > to_day:
                raise BadCell(f"no period from {from_day or 'nothing'} to {to_day or 'nothing'}", rule.from_column)
            return Period(from_day=from_day, to_day=to_day)

        return period
