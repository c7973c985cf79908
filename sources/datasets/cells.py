"""What a cell says: its text as stored, a number of people, a day."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from sources.datasets.mapping import CellsPart
from sources.datasets.tables import Cell

MOST_PEOPLE = 10_000_000_000
"""More than all who live: no count of people passes it."""
_LONGEST_NUMBER = 40
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LONGEST_SHOWN = 60
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEPT_DAYS = 100_000


class BadCell(Exception):
    """
    A cell that does not say what its column should; the message says what stands there and why it is refused.

    Attributes:
        column: whose cell it is, where the one who raises it knows.
    """

    def __init__(self, why: str, column: str = "") -> None:
        super().__init__(why)
        self.column = column


def text_of(cell: Cell) -> str:
    """
    A cell's value as stored; "" where there is none.

    >>> [text_of(cell) for cell in ("140,000", 12, None, True)]
    ['140,000', '12', '', 'true']
    """
    if cell.__class__ is str:
        return str(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def shown(text: str) -> str:
    """A cell's text for a message: quoted, and cut where it is long."""
    return repr(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")


def number_reader(cells: CellsPart, times: int = 1) -> Callable[[Cell], int]:
    """
    A function that reads a cell as a whole number of people, and raises BadCell for any other.

    >>> number_reader(CellsPart(thousands=",", trim=True))("140,000 ")
    140000
    """
    mark = re.escape(cells.thousands) if cells.thousands else None
    grouped = re.compile(rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+") if mark else None

    def people(cell: Cell) -> int:
        text = text_of(cell)
        plain = text.strip() if cells.trim else text
        if grouped and grouped.fullmatch(plain):
            plain = plain.replace(str(cells.thousands), "")
        integral = cell.__class__ is not str or cells.integral_decimals or times > 1
        return _whole(_number(cell, plain, text), times, text, integral=integral)

    return people


def _number(cell: Cell, plain: str, text: str) -> Decimal:
    if isinstance(cell, bool) or len(plain) > _LONGEST_NUMBER:
        raise BadCell(f"{shown(text)} is not a number")
    if isinstance(cell, str) and not _NUMBER.fullmatch(plain):
        raise BadCell(f"{shown(text)} is not a number{_remedy(plain)}")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise BadCell(f"{shown(text)} is not a number") from error
    if not number.is_finite():
        raise BadCell(f"{shown(text)} is not a number")
    return number


def _remedy(plain: str) -> str:
    if plain != plain.strip():
        return " (cells.trim leaves out the spaces around it)"
    if re.fullmatch(r"[0-9]{1,3}(?:[,. '][0-9]{3})+", plain):
        return " (cells.thousands names the mark that groups its digits)"
    return ""


def _whole(number: Decimal, times: int, text: str, *, integral: bool) -> int:
    if number < 0:
        raise BadCell(f"{shown(text)} is negative")
    if number > MOST_PEOPLE:
        raise BadCell(f"{shown(text)} is more people than there are")
    people = number * times
    if people != people.to_integral_value():
        raise BadCell(f"{shown(text)} is not a whole number")
    if not integral and "." in text:
        raise BadCell(f"{shown(text)} is written as a fraction (cells.integral_decimals takes 12.0 as 12)")
    if people > MOST_PEOPLE:
        raise BadCell(f"{shown(text)} times {times} is more people than there are")
    return int(people)


class DayReader:
    """
    Reads a cell as a day in one format ("iso", or strptime's letters), and raises BadCell for any other.

    A cell that is a date already (XLSX, Parquet) is its day, whatever the format says. `known` holds days read before.

    >>> DayReader("%d/%m/%Y")("1/12/2025").isoformat()
    '2025-12-01'
    """

    def __init__(self, written: str, *, trim: bool = False) -> None:
        self.known: dict[Cell, date] = {}
        self._written = written
        self._trim = trim

    def __call__(self, cell: Cell) -> date:
        """The cell's day."""
        found = self.known.get(cell)
        if found is None:
            if len(self.known) >= _KEPT_DAYS:
                self.known.clear()
            found = self.known[cell] = _day(cell, self._written, trim=self._trim)
        return found


def _day(cell: Cell, written: str, *, trim: bool) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    plain = text.strip() if trim else text
    try:
        if written != "iso":
            return datetime.strptime(plain, written).date()
        if _ISO_DAY.fullmatch(plain):
            return date.fromisoformat(plain)
    except (ValueError, re.error) as error:
        raise BadCell(f"{shown(text)} is no day written as {_letters(written)}") from error
    raise BadCell(f"{shown(text)} is no day written as {_letters(written)}")


def _letters(written: str) -> str:
    return "2023-10-07" if written == "iso" else written
