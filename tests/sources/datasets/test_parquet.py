"""Parquet files: columns of any type, damaged ones refused."""

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow  # type: ignore[import-untyped]  # it ships no types
import pytest
from pyarrow import parquet as arrow_parquet

from sources.datasets import parquet
from sources.errors import TooLarge, UnreadableInput

Import = Callable[..., Any]
MAPPING = """
[row]
key = ["day"]
as_of = { column = "day" }
[[figures]]
column = "dead"
outcome = "killed"
"""


def file_of(columns: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    arrow_parquet.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "days",
    [[date(2024, 1, 1)], [datetime(2024, 1, 1, 12)], ["2024-01-01"], pyarrow.array(["2024-01-01"]).dictionary_encode()],
)
@pytest.mark.parametrize("dead", [[12], [12.0], ["12"], [Decimal("12")]])
def test_a_count_and_a_day_are_read_from_any_type_that_holds_them(imported: Import, days: Any, dead: Any) -> None:
    figure = imported(file_of({"day": days, "dead": dead}), MAPPING, "parquet").only("dead")
    assert (figure.count.best, figure.as_of) == (12, date(2024, 1, 1))
    assert figure.evidence.locator == "row=1;column=dead"
    assert figure.evidence.quote == f"dead: {figure.count.text}"


def test_empty_cells_give_nothing_and_others_are_problems(imported: Import) -> None:
    content = file_of(
        {"day": ["2024-01-01"] * 4, "dead": [None, 1.5, float("nan"), 2.0], "who": [["a"], [], None, ["b"]]}
    )
    read = imported(content, MAPPING, "parquet")
    assert [one.count.text for one in read.figures] == ["2.0"]
    assert [where for where, _ in read.problems] == ["column=who", "row=2;column=dead", "row=3;column=dead"]


def test_nul_characters_are_refused(imported: Import) -> None:
    with pytest.raises(UnreadableInput, match="NUL characters in a cell's text"):
        imported(file_of({"day": ["2024-01-01\0"], "dead": [1]}), MAPPING, "parquet")


@pytest.mark.parametrize("content", [b"PAR1", b"day,dead\n2024-01-01,3\n"])
def test_what_is_no_parquet_is_refused(imported: Import, content: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"toll.parquet: not a readable Parquet file"):
        imported(content, MAPPING, "parquet")


def test_a_damaged_page_is_one_clear_line(imported: Import) -> None:
    content = bytearray(file_of({"day": ["2024-01-01"] * 5000, "dead": list(range(5000))}))
    content[10:400] = b"\xff" * 390
    with pytest.raises(UnreadableInput, match=r"toll.parquet: (damaged after row 0|not a readable Parquet file)"):
        imported(bytes(content), MAPPING, "parquet")


def test_a_row_group_that_is_too_large_is_not_read(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "LARGEST_GROUP", 10)
    with pytest.raises(TooLarge, match="a row group of"):
        imported(file_of({"day": ["2024-01-01"], "dead": [1]}), MAPPING, "parquet")
