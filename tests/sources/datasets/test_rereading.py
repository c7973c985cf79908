"""Stored values are found again at their locators, in every format, and nothing else passes for them."""

import io
from typing import Any

import pytest

from sources.datasets.rereading import Values

CSV = b'day,killed,injured\n2024-01-01,12,30\n2024-01-02,"1,200",7\n'
JSON = b'[{"killed": 12, "verified": {"killed": 8}, "a/b": 3}, {"killed": 13}]'
LINES = b'{"killed": 12}\n\n{"killed": 13}\n'


@pytest.mark.parametrize(
    ("body", "locator", "quote", "stands"),
    [
        (CSV, "cell=2,2", "killed: 12", True),
        (CSV, "cell=3,2", "killed: 1,200", True),
        (CSV, "cell=2,2;2,3", "killed: 12; injured: 30", True),
        (CSV, "cell=2,2;2,3", "killed: 12; injured: 31", False),
        (CSV, "cell=2,2", "killed: 13", False),
        (CSV, "cell=9,2", "killed: 12", False),
        (CSV, "cell=2,9", "killed: 12", False),
        (CSV.replace(b",", b"\t"), "cell=2,2", "killed: 12", True),
        (JSON, "/0/killed", "killed: 12", True),
        (JSON, "/0/verified/killed", "verified/killed: 8", True),
        (JSON, "/0/a~1b", "a/b: 3", True),
        (JSON, "/0/killed /0/verified/killed", "killed: 12; verified/killed: 8", True),
        (JSON, "/1/killed", "killed: 12", False),
        (JSON, "/7/killed", "killed: 12", False),
        (JSON, "/0/missing", "missing: 12", False),
        (JSON, "/0/killed/deep", "deep: 12", False),
        (LINES, "/1/killed", "killed: 13", True),
        (CSV, "somewhere", "killed: 12", False),
    ],
)
def test_a_quote_stands_only_where_its_value_does(body: bytes, locator: str, quote: str, stands: bool) -> None:
    assert Values(body).stands(locator, quote) is stands


def test_delimited_text_may_be_asked_for_in_any_order() -> None:
    values = Values(CSV, "text/csv")
    asked = [("cell=3,3", "injured: 7"), ("cell=2,3", "injured: 30"), ("cell=3,3", "injured: 7")]
    assert all(values.stands(locator, quote) for locator, quote in asked)
    assert Values(CSV.replace(b",", b"\t"), "text/tab-separated-values").stands("cell=2,3", "injured: 30")


def test_a_workbooks_cell_is_read_by_its_name() -> None:
    import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("The sheet")
        for row, cells in enumerate([("day", "killed"), ("2024-01-01", 12)]):
            sheet.write_row(row, 0, cells)
    values = Values(kept.getvalue())
    assert values.stands("'The sheet'!B2", "killed: 12")
    assert not values.stands("'The sheet'!B3", "killed: 12")
    assert not values.stands("'The sheet'!C2", "killed: 12")
    assert not values.stands("Another!B2", "killed: 12")


def test_a_parquet_cell_is_read_by_row_and_column() -> None:
    import pyarrow  # type: ignore[import-untyped]  # it ships no types
    import pyarrow.parquet  # type: ignore[import-untyped]  # it ships no types

    kept = io.BytesIO()
    table: Any = pyarrow.table({"killed": [12, 13]})
    pyarrow.parquet.write_table(table, kept)
    values = Values(kept.getvalue())
    assert values.stands("row=2;column=killed", "killed: 13")
    assert not values.stands("row=3;column=killed", "killed: 13")
    assert not values.stands("row=1;column=injured", "injured: 12")
