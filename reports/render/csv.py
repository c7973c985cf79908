"""
The figures of a provenance report as CSV (RFC 4180), one line each, for spreadsheets and statistics.

Text from outside never becomes a formula: a cell that begins as one gets an apostrophe before it (OWASP, "CSV
Injection"). Numbers stay numbers; what is not stated is an empty cell.
"""

import csv as standard
import io
from collections.abc import Iterable

from reports.provenance import Report
from reports.render.columns import FIGURES
from reports.render.tables import Cell, Row, Table, figures_table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet may read as a formula; the wide forms are folded to the narrow by some."""
_FORMULA_STARTS = frozenset(FORMULA_STARTS)
COLUMNS = tuple(column.name for column in FIGURES)
"""The columns in their order; later versions only add."""


def csv(report: Report) -> str:
    """
    The report's figures as CSV with a header line, lines ended by CR LF, for UTF-8 without a byte-order mark.

    `attribution` runs nearest first, its links parted by `; `; further chains (`parallel`) by ` | `. `change` and
    `difference` say how a figure stands to the one before it in its series.
    """
    return table_csv(figures_table(report))


def table_csv(table: Table) -> str:
    """One table as CSV."""
    written = io.StringIO()
    writer = standard.writer(written, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(_safe(table.rows))
    return written.getvalue()


def _safe(rows: Iterable[Row]) -> Iterable[list[Cell]]:
    is_formula = _FORMULA_STARTS.__contains__
    for row in rows:
        yield [as_cell(cell) if type(cell) is str and (is_formula(cell[:1]) or "\0" in cell) else cell for cell in row]


def as_cell(value: Cell) -> Cell:
    """
    A value that no spreadsheet will execute.

    >>> as_cell("=1+1"), as_cell(-200), as_cell("2,808")
    ("'=1+1", -200, '2,808')
    """
    if not isinstance(value, str):
        return value
    value = value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
