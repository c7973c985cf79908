"""A dataset's file as one table of rows, whatever its format, with a locator for every cell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from sources.datasets.mapping import Mapping
from sources.errors import MappingError, TooLarge, UnreadableInput

Cell = str | int | float | bool | date | time | None
"""A value as stored; None where the file has none."""

MOST_COLUMNS = 10_000

Locator = Callable[[Sequence[int]], Callable[[int], str]]


@dataclass(frozen=True, slots=True)
class Table:
    """
    A file's rows.

    Attributes:
        columns: every column, in the file's order.
        rows: the number of each row in its format's own counting, and its cells in the order of `columns`; a row
            that does not fit the columns has a sentence that says why in place of its cells.
        locator: for some columns, by their places, the function from a row's number to the locator of its cells
            there; of the whole row, where no column is given.
        column_locator: where a column is first seen.
    """

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[Cell] | str]]
    locator: Locator
    column_locator: Callable[[int], str]


def named_columns(header: Sequence[object], name: str) -> tuple[str, ...]:
    """
    The columns' names from a header row; a column without one is called by its place, "(column 3)".

    Raises:
        UnreadableInput: two columns have one name, or there is no header at all.
    """
    columns = tuple(str(cell).strip() or f"(column {place})" for place, cell in enumerate(header, 1))
    if not header:
        raise UnreadableInput(f"{name}: no header row")
    if len(columns) > MOST_COLUMNS:
        raise TooLarge(f"{name}: {len(columns):,} columns; at most {MOST_COLUMNS:,} are read")
    if len(set(columns)) < len(columns):
        twice = next(column for place, column in enumerate(columns) if column in columns[:place])
        raise UnreadableInput(f"{name}: two columns are called {twice[:80]!r}; rename one")
    return columns


def header_missing(name: str, mapping: Mapping) -> MappingError:
    """The error of a file that ends before its header row."""
    return MappingError(
        f"{mapping.where}: dataset.header_row: {name} has no row {mapping.dataset.header_row}; give the names' row"
    )


def check_text(cells: Sequence[Cell], name: str) -> None:
    """
    Refuse NUL characters: text has none, and PostgreSQL keeps none.

    Raises:
        UnreadableInput: a cell's text holds one.
    """
    for cell in cells:
        if cell.__class__ is str and "\0" in str(cell):
            raise UnreadableInput(f"{name}: NUL characters in a cell's text")
