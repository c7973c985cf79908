"""JSON arrays and JSON Lines, nested objects included, whole or broken."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.datasets.json_rows import LARGEST_LINE, _flat
from sources.errors import MappingError, UnreadableInput

Import = Callable[..., Any]
MAPPING = """
[row]
key = ["day"]
[[figures]]
column = "dead/all"
outcome = "killed"
"""
ROWS = [{"day": "a", "dead": {"all": 3}}, {"day": "b"}, {"day": "c", "dead": {"all": 5}}]


def dataset(records: str, file_format: str = "json") -> str:
    return f'[dataset]\npublisher = "The Harbour Ledger"\nformat = "{file_format}"\nrecords = "{records}"\n{MAPPING}'


def test_a_nested_member_is_a_column_by_its_pointer(imported: Import) -> None:
    read = imported(json.dumps(ROWS), MAPPING, "json")
    assert [(one.count.best, one.evidence.locator) for one in read.figures] == [(3, "/0/dead/all"), (5, "/2/dead/all")]
    assert read.figures[0].evidence.quote == "dead/all: 3"


def test_json_lines_are_counted_from_0_blank_ones_too(imported: Import) -> None:
    content = "\ufeff" + json.dumps(ROWS[0]) + "\n\n" + json.dumps(ROWS[2])
    read = imported(content, MAPPING, "jsonl")
    assert [one.evidence.locator for one in read.figures] == ["/0/dead/all", "/2/dead/all"]


def test_the_rows_may_lie_deeper_in_the_document(imported: Import) -> None:
    content = json.dumps({"data": {"a/b": ROWS}})
    read = imported(content, dataset("/data/a~1b"), "json")
    assert read.figures[0].evidence.locator == "/data/a~1b/0/dead/all"
    for records in ("/nothing", "/data/a~1b/0"):
        with pytest.raises(MappingError, match=f"dataset.records: toll.json has nothing at '{records}'"):
            imported(content, dataset(records), "json")
    with pytest.raises(MappingError, match=r"dataset.records: toll.json has no array at '/data'"):
        imported(content, dataset("/data"), "json")


def test_an_unknown_member_is_reported_where_it_is_first_seen(imported: Import) -> None:
    read = imported(json.dumps([*ROWS, {"day": "d", "dead": {"some": [1, 2]}}]), MAPPING, "json")
    assert [where for where, _ in read.problems] == ["/3/dead/some/0", "/3/dead/some/1"]


def test_a_row_without_the_key_is_located_as_a_whole_cell(imported: Import) -> None:
    read = imported(json.dumps([{"day": "a", "dead": {"all": "x"}}]), MAPPING, "json")
    assert read.problems == [("/0/dead/all", "dead/all: 'x' is not a number: not imported")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'[{"day": "a", "dead"', "toll.json: not whole JSON in UTF-8"),
        (b"[\xff]", "toll.json: not whole JSON in UTF-8"),
        (b"[" * 100_000, "toll.json: not whole JSON in UTF-8"),
        (b'[{"day": "\\u0000"}]', "NUL characters"),
        (b"[]", "the array at '' is empty"),
        (b"[{}]", "no rows"),
        (b"[3]", "toll.json: /0: a row is a JSON object, here stands '3'"),
        (b'[{"day": ' + b"[" * 30 + b"]" * 30 + b"}]", "nested deeper than 20 levels"),
        (b"[{" + b",".join(b'"c%d": 1' % place for place in range(10_001)) + b"}]", "more than 10,000 columns"),
    ],
)
def test_a_document_that_is_no_table_is_one_clear_line(imported: Import, content: bytes, why: str) -> None:
    with pytest.raises(UnreadableInput, match=why) as refused:
        imported(content, MAPPING, "json")
    assert "\n" not in str(refused.value)


def test_a_broken_line_is_found_before_anything_is_imported(imported: Import) -> None:
    with pytest.raises(UnreadableInput, match=r"toll.jsonl: line 2: not whole JSON"):
        imported(json.dumps(ROWS[0]) + '\n{"day": ', MAPPING, "jsonl")


def test_a_line_that_never_ends_is_not_read(imported: Import) -> None:
    with pytest.raises(UnreadableInput, match="line 1 is longer than"):
        imported(b" " * (LARGEST_LINE + 2), MAPPING, "jsonl")


@given(st.recursive(st.integers(), lambda inner: st.dictionaries(st.text(), inner, max_size=3), max_leaves=8))
def test_every_member_has_the_pointer_that_finds_it(value: Any) -> None:
    row = {"row": value}
    for pointer, member in _flat(row, "here").items():
        found: Any = row
        for part in pointer.split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        assert found == member
