"""Rows of one sheet of an XLSX workbook (ECMA-376): values only, never formulas, with locators like Sheet1!E11."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from datetime import time as midnight
from pathlib import Path
from typing import Any

from sources.datasets.mapping import Mapping
from sources.datasets.tables import Cell, Table, check_text, header_missing, named_columns
from sources.errors import MappingError, TooLarge, UnreadableInput

LARGEST_UNPACKED = 256_000_000
"""Bytes of a workbook's parts, unpacked."""
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def workbook_table(path: Path, mapping: Mapping, name: str) -> Table:
    """The rows of the mapping's sheet, or of the first one; row numbers are the sheet's own."""
    _check_unpacked_size(path, name)
    sheet = _sheet(path, mapping, name)
    if sheet.start is None:
        raise UnreadableInput(f"{name}: the sheet {sheet.name!r} is empty")
    first_column = sheet.start[1]
    rows = _numbered(sheet, name)
    header_row = mapping.dataset.header_row
    title = sheet.name if _PLAIN.fullmatch(sheet.name) else "'" + sheet.name.replace("'", "''") + "'"

    letters = [f"{title}!{column_letters(place)}" for place in range(first_column, sheet.end[1] + 1)]

    def locator(places: Sequence[int]) -> Callable[[int], str]:
        cells = [letters[place] for place in places]
        return lambda row: ",".join(f"{cell}{row}" for cell in cells) or f"{title}!{row}:{row}"

    for number, cells in rows:
        if number == header_row:
            width = max((place for place, cell in enumerate(cells, 1) if cell is not None), default=0)
            columns = named_columns(["" if cell is None else cell for cell in cells[:width]], name)
            return Table(columns, _fitting(rows, width), locator, lambda place: f"{letters[place]}{header_row}")
    raise header_missing(name, mapping)


def column_letters(place: int) -> str:
    """
    A column's letters, counted from 0.

    >>> [column_letters(place) for place in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _check_unpacked_size(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise TooLarge(f"{name}: {unpacked:,} bytes unpacked; at most {LARGEST_UNPACKED:,} are read: split it")
            for part in packed.infolist():
                _check_part(packed, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableInput(f"{name}: not an XLSX workbook: {error}") from error


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part once: one that holds more than it declares fails its checksum here, and is never read whole."""
    with packed.open(part) as stream:
        while stream.read(1 << 20):
            pass


def _sheet(path: Path, mapping: Mapping, name: str) -> Any:
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise UnreadableInput(f"{name}: XLSX needs an extra: pip install 'casualty-figures[xlsx]'") from error
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
        wanted = mapping.dataset.sheet
        if wanted is not None and wanted not in workbook.sheet_names:
            known = ", ".join(workbook.sheet_names)
            raise MappingError(f"{mapping.where}: dataset.sheet: {name} has no sheet {wanted!r}; it has {known}")
        return workbook.get_sheet_by_name(wanted) if wanted is not None else workbook.get_sheet_by_index(0)
    except (calamine.CalamineError, calamine.PasswordError, OSError) as error:
        raise UnreadableInput(f"{name}: not a readable XLSX workbook: {error}") from error


def _numbered(sheet: Any, name: str) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        stored = [_stored(cell) for cell in cells]
        check_text(stored, name)
        yield number, stored


def _stored(cell: Any) -> Cell:
    """A number as the workbook writes it (12, where the reader gives 12.0), a midnight as its day, "" as no value."""
    if cell.__class__ is float:
        return int(cell) if cell.is_integer() else float(cell)
    if cell == "":
        return None
    if isinstance(cell, datetime) and cell.time() == midnight():
        return cell.date()
    return str(cell) if isinstance(cell, timedelta) else cell


def _fitting(rows: Iterator[tuple[int, list[Cell]]], width: int) -> Iterator[tuple[int, Sequence[Cell] | str]]:
    for number, cells in rows:
        if any(cell is not None for cell in cells[width:]):
            yield number, f"the row has a value right of the header's {width} columns"
        elif any(cell is not None for cell in cells):
            yield number, cells[:width]
