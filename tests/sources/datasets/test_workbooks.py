"""XLSX workbooks: values as stored, cells by their names, bombs left packed."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from sources.datasets import workbooks
from sources.errors import MappingError, TooLarge, UnreadableInput

Import = Callable[..., Any]
MAPPING = """
[dataset]
publisher = "The Harbour Ledger"
format = "xlsx"
{}
[row]
key = ["day"]
as_of = {{ column = "day" }}
[[figures]]
column = "dead"
outcome = "killed"
"""


def workbook(rows: list[list[Any]], sheet: str = "Sheet1", top: int = 0, left: int = 0) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows, top):
        for place, cell in enumerate(row, left):
            if isinstance(cell, datetime):
                page.write_datetime(number, place, cell, days)
            elif isinstance(cell, str) and cell.startswith("="):
                page.write_formula(number, place, cell, None, 12)
            else:
                page.write(number, place, cell)
    book.close()
    return stream.getvalue()


def test_numbers_days_and_values_of_formulas_are_read_with_their_cells(imported: Import) -> None:
    rows: list[list[Any]] = [
        ["day", "dead"],
        [datetime(2024, 1, 1), 12],
        ["2024-01-02", "=6*2"],
        [None, None],
        ["2024-01-03", 12.5],
    ]
    read = imported(workbook(rows), MAPPING.format(""), "xlsx")
    assert [(one.count.text, one.evidence.locator, one.as_of) for one in read.figures] == [
        ("12", "Sheet1!B2", date(2024, 1, 1)),
        ("12", "Sheet1!B3", date(2024, 1, 2)),
    ]
    assert read.figures[0].evidence.row_key == "day=2024-01-01 dead"
    assert read.problems == [("Sheet1!B5", "dead: '12.5' is not a whole number: not imported")]


def test_a_table_may_stand_anywhere_on_a_named_sheet(imported: Import) -> None:
    content = workbook([["day", "dead"], ["2024-01-01", 3]], sheet="Toll of Bob's", top=4, left=26)
    read = imported(content, MAPPING.format('header_row = 5\nsheet = "Toll of Bob\'s"'), "xlsx")
    assert read.only("dead").evidence.locator == "'Toll of Bob''s'!AB6"


def test_values_outside_the_table_and_unknown_columns_are_problems(imported: Import) -> None:
    content = workbook([["day", "dead", None, "who"], ["2024-01-01", 3], ["2024-01-02", 4, None, None, "see note"]])
    read = imported(content, MAPPING.format(""), "xlsx")
    assert [where for where, _ in read.problems] == ["Sheet1!C1", "Sheet1!D1", "Sheet1!3:3"]
    assert len(read.figures) == 1


def test_a_sheet_or_header_that_is_not_there_is_said(imported: Import) -> None:
    content = workbook([["day", "dead"], ["2024-01-01", 3]])
    with pytest.raises(MappingError, match=r"dataset.sheet: toll.xlsx has no sheet 'Toll'; it has Sheet1"):
        imported(content, MAPPING.format('sheet = "Toll"'), "xlsx")
    with pytest.raises(MappingError, match=r"dataset.header_row: toll.xlsx has no row 7"):
        imported(content, MAPPING.format("header_row = 7"), "xlsx")
    with pytest.raises(UnreadableInput, match="the sheet 'Sheet1' is empty"):
        imported(workbook([]), MAPPING.format(""), "xlsx")


def test_times_and_lengths_are_no_counts(imported: Import) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["day", "dead"])
    page.write_row(1, 0, ["2024-01-01"])
    page.write_number(1, 1, 1.5, book.add_format({"num_format": "[h]:mm:ss"}))
    book.close()
    read = imported(stream.getvalue(), MAPPING.format(""), "xlsx")
    assert [what for _, what in read.problems] == ["dead: '1 day, 12:00:00' is not a number: not imported"]


@pytest.mark.parametrize("content", [b"day,dead\n", b"PK\x03\x04 and nothing more"])
def test_what_is_no_workbook_is_refused(imported: Import, content: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"toll.xlsx: not an XLSX workbook"):
        imported(content, MAPPING.format(""), "xlsx")


def test_an_archive_of_something_else_is_refused(imported: Import) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("note.txt", "no workbook")
    with pytest.raises(UnreadableInput, match="not a readable XLSX workbook"):
        imported(stream.getvalue(), MAPPING.format(""), "xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 1000)
    with pytest.raises(TooLarge, match=r"bytes unpacked; at most 1,000 are read"):
        imported(workbook([["day", "dead"]]), MAPPING.format(""), "xlsx")


def test_a_part_that_declares_less_than_it_holds_is_refused(imported: Import) -> None:
    content = bytearray(workbook([["day", "dead"], ["2024-01-01", 3]] * 500))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = next(part for part in packed.infolist() if part.filename.endswith("sheet1.xml"))
    honest = struct.pack("<LLL", sheet.CRC, sheet.compress_size, sheet.file_size)
    lying = struct.pack("<LLL", sheet.CRC, sheet.compress_size, 100)
    with pytest.raises(UnreadableInput, match="not an XLSX workbook"):
        imported(bytes(content).replace(honest, lying), MAPPING.format(""), "xlsx")


def test_reading_needs_no_extension(tmp_path: Path, imported: Import) -> None:
    path = tmp_path / "snapshot"
    path.write_bytes(workbook([["day", "dead"], ["2024-01-01", 3]]))
    assert len(imported(path, MAPPING.format(""), "xlsx").figures) == 1
