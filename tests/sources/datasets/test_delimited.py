"""CSV and TSV files as they come, and as nobody should send them."""

from collections.abc import Callable
from typing import Any

import pytest

from sources.datasets.delimited import LARGEST_FIELD
from sources.errors import MappingError, UnreadableInput

Import = Callable[..., Any]
MAPPING = """
[row]
key = ["day"]
as_of = { column = "day" }
[[figures]]
column = "dead"
outcome = "killed"
"""


def dataset(added: str, file_format: str = "csv") -> str:
    return f'[dataset]\npublisher = "The Harbour Ledger"\nformat = "{file_format}"\n{added}\n{MAPPING}'


def test_cells_are_located_by_row_and_column_the_header_counted(imported: Import) -> None:
    read = imported("day,dead\n2024-01-01,3\n\n2024-01-02,4\n", MAPPING)
    assert [one.evidence.locator for one in read.figures] == ["cell=2,2", "cell=4,2"]


def test_a_mark_at_the_beginning_and_windows_line_ends_are_no_text(imported: Import) -> None:
    read = imported("\ufeffday,dead\r\n2024-01-01,3\r\n", MAPPING)
    assert read.only("dead").count.text == "3"


def test_tabs_and_other_marks_separate_where_the_mapping_says(imported: Import) -> None:
    assert len(imported("day\tdead\n2024-01-01\t3\n", MAPPING, "tsv").figures) == 1
    assert len(imported("day;dead\n2024-01-01;3\n", dataset('delimiter = ";"')).figures) == 1


def test_another_encoding_is_named_by_the_mapping(imported: Import) -> None:
    content = "day,dead,Ort\n2024-01-01,3,Köln\n".encode("latin-1")
    read = imported(content, dataset('encoding = "latin-1"') + 'place = { column = "Ort" }')
    assert read.only("dead").definition.place == "Köln"
    with pytest.raises(
        UnreadableInput, match=r"toll.csv: not utf-8-sig after row 0 \(byte 0xf6\); set dataset.encoding"
    ):
        imported(content, MAPPING)
    with pytest.raises(MappingError, match=r"dataset.encoding: 'klingon' is no encoding"):
        imported(content, dataset('encoding = "klingon"'))


def test_the_header_may_stand_lower(imported: Import) -> None:
    content = "Toll of the harbour\n\nday,dead\n2024-01-01,3\n"
    assert imported(content, dataset("header_row = 3")).only("dead").evidence.locator == "cell=4,2"
    with pytest.raises(MappingError, match=r"dataset.header_row: toll.csv has no row 9"):
        imported(content, dataset("header_row = 9"))


def test_a_row_of_another_width_is_a_problem_and_the_others_are_read(imported: Import) -> None:
    read = imported("day,dead\n2024-01-01,3,4\n2024-01-02\n2024-01-03,5\n", MAPPING)
    assert [one.count.best for one in read.figures] == [5]
    assert read.problems == [
        ("row=2", "the row has 3 cells, the header 2"),
        ("row=3", "the row has 1 cells, the header 2"),
    ]


def test_a_column_without_a_name_is_called_by_its_place(imported: Import) -> None:
    read = imported("day,dead,\n2024-01-01,3,x\n", MAPPING)
    ((where, what),) = read.problems
    assert (where, what.partition(":")[0]) == ("col=3", "unknown column '(column 3)'")
    assert imported("day,dead,\n2024-01-01,3,x\n", 'ignore = ["(column *)"]\n' + dataset("")).problems == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"day,dead\n2024-01-01,3\0\n", "NUL bytes"),
        ("day,dead\n2024-01-01,3\n".encode("utf-16"), "NUL bytes|not utf-8-sig"),
        (b'day,dead\n2024-01-01,"' + b"3\n" * LARGEST_FIELD, "row 2 is not CSV: field larger than field limit"),
        (b'day,dead\n2024-01-01,"3\n', "row 2 is not CSV: unexpected end of data"),
        (b'day,dead\n2024-01-01,"3"4\n', "row 2 is not CSV"),
        (b"day,day\n2024-01-01,3\n", "two columns are called 'day'; rename one"),
        (b"a," * 10_001 + b"b\n", "10,002 columns; at most 10,000 are read"),
        (b"", "the file is empty"),
        (b"\n\n", "toll.csv has no row 1|no header row"),
    ],
)
def test_a_file_that_is_no_table_is_one_clear_line(imported: Import, content: bytes, why: str) -> None:
    with pytest.raises((UnreadableInput, MappingError), match=why) as refused:
        imported(content, MAPPING)
    assert "\n" not in str(refused.value)
