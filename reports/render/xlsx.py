"""
The provenance report as a workbook (Office Open XML), a sheet for each table.

Text from outside is always written as text, never as a formula or a link. The same report gives the same bytes: the
workbook's date is that of the report. Rows are written one after the other, so that a large report needs little memory.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from itertools import islice
from typing import Any

from reports import narration, sentences
from reports.provenance import Report
from reports.render.columns import Column
from reports.render.tables import Cell, Row, Table, tables

MOST_ROWS = 1_048_575
"""What a sheet holds below its header (the format's own bound)."""
MOST_CHARACTERS = 32_767
"""What a cell holds; a longer text is cut and says so."""
_CUT = " … (cut: the whole text stands in the other formats)"
_FIRST_YEAR = 1901
"""Spreadsheets know no earlier day for certain; before it a day is written as text."""
_WIDTHS = {"text": 24, "integer": 11, "number": 11, "day": 12, "instant": 21, "yes_no": 9}
_WIDE = frozenset({"definition", "reported", "chain", "quote", "because", "doubt", "doubts", "reasons", "title"})


def xlsx(report: Report) -> bytes:
    """The report as a workbook; needs XlsxWriter."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types

    written = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(written, options) as workbook:
        workbook.set_properties(
            {
                "title": report.title,
                "created": report.generated.astimezone(UTC).replace(tzinfo=None, microsecond=0),
                "comments": f"Made by {report.software}.",
            }
        )
        _about(workbook, report)
        for table in tables(report):
            _sheet(workbook, table)
    return written.getvalue()


def about_rows(report: Report) -> list[tuple[str, str]]:
    """What a report is and rests on, one fact a row."""
    return [
        ("title", report.title),
        ("scale", narration.scale_sentence(report)),
        ("made", sentences.instant_words(report.generated)),
        *((f"filter: {name}", value) for name, value in report.filters),
        ("what it says", narration.PURPOSE),
        *(("three counts", words) for words in narration.summary_sentences(report.summary)),
        ("how to verify", narration.method_words(report)),
    ]


def _about(workbook: Any, report: Report) -> None:
    sheet = workbook.add_worksheet("about")
    bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18, bold)
    sheet.set_column(1, 1, 110, wrapped)
    for number, (name, words) in enumerate(about_rows(report)):
        sheet.write_string(number, 0, fitting_text(name), bold)
        sheet.write_string(number, 1, fitting_text(words), wrapped)


def _sheet(workbook: Any, table: Table) -> None:
    sheet = workbook.add_worksheet(table.name)
    head = workbook.add_format({"bold": True, "bottom": 1})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.name, head)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(fitting_rows(table.rows), start=1):
        for place, cell in enumerate(row):
            _write(sheet, last, place, cell, day)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def fitting_rows(rows: Iterable[Row], most: int = MOST_ROWS) -> Iterator[Row]:
    """
    So many rows as a sheet holds; where there are more, the last says how many were left out.

    >>> list(fitting_rows([("a",), ("b",), ("c",)], most=2))
    [('a',), ('2 further rows do not fit into a sheet: the CSV and the data package have them',)]
    """
    left = iter(rows)
    yield from islice(left, most - 1)
    rest = list(islice(left, 2))
    if len(rest) == 1:
        yield rest[0]
    elif rest:
        number = len(rest) + sum(1 for _ in left)
        yield (f"{number:,} further rows do not fit into a sheet: the CSV and the data package have them",)


def _width(column: Column) -> int:
    return 60 if column.name in _WIDE else max(_WIDTHS[column.kind], len(column.name) + 3)


def _write(sheet: Any, row: int, place: int, cell: Cell, day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, fitting_text(cell))
    elif isinstance(cell, date):
        if cell.year < _FIRST_YEAR:
            sheet.write_string(row, place, cell.isoformat())
        else:
            sheet.write_datetime(row, place, cell, day)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    else:
        sheet.write_number(row, place, cell)


def fitting_text(text: str) -> str:
    """Text that a cell can hold: XML 1.0 has no place for two code points, not even as references."""
    text = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    # A cell counts UTF-16 units: characters beyond the basic plane count twice.
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - len(_CUT))].decode("utf-16-le", errors="ignore") + _CUT
